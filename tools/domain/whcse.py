"""WHCSE (K3): which of the five parts are in place for an account; the tests are house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tools.domain.review import Timeliness
from tools.domain.upkeep import Upkeep
from tools.domain.vocabulary import Line

SCORE_DAYS = 183
"""A score counts as fresh while its oldest input is not older than 6 months."""


class Part(StrEnum):
    """The five parts, in the order in which gaps are closed."""

    WHO = "who"
    COVERAGE = "coverage"
    HOW = "how"
    STRATEGY = "strategy"
    EVALUATE = "evaluate"


class State(StrEnum):
    IN_PLACE = "in_place"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True)
class Evidence:
    """What the five parts are judged by.

    `inputs` are the as-of days of the score's known factors; `answered_needs` are open needs
    of an account whose strategy has steps; `levels` says of information levels 1 and 2
    whether they are complete.
    """

    upkeep: Upkeep
    scored: bool
    inputs: tuple[date, ...]
    processes: int
    levels: tuple[bool, bool]
    answered_needs: int


def whcse(found: Evidence, on: date) -> Mapping[Part, State]:
    """The state of each part on a day."""
    plan = found.upkeep.plan
    fresh = bool(found.inputs) and (on - min(found.inputs)).days <= SCORE_DAYS
    coverage = (
        found.upkeep.recorded,
        Line.SOLID in found.upkeep.lines,
        Line.DOTTED in found.upkeep.lines,
    )
    return {
        Part.WHO: _state(found.scored, found.scored and fresh, any_of=bool(found.inputs)),
        Part.COVERAGE: _state(*coverage, any_of=bool(found.upkeep.coverage.owners)),
        Part.HOW: _state(found.processes > 0, *found.levels),
        Part.STRATEGY: _state(found.answered_needs > 0, plan is not None and plan.covers(on)),
        Part.EVALUATE: _evaluate(found.upkeep),
    }


def _state(*evidence: bool, any_of: bool = False) -> State:
    """In place with all the evidence, partly with some of it."""
    if all(evidence):
        return State.IN_PLACE
    return State.PARTLY if any(evidence) or any_of else State.MISSING


def _evaluate(known: Upkeep) -> State:
    """An overdue evaluation breaks the part; one never held leaves it in part."""
    states = {item.timeliness for item in known.evaluations}
    if Timeliness.OVERDUE in states or states <= {Timeliness.NEVER}:
        return State.MISSING
    return State.PARTLY if Timeliness.NEVER in states else State.IN_PLACE
