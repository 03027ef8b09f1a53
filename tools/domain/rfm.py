"""RFM (K4 names it): recency, frequency and money in quintiles of a scope (counting is house)."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple


class Bought(NamedTuple):
    """What an account bought: days since the last time, how often and for how much."""

    account_id: int
    name: str
    days: int
    times: int
    amount: Decimal


class Rfm(NamedTuple):
    """Quintiles from 1 to 5, the best fifth 5; equal values share the lower one."""

    bought: Bought
    recency: int
    frequency: int
    money: int

    @property
    def total(self) -> int:
        """The three together, 3 to 15."""
        return self.recency + self.frequency + self.money

    @property
    def code(self) -> str:
        """The three digits side by side, for instance 543."""
        return f"{self.recency}{self.frequency}{self.money}"


def rfm(scope: Iterable[Bought]) -> list[Rfm]:
    """The quintiles of each account of the scope: the best first, then by money and name."""
    rows = list(scope)
    ages = sorted(-row.days for row in rows)
    counts = sorted(row.times for row in rows)
    amounts = sorted(row.amount for row in rows)
    found = [
        Rfm(
            row,
            _quintile(-row.days, ages),
            _quintile(row.times, counts),
            _quintile(row.amount, amounts),
        )
        for row in rows
    ]
    return sorted(found, key=lambda item: (-item.total, -item.bought.amount, item.bought.name))


def _quintile(value: int | Decimal, ascending: Sequence[int | Decimal]) -> int:
    """1 plus the fifths of the scope that lie wholly below the value."""
    return 1 + 5 * bisect_left(ascending, value) // len(ascending)
