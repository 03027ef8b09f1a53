"""Sentences that ask for a change: whether one does, and the text that it brings along."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.agent.builtin.folding import fold
from bot.agent.builtin.questions import asks
from bot.agent.builtin.thesaurus import any_of, phrase_lists

_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]|(?<!\w)['‘]([^'‘’]+)['’](?!\w)")
_COLON = re.compile(r"\s*(?:(?<!\d)[:：]|[:：](?!\d))(?!//)\s*(.+)$", re.DOTALL)
_POLITE = re.compile(
    r"^(?:请问)?[你您]?(?:能不能|能否|可不可以|可否|可以|能)(?=帮|请|把|给|为)|吗?\W*$"
)
# What is said to be something else from now on: "规则 … 设为 …".
_BECOMES = re.compile(
    r"^[^,;。!?]{1,40}?(?:设为|设成|改为|改成|调整为|调到)"
    r"\s*[^\s,;!?。的]{1,20}(?: [^\s,;!?。的]{1,4})?\W*$"
)
_CLAUSE_END = re.compile(r"[,;，；。!！?？\n]")


# Work that is none of ours.
_ELSEWHERE = re.compile(
    r"\b(?:write|draft|compose) (?:me )?(?:an? )?(?:\w+ )?"
    r"(?:e-?mail|poem|letter|song|essay|speech|code|joke)"
    r"|\bbook (?:me )?an? (?!of\b)|\btranslate\b|\border (?:me )?(?:a |some )?(?:pizza|lunch|taxi)"
    r"|写[一]?[封篇首段个](?!.*(?:计划|纪要|章节))"
    r"|(?:订|预订|预定)(?:一?[个张间]|酒店|机票|会议室|餐)|翻译|讲个笑话"
    r"|\b(?:vacation|days off|payroll|salary|expense report)\b|年假|请假|休假|工资|报销"
)


def is_elsewhere(sentence: str) -> bool:
    """Whether the sentence asks for work that is none of ours: letters, bookings, translations."""
    return _ELSEWHERE.search(fold(sentence).text) is not None


class Tells(Enum):
    """How plainly a sentence tells of a change."""

    PLAINLY = "plainly"
    PERHAPS = "perhaps"


@dataclass(frozen=True)
class Command:
    """A sentence without the free texts that it brings along: those in quotes, in their
    order, and the one after its colon."""

    words: str
    quoted: tuple[str, ...]
    told: str = ""


def parted(sentence: str, is_name: Callable[[str], bool]) -> Command:
    """The sentence parted from what it quotes or what follows its colon; a quoted name that
    is known stays."""
    texts: list[str] = []

    def taken(match: re.Match[str]) -> str:
        said = (match.group(1) or match.group(2)).strip()
        if is_name(said):
            return f" {said} "
        texts.append(said)
        return " "

    colon = _COLON.search(_QUOTED.sub(lambda m: "_" * len(m.group()), sentence))
    head = sentence[: colon.start()] if colon else sentence
    words = _QUOTED.sub(taken, head).strip()
    told = _unquoted(sentence[colon.start(1) :].strip()) if colon else ""
    return Command(words, tuple(filter(None, texts)), told)


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return (quoted.group(1) or quoted.group(2)) if quoted else text


_REFUSES = re.compile(
    r"(?:(?<![级类区个特分])别|不要|不用|无需|不必)(?:再|急着|去)?(?:记|改|更新|登记|动|写|新增|提交|保存)"
    r"|\b(?:don't|do not|no need to|without) (?:change|log|record|update|save|write|add)"
)


def tells_of_change(sentence: str) -> Tells | None:
    """How plainly the sentence tells something that could be a change; a question tells none."""
    whole = fold(sentence).text.strip()
    text = _POLITE.sub("", fold(parted(sentence, lambda _said: True).words).text).strip()
    if _REFUSES.search(text) or asks(text) or _IS_ASKED.search(whole):
        return None
    if _told("told").search(whole) or _BECAME.search(whole):
        return Tells.PLAINLY
    return Tells.PERHAPS if _told("hinted").search(whole) or _FIGURES.search(whole) else None


# "改到", "升至", "记上", "建个", "新联系人:": verbs and nouns that only tell of something new.
_BECAME = re.compile(
    r"[升降调改推延提换转移搬迁挪加减记](?:到|至|成|为|给)(?!底|时候)|[给打]了?\s*\d+\s*分?$|[月日号]起"
    r"|(?:记|登记|录入|写)(?:一下|上|下|低|住|下来)|[建加开设](?:一?[个条项份笔节])"
    r"|新(?:的)?(?:联系人|联络人|风险|需求|商机|任务|别名|机会)\s*[:,]"
    r"|\b(?:should be|is now|is worth|are now|up to|down to)\s+(?:[$¥€£]|[a-z]{3} )?\d"
)
_IS_ASKED = re.compile(r"(?:\?|吗|么|没有?|呢|情况|进度|状态|名单|列表)[\s.。]*$")
_FIGURES = re.compile(
    r"\d[\d.,]*\s*(?:万|亿|[mk]\b|million)|打\s*\d+\s*分|(?:是|为|有|约|给|定|=|:)\s*(?:[$¥€£]|usd|cny|hkd|twd|大概|大约|约)?\s*\d"
    r"|\b(?:is|are|was|at|of|to|costs?|about|around|roughly)\s+(?:[$¥€£]|[a-z]{3} )?\d"
)


@lru_cache(maxsize=2)
def _told(name: str) -> re.Pattern[str]:
    """Words that tell that something has come to be."""
    lists = phrase_lists("changing")
    nouns = "".join(rf"(?<!\b{word} )" for word in lists["en_noun_after"])
    return re.compile(
        rf"{any_of(lists, name + '_zh')}|{nouns}\b(?:{any_of(lists, name + '_en')})\b"
    )


def asks_for_change(sentence: str) -> bool:
    """Whether a verb of change opens a clause of the sentence, which asks nothing before."""
    if _REFUSES.search(fold(sentence).text):
        return False
    text = _POLITE.sub("", fold(parted(sentence, lambda _said: True).words).text)
    verb = _openings().search(text)
    if verb is None:
        return _BECOMES.match(text.strip()) is not None and not asks(text)
    end = _CLAUSE_END.search(text, verb.end())
    return not asks(text[: end.start() if end else len(text)])


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    """A verb of change at the start of a clause, after politeness, or in Chinese after the
    thing that it changes."""
    lists = phrase_lists("changing")
    wide = {"en": [verb for verb in lists["en"] if " " in verb]}
    english = (
        rf"\b(?:give\b(?! (?:me|us)\b)[^,;.!?]{{1,60}}?\b(?:{any_of(lists, 'en_given')})\b"
        rf"|take\b[^,;.!?]{{1,60}}?\boff\b|(?:{any_of(wide, 'en')})\b"
        rf"|(?:{any_of(lists, 'en')})\b(?! (?:{any_of(lists, 'en_not_before')})\b))"
    )
    lead = rf"(?:(?:{any_of(lists, 'en_lead')})\W+)*"
    polite = rf"(?:{any_of(lists, 'zh_lead')})*"
    thing = rf"(?:{any_of(lists, 'zh_before_thing')})(?!我)[^,;。!?]{{1,40}}?"
    return re.compile(
        rf"(?:^|[,;.!]|\band\b)\W*{lead}{english}"
        rf"|(?:^|[,;。!])\s*{polite}(?:{any_of(lists, 'zh')})"
        rf"|(?:^|[,;。!])\s*{polite}{thing}(?:{any_of(lists, 'zh_after_thing')})"
        rf"|(?:{any_of(lists, 'zh_ready')})(?:{any_of(lists, 'zh')})|{any_of(lists, 'zh_anywhere')}"
        rf"|(?:^|[,;。!])\s*{polite}{thing}打\s*\d+\s*分"
    )
