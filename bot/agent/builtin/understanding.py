"""A thread understood: calls to make, a question to ask, or that nothing fits."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.agent.builtin.answers import chosen, value_for
from bot.agent.builtin.commands import (
    Command,
    Tells,
    asks_for_change,
    is_elsewhere,
    parted,
    tells_of_change,
)
from bot.agent.builtin.compound import parts_of
from bot.agent.builtin.followup import changed, inherited
from bot.agent.builtin.manner import Manner, manner_of
from bot.agent.builtin.noting import NOTE, is_long, note_call
from bot.agent.builtin.outcomes import Calls, Dropped, Lost, Outcome, Question, Thanked, ambiguous
from bot.agent.builtin.proposing import Message, answered, proposed, told_besides
from bot.agent.builtin.reading import NOUNS, POLITE, Reading, read
from bot.agent.builtin.routing import ALONE, Choice, Context, Router, context_of
from bot.agent.builtin.slots import (
    ENTITIES,
    Arguments,
    fill,
    missing,
    slots_of,
    unexplained,
)
from bot.agent.builtin.telling import clauses, rest_told
from bot.agent.builtin.thesaurus import closed_words
from bot.agent.builtin.thread import Asked, Call, Thread, call_key
from bot.agent.lexicon import Lexicon
from kam_knowledge.scripts import has_chinese
from tools.catalog.spec import Tool
from tools.domain.names import name_key

METHOD, HELP, TERM = "method_search", "capabilities", "explain_term"
COMPARE = "compare_accounts"
# Calibrated on the table of cases: below CONFIDENT the words do not decide for a tool;
# PART is what a part of a compound sentence needs to stand by itself.
CONFIDENT_OF_A_CHANGE = 0.2
# What goes by a name that no record holds yet.
_NAMED_BY_ASKER = frozenset({"name", "supplier"})
# A proposal waits for a confirmation, so that it may be a little less likely than a question.
_NEAR = 0.1
CONFIDENT, CONFIDENT_OF_A_NAME, STRANGE, PART = 0.38, 0.26, 0.12, 0.42
# Likeness of a question what something is to those of the glossary.
ALIKE = 0.9
# How strongly what was learned must speak for a change where no word orders one.
SURELY, FAR = 0.9, 0.4
# How strongly what was learned must speak for a part of a sentence.
STANDING = 0.3
# Likeness from which a question "how" is surely the tool's.
CLEAR = 0.75


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
        self._router = router
        self._writer = writer or Router(())
        self._lexicon = lexicon
        self._today = today
        self._among = among
        every = (*router.tools, *self._writer.tools)
        self._tools = {t.name: t for t in every if among is None or t.name in among}

    def of(self, thread: Thread) -> Outcome:
        """What the newest message of the thread asks for."""
        manner = manner_of(thread.message)
        if manner.drops:
            return Dropped()
        calls = tuple(call for call in thread.calls if call.tool in self._tools)
        if manner.asks_why and calls:
            return Calls(calls)
        reading = self.read(manner.rest)
        return (
            self._pending(thread.asked, manner, reading)
            or self._continued(calls, manner, reading, thread)
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
            return self._complete([note])
        if is_elsewhere(manner.rest):
            return Lost(tuple(choice.tool for choice in self.ranked(reading)[:3]))
        if self._changes(manner.rest):
            return self._changed(manner, thread)
        if reading.thanks:
            return Thanked()
        compared = self._compared(reading)
        if compared:
            return Calls((compared,))
        leans = manner.leans or reading.compares or not self._is_whole(reading)
        again = self._again(calls, reading) if leans and reading.is_elliptical else []
        return _distinct(again) if again else None

    def _compared(self, reading: Reading) -> Call | None:
        """The comparison of several accounts that the sentence names itself."""
        accounts = [m.values["account"] for m in reading.names if "account" in m.values]
        several = list(dict.fromkeys(accounts))
        fits = COMPARE in self._tools and reading.compares and len(several) > 1
        return Call(COMPARE, {"accounts": several}) if fits else None

    def _is_whole(self, reading: Reading) -> bool:
        """Whether the sentence asks in full, much as an example of a tool does."""
        return bool(reading.said) and self.ranked(reading)[0].likeness >= CLEAR

    def _again(self, calls: Sequence[Call], reading: Reading) -> list[Call]:
        """The last calls for what the message names; side by side where it compares."""
        accounts = [m.values["account"] for m in reading.names if "account" in m.values]
        if COMPARE in self._tools and accounts and reading.compares:
            held = [call.arguments["account"] for call in calls if "account" in call.arguments]
            several = list(dict.fromkeys([*held, *accounts]))
            return [Call(COMPARE, {"accounts": several})] if len(several) > 1 else []
        return changed(calls, reading, self._tools, self._lexicon, self._today)

    def _earlier(self, thread: Thread, calls: Sequence[Call]) -> list[Call]:
        return [call for call in thread.earlier if call.tool in self._tools] or list(calls)

    def read(self, text: str) -> Reading:
        return read(text, self._lexicon, self._today, self._router.knows)

    def ranked(self, reading: Reading, context: Context = ALONE) -> list[Choice]:
        """The tools allowed that answer, the best for the sentence first; the glossary only
        where a term is asked about or stands for itself."""
        choices = self._router.choices(reading, context, self._among)
        if reading.defines or (reading.is_term and "account" not in context.offered):
            return choices
        return [choice for choice in choices if choice.tool.name != TERM] or choices

    def nearest(self, reading: Reading) -> list[Choice]:
        """All tools allowed, those that answer and those that change, the best first."""
        routers = (self._router, self._writer)
        found = [c for router in routers for c in router.choices(reading, ALONE, self._among)]
        return sorted(found, key=lambda choice: -choice.score)

    def _is_full_name(self, said: str) -> bool:
        return any(entry.name == said for entry in self._lexicon.find(name_key(said)))

    def _changes(self, text: str) -> bool:
        """Whether the text orders a change, or tells one and is likelier that than a question."""
        if not self._writer.tools:
            return False
        return asks_for_change(text) or self._tells_a_change(text) or self._sounds_like_one(text)

    def _sounds_like_one(self, text: str) -> bool:
        """Whether the phrases of a tool that changes are far nearer than those of any other."""
        reading = self.read(text)
        best = [
            max((c.learned for c in router.choices(reading, ALONE, self._among)), default=0.0)
            for router in (self._writer, self._router)
        ]
        asks = _is_question(text) or _SHOWS.search(text)
        return best[0] >= SURELY and best[0] - best[1] >= FAR and not asks

    def _tells_a_change(self, text: str) -> bool:
        tells = tells_of_change(text)
        if tells is None:
            return False
        changes = self._orders(parted(text, self._is_full_name), ALONE)
        if not changes or changes[0].score < CONFIDENT_OF_A_CHANGE:
            return False
        reading = self.read(text)
        reads = self._router.choices(reading, ALONE, self._among)
        asks = bool(reads) and reads[0].score >= max(_enough(reading), changes[0].score + _NEAR)
        return tells is Tells.PLAINLY or not asks

    def _orders(self, command: Command, context: Context) -> list[Choice]:
        """The tools that propose changes, the best first, for the whole of the sentence or for
        the clause that orders or tells the change, whichever fits better."""
        among = [t.name for t in self._writer.tools if t.name in self._tools and t.name != NOTE]
        pieces = [
            c
            for c in clauses(command.words)
            if asks_for_change(c) or tells_of_change(c) is Tells.PLAINLY
        ]
        found = [
            self._writer.choices(
                read(words, self._lexicon, self._today, self._knows), context, among
            )
            for words in dict.fromkeys([command.words, *pieces[:1]])
        ]
        return max(found, key=lambda choices: choices[0].score if choices else 0.0)

    def _knows(self, word: str) -> bool:
        return word in closed_words() or self._router.knows(word) or self._writer.knows(word)

    def _changed(self, manner: Manner, thread: Thread) -> Outcome:
        """The call that proposes the change, or the question for what it lacks."""
        command = parted(manner.rest, self._is_full_name)
        reading = read(command.words, self._lexicon, self._today, self._knows)
        calls = [*thread.calls, *thread.earlier]
        ranked = self._orders(command, context_of(calls, manner.refers))
        if not ranked or ranked[0].score < CONFIDENT_OF_A_CHANGE:
            return Lost(tuple(choice.tool for choice in ranked[:3]))
        tool = ranked[0].tool
        if "shares" in slots_of(tool):
            reading = read(manner.rest, self._lexicon, self._today, self._knows)
        unclear = ambiguous(tool, reading, self._today)
        arguments = proposed(tool, reading, command, self._today)
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
        return self._complete([Call(tool.name, arguments)])

    def _besides(self, tool: Tool, text: str, command: Command, given: Arguments) -> Arguments:
        told = self.read(command.told) if command.told else None
        rest = rest_told(text, asks_for_change, self.read)
        message = Message(self.read(text), told, rest)
        besides = told_besides(tool, message, given, self._today)
        return {name: value for name, value in besides.items() if name not in given}

    def _answered(self, asked: Asked, manner: Manner, reading: Reading) -> Outcome | None:
        """The call that waited, with the answer in its slot; None for a question of its own."""
        value: object | None = chosen(asked, manner.rest) if asked.choices else None
        slot = slots_of(self._tools[asked.call.tool])[asked.slot]
        if value is None and self._writes(asked) and asked.slot not in ENTITIES:
            pasted = asked.slot == "note" and is_long(manner.rest)
            if not pasted and (self._changes(manner.rest) or _is_question(manner.rest)):
                return None
            value = answered(slot, asked, manner.rest, reading)
        elif value is None:
            if reading.meanings and not manner.corrects:
                return None
            value = value_for(asked, reading)
        if value is None:
            return None
        call = Call(
            asked.call.tool, {**asked.call.arguments, asked.slot: _shaped(asked.slot, value)}
        )
        return self._complete([call])

    def _writes(self, asked: Asked) -> bool:
        return any(tool.name == asked.call.tool for tool in self._writer.tools)

    def _asked_anew(self, reading: Reading, manner: Manner, before: Sequence[Call]) -> Outcome:
        parts = [self.read(p) for p in parts_of(reading, self._stands)]
        if len(parts) == 1:
            parts = [reading]
        calls: list[Call] = []
        bare: list[bool] = []
        for index, part in enumerate(parts):
            sources = [*reversed(calls), *before]
            refers = manner.refers or (index > 0 and not part.names)
            best = self._best(part, context_of(sources, refers, reading))
            if best is None:
                continue
            unclear = ambiguous(best, part, self._today)
            if unclear:
                return unclear
            made = self._filled(best, part, manner, sources, index > 0)
            calls += made
            bare += [not part.has_slots] * len(made)
        if not calls:
            return Lost(tuple(choice.tool for choice in self.ranked(reading)[:3]))
        return self._complete(self._shared(calls, bare))

    def _filled(
        self, tool: Tool, part: Reading, manner: Manner, sources: Sequence[Call], follows: bool
    ) -> list[Call]:
        """The calls for one part, with what it leaves to the context."""
        wide = manner.follows or manner.refers or follows or part.is_fragment
        stranger = None if manner.refers else part.stranger
        found = []
        for arguments in fill(tool, part, self._today):
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

    def _stands(self, piece: str, firm: bool) -> bool:
        reading = self.read(piece)
        if not reading.meanings - POLITE and not (reading.names and reading.said):
            return False
        best = self.ranked(reading, Context(frozenset({"account"})))[0]
        takes_text = "question" in slots_of(best.tool)
        enough = PART if reading.meanings - POLITE else CLEAR
        stands = best.score >= enough and best.learned >= STANDING
        return stands and (firm or not takes_text)

    def _best(self, reading: Reading, context: Context) -> Tool | None:
        """The tool asked for: confidently, or the method where the words are of the field."""
        if reading.meanings == {"greeting"} and HELP in self._tools:
            return self._tools[HELP]
        if self._router.leads_away(reading) and not reading.names:
            return None
        ranked = self.ranked(reading, context)
        if reading.defines and any(c.tool.name == TERM and c.likeness >= ALIKE for c in ranked):
            return self._tools[TERM]
        if ranked and ranked[0].score >= _enough(reading):
            return self._of_the_method(ranked[0], reading, context) or ranked[0].tool
        return self._tools.get(METHOD) if self._is_of_the_field(reading) else None

    def _of_the_method(self, best: Choice, reading: Reading, context: Context) -> Tool | None:
        """The glossary or the documents, for a question about a term or a way of working that
        names none of the things that the tool needs, or is unlike what the tool is asked."""
        if METHOD in self._tools and _SOURCES.search(reading.text) and not reading.names:
            return self._tools[METHOD]
        if reading.has_slots or reading.stranger:
            return None
        lacks = [s for s in missing(best.tool, {}) if s in ENTITIES and s not in context.offered]
        unsure = max(best.learned, best.likeness) < CLEAR and not context.implied
        if lacks and unsure and _WHAT.search(reading.folded.text):
            named = any("term" in mention.values for mention in reading.soft)
            return self._tools.get(TERM if named else METHOD)
        if reading.is_general and lacks and not context.implied:
            return self._tools.get(METHOD)
        if reading.asks_how and (lacks or (best.likeness < CLEAR and not context.implied)):
            return self._tools.get(METHOD)
        return self._tools.get(TERM) if lacks and (reading.defines or reading.is_term) else None

    def _is_of_the_field(self, reading: Reading) -> bool:
        """Whether a sentence that fits no tool is still about what the documents are about."""
        told = {s.meaning for s in reading.said if s.group == "meaning"}
        about = told - NOUNS - POLITE
        if any("term" in mention.values for mention in reading.soft):
            return True
        if about and (reading.is_general or ("define" in about and told & NOUNS)):
            return True
        words = {s.meaning for s in reading.said if s.group == "word"}
        known = sum(0.5 if has_chinese(w) else 1 for w in words if self._router.knows(w))
        return reading.strangeness < (0.5 if about else 0.3) and (bool(about) or known > 2)

    def _complete(self, calls: Sequence[Call]) -> Outcome:
        """The calls, or the question for what the first incomplete one lacks."""
        for call in calls:
            lacking = missing(self._tools[call.tool], call.arguments)
            if lacking:
                return Question(Asked(call, lacking[0], ()))
        return _distinct(calls)


# Who asks what something is, or which there are, does not ask it of an account.
_WHAT = re.compile(
    r"\bwhat(?:'s|s| is| are| does| do)\b|是什么|是啥|什么意思|哪[几些两三四五六]|分[为成几]"
)
# Who wants to be shown something changes nothing.
_SHOWS = re.compile(
    r"\b(?:show|list|tell me|give me|what|which|who|how|see|look up|check)\b"
    r"|哪|谁|誰|什么|什麼|多少|几个|幾個|查|看看|看一下|列出|有没有|有沒有|怎么|怎麼",
    re.IGNORECASE,
)
# Who asks what the sources themselves say asks the documents.
_SOURCES = re.compile(
    r"\bK[1-5]\b|原文|原著|资料来源|資料來源|出处|出處|方法论|方法論|方法[里裡]"
    r"|\b(?:the|our) method(?:ology)?\b|\bsources? (?:say|state|give|prescribe)",
    re.IGNORECASE,
)


def _enough(reading: Reading) -> float:
    """The score that decides for a tool: less where a known name is asked about, more where
    half of the words are unknown."""
    strange = STRANGE if reading.strangeness >= 0.5 else 0.0
    return strange + (CONFIDENT_OF_A_NAME if reading.names else CONFIDENT)


def _is_question(message: str) -> bool:
    return message.rstrip().endswith(("?", "？", "吗", "呢"))


def _shaped(slot: str, value: object) -> object:
    return [value] if slot == "accounts" else value


def _distinct(calls: Sequence[Call]) -> Calls:
    return Calls(tuple({call_key(call): call for call in calls}.values()))
