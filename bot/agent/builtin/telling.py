"""What a sentence tells for a free text: the value beside a field's name, or its other clauses."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.agent.builtin.folding import Folded, fold
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.thesaurus import Span, phrase_lists
from kam_knowledge.scripts import has_chinese

_VALUE = r"(?P<value>[^,;，。；!！?？]+)"
_BECOMES = (
    r"(?:改成|改为|改到|改叫|改做|换成|换到|设为|设成|更新为|更新成|变成|变更为|搬到|迁到|迁至|"
    r"\bis now\b|\bto\b|\bbecomes\b|=|:|是|为)了?"
)
_TITLES = (
    r"经理|总监|主任|总裁|工程师|副总|总经理|处长|部长|厂长|主管|专员|副理|协理|董事长|代表|"
    r"manager|director|officer|engineer|lead|buyer|president|c[a-z]o|vp\b.*|head\b.*"
)
_NAMED = r"(?P<value>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*|[㐀-鿿·]{2,4})"
# Beside the names of the fields themselves.
_PATTERNS: Mapping[str, Sequence[str]] = {
    "city": (rf"(?:moved to|relocated to|is (?:now )?in|搬到了?|迁到了?|迁至|搬去)\s*{_VALUE}",),
    "title": (
        r"(?:升任|升为|升了|升(?!迁|职)|晋升为?|提拔为|调任|就任|出任|promoted to|became)"
        r"\s*(?:the )?" + _VALUE,
        r"(?:is now|she's|he's|she is|he is|as)\s+(?:the |our |an? )?"
        rf"(?P<value>[^,;]*?(?:{_TITLES}))\b",
        rf"(?:^|[,，])\s*(?:是)?(?P<value>[^\s,，;。:：是的]{{0,8}}(?:{_TITLES}))(?=[,，。]|$)",
    ),
    "name": (
        rf"(?:名叫|叫做?|姓名是?|名字[叫是]?|(?i:named|called|name is))\s*{_NAMED}",
        rf"(?i:\badd|contact:?|\bmeet)\s+{_NAMED}",
        rf"(?:联系人|聯絡人|窗口)\s*[:：]?\s*{_NAMED}(?=[,，。(（]|$)",
    ),
    "alias": (
        r"(?:简称|別名|别名|昵称|外号|又叫|也叫|俗称|叫做?)\s*(?:是|为|叫)?\s*" + _VALUE,
        r"(?:alias|known as|short name|nickname|\bas)\s+(?:is )?" + _VALUE,
    ),
    "new_name": (
        r"(?:改名[为叫]|更名[为叫]|改叫)\s*" + _VALUE,
        r"(?:rename[sd]?|name)\b.*?\bto\s+" + _VALUE,
    ),
    "supplier": (
        r"(?:从|向|在|跟)\s*(?P<value>[^,，。从向]+?)(?:那里|那边|处|手里)?(?:买|采购|拿|订|进货)",
        r"\b(?:from|with)\s+(?P<value>[^,;]+?)(?=\s+(?:in|for|at|worth)\b|[,;.]|$)",
    ),
    "email": (r"(?P<value>[\w.+-]+@[\w-]+\.[\w.-]+\w)",),
    "website": (r"(?P<value>(?:https?://|www\.)[\w./-]*\w)",),
    "lesson": (r"(?:\blesson |第)\s*(?P<value>\d+|[一二三四五六七八九十])",),
    "phone": (r"(?<!\d)(?P<value>\+?\d[\d -]{6,}\d)(?!\d)",),
}
# Values that show by their shape what they are.
_SHAPED = frozenset({"email", "website", "phone"})
_TAIL = re.compile(r"(?:了|吧|哦|呀|please|now|谢谢|thanks)?[\s.。!！]*$", re.IGNORECASE)
# What leads from a value to the thing that is given it.
_TO_ITS_OWNER = re.compile(r"(?:^|\s+)(?:to|for|of|on|at|in|under)$|[给給的在]$", re.IGNORECASE)
# What stands for a name that is still to come.
_ANYBODY = re.compile(
    r"^(?:an?|another|other|the|some|one|any)\b|其他|其它|某|竞争对手|競爭對手|供应商|供應商|谁|哪",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;](?!\d)|[，。；\n]|\.(?=\s|$)")


def value_told(name: str, folded: Folded, owners: Sequence[Span] = ()) -> str | None:
    """The value that the sentence gives a field by its name or by a verb of its own; it ends
    where one of the `owners` is named, the things that are given it."""
    text = folded.cased
    for pattern in _patterns(name):
        match = pattern.search(text)
        if match:
            start, end = match.span("value")
            if name not in _SHAPED:
                end = min((owner for owner, _ in owners if start < owner < end), default=end)
            said = _TO_ITS_OWNER.sub("", _TAIL.sub("", folded.words(start, end).strip()))
            value = said.strip(" “”\"'「」")
            return None if not value or _ANYBODY.search(value) else value
    return None


@lru_cache(maxsize=64)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    own = _PATTERNS.get(name, ())
    flags = 0 if name == "name" else re.IGNORECASE
    order = (*own, *_beside(name)) if name in _SHAPED else (*_beside(name), *own)
    return tuple(re.compile(pattern, flags) for pattern in order)


def _beside(name: str) -> Iterator[str]:
    """The field's own words, and what it becomes or what follows them directly."""
    if name not in phrase_lists("fields"):
        return
    words = (name, *phrase_lists("fields")[name])
    said = "|".join(sorted((_spelt(word) for word in words), key=len, reverse=True))
    yield rf"(?:{said})[^,;，。；]*?\s*{_BECOMES}\s*{_VALUE}"
    if name in ("phone", "department", "answer", "source", "reason", "title"):
        yield rf"(?:{said})(?!\s*(?:of|for|at|in|to)\b|的)\s*[:：]?\s*{_VALUE}"


def _spelt(word: str) -> str:
    """English words whole; Chinese in either script, as a class of each character."""
    if has_chinese(word):
        return re.escape(word)
    return rf"\b{re.escape(word.replace('_', ' '))}\b"


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, in order."""
    return [piece.strip() for piece in _CLAUSE.split(text) if piece and piece.strip()]


def rest_told(text: str, orders: Callable[[str], bool], read: Callable[[str], Reading]) -> str:
    """The clauses that say more than a request, a name, a day or a figure; "" for none."""
    kept = [c for c in clauses(text) if not is_request(c) and not orders(c)]
    kept = [c for c in kept if not _only_slots(read(c)) and not _only_announces(read(c))]
    joint = "，" if has_chinese(text) else ", "
    return joint.join(kept)


def is_request(clause: str) -> bool:
    """Whether a clause only asks to keep what the others say."""
    return _request().fullmatch(fold(clause).text.strip(" .!。！")) is not None


@lru_cache(maxsize=1)
def _request() -> re.Pattern[str]:
    english = (
        r"(?:please |pls |can you |could you |kindly |and )*"
        r"(?:save|log|record|note|register|update|enter|put|write)"
        r"(?: (?:it|this|that|them|down|in|the records?|please|pls|for me))*"
    )
    chinese = (
        r"(?:请|麻烦你?|帮我|帮忙|你|您|给我|替我|先)*(?:记一下|记上|记低|记下来?|记录(?:一下|下来)?|登记(?:一下)?|"
        r"更新(?:一下)?|录入(?:一下)?|记一笔|记上|存一下|改一下|处理一下)(?:吧|哦|啊|谢谢)?"
    )
    return re.compile(rf"(?:{english}|{chinese})")


def _only_announces(reading: Reading) -> bool:
    """Whether a clause only says that something is to be added to a thing that it names."""
    text = reading.folded.text
    for start, end in sorted(reading.places, reverse=True):
        text = text[:start] + text[end:]
    return bool(reading.names) and _ANNOUNCED.fullmatch(text.strip(" ,:，：")) is not None


_ANNOUNCED = re.compile(
    r"(?:给|在|为|对|针对|那边|这边|上|下|里)*(?:再|要|新)?"
    r"(?:加|新增|添加|增加|建|新建|开|记|登记|录|来)(?:一下|上|下)?(?:一?[个条项笔份])?(?:新的?)?"
    r"(?:任务|待办|需求|风险|商机|机会|联系人|提醒|记录|拜访|跟进)(?:吧|一下)?"
    r"|(?:a )?(?:new )?(?:task|to-?do|need|risk|opportunity|deal|contact|reminder|note)"
    r"(?: (?:for|on|at|with))?"
)


def _only_slots(reading: Reading) -> bool:
    """Whether a clause says nothing beside names, days and figures and what they are for."""
    text = reading.folded.text
    covered = [False] * len(text)
    for start, end in _filled(reading):
        covered[start:end] = [True] * (end - start)
    left = "".join(c for c, hidden in zip(text, covered, strict=True) if not hidden)
    return not re.search(r"[a-z]{3,}|[㐀-鿿]{2,}", _LABEL.sub(" ", left))


_LABEL = re.compile(
    r"likelihood|impact|probability|due|until|by|phone|amount|value|budget|expected|about|roughly|"
    r"should|close[sd]?|end|and|with|for|from|可能性|概率|影响|金额|预算|预计|成交|截止|电话|之前|左右|"
    r"大约|大概|关闭|结案|签约?|类别|短期|中期|长期|从|到|在|和|是|为|改|年底|月底"
)


def _filled(reading: Reading) -> Iterator[tuple[int, int]]:
    yield from reading.places
    yield from ((figure.start, figure.end) for figure in reading.figures)
    for match in re.finditer(r"\d[\d.,%-]*", reading.folded.text):
        yield match.span()
