"""How ready an account is for acquisition (K1): the eleven lines of the plan (house).

A line is ready when records show it or somebody ticked it off; what records show in part is
half way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tools.domain.vocabulary import ItemState
from tools.text import Text


class Line(StrEnum):
    """The lines, by their key in the acquisition plan's checklist."""

    PROFILE = "profile"
    DECISION_STRUCTURE = "decision_structure"
    NEEDS = "needs"
    SUPPLIERS = "suppliers"
    ENTRY_OFFER = "entry_offer"
    VALUE_HYPOTHESIS = "value_hypothesis"
    TEAM = "team"
    BARRIERS = "barriers"
    MILESTONES = "milestones"
    BUDGET = "budget"
    RISKS = "risks"


class Readiness(StrEnum):
    READY = "ready"
    PARTLY = "partly"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Shown:
    """What records show of a line: `whole` where they show all of it."""

    what: Text
    whole: bool


@dataclass(frozen=True)
class Ready:
    """A line with what records show and how it is ticked; None where it never was."""

    line: Line
    shown: Shown | None
    ticked: ItemState | None

    @property
    def readiness(self) -> Readiness:
        if self.ticked is ItemState.NOT_APPLICABLE:
            return Readiness.NOT_APPLICABLE
        if self.ticked is ItemState.DONE or (self.shown is not None and self.shown.whole):
            return Readiness.READY
        return Readiness.PARTLY if self.shown else Readiness.OPEN


def readiness(
    shown: Mapping[Line, Shown | None], ticked: Mapping[str, ItemState]
) -> tuple[Ready, ...]:
    """All lines in the order of the plan."""
    return tuple(Ready(line, shown.get(line), ticked.get(line.value)) for line in Line)
