"""Sentences that order or tell a change, and the call that proposes it."""

from dataclasses import replace

from bot.agent.builtin.commands import Command, Tells, asks_for_change, parted, tells_of_change
from bot.agent.builtin.correcting import put_right
from bot.agent.builtin.followup import inherited
from bot.agent.builtin.manner import Manner
from bot.agent.builtin.noting import NOTE
from bot.agent.builtin.outcomes import Calls, Lost, Outcome, ambiguous, completed
from bot.agent.builtin.planning import TASK, plan_call, plan_of
from bot.agent.builtin.proposing import Message, proposed, told_besides
from bot.agent.builtin.questions import wants_to_see
from bot.agent.builtin.routing import ALONE, Choice, Context, context_of, enough
from bot.agent.builtin.slots import Arguments, missing, slots_of, unexplained
from bot.agent.builtin.telling import clauses, rest_told
from bot.agent.builtin.thread import Call, Thread
from bot.agent.builtin.weighing import Weighing
from tools.catalog.spec import Tool

# What goes by a name that no record holds yet.
_NAMED_BY_ASKER = frozenset({"name", "supplier"})
# Below this the words do not decide for a change; a proposal waits for a confirmation, so that
# it may be a little less likely than a question.
_CONFIDENT, _NEAR = 0.2, 0.1
# How strongly what was learned must speak for a change where no word orders one.
_SURELY, _FAR = 0.9, 0.4


class Changes:
    """Tells changes from questions, and makes the calls that propose them."""

    def __init__(self, weighing: Weighing) -> None:
        self._weighing = weighing

    def wanted(self, text: str) -> bool:
        """Whether the text orders a change, or tells one and is likelier that than a question."""
        if not self._weighing.writer.tools:
            return False
        return asks_for_change(text) or self._tells_one(text) or self._sounds_like_one(text)

    def called(self, manner: Manner, thread: Thread) -> Outcome:
        """The call that proposes the change, or the question for what it lacks."""
        weighing = self._weighing
        command = parted(manner.rest, weighing.is_full_name)
        calls = [*thread.calls, *thread.earlier]
        ranked = self._ordered(command, context_of(calls, manner.refers))
        if not ranked or ranked[0].score < _CONFIDENT:
            return Lost(tuple(choice.tool for choice in ranked[:3]))
        tool = ranked[0].tool
        reading = weighing.read_order(manner.rest if "shares" in slots_of(tool) else command.words)
        unclear = ambiguous(tool, reading, weighing.today)
        arguments = proposed(tool, reading, command, weighing.today)
        if unclear:
            call = Call(tool.name, arguments)
            call.arguments.pop(unclear.asked.slot, None)
            return replace(unclear, asked=replace(unclear.asked, call=call))
        stranger = None if manner.refers else reading.stranger
        arguments |= self._besides(tool, manner.rest, command, arguments)
        arguments |= unexplained(tool, arguments, stranger)
        if stranger and stranger not in arguments.values():
            lacking = [name for name in missing(tool, arguments) if name in _NAMED_BY_ASKER]
            arguments |= dict.fromkeys(lacking[:1], stranger)
        arguments |= inherited(tool, arguments, calls, wide=False)
        return completed([Call(tool.name, arguments)], weighing.tools)

    def corrected(self, manner: Manner, thread: Thread) -> Outcome | None:
        """The change proposed last with what the message puts right in it, if it does."""
        weighing = self._weighing
        last = thread.calls[0] if len(thread.calls) == 1 else None
        tool = weighing.writes.get(last.tool) if last else None
        if last is None or tool is None or tool.name == NOTE or missing(tool, last.arguments):
            return None
        if not manner.corrects and self.wanted(manner.rest):
            return None
        reading = weighing.read_order(manner.rest)
        call = put_right(last, tool, manner, reading, weighing.today)
        return Calls((call,), replaces=True) if call else None

    def planned(self, manner: Manner, thread: Thread) -> Outcome | None:
        """The task that the message tells of, for a day to come."""
        weighing = self._weighing
        tool = weighing.writes.get(TASK)
        reading = weighing.read(manner.rest)
        plan = plan_of(manner.rest, reading, weighing.today) if tool else None
        if tool is None or plan is None:
            return None
        unclear = ambiguous(tool, reading, weighing.today)
        if unclear:
            return replace(unclear, asked=replace(unclear.asked, call=Call(TASK, plan)))
        return completed([plan_call(tool, plan, [*thread.calls, *thread.earlier])], weighing.tools)

    def _sounds_like_one(self, text: str) -> bool:
        """Whether the phrases of a tool that changes are far nearer than those of any other."""
        weighing, reading = self._weighing, self._weighing.read(text)
        changes = weighing.most_learned(weighing.writer, reading)
        if changes < _SURELY or changes - weighing.most_learned(weighing.router, reading) < _FAR:
            return False
        return not wants_to_see(text)

    def _tells_one(self, text: str) -> bool:
        tells = tells_of_change(text)
        if tells is None:
            return False
        changes = self._ordered(parted(text, self._weighing.is_full_name), ALONE)
        if not changes or changes[0].score < _CONFIDENT:
            return False
        reading = self._weighing.read(text)
        reads = self._weighing.answering(reading)
        asks = bool(reads) and reads[0].score >= max(enough(reading), changes[0].score + _NEAR)
        return tells is Tells.PLAINLY or not asks

    def _ordered(self, command: Command, context: Context) -> list[Choice]:
        """The tools that propose changes, the best first, for the whole of the sentence or for
        the clause that orders or tells the change, whichever fits better."""
        pieces = [clause for clause in clauses(command.words) if _is_change(clause)]
        found = [
            [c for c in self._weighing.proposing(reading, context) if c.tool.name != NOTE]
            for reading in map(
                self._weighing.read_order, dict.fromkeys([command.words, *pieces[:1]])
            )
        ]
        return max(found, key=lambda choices: choices[0].score if choices else 0.0)

    def _besides(self, tool: Tool, text: str, command: Command, given: Arguments) -> Arguments:
        read = self._weighing.read
        told = read(command.told) if command.told else None
        rest, grounds = (rest_told(text, orders, read) for orders in (asks_for_change, _is_change))
        message = Message(read(text), told, rest, grounds)
        besides = told_besides(tool, message, given, self._weighing.today)
        return {name: value for name, value in besides.items() if name not in given}


def _is_change(clause: str) -> bool:
    """Whether a clause orders a change or tells of one plainly."""
    return asks_for_change(clause) or tells_of_change(clause) is Tells.PLAINLY
