"""Exchange rates by day: the one in force, read either way round."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.text import Money


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `currency` is `rate` units of `into`, from `valid_from` on."""

    currency: str
    into: str
    valid_from: date
    rate: Decimal


class Rates:
    """The known rates."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._known: dict[tuple[str, str], list[tuple[date, Decimal]]] = defaultdict(list)
        for rate in sorted(rates, key=lambda known: known.valid_from):
            self._known[rate.currency, rate.into].append((rate.valid_from, rate.rate))

    def convert(self, amount: Money, into: str, day: date) -> Money | None:
        """The amount at the rate in force that day, rounded to four places; None without one."""
        if amount.currency == into:
            return amount
        direct = self._in_force(amount.currency, into, day)
        if direct:
            return Money(round(amount.amount * direct, 4), into)
        inverse = self._in_force(into, amount.currency, day)
        return Money(round(amount.amount / inverse, 4), into) if inverse else None

    def _in_force(self, currency: str, into: str, day: date) -> Decimal | None:
        known = self._known.get((currency, into), [])
        position = bisect_right(known, day, key=lambda rate: rate[0])
        return known[position - 1][1] if position else None
