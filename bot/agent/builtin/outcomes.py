"""What comes of a message: calls, a question of ours, or words alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import fill, missing, parameter_for, slots_of
from bot.agent.builtin.thread import Asked, Call, call_key
from tools.catalog.spec import Tool


@dataclass(frozen=True)
class Calls:
    """What to call, in order, each once. `explains` where the results are to be accounted for,
    `replaces` where what is proposed takes the place of what was proposed last."""

    calls: tuple[Call, ...]
    explains: bool = False
    replaces: bool = False


@dataclass(frozen=True)
class Question:
    """An argument is missing; `named` is set where several go by that name."""

    asked: Asked
    named: str | None = None


@dataclass(frozen=True)
class Lost:
    """Nothing fits; `nearest` tools, the best first."""

    nearest: tuple[Tool, ...]


@dataclass(frozen=True)
class Dropped:
    """The user does not want to answer."""


@dataclass(frozen=True)
class Thanked:
    """The user thanks or takes leave."""


@dataclass(frozen=True)
class Idle:
    """The user confirms or takes back what is not there."""


Outcome = Calls | Question | Lost | Dropped | Thanked | Idle


def ambiguous(tool: Tool, reading: Reading, today: date) -> Question | None:
    """The question for a romanised name that several share."""
    for mention in reading.names:
        slot = parameter_for(mention, slots_of(tool), reading)
        if slot and mention.choices:
            arguments = fill(tool, reading, today)[0]
            arguments.pop(slot, None)
            return Question(Asked(Call(tool.name, arguments), slot, mention.choices), mention.said)
    return None


def completed(calls: Sequence[Call], tools: Mapping[str, Tool]) -> Calls | Question:
    """The calls, or the question for what the first incomplete one lacks."""
    for call in calls:
        lacking = missing(tools[call.tool], call.arguments)
        if lacking:
            return Question(Asked(call, lacking[0], ()))
    return distinct(calls)


def distinct(calls: Sequence[Call]) -> Calls:
    """The calls, each once."""
    return Calls(tuple({call_key(call): call for call in calls}.values()))
