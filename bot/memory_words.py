"""Plain sentences about how one wants to be spoken to, and what is to be remembered or forgotten.

In three languages, and read before any model hears of them, so that they mean the same whichever
model answers. Only a whole message counts, except where an earlier account is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.agent.builtin.folding import fold
from kam_knowledge.scripts import is_traditional
from tools.text import Language


@dataclass(frozen=True)
class Speak:
    """Answer in this language from now on; None: in the language of each message."""

    language: Language | None


@dataclass(frozen=True)
class Narrow:
    """Look at this unit or region where a question names none; an empty name: everywhere.

    `kind` is what the words say that it is; `sure` that they speak of a default outright.
    """

    name: str
    kind: Literal["unit", "region"] | None = None
    sure: bool = True


class Forget(StrEnum):
    """What is to be forgotten."""

    CONVERSATION = "conversation"
    PREFERENCES = "preferences"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Recall:
    """Tell what is remembered."""


Wish = Speak | Narrow | Forget | Recall

_LONGEST = 120
_EDGES = " \t\r\n.。!！,，:：~～?？;；"
_OPENING = re.compile(
    r"(?:(?:ok|okay|please|can you|could you|from now on|from here on|in (?:the )?future|always|"
    r"by default|per default|henceforth|only|remember to)\b[\s,，]*"
    r"|(?:请|麻烦|你|记[住得](?=以后|今后|往后|从现在|默认)|以后|今后|往后|之后|从现在开始|从现在起|从今以后|从今往后|默认|始终|一直|"
    r"一律|总是|都)[\s,，]*)+"
)
_CLOSING = re.compile(
    r"(?:[\s,，]*\b(?:from now on|from here on|in (?:the )?future|always|by default|please|only|"
    r"every time)|[\s,，]*(?:吧|就好|就行|即可|谢谢))+$"
)
_LASTING = re.compile(r"from now on|by default|per default|以后|今后|往后|从现在|从今|默认")
_DEFAULT = re.compile(r"default|默认")

# Chinese of no named script is that of the message.
_TONGUES: tuple[tuple[str, Language | None], ...] = (
    ("simplified(?: chinese)?|chinese \\(simplified\\)|简体中文|简体字?", Language.SIMPLIFIED),
    (
        "traditional(?: chinese)?|chinese \\(traditional\\)|繁体中文|繁体字?|正体中文|正体字?",
        Language.TRADITIONAL,
    ),
    ("english|英文|英语", Language.ENGLISH),
    ("chinese|mandarin|中文|汉语|国语|普通话|华语", None),
)
_TONGUE = "(?P<tongue>" + "|".join(words for words, _ in _TONGUES) + ")"
_ANSWER = "(?:answer|reply|respond|speak|talk|write)"
_REPLY = "(?:回答|回复|答复|回应|作答|交流|沟通|对话|说话|说|讲|写)"
_PUT = "(?:设为|设成|设置为|设定为|改为|改成|换成|切换到|定为|调整为|是|为|:)"


def _whole(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of a whole sentence."""
    return tuple(re.compile(f"(?:{pattern})$") for pattern in patterns)


_SPEAK = _whole(
    f"{_ANSWER}(?: to)?(?: me)?(?: only| always)? in {_TONGUE}",
    f"(?:use|switch to|i prefer|i'd like)?(?: answers in)? ?{_TONGUE}(?: answers)?",
    f"(?:set |make |change )?my language (?:is|to) {_TONGUE}",
    f"(?:{_REPLY}我?)?(?:都|请)*(?:跟我|对我|给我|和我|与我)?(?:都|只|请)*"
    f"(?:用|以|使用|改用|换成|切换到|切换成|讲|说){_TONGUE}(?:来|跟我|给我|和我|与我)*"
    f"{_REPLY}?(?:我|我的问题|问题)?",
    f"(?:把|将)?(?:我的|回答的?|回复的?)?(?:语言|语种){_PUT}{_TONGUE}",
)
_ANY_LANGUAGE = _whole(
    f"{_ANSWER}(?: to)?(?: me)? in (?:the|whatever|whichever|my) language(?: that)?"
    "(?: of (?:my|the) (?:question|message)s?| i (?:write|ask|use|speak)(?: in| to you in)?)?",
    "(?:reset|clear|forget|remove) (?:my |the )?language(?: preference| setting)?",
    "我?用什么语言(?:问|提问|写|说)?[,，]?你?就用什么语言(?:回答|回复|答)?我?",
    "(?:按|按照|跟随|根据|用)我?(?:提问|问题|消息|说话|写)?的?(?:语言|语种)来?(?:回答|回复)?我?",
    "(?:取消|清除|恢复|重置|忘记|忘掉)我?的?(?:默认)?(?:语言|语种)(?:设置|偏好)?",
)

_WHERE = "(?:scope|region|area|unit|team|view)"
_FIELD = "(?:范围|区域|大区|地区|团队|部门)"
_SHOW = "(?:show|give|look at|limit (?:it|everything|answers) to|stick to|focus on|use)"
_NARROW = _whole(
    f"(?:set |make |change |put )?(?:my |the )?default(?: {_WHERE})? (?:is|to|as|should be) "
    "(?P<name>.+)",
    f"make (?P<name>.+?) (?:my|the) default(?: {_WHERE})?",
    f"(?:把|将)?我?的?(?:默认)?(?:查看)?的?{_FIELD}{_PUT}(?P<name>.+)",
    "(?:把|将)(?P<name>.+?)(?:设为|设成|设置为|作为)我?的?默认" + f"{_FIELD}?",
)
_LOOK = _whole(
    f"{_SHOW}(?: me)?(?: only)? (?P<name>.+)",
    "只?(?:给我)?(?:看|查看|显示|查|按)(?P<name>.+?)(?:的数据|的客户|的情况|的业务)?",
)
_WIDEN = _whole(
    f"(?:remove|clear|reset|drop|cancel|forget) (?:my |the )?default(?: {_WHERE})?",
    f"no(?: more)? default(?: {_WHERE})?",
    f"(?:取消|清除|去掉|删除|不要|恢复|重置|忘记|忘掉)我?的?默认的?{_FIELD}?(?:设置)?",
)
_EVERYWHERE = re.compile(
    r"\b(?:(?:all (?:of )?(?:the |our )?|every )(?:region|unit|team|area)s?|company[- ]wide|"
    r"(?:whole|entire) company|nation(?:wide|ally)|everywhere|everything)\b"
    "|全公司|整个公司|(?:所有|全部)的?(?:区域|大区|地区|团队|部门)|全国"
)
_ALL = re.compile(r"(?:all|全部|所有|全部客户|所有客户|不限)$")
_KINDS: tuple[tuple[Literal["unit", "region"], re.Pattern[str]], ...] = (
    ("region", re.compile(r"(?: region| area|区域|大区|地区|区)$")),
    ("unit", re.compile(r"(?: team| unit| branch| office| department|团队|部门|小组|分公司)$")),
)
_STATED: tuple[tuple[Literal["unit", "region"], re.Pattern[str]], ...] = (
    ("region", re.compile(r"default (?:region|area)|默认的?(?:区域|大区|地区)")),
    ("unit", re.compile(r"default (?:unit|team)|默认的?(?:团队|部门)")),
)

_DROP = "(?:forget|clear|delete|erase|wipe)"
_WIPE = "(?:忘记|忘掉|忘了|清除|清空|删除|删掉|抹掉|抹去)掉?"
_KNOWN = "(?:what|everything|all) (?:that )?you (?:know|remember|have|have stored|keep)"
_FORGET: tuple[tuple[Forget, tuple[re.Pattern[str], ...]], ...] = (
    (
        Forget.CONVERSATION,
        _whole(
            f"{_DROP}(?: about| everything in| all of)? (?:this|our|the)(?: whole| entire)? "
            "(?:conversation|chat|thread|dialogue)(?: history)?",
            f"{_WIPE}(?:我们|咱们)?的?[这本此该]?(?:当前)?[次个段场]?的?"
            "(?:对话|会话|聊天|谈话)的?(?:记录|内容|历史)?",
            "(?:把|将)[这本此该]?(?:当前)?[次个段场]?的?(?:对话|会话|聊天|谈话)的?"
            f"(?:记录|内容|历史)?{_WIPE}",
        ),
    ),
    (
        Forget.PREFERENCES,
        _whole(
            f"(?:{_DROP}|reset) (?:all )?(?:of )?my (?:preferences?|settings|habits)",
            f"{_DROP} {_KNOWN} (?:about|of) my (?:preferences?|settings|habits)",
            f"{_DROP} what you (?:know|remember|have) (?:about|of) me",
            f"{_WIPE}你?(?:记住|记得|知道|了解)?的?(?:所有|全部)?(?:有关|关于)?我的?(?:所有|全部|个人)?"
            "(?:偏好|喜好|设置|习惯)(?:设置)?",
            f"(?:把|将)我的?(?:所有|全部|个人)?(?:偏好|喜好|设置|习惯)(?:设置)?都?{_WIPE}",
        ),
    ),
    (
        Forget.EVERYTHING,
        _whole(
            f"{_DROP} everything(?: (?:that )?you (?:know|remember|have))?(?: about me)?",
            f"{_WIPE}(?:有关我的|关于我的|你知道的|你记得的)?(?:一切|所有|全部)(?:内容|东西|事情)?",
        ),
    ),
)
_RECALL = _whole(
    "what do you (?:know|remember|have) (?:about|of|on) (?:me|my preferences|my settings)",
    "(?:what are |show |show me |tell me )?my (?:preferences|settings)",
    "(?:都)?(?:记得|记住了?|知道|了解)(?:关于)?我的?(?:什么|哪些|哪些事|哪些东西|哪些偏好|什么偏好)",
    "(?:查看|显示|看看)?我(?:的|有哪些|有什么)(?:偏好|设置)(?:设置)?(?:是什么|有哪些)?",
)

_WHEN = "(?:before|earlier|last time|just now|yesterday|previously)"
_CHAT = "(?:the|our|my) (?:last|previous|other|earlier) (?:conversation|chat|thread)"
_ACCOUNT = "(?:account|customer|client|company)"
_RESUME = re.compile(
    rf"\b(?:the )?same {_ACCOUNT} (?:as|from|of) (?:{_WHEN}|(?:in )?{_CHAT})\b"
    rf"|\bthe {_ACCOUNT} (?:from|of) (?:{_WHEN}|{_CHAT})\b"
    rf"|\bthe {_ACCOUNT} (?:that )?we (?:were )?(?:talk|spoke|discuss|look)(?:ed|ing)?"
    rf"(?: about| of| at)?(?: {_WHEN}| in {_CHAT})?\b"
    "|(?:还是|就是|继续)?[看说聊查]?(?:刚才|刚刚|方才|之前|上次|上回|前面|上一个对话|上次对话)里?"
    "(?:我们)?[说聊谈问看查提]?[过到起]?的?(?:[那这]个|[那这]家|同一个|同一家)?(?:客户|公司)(?![数量群们])"
    "|[跟和与](?:刚才|刚刚|之前|上次)(?:同样|一样|相同)的?(?:客户|公司)"
)


def wish_of(message: str) -> Wish | None:
    """The wish that a message is, or None where it is anything else."""
    if len(message) > _LONGEST:
        return None
    said = fold(message).text.strip(_EDGES).replace("’", "'").replace("预设", "默认")
    opening = _OPENING.match(said)
    core = _CLOSING.sub("", said[opening.end() :] if opening else said)
    return _forgetting(core) or _speaking(core, message) or _narrowing(core, said)


def everywhere(message: str) -> bool:
    """Whether a message asks about the whole company, so that no default narrows it."""
    return _EVERYWHERE.search(fold(message).text) is not None


def means_earlier(message: str) -> bool:
    """Whether a message speaks of the account of an earlier conversation."""
    return _RESUME.search(fold(message).text) is not None


def resumed(message: str, account: str) -> str:
    """The message with the account's name in place of the words for the earlier one."""
    folded = fold(message)
    found = _RESUME.search(folded.text)
    if found is None:
        return message
    start, end = folded.origin[found.start()], folded.origin[found.end() - 1] + 1
    return f"{message[:start]}{account}{message[end:]}"


def _forgetting(core: str) -> Forget | Recall | None:
    if _said(_RECALL, core):
        return Recall()
    return next((what for what, patterns in _FORGET if _said(patterns, core)), None)


def _speaking(core: str, message: str) -> Speak | None:
    found = _said(_SPEAK, core)
    if found:
        return Speak(_language(found["tongue"], message))
    return Speak(None) if _said(_ANY_LANGUAGE, core) else None


def _language(tongue: str, message: str) -> Language:
    known = next(language for words, language in _TONGUES if re.fullmatch(words, tongue))
    return known or (Language.TRADITIONAL if is_traditional(message) else Language.SIMPLIFIED)


def _narrowing(core: str, said: str) -> Narrow | None:
    """Words that set a default; others only where they say that they are to last."""
    if _said(_WIDEN, core):
        return Narrow("")
    found = _said(_NARROW, core) if _DEFAULT.search(said) else None
    found = found or (_said(_LOOK, core) if _LASTING.search(said) else None)
    return _scope(found["name"], said) if found else None


def _scope(name: str, said: str) -> Narrow:
    """The scope of that name; what kind of thing it is, its own words say or the sentence's."""
    name = name.strip(_EDGES).removeprefix("the ").removesuffix(" only")
    if _ALL.match(name) or _EVERYWHERE.fullmatch(name):
        return Narrow("")
    kinds = [kind for kind, ending in _KINDS if ending.search(name)]
    stated = [kind for kind, words in _STATED if words.search(said)]
    return Narrow(name, next(iter([*kinds, *stated]), None), _DEFAULT.search(said) is not None)


def _said(patterns: Sequence[re.Pattern[str]], core: str) -> re.Match[str] | None:
    return next((found for p in patterns if (found := p.match(core))), None)
