"""Deals counted and summed: each currency by itself, converted where a rate is known."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from tools.text import Money

Key = TypeVar("Key", bound=Hashable)


class Slice(NamedTuple):
    """Deals that agree in `key`, currency and exchange rate, as the database groups them.

    `currency` is None where the record names none; `rate` is the base currency's units for
    one unit, None where none is known. `deals` counts them, `valued` those with an amount.
    """

    key: tuple[object, ...]
    currency: str | None
    rate: Decimal | None
    deals: int
    valued: int
    amount: Decimal
    first: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Tally:
    """How many deals, and what they are worth.

    `total` is in the base currency and leaves out `unconverted`, the amounts for which no
    exchange rate was known on their day. `assumed` is the part of `total` whose currency the
    records do not name. `valueless` deals are counted but have no amount.
    """

    total: Money
    unconverted: tuple[Money, ...] = ()
    assumed: Decimal = Decimal(0)
    count: int = 0
    valueless: int = 0
    first: date | None = None
    latest: date | None = None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.total + other.total,
            _merged(self.unconverted + other.unconverted),
            self.assumed + other.assumed,
            self.count + other.count,
            self.valueless + other.valueless,
            min(_known(self.first, other.first), default=None),
            max(_known(self.latest, other.latest), default=None),
        )

    @property
    def known(self) -> Money | None:
        """The total, None where there are deals but no amount is known in the base currency."""
        blank = self.valueless == self.count or (self.unconverted and not self.total.amount)
        return None if self.count and blank else self.total


def nothing(base: str) -> Tally:
    """No deals, in the base currency."""
    return Tally(Money(Decimal(0), base))


def tally(part: Slice, base: str) -> Tally:
    """One slice in the base currency; converted amounts are rounded to four places."""
    found = _Sum()
    found.add(part, base)
    return found.tally(base)


def fold(
    slices: Iterable[Slice], base: str, key: Callable[[tuple[object, ...]], Key]
) -> dict[Key, Tally]:
    """The tally of each key; `key` names the group that a slice's own key belongs to."""
    sums: dict[Key, _Sum] = {}
    for part in slices:
        group = key(part.key)
        found = sums.get(group)
        if found is None:
            found = sums[group] = _Sum()
        found.add(part, base)
    return {group: found.tally(base) for group, found in sums.items()}


class _Sum:
    """A tally in the making: millions of slices are too many for as many frozen tallies."""

    __slots__ = ("assumed", "count", "first", "latest", "total", "unconverted", "valued")

    def __init__(self) -> None:
        self.total = self.assumed = Decimal(0)
        self.unconverted: list[Money] = []
        self.count = self.valued = 0
        self.first: date | None = None
        self.latest: date | None = None

    def add(self, part: Slice, base: str) -> None:
        self.count += part.deals
        self.valued += part.valued
        if part.currency is None:
            self.assumed += part.amount
        if part.currency is None or part.currency == base:
            self.total += part.amount
        elif part.rate is not None:
            self.total += round(part.amount * part.rate, 4)
        elif part.amount:
            self.unconverted.append(Money(part.amount, part.currency))
        self._span(part.first, part.latest)

    def join(self, other: Tally) -> None:
        self.total += other.total.amount
        self.assumed += other.assumed
        self.unconverted += other.unconverted
        self.count += other.count
        self.valued += other.count - other.valueless
        self._span(other.first, other.latest)

    def _span(self, first: date | None, latest: date | None) -> None:
        if first is not None and (self.first is None or first < self.first):
            self.first = first
        if latest is not None and (self.latest is None or latest > self.latest):
            self.latest = latest

    def tally(self, base: str) -> Tally:
        return Tally(
            Money(self.total, base),
            _merged(tuple(self.unconverted)),
            self.assumed,
            self.count,
            self.count - self.valued,
            self.first,
            self.latest,
        )


def total(tallies: Iterable[Tally], base: str) -> Tally:
    """All tallies together, which are in the base currency."""
    found = _Sum()
    for one in tallies:
        if one.total.currency != base:
            raise ValueError(f"{one.total.currency} needs a rate to be counted in {base}")
        found.join(one)
    return found.tally(base)


def ranked(tallies: Mapping[Key, Tally]) -> list[tuple[int | None, Key, Tally]]:
    """Rank, key and tally, highest total first; equal totals share the better rank.

    The key None, deals without the property they are grouped by, has no rank and comes last.
    """
    known = [(key, found) for key, found in tallies.items() if key is not None]
    known.sort(key=lambda entry: (-entry[1].count, str(entry[0])))
    known.sort(key=lambda entry: entry[1].total.amount, reverse=True)
    ordered: list[tuple[int | None, Key, Tally]] = []
    rank, before = 0, None
    for position, (key, found) in enumerate(known, start=1):
        if found.total.amount != before:
            rank, before = position, found.total.amount
        ordered.append((rank, key, found))
    ordered.extend((None, key, found) for key, found in tallies.items() if key is None)
    return ordered


@dataclass(frozen=True)
class WinRate:
    """Deals closed in a period by outcome; the rate is won ÷ (won + lost)."""

    won: int
    lost: int

    @property
    def closed(self) -> int:
        return self.won + self.lost

    @property
    def rate(self) -> Decimal | None:
        """A fraction; None while nothing is closed."""
        return Decimal(self.won) / self.closed if self.closed else None


def share(part: Money, whole: Money) -> Decimal | None:
    """`part` as a fraction of `whole`; None where there is no whole."""
    return part.amount / whole.amount if whole.amount > 0 else None


def growth(now: Money, earlier: Money) -> Decimal | None:
    """The change as a fraction of `earlier`; None where there was nothing."""
    return (now - earlier).amount / earlier.amount if earlier.amount > 0 else None


def _known(*days: date | None) -> list[date]:
    return [day for day in days if day is not None]


def _merged(amounts: tuple[Money, ...]) -> tuple[Money, ...]:
    if not amounts:
        return ()
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))
