"""What a thread is about: read from its messages, kept nowhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

Arguments = dict[str, Any]
_REMEMBERED = 12


@dataclass(frozen=True)
class Call:
    """A tool by name, with its arguments."""

    tool: str
    arguments: Arguments


@dataclass(frozen=True)
class Asked:
    """A question that waits for its answer: it fills `slot` of `call`."""

    call: Call
    slot: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Thread:
    """The newest message of the user, the calls of the last turn that had any, and the
    question that the turn before ended with; `earlier` are all calls before, the latest first."""

    message: str
    calls: tuple[Call, ...]
    asked: Asked | None
    earlier: tuple[Call, ...] = ()


def thread_of(messages: Sequence[BaseMessage]) -> Thread:
    """The thread as its messages tell it; the last human message is the one to understand."""
    last = max(i for i, m in enumerate(messages) if isinstance(m, HumanMessage))
    earlier = messages[:last]
    every = [call for message in reversed(earlier) for call in _calls_of(message)]
    calls = _last_calls(earlier)
    return Thread(str(messages[last].text), calls, _pending(earlier), tuple(every[:_REMEMBERED]))


def _calls_of(message: BaseMessage) -> list[Call]:
    """What a message calls, or means to call once its question is answered."""
    if not isinstance(message, AIMessage):
        return []
    asked = asked_in(message)
    made = [Call(call["name"], dict(call["args"])) for call in message.tool_calls]
    return made or ([asked.call] if asked else [])


def _last_calls(messages: Sequence[BaseMessage]) -> tuple[Call, ...]:
    """The calls of the latest turn with calls: all since the human message before them."""
    calls: list[Call] = []
    for message in reversed(messages):
        if isinstance(message, HumanMessage) and calls:
            break
        calls = [*_calls_of(message), *calls]
    return tuple({call_key(call): call for call in calls}.values())


def call_key(call: Call) -> str:
    """The same for the same call."""
    return f"{call.tool} {sorted(call.arguments.items(), key=lambda item: item[0])}"


def _pending(messages: Sequence[BaseMessage]) -> Asked | None:
    last = messages[-1] if messages else None
    return asked_in(last) if isinstance(last, AIMessage) else None


def asked_in(message: AIMessage) -> Asked | None:
    """The question that a message asks, from its `asked` entry."""
    entry: Mapping[str, Any] | None = message.additional_kwargs.get("asked")
    if not entry:
        return None
    call = Call(entry["tool"], dict(entry["args"]))
    return Asked(call, entry["slot"], tuple(entry.get("choices", ())))


_CORRECTION = re.compile(
    r"^(?:no|nope|sorry|wait|oops|not that|wrong|correction|hm+)?[\s,.!:–-]*"
    r"(?:(?:what )?i (?:actually |really )?(?:meant|mean|was asking about|said)(?: to say)?|make (?:it|that)|i'm asking about|change (?:it|that) to|rather|instead)\b[\s,:]*"
    r"|^(?:no|nope|sorry|wait|oops|not that|wrong|correction)[\s,.!:–-]+(?=\S)"
    r"|^(?:不是|不对|错了|不|抱歉|对不起|哦不|等等)?[\s,，。、!！]*(?:我(?:是说|说的是|指的是|的意思是|是指|想问的是|要的是|问的是)|应该是|改成|换成|更正)[\s,，:：]*"
    r"|^(?:不是|不对|错了|抱歉|说错了|弄错了|等等)[\s,，。、!！]+(?:是|而是)?",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    r"^(?:no[\s,]+)?not\s+.+?[\s,]+(?:but|i meant|i mean)\s+|^(?:不是|不要).+?[\s,，]+(?:而)?(?:是|要)\s*|,?\s*not\s+\S+$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"^(?:and|what about|how about|and what about|and how about|what if|same for|same with|the same for|ok and|okay and|also|then|now|but)\b[\s,]*"
    r"|^(?:那么|那|还有|另外|然后|再看看|再|同样|同理|如果是|换)[\s,，]*|呢[\s?？!！。]*$|\b(?:instead|as well|too)[\s?.!]*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|it's|they|them|their|this (?:account|customer|client|one)|that (?:account|customer|client|one)|the (?:account|customer|client)|same (?:account|customer|client)|these|those|he|him|his|she|her)\b"
    r"|它|其(?!他|余|实|中)|该客户|这家|那家|这个客户|那个客户|此客户|这客户|该公司|这些客户|那些客户|他(?!人)|她|上述|刚才",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^(?:but |and )?(?:why|how come|why is that|why so|why that|how so|explain|how did you get (?:that|this)|how is (?:that|this|it) (?:computed|calculated)|where does (?:that|this|it) come from)[\s?.!]*$"
    r"|^(?:那)?(?:为什么|为何|为啥|怎么算的|怎么得出的|怎么来的|依据是什么|什么依据|怎么会这样|为什么呢|为什么会这样|解释一下|原因呢|怎么算出来的|这是怎么算的|依据呢)[\s?？!！。呢啊]*$",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"^(?:never ?mind|forget (?:it|that)|cancel|stop|skip it|no thanks|none(?: of (?:them|these))?|drop it|算了|取消|不用了|不查了|没事了|都不是)[\s.!。！]*$",
    re.IGNORECASE,
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


def manner_of(message: str) -> Manner:
    """How a message, in the simplified script, relates to the one before it."""
    from bot.agent.builtin.folding import fold

    folded = fold(message)
    plain = folded.text if len(folded.text) == len(message) else message
    correction = _NOT_BUT.match(plain) or _CORRECTION.match(plain)
    start = correction.end() if correction else 0
    cue = _CUE.search(plain, start)
    leading = cue is not None and cue.start() == start and cue.end() > start
    rest = message[cue.end() if cue and leading else start :]
    return Manner(
        rest=rest.strip() or message,
        follows=cue is not None or bool(_CUE.match(plain[start:])),
        corrects=correction is not None,
        refers=_PRONOUN.search(plain) is not None,
        asks_why=_WHY.match(plain.strip()) is not None,
        drops=_DROP.match(plain.strip()) is not None,
    )
