"""Needs: the horizon (K3) that a day lies in, and sums within one currency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tools.domain.vocabulary import Horizon


class Wanted(Protocol):
    """What a need is worth and what we lack to serve it."""

    amount: Decimal | None
    currency: str | None
    capability_gap: str | None
    resource_gap: str | None


@dataclass(frozen=True)
class Sum:
    """Amounts by currency; `unvalued` needs have no amount or no currency."""

    amounts: Mapping[str, Decimal]
    unvalued: int


def summed(needs: Iterable[Wanted]) -> Sum:
    """The amounts of these needs."""
    found: dict[str, Decimal] = {}
    unvalued = 0
    for need in needs:
        if need.amount is None or not need.currency:
            unvalued += 1
        else:
            found[need.currency] = found.get(need.currency, Decimal(0)) + need.amount
    return Sum(found, unvalued)


def gap_free(need: Wanted) -> bool:
    """Whether we lack nothing to serve it."""
    return not need.capability_gap and not need.resource_gap


def horizon_of(today: date, expected: date | None) -> Horizon:
    """The horizon that a day lies in; the middle one where none is known (house)."""
    if expected is None:
        return Horizon.MEDIUM
    days = (expected - today).days
    return Horizon.SHORT if days <= 92 else Horizon.MEDIUM if days <= 366 else Horizon.LONG
