"""How a message relates to the one before it: it follows on, corrects, refers, asks why."""

import re
from dataclasses import dataclass

from bot.agent.builtin.folding import fold
from bot.agent.builtin.reading import Reading
from bot.confirmation import Answer, Word, answer_of


def _any(*words: str) -> str:
    """An alternation of these patterns."""
    return "(?:" + "|".join(words) + ")"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_NO_EN = _any("no", "nope", "sorry", "wait", "oops", "not that", "wrong", "correction", "hm+")
_NO_ZH = _any(
    "不是啦",
    "不是",
    "不对啦",
    "不对",
    "错了",
    "说错了",
    "弄错了",
    "不",
    "抱歉",
    "对不起",
    "哦不",
    "等等",
)
_MEANT_EN = _any(
    r"(?:what )?i (?:actually |really )?(?:meant|mean|was asking about|said)(?: to say)?",
    r"(?:make|change) (?:it|that)(?: to)?",
    r"i'm asking about",
    "rather",
    "instead",
    "actually",
)
_MEANT_ZH = _any(
    "我(?:是说|说的是|指的是|的意思是|是指|想问的是|要的是|问的是)",
    "应该是",
    "改成",
    "换成",
    "更正",
)
_WANTED_EN = _any(
    r"i (?:want|wanted|need|needed|asked for|was after|was looking for)(?: to (?:see|know))?",
    "give me",
    "show me",
)
_WANTED_ZH = _any("我要看", "我想看", "我要问", "我想问", "我要", "给我看", "我问")
_CORRECTION = _pattern(
    rf"^{_NO_EN}[\s,.!:–-]+{_WANTED_EN}\b[\s,:]*",
    rf"^{_NO_ZH}[\s,，。、!！]*{_WANTED_ZH}(?:的是)?[\s,，:：]*",
    rf"^{_NO_EN}?[\s,.!:–-]*{_MEANT_EN}\b[\s,:]*",
    rf"^{_NO_EN}(?! (?:if|but|to|for)\b)[\s,.!:–-]+(?=\S)",
    rf"^{_NO_ZH}?[\s,，。、!！]*{_MEANT_ZH}[\s,，:：]*",
    rf"^{_NO_ZH}[\s,，。、!！]+(?:而?是)?",
)
# What is said of the question before it is asked.
_SHY_EN = r"(?:silly|stupid|dumb|basic|naive|quick|newbie|beginner'?s?|simple|small|odd)"
_SHY_ZH = "(?:傻|蠢|笨|小白|基础|低级|简单|初级|弱智|小|快)"
_PREFACE = _pattern(
    rf"^[^,.;:?!]{{0,30}}\b{_SHY_EN} question\b[^,.;:?!]{{0,20}}[,.;:–-]+\s*(?:but\s+)?",
    rf"^[^?？!！]{{0,12}}{_SHY_ZH}的?(?:问题|地问)[^,，:：。?？]{{0,6}}[,，:：。]\s*",
    r"^(?:sorry|excuse me|pardon|apologies)\b[^,.;:?!]{0,30},\s*but\s+",
)
_NOT_BUT = _pattern(
    r"^(?:no[\s,]+)?not\s+.+?[\s,]+(?:but|i meant|i mean)\s+",
    r"^(?:不是|不要).+?[\s,，]+(?:而)?(?:是|要)\s*",
    r"^(?:先|请|你)?(?:不要|别|不用|不看|不必)[^,，。;；]*[,，。;；]\s*"
    r"(?:我?(?:就|只)?(?:是|要|想)?(?:问问|问一下|问|看看|看一下|看|查一下|查))?",
    r"^(?:please )?(?:don't|do not|no need to) [^,.;]+[,.;]\s*(?:just |only )?",
    r"^not (?:the |about |their )?[\w ]+,\s*(?:but )?",
)
_SAME_EN = r"(?:same|previous|last|earlier) (?:account|customer|client|company|one)"
# What is meant, said behind it: "sorry, Sable Quay I mean".
_MEANT_AFTER = _pattern(
    r"[\s,]+(?:is (?:what|who) )?i (?:mean|meant)[\s.!?]*$",
    r"[\s,，]*(?:我)?(?:是说|的意思)[。!！]*$",
)
_CUE = _pattern(
    rf"^(?:(?:it's |it is |still |again |for )*(?:the )?{_SAME_EN}"
    r"(?: (?:as |from |like )?(?:before|above|earlier|just now|last time))?)\s*[,:;.–-]\s*",
    r"^(?:还是|仍是|就是|关于|对于)?(?:刚才|刚刚|之前|上面|上次|前面)(?:说的|问的|提到的|提的)?那?[个家]?"
    r"(?:客户|公司)\s*[,，:：;]\s*",
    r"^(?:ok |okay )?(?:and )?(?:what|how) about\b[\s,]*",
    r"^(?:ok |okay )?(?:and|also|then|now|but|(?:the )?same (?:for|with))\b[\s,]*",
    r"^(?:那么|那|还有|另外|然后|再看看|再|同样|同理|如果是|换)[\s,，]*",
    r"呢[\s?？!！。]*$",
    r"\b(?:instead|as well|too)[\s?.!]*$",
)
_THING = "(?:account|customer|client|company)"
_PRONOUN = _pattern(
    r"\b(?:it|its|it's|they|them|their|these|those|he|him|his|she|her)\b|\bthere[\s?.!]*$",
    rf"\b(?:this|that|same) (?:{_THING}|one)\b|\bthe {_THING}\b",
    r"它|那里|那边|其(?!他|余|实|中)|他(?!人)|她|上述|刚才",
    r"(?:该|这家|那家|这个|那个|此|这|这些|那些)(?:客户|公司)|这家|那家",
)
# What stands for a customer named before.
_THINGS = _pattern(
    rf"\b(?:its?|it's|their|they|them)\b|\b(?:this|that|same) (?:{_THING}|one)\b",
    r"它|(?:该|这家|那家|这个|那个|此|这|那)(?:客户|公司)|这家|那家",
)
_ENDING_EN = r"[\s?.!]*$"
_ENDING_ZH = r"(?:的|嘅)?[\s?？!！。呢啊呀嘅喎]*$"
_WHY_ZH = r"(?:为什么|为何|为啥|干嘛|怎么会|怎么)"
_WHY = _pattern(
    r"^(?:but |and |so |ok |sorry )?(?:(?:why|how come)(?: (?:is|was) (?:that|this|it))?"
    rf"(?: so| that| not)?|how so|(?:please )?explain(?: (?:that|this|it))?){_ENDING_EN}",
    rf"^(?:but |and )?why (?:him|her|them|me|it|that one|this one|\d[\d.,]*%?){_ENDING_EN}",
    r"^(?:but |and )?why(?:'s| is| are| was)? (?:it|that|this|they|the \w+) "
    rf"(?:so|that|this|too) \w+{_ENDING_EN}",
    rf"^(?:那|但|可是)?{_WHY_ZH}(?:会|是)?(?:这么|那么|这样|如此|咁)[低高少多大小差好]{_ENDING_ZH}",
    rf"^(?:那|但)?{_WHY_ZH}(?:会|是)?(?:这样|那样|他|她|它|这个|那个|这家|那家){_ENDING_ZH}",
    rf"^how did you (?:get|compute|calculate|arrive at) (?:that|this|it){_ENDING_EN}",
    rf"^how (?:is|was) (?:that|this|it) (?:computed|calculated|determined|worked out){_ENDING_EN}",
    r"^where (?:does|do|did) (?:that|this|it|these|those)(?: (?:figure|number)s?)? come from"
    rf"{_ENDING_EN}",
    rf"^what(?:'s| is) (?:that|this|it) based on{_ENDING_EN}",
    rf"^(?:那|但)?(?:(?:为什么|为何|为啥|怎么)会这样|解释一下|原因|(?:有?什么)?依据(?:是什么)?|凭什么)"
    rf"{_ENDING_ZH}",
    rf"^(?:那|但)?(?:为什么|为何|为啥){_ENDING_ZH}",
    r"^(?:这|那|它)?(?:个)?(?:数|数字|分|分数)?(?:是)?(?:怎么|怎样|如何)(?:算|得|得出|算出|来|算出来|计)"
    rf"的?{_ENDING_ZH}",
)
_DROP = _pattern(
    r"^(?:skip it|none(?: of (?:them|these))?)[\s.!]*$",
    r"^(?:不查了|没事了|都不是)[\s.!。！]*$",
)


# What is said not to be asked, of a thing that is: "X 的需求先不看，评分多少".
_LEFT_OUT = _pattern(
    r"(?<=的)[^,，。;；的]{1,20}?(?:先|暂时|暫時|就|都)*(?:不看|不用看|不提|不管|别管|別管|不谈|不談|不说|不說)了?"
    r"[,，。;；]\s*",
    r"\b(?:never mind|leave aside|leaving aside|forget|skip|forget about) (?:the|its|their) "
    r"[\w ]{1,30}[,;]\s*(?:just |only )?",
)


@dataclass(frozen=True)
class Manner:
    """How a message relates to what came before; `rest` is the message without such words."""

    rest: str
    follows: bool
    corrects: bool
    refers: bool
    asks_why: bool
    drops: bool

    @property
    def leans(self) -> bool:
        """Whether the message says that it goes on from the one before it."""
        return self.follows or self.corrects or self.refers


def manner_of(message: str) -> Manner:
    """How a message relates to the one before it."""
    folded = fold(message)
    plain = folded.text
    preface = _PREFACE.match(plain)
    correction = None if preface else _NOT_BUT.match(plain) or _CORRECTION.match(plain)
    opening = preface or correction
    start = opening.end() if opening else 0
    after = _MEANT_AFTER.search(plain, start) if correction else None
    end = after.start() if after else len(plain)
    cue = _CUE.search(plain[start:])
    if cue and cue.start() == 0:
        start += cue.end()
    return Manner(
        rest=_LEFT_OUT.sub("", folded.words(start, end)).strip() or message,
        follows=cue is not None,
        corrects=correction is not None,
        refers=_PRONOUN.search(plain) is not None,
        asks_why=_WHY.match(plain.strip()) is not None,
        drops=_drops(message, plain),
    )


def _drops(message: str, plain: str) -> bool:
    """Whether a message wants no more of what was asked last."""
    return _DROP.match(plain.strip()) is not None or answer_of(message) == Answer(Word.NO)


def points_back(reading: Reading) -> bool:
    """Whether the sentence names nothing and opens with what stands for a customer, before any
    word that this could stand for."""
    found = None if reading.has_slots else _THINGS.search(reading.folded.text)
    telling = ("meaning", "word")
    return found is not None and not any(
        s.end <= found.start() and s.group in telling for s in reading.said
    )
