"""The judgement on each sentence: what of it the evidence does not bear out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.agent.builtin.folding import fold
from bot.agent.grounding.citations import marks_in, supports, unmarked, words_of
from bot.agent.grounding.counting import counts
from bot.agent.grounding.dates import Day, periods_between
from bot.agent.grounding.evidence import Evidence, Ground, Read, read
from bot.agent.grounding.figures import Figure
from bot.agent.grounding.names import Name, names_in, partial_names_in
from bot.agent.grounding.sentences import Sentence
from kam_knowledge.lexicon import Lexicon as Words

_FEW_WORDS = 2
_SILENT = re.compile(
    r"\b(?:does|do|is|are|was|has|have)(?: not|n't) (?:say|cover|answer|state|give|mention|"
    r"known|set|recorded|settled|defined)|\bunknown\b|\bsilent\b|\bnothing (?:about|on)\b"
    r"|没有(?:说明|规定|提到|涉及|记录|回答)|未(?:说明|规定|提及|涉及|记录)|不(?:清楚|知道)"
)


class Reason(StrEnum):
    """Why a sentence does not stand."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    NO_PASSAGE = "no such passage"
    NOT_IN_PASSAGE = "not in the passage"
    UNCITED = "uncited"


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not stand, and the words of the sentence that it is about."""

    reason: Reason
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The faults of one sentence; none if it may leave."""

    sentence: Sentence
    faults: tuple[Fault, ...]

    @property
    def passes(self) -> bool:
        return not self.faults


def judged(sentences: Sequence[Sentence], evidence: Evidence, words: Words) -> list[Verdict]:
    """A verdict for each sentence, in order."""
    return [
        Verdict(one, tuple(dict.fromkeys(_faults(one, _marks(one, sentences), evidence, words))))
        for one in sentences
    ]


def reasons(verdicts: Sequence[Verdict]) -> Counter[str]:
    """How often each reason comes up, for the log."""
    return Counter(fault.reason.value for verdict in verdicts for fault in verdict.faults)


def _marks(sentence: Sentence, sentences: Sequence[Sentence]) -> list[int]:
    """The passages that a sentence cites; a line of a list without any has its lead-in's."""
    own = marks_in(sentence.claim)
    if own or sentence.lead is None:
        return own
    return marks_in(sentences[sentence.lead].claim)


def _faults(
    sentence: Sentence, marks: Sequence[int], evidence: Evidence, words: Words
) -> Iterator[Fault]:
    known = [mark for mark in marks if 0 < mark <= len(evidence.passages)]
    for mark in dict.fromkeys(marks):
        if mark not in known:
            yield Fault(Reason.NO_PASSAGE, f"[{mark}]")
    claim = unmarked(sentence.claim)
    grounds = evidence.behind(known)
    plain = read(claim, evidence.said.lexicon, evidence.said.today)
    yield from _figure_faults(plain, sentence, grounds, evidence, cited=bool(known))
    yield from _date_faults(plain, grounds)
    yield from _name_faults(claim, grounds)
    yield from _source_faults(claim, sentence, known, evidence, words)


def _figure_faults(
    plain: Read, sentence: Sentence, grounds: Sequence[Ground], evidence: Evidence, *, cited: bool
) -> Iterator[Fault]:
    for figure in plain.figures:
        if any(ground.has_figure(figure, plain.text) for ground in grounds):
            continue
        if not counts(figure, fold(sentence.claim).text, sentence.items, evidence.listings):
            yield Fault(Reason.FIGURE, _said(figure, cited=cited))


def _said(figure: Figure, *, cited: bool) -> str:
    return f"{figure.said} (not in what is cited)" if cited else figure.said


def _date_faults(plain: Read, grounds: Sequence[Ground]) -> Iterator[Fault]:
    sound: set[Day] = set()
    for period, first, last in periods_between(plain.text, plain.days):
        if any(ground.has_period(period) for ground in grounds):
            sound |= {first, last}
    for day in plain.days:
        if day not in sound and not any(ground.has_day(day) for ground in grounds):
            yield Fault(Reason.DATE, plain.text[day.start : day.end].strip())


def _name_faults(claim: str, grounds: Sequence[Ground]) -> Iterator[Fault]:
    lexicon = grounds[0].lexicon
    whole = names_in(claim, lexicon)
    held = " ".join(name.said for name in whole)
    parts = [part for part in partial_names_in(claim, lexicon) if part.said not in held]
    for name in [*whole, *parts]:
        if not any(_names(ground, name) for ground in grounds):
            yield Fault(Reason.NAME, name.said)


def _names(ground: Ground, name: Name) -> bool:
    return bool(name.entries & ground.entries) or fold(name.said).text in ground.text


def _source_faults(
    claim: str, sentence: Sentence, marks: Sequence[int], evidence: Evidence, words: Words
) -> Iterator[Fault]:
    if marks:
        cited = "\n".join(evidence.passages[mark - 1].text for mark in marks)
        if not sentence.items and not supports(claim, cited, words):
            yield Fault(Reason.NOT_IN_PASSAGE, "".join(f"[{mark}]" for mark in marks))
    elif evidence.passages and _states(claim, sentence, evidence, words):
        yield Fault(Reason.UNCITED, "")


def _states(claim: str, sentence: Sentence, evidence: Evidence, words: Words) -> bool:
    """Whether a sentence without a citation states more than the results other than passages
    do; a question, a lead-in, a few words, or that something is not said, state nothing. The
    lines that a lead-in introduces are judged for it."""
    if sentence.items or claim.endswith(("?", "？")) or _SILENT.search(fold(claim).text):
        return False
    if len(words_of(claim, words)) <= _FEW_WORDS:
        return False
    return not supports(claim, evidence.said.text, words)
