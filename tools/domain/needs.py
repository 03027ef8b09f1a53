"""Sums over needs: within one currency, those without an amount counted apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


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
