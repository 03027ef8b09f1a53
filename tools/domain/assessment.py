"""The assessment of a strategic account (K5): five parts, each answered or open.

The questions of a part, and that records can point to an answer which nobody has written
down yet, are house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tools.text import Text


class Part(StrEnum):
    """What is assessed (K5)."""

    SYSTEM = "system"
    NEEDS = "needs"
    IT = "it"
    RIVALS = "rivals"
    SWOT = "swot"


class Question(StrEnum):
    """What has to be known in a part (K5); an answer is recorded under this key."""

    SUB_UNITS = "system_units"
    SIZE = "system_size"
    TREND = "needs_trend"
    MANAGEMENT = "needs_management"
    DEPENDENCE = "needs_dependence"
    ABILITY_TO_PAY = "needs_ability_to_pay"
    OPEN_NEEDS = "needs_recorded"
    IT_STATE = "it_state"
    COMPETITORS = "competitors"
    PARTNERS = "partners"
    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    OPPORTUNITIES = "opportunities"
    THREATS = "threats"


PARTS: Mapping[Part, tuple[Question, ...]] = {
    Part.SYSTEM: (Question.SUB_UNITS, Question.SIZE),
    Part.NEEDS: (
        Question.TREND,
        Question.MANAGEMENT,
        Question.DEPENDENCE,
        Question.ABILITY_TO_PAY,
        Question.OPEN_NEEDS,
    ),
    Part.IT: (Question.IT_STATE,),
    Part.RIVALS: (Question.COMPETITORS, Question.PARTNERS),
    Part.SWOT: (
        Question.STRENGTHS,
        Question.WEAKNESSES,
        Question.OPPORTUNITIES,
        Question.THREATS,
    ),
}


class State(StrEnum):
    """Answered; pointed to by other records only; or open."""

    ANSWERED = "answered"
    INDICATED = "indicated"
    OPEN = "open"


class PartState(StrEnum):
    ANSWERED = "answered"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True)
class Evidence:
    """What a record says to a question; `direct` where it is the answer itself."""

    what: Text
    direct: bool


@dataclass(frozen=True)
class Finding:
    """A question with all that is recorded to it."""

    question: Question
    evidence: tuple[Evidence, ...]

    @property
    def state(self) -> State:
        if not self.evidence:
            return State.OPEN
        return State.ANSWERED if any(e.direct for e in self.evidence) else State.INDICATED


def assess(evidence: Mapping[Question, Sequence[Evidence]]) -> Mapping[Part, tuple[Finding, ...]]:
    """Every question of every part, in the order of the method."""
    return {
        part: tuple(Finding(question, tuple(evidence.get(question, ()))) for question in questions)
        for part, questions in PARTS.items()
    }


def part_state(findings: Sequence[Finding]) -> PartState:
    """Answered with all its questions, open with none of them touched, else partly."""
    states = {finding.state for finding in findings}
    if states == {State.ANSWERED}:
        return PartState.ANSWERED
    return PartState.OPEN if states == {State.OPEN} else PartState.PARTLY
