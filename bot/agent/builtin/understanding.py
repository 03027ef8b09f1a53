"""A thread understood: calls to make, a question to ask, or that nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.agent.builtin.answers import chosen, value_for
from bot.agent.builtin.compound import parts_of
from bot.agent.builtin.followup import changed, inherited, name_like
from bot.agent.builtin.reading import Reading, read
from bot.agent.builtin.routing import Choice, Router
from bot.agent.builtin.slots import ENTITIES, fill, missing, slots_of
from bot.agent.builtin.thread import Asked, Call, Manner, Thread, call_key, manner_of
from bot.agent.lexicon import Lexicon
from tools.catalog.spec import Tool

METHOD, HELP = "method_search", "capabilities"
# Calibrated on the table of cases: below CONFIDENT the words do not decide for a tool;
# PART is what a part of a compound sentence needs to stand by itself.
CONFIDENT, PART = 0.36, 0.42


@dataclass(frozen=True)
class Calls:
    """What to call, in order, each once."""

    calls: tuple[Call, ...]


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


Outcome = Calls | Question | Lost | Dropped


class Understanding:
    """Understands threads for one day, with the names known now and the tools allowed."""

    def __init__(
        self, router: Router, lexicon: Lexicon, today: date, among: Sequence[str] | None = None
    ) -> None:
        self._router = router
        self._lexicon = lexicon
        self._today = today
        self._among = among
        self._tools = {t.name: t for t in router.tools if among is None or t.name in among}

    def of(self, thread: Thread) -> Outcome:
        """What the newest message of the thread asks for."""
        manner = manner_of(thread.message)
        if thread.asked and manner.drops:
            return Dropped()
        calls = tuple(call for call in thread.calls if call.tool in self._tools)
        if manner.asks_why and calls:
            return Calls(calls)
        reading = self.read(manner.rest)
        if thread.asked and thread.asked.call.tool in self._tools:
            answered = self._answered(thread.asked, manner, reading)
            if answered:
                return answered
        if calls and reading.is_elliptical:
            again = changed(calls, reading, self._tools, self._today)
            if again:
                return _distinct(again)
        return self._asked_anew(reading, manner, calls)

    def read(self, text: str) -> Reading:
        return read(text, self._lexicon, self._today, self._router.knows)

    def ranked(self, reading: Reading) -> list[Choice]:
        return self._router.choices(reading, self._among)

    def _answered(self, asked: Asked, manner: Manner, reading: Reading) -> Outcome | None:
        """The call that waited, with the answer in its slot; None for a question of its own."""
        value = chosen(asked, manner.rest) if asked.choices else None
        if value is None:
            if reading.meanings and not manner.corrects:
                return None
            value = value_for(asked, reading)
        if value is None:
            return None
        call = Call(
            asked.call.tool, {**asked.call.arguments, asked.slot: _shaped(asked.slot, value)}
        )
        return self._complete([call])

    def _asked_anew(self, reading: Reading, manner: Manner, before: Sequence[Call]) -> Outcome:
        parts = [self.read(p) for p in parts_of(reading, self._stands)]
        if len(parts) == 1:
            parts = [reading]
        calls: list[Call] = []
        for index, part in enumerate(parts):
            best = self._best(part)
            if best is None:
                continue
            ambiguous = _ambiguous(best, part)
            if ambiguous:
                return ambiguous
            sources = [*reversed(calls), *before]
            calls += self._filled(best, part, manner, sources, index > 0)
        if not calls:
            return Lost(tuple(choice.tool for choice in self.ranked(reading)[:3]))
        return self._complete(_shared(calls, self._tools))

    def _filled(
        self, tool: Tool, part: Reading, manner: Manner, sources: Sequence[Call], follows: bool
    ) -> list[Call]:
        """The calls for one part, with what it leaves to the context."""
        found = []
        for arguments in fill(tool, part, self._today):
            wide = manner.follows or manner.refers or follows
            name = None if manner.refers else name_like(part)
            for slot in missing(tool, arguments):
                if name and slot in ENTITIES:
                    arguments[slot] = name
            arguments |= inherited(tool, arguments, sources, wide=wide)
            for slot in missing(tool, arguments):
                if slot in ENTITIES and part.unknown:
                    arguments[slot] = part.unknown
            found.append(Call(tool.name, arguments))
        return found

    def _stands(self, piece: str, firm: bool) -> bool:
        reading = self.read(piece)
        if not reading.meanings or reading.meanings == {"greeting"}:
            return False
        best = self.ranked(reading)[0]
        takes_text = "question" in slots_of(best.tool)
        return best.score >= PART and (firm or not takes_text)

    def _best(self, reading: Reading) -> Tool | None:
        """The tool asked for: confidently, or the method where the words are of the field."""
        if reading.meanings == {"greeting"} and HELP in self._tools:
            return self._tools[HELP]
        ranked = self.ranked(reading)
        if ranked and ranked[0].score >= CONFIDENT:
            return ranked[0].tool
        of_the_field = (
            bool(reading.meanings - {"greeting"})
            or any(s.group == "word" and self._router.knows(s.meaning) for s in reading.said)
            or any("term" in m.values for m in reading.soft)
        )
        return self._tools.get(METHOD) if of_the_field else None

    def _complete(self, calls: Sequence[Call]) -> Outcome:
        """The calls, or the question for what the first incomplete one lacks."""
        for call in calls:
            lacking = missing(self._tools[call.tool], call.arguments)
            if lacking:
                return Question(Asked(call, lacking[0], ()))
        return _distinct(calls)


def _shaped(slot: str, value: str) -> object:
    return [value] if slot == "accounts" else value


def _distinct(calls: Sequence[Call]) -> Calls:
    return Calls(tuple({call_key(call): call for call in calls}.values()))


def _shared(calls: Sequence[Call], tools: dict[str, Tool]) -> list[Call]:
    """Calls of one sentence share a subject that only a later one names."""
    return [
        Call(
            call.tool,
            {
                **call.arguments,
                **inherited(tools[call.tool], call.arguments, calls[n + 1 :], wide=False),
            },
        )
        for n, call in enumerate(calls)
    ]


def _ambiguous(tool: Tool, reading: Reading) -> Question | None:
    """The question for a romanised name that several share."""
    slots = slots_of(tool)
    for mention in reading.names:
        slot = next((kind for kind in mention.values if kind in slots), None)
        if slot and mention.choices:
            return Question(Asked(Call(tool.name, {}), slot, mention.choices), mention.said)
    return None
