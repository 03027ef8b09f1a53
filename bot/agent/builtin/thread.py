"""What a thread is about: read from its messages, kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from bot.agent.builtin.language import language_of_thread
from tools.text import Language

Arguments = dict[str, Any]
_REMEMBERED = 12
MARK = "language"
"""Under which a message of a person carries the language that it is answered in."""
EXPLAINS, REPLACES = "explains", "replaces"
"""Under which calls carry that their results are to be accounted for, and that what they propose
takes the place of what was proposed last."""


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
    wrong = _unknown(earlier)
    every = [_without(wrong, c) for message in reversed(earlier) for c in _calls_of(message)]
    calls = tuple(_without(wrong, call) for call in _last_calls(earlier))
    return Thread(str(messages[last].text), calls, _pending(earlier), tuple(every[:_REMEMBERED]))


Misnomer = tuple[str, str, str]
"""A tool, a parameter, and a value for it by which nothing, or more than one thing, goes."""


def _unknown(messages: Sequence[BaseMessage]) -> frozenset[Misnomer]:
    """What was asked about because it names nothing: no later message means that."""
    asked = [a for m in messages if isinstance(m, AIMessage) and (a := asked_in(m))]
    return frozenset(
        (a.call.tool, a.slot, str(a.call.arguments[a.slot]))
        for a in asked
        if a.slot in a.call.arguments
    )


def _without(wrong: frozenset[Misnomer], call: Call) -> Call:
    """The call without what names nothing."""
    kept = {k: v for k, v in call.arguments.items() if (call.tool, k, str(v)) not in wrong}
    return Call(call.tool, kept)


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


def language_of_turn(messages: Sequence[BaseMessage], default: Language) -> Language:
    """The language to answer the newest message in: as it is marked, else that of the thread."""
    said = [message for message in messages if isinstance(message, HumanMessage)]
    marked = said[-1].additional_kwargs.get(MARK) if said else None
    return Language(marked) if marked else language_of_thread((str(m.text) for m in said), default)
