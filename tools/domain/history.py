"""What happened on accounts, as one list by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tools.text import Text


class Happened(StrEnum):
    """What kind of event it is, in the order in which those of one day are shown."""

    DEAL_CLOSED = "deal_closed"
    DEAL_BEGUN = "deal_begun"
    INTERACTION = "interaction"
    RISK = "risk"
    NEED = "need"
    PLAN = "plan"
    COVERAGE = "coverage"
    EVALUATION = "evaluation"
    CHANGE = "change"


@dataclass(frozen=True)
class Event:
    """One thing that happened on a day; `by` is the colleague, where one is recorded."""

    day: date
    account_id: int
    kind: Happened
    what: Text
    by: str | None = None


def newest_first(events: Iterable[Event]) -> list[Event]:
    """By day, the newest first; within a day by kind, then by account."""
    order = list(Happened)
    return sorted(events, key=lambda e: (-e.day.toordinal(), order.index(e.kind), e.account_id))
