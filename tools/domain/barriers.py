"""Barriers to growing inside an account (K1 names the idea; the six barriers are house)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.text import Text


class Barrier(StrEnum):
    """The six barriers, by the key of their line in the penetration plan's checklist."""

    RELATIONSHIP = "relationship"
    SOLUTION = "solution"
    PRICE_OR_CONTRACT = "price_or_contract"
    INCUMBENT = "incumbent"
    ORGANISATION_OR_REGION = "organisation_or_region"
    DELIVERY_RECORD = "delivery_record"


class Verdict(StrEnum):
    """Whether records show a barrier, speak against it, or say nothing."""

    FOUND = "found"
    CLEAR = "clear"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sign:
    """What a record says: for a barrier, or against it."""

    what: Text
    against_us: bool


@dataclass(frozen=True)
class BarrierState:
    """A barrier with its signs."""

    barrier: Barrier
    signs: tuple[Sign, ...]

    @property
    def verdict(self) -> Verdict:
        """One sign of a barrier is enough to find it."""
        if not self.signs:
            return Verdict.UNKNOWN
        return Verdict.FOUND if any(sign.against_us for sign in self.signs) else Verdict.CLEAR


def judge(signs: Mapping[Barrier, Sequence[Sign]]) -> tuple[BarrierState, ...]:
    """All six barriers in their order."""
    return tuple(BarrierState(barrier, tuple(signs.get(barrier, ()))) for barrier in Barrier)


def room(spend: Decimal, attainable: Decimal, ours: Decimal) -> Decimal:
    """What we could still win a year: spend × attainable share − our sales, never below zero."""
    return max(spend * attainable - ours, Decimal(0))
