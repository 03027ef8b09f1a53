"""A thread understood: calls to make, a question to ask, or that nothing fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.agent.builtin.answers import chosen, described, picks, value_for
from bot.agent.builtin.changing import Changes
from bot.agent.builtin.choosing import METHOD, TERM, Chooser
from bot.agent.builtin.commands import is_elsewhere
from bot.agent.builtin.compound import parts_of, term_first
from bot.agent.builtin.followup import changed, inherited
from bot.agent.builtin.manner import Manner, manner_of, points_back
from bot.agent.builtin.noting import NOTE, is_long, note_call
from bot.agent.builtin.outcomes import (
    Calls,
    Dropped,
    Idle,
    Lost,
    Outcome,
    Question,
    Thanked,
    ambiguous,
    completed,
)
from bot.agent.builtin.proposing import answered
from bot.agent.builtin.questions import asks, ends_as_question
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.routing import ALONE, Choice, Router, context_of
from bot.agent.builtin.slots import ENTITIES, fill, slots_of, unexplained
from bot.agent.builtin.thread import Asked, Call, Thread
from bot.agent.builtin.weighing import Weighing
from bot.agent.lexicon import Lexicon
from bot.confirmation import Answer, Word, answer_of
from tools.catalog.spec import Tool

COMPARE = "compare_accounts"
_PLAIN = (Answer(Word.YES), Answer(Word.UNDO))


class Understanding:
    """Understands threads for one day, with the names known now and the tools allowed."""

    def __init__(
        self,
        router: Router,
        lexicon: Lexicon,
        today: date,
        among: Sequence[str] | None = None,
        *,
        writer: Router | None = None,
    ) -> None:
        self._weighing = Weighing(router, writer or Router(()), lexicon, today, among)
        self._chooser = Chooser(self._weighing)
        self._changes = Changes(self._weighing)
        self._tools = self._weighing.tools

    def of(self, thread: Thread) -> Outcome:
        """What the newest message of the thread asks for."""
        manner = manner_of(thread.message)
        if manner.drops:
            return Dropped()
        calls = tuple(call for call in thread.calls if call.tool in self._tools)
        if answer_of(thread.message) in _PLAIN and thread.asked is None:
            return Idle()
        if manner.asks_why and thread.asked:
            return Question(thread.asked)
        if manner.asks_why and calls:
            made = completed(calls, self._tools)
            return replace(made, explains=True) if isinstance(made, Calls) else made
        reading = self.read(manner.rest)
        # What still lacks an answer is not what another question is about.
        given_up = thread.asked is not None and reading.asks_of_sorts
        return (
            self._pending(thread.asked, manner, reading)
            or self._continued(() if given_up else calls, manner, reading, thread)
            or self._asked_anew(reading, manner, self._earlier(thread, calls))
        )

    def _pending(self, asked: Asked | None, manner: Manner, reading: Reading) -> Outcome | None:
        """What the message answers, where a question of ours waits."""
        known = asked is not None and asked.call.tool in self._tools
        return self._answered(asked, manner, reading) if asked and known else None

    def _continued(
        self, calls: Sequence[Call], manner: Manner, reading: Reading, thread: Thread
    ) -> Outcome | None:
        """A note pasted, a change asked for, thanks, or the last calls with one thing changed."""
        note = note_call(manner.rest, self.read) if NOTE in self._tools else None
        if note:
            return completed([note], self._tools)
        if is_elsewhere(manner.rest):
            return Lost(tuple(choice.tool for choice in self._chooser.ranked(reading)[:3]))
        told = self._changes.corrected(manner, thread) or self._changes.planned(manner, thread)
        if told:
            return told
        if self._changes.wanted(manner.rest):
            return self._changes.called(manner, thread)
        if reading.thanks:
            return Thanked()
        compared = self._compared(reading)
        if compared:
            return Calls((compared,))
        measured = self._of_the_term(calls, manner, reading)
        if measured:
            return measured
        leans = manner.leans or reading.compares or not self._chooser.is_whole(reading)
        reads = [call for call in calls if call.tool not in self._weighing.writes]
        again = self._again(reads, reading) if leans and self._lacks_matter(reading) else []
        return completed(again, self._tools) if again else None

    def _lacks_matter(self, reading: Reading) -> bool:
        """Whether the sentence leaves to the one before what it asks."""
        return reading.is_elliptical or (reading.compares and reading.meanings <= {"how_do"})

    def _of_the_term(
        self, calls: Sequence[Call], manner: Manner, reading: Reading
    ) -> Outcome | None:
        """What was explained last, asked for of something that the message names."""
        explained = calls[-1].arguments.get("term") if calls and calls[-1].tool == TERM else None
        if not explained or not reading.names or reading.meanings:
            return None
        whole = self.read(f"{explained} {manner.rest}")
        best = self._chooser.best(whole, ALONE)
        if best is None or best.name in (TERM, METHOD):
            return None
        return completed(self._filled(best, whole, manner, (), follows=False), self._tools)

    def _compared(self, reading: Reading) -> Call | None:
        """The comparison of several accounts that the sentence names itself."""
        accounts = [m.values["account"] for m in reading.names if "account" in m.values]
        several = list(dict.fromkeys(accounts))
        fits = COMPARE in self._tools and reading.compares and len(several) > 1
        return Call(COMPARE, {"accounts": several}) if fits else None

    def _again(self, calls: Sequence[Call], reading: Reading) -> list[Call]:
        """The last calls for what the message names; side by side where it compares."""
        accounts = [m.values["account"] for m in reading.names if "account" in m.values]
        if COMPARE in self._tools and accounts and reading.compares:
            held = [call.arguments["account"] for call in calls if "account" in call.arguments]
            several = list(dict.fromkeys([*held, *accounts]))
            return [Call(COMPARE, {"accounts": several})] if len(several) > 1 else []
        return changed(calls, reading, self._tools, self._weighing.lexicon, self._weighing.today)

    def _earlier(self, thread: Thread, calls: Sequence[Call]) -> list[Call]:
        return [call for call in thread.earlier if call.tool in self._tools] or list(calls)

    def read(self, text: str) -> Reading:
        """The text read as a question."""
        return self._weighing.read(text)

    def nearest(self, reading: Reading) -> list[Choice]:
        """All tools allowed, those that answer and those that change, the best first."""
        found = [*self._weighing.answering(reading), *self._weighing.proposing(reading)]
        return sorted(found, key=lambda choice: -choice.score)

    def _answered(self, asked: Asked, manner: Manner, reading: Reading) -> Outcome | None:
        """The call that waited, with the answer in its slot; None for a question of its own."""
        value: object | None = self._chosen(asked, manner.rest) if asked.choices else None
        slot = slots_of(self._tools[asked.call.tool])[asked.slot]
        if value is None and (answer_of(manner.rest) or (asked.choices and picks(manner.rest))):
            return Question(asked)
        if value is None and self._writes(asked) and asked.slot not in ENTITIES:
            pasted = asked.slot == "note" and is_long(manner.rest)
            asked_back = ends_as_question(manner.rest) or (
                asked.choices and asks(reading.folded.text)
            )
            if not pasted and (asked_back or self._changes.wanted(manner.rest)):
                return None
            value = answered(slot, asked, manner.rest, reading)
        elif value is None:
            if not manner.corrects and (reading.meanings or self._asks_anew(asked, reading)):
                return None
            value = value_for(asked, reading)
        if value is None:
            return None
        call = Call(
            asked.call.tool, {**asked.call.arguments, asked.slot: _shaped(asked.slot, value)}
        )
        return completed([call], self._tools)

    def _chosen(self, asked: Asked, said: str) -> str | None:
        """Which of the choices is picked: by its name or number, else by where it is."""
        about = self._weighing.lexicon.about
        return chosen(asked, said) or described(about(asked.slot, asked.choices), said)

    def _picked(self, calls: Sequence[Call], said: str) -> Sequence[Call]:
        """Of calls that differ in their account alone the one that is picked, if one is."""
        names = list(dict.fromkeys(str(call.arguments.get("account", "")) for call in calls))
        if len(names) < 2 or len({call.tool for call in calls}) > 1:
            return calls
        picked = described(self._weighing.lexicon.about("account", names), said)
        return [c for c in calls if c.arguments.get("account") == picked] if picked else calls

    def _asks_anew(self, asked: Asked, reading: Reading) -> bool:
        """Whether the message is a question that names nothing for the slot."""
        named = any(asked.slot in mention.values for mention in reading.names)
        return not named and not reading.stranger and asks(reading.folded.text)

    def _writes(self, asked: Asked) -> bool:
        return any(tool.name == asked.call.tool for tool in self._weighing.writer.tools)

    def _asked_anew(self, reading: Reading, manner: Manner, before: Sequence[Call]) -> Outcome:
        chooser = self._chooser
        said = term_first(reading, self.read) or parts_of(
            reading, chooser.stands, is_one=chooser.is_one(reading)
        )
        parts = [self.read(part) for part in said] if len(said) > 1 else [reading]
        calls: list[Call] = []
        bare: list[bool] = []
        for index, part in enumerate(parts):
            sources = [*reversed(calls), *before]
            refers = manner.refers or (index > 0 and not part.names)
            best = self._chooser.best(part, context_of(sources, refers, reading))
            if best is None:
                continue
            unclear = ambiguous(best, part, self._weighing.today)
            if unclear:
                return unclear
            made = self._filled(best, part, manner, sources, follows=index > 0)
            if self._points_nowhere(part, made):
                return Question(Asked(made[0], "account", ()))
            calls += made
            bare += [not part.has_slots] * len(made)
        if not calls:
            return Lost(tuple(choice.tool for choice in self._chooser.ranked(reading)[:3]))
        return completed(self._picked(self._shared(calls, bare), reading.text), self._tools)

    def _points_nowhere(self, part: Reading, made: Sequence[Call]) -> bool:
        """Whether a part stands on a customer named before, and none was."""
        slots = slots_of(self._tools[made[0].tool])
        subjects = {*ENTITIES, "accounts"} - {"term", "stage"}
        given = subjects & {name for call in made for name in call.arguments}
        return "account" in slots and not given and points_back(part)

    def _filled(
        self, tool: Tool, part: Reading, manner: Manner, sources: Sequence[Call], *, follows: bool
    ) -> list[Call]:
        """The calls for one part, with what it leaves to the context."""
        wide = manner.follows or manner.refers or follows or part.is_fragment
        stranger = None if manner.refers else part.stranger
        found = []
        for arguments in fill(tool, part, self._weighing.today):
            named = arguments | unexplained(tool, arguments, stranger)
            full = named | inherited(tool, named, sources, wide=wide)
            found.append(Call(tool.name, full | unexplained(tool, full, part.unknown_name)))
        return found

    def _shared(self, calls: Sequence[Call], bare: Sequence[bool]) -> list[Call]:
        """Calls of one sentence share a subject that only a later one names, and one without
        any slot of its own also shares the later filters."""
        return [
            Call(
                call.tool,
                call.arguments
                | inherited(self._tools[call.tool], call.arguments, calls[n + 1 :], wide=bare[n]),
            )
            for n, call in enumerate(calls)
        ]


def _shaped(slot: str, value: object) -> object:
    return [value] if slot == "accounts" else value
