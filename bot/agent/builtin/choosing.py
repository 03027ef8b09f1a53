"""The tool that a question asks for, beside the glossary and the documents of the method."""

from collections.abc import Sequence

from bot.agent.builtin.questions import asks_for_sorts, asks_the_sources
from bot.agent.builtin.reading import NOUNS, POLITE, Reading
from bot.agent.builtin.routing import ALONE, Choice, Context, enough
from bot.agent.builtin.slots import ENTITIES, missing, slots_of
from bot.agent.builtin.telling import clauses
from bot.agent.builtin.weighing import Weighing
from kam_knowledge.scripts import has_chinese
from tools.catalog.spec import Tool

METHOD, HELP, TERM = "method_search", "capabilities", "explain_term"
# Likeness from which a question is surely the tool's, and of a question what something is to
# those of the glossary.
CLEAR, _ALIKE = 0.75, 0.9
# What a part of a compound sentence needs to stand by itself, of its score and of what was
# learned; calibrated on the table of cases.
_PART, _STANDING = 0.42, 0.3
# How strongly what was learned speaks for the only thing that is asked, and for no other.
_SURELY, _PERHAPS = 1.2, 0.5
# From here on what was learned speaks against a tool, whatever single words are alike.
_AGAINST = -0.3


class Chooser:
    """Chooses among the tools that answer."""

    def __init__(self, weighing: Weighing) -> None:
        self._weighing = weighing
        self._tools = weighing.tools

    def ranked(self, reading: Reading, context: Context = ALONE) -> list[Choice]:
        """The tools allowed that answer, the best for the sentence first; the glossary only
        where a term is asked about or stands for itself."""
        choices = self._weighing.answering(reading, context)
        if reading.defines or (reading.is_term and "account" not in context.offered):
            return choices
        return [choice for choice in choices if choice.tool.name != TERM] or choices

    def is_one(self, reading: Reading) -> bool:
        """Whether all of the sentence surely asks one thing, so that no comma parts it."""
        learned = sorted((choice.learned for choice in self.ranked(reading)), reverse=True)
        return learned[0] >= _SURELY and all(other < _PERHAPS for other in learned[1:])

    def is_whole(self, reading: Reading) -> bool:
        """Whether the sentence asks in full, much as an example of a tool does."""
        return bool(reading.said) and self.ranked(reading)[0].likeness >= CLEAR

    def stands(self, piece: str, firm: bool) -> bool:
        """Whether a part of a sentence asks something by itself; a loose part no documents."""
        reading = self._weighing.read(piece)
        if not reading.meanings - POLITE and not (reading.names and reading.said):
            return False
        best = self.ranked(reading, Context(frozenset({"account"})))[0]
        takes_text = "question" in slots_of(best.tool)
        enough = _PART if reading.meanings - POLITE else CLEAR
        stands = best.score >= enough and best.learned >= _STANDING
        return stands and (firm or not takes_text)

    def best(self, reading: Reading, context: Context) -> Tool | None:
        """The tool asked for: confidently, or the method where the words are of the field."""
        if reading.meanings == {"greeting"} and HELP in self._tools:
            return self._tools[HELP]
        ranked = self.ranked(reading, context)
        if self._weighing.router.leads_away(reading) and _is_unlike(ranked, reading):
            return None
        if self._asks_a_term(reading, ranked):
            return self._tools[TERM]
        if ranked and ranked[0].score >= enough(reading):
            return self._of_the_method(ranked[0], reading, context) or ranked[0].tool
        return self._tools.get(METHOD) if self._is_of_the_field(reading) else None

    def _asks_a_term(self, reading: Reading, ranked: Sequence[Choice]) -> bool:
        """Whether the sentence, or its last clause behind others that ask nothing, asks what a
        term is, much as the glossary is asked."""
        if reading.defines:
            return any(c.tool.name == TERM and c.likeness >= _ALIKE for c in ranked)
        *others, last = clauses(reading.text) or [""]
        if not others or any(self._weighing.read(other).meanings for other in others):
            return False
        asked = self._weighing.read(last)
        return asked.defines and self._asks_a_term(asked, self.ranked(asked))

    def _of_the_method(self, best: Choice, reading: Reading, context: Context) -> Tool | None:
        """The glossary or the documents, for a question about a term or a way of working that
        names none of the things that the tool needs, or is unlike what the tool is asked."""
        ours = any({"account", "person"} & mention.values.keys() for mention in reading.names)
        if METHOD in self._tools and asks_the_sources(reading.folded.text) and not ours:
            return self._tools[METHOD]
        if "question" in slots_of(best.tool) and reading.is_all_term:
            return self._tools.get(TERM)
        unclear = best.likeness < CLEAR and not (reading.has_slots or context.implied)
        if unclear and _defines_only(reading):
            return self._tools.get(METHOD)
        if reading.has_slots or reading.stranger:
            return None
        lacks = [s for s in missing(best.tool, {}) if s in ENTITIES and s not in context.offered]
        unsure = max(best.learned, best.likeness) < CLEAR and not context.implied
        if lacks and unsure and asks_for_sorts(reading.folded.text):
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
        known = sum(0.5 if has_chinese(w) else 1 for w in words if self._weighing.router.knows(w))
        return reading.strangeness < (0.5 if about else 0.3) and (bool(about) or known > 2)


def _defines_only(reading: Reading) -> bool:
    """Whether the sentence asks what something is that may be no term of the glossary."""
    senses = [s for s in reading.said if s.meaning == "define"]
    return any(s.start == 0 or s.end >= len(reading.folded.text.rstrip(" ?.")) for s in senses)


def _is_unlike(ranked: Sequence[Choice], reading: Reading) -> bool:
    """Whether a sentence that the phrases lead away is like no example either: one that names
    something is asked of that thing unless hardly any word says what."""
    best = ranked[0]
    unlike = best.learned <= _AGAINST or (best.learned <= 0 and best.likeness < CLEAR)
    return not reading.names or unlike
