"""Share of wallet (K1): our part of what a customer spends in our categories in a year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tools.domain.figures import Figure
from tools.errors import BadInput
from tools.text import Money, Percent, text


class Portion(NamedTuple):
    """What the customer buys from one supplier, in the currency of the spend."""

    supplier: str
    ours: bool
    figure: Figure


@dataclass(frozen=True)
class Supplier:
    """All portions of one supplier; `share` is a fraction of the spend."""

    name: str
    ours: bool
    amount: Money
    share: Decimal
    portions: tuple[Portion, ...]


@dataclass(frozen=True)
class Gap:
    """The distance from our share to a competitor's: positive while it is ahead.

    `points` is a fraction of the spend, `money` the same in money a year.
    """

    to: Supplier
    points: Decimal
    money: Money


@dataclass(frozen=True)
class Wallet:
    """One year's wallet: we first, then the others by amount."""

    year: int
    spend: Figure
    suppliers: tuple[Supplier, ...]

    @property
    def ours(self) -> Supplier | None:
        return next((item for item in self.suppliers if item.ours), None)

    @property
    def competitors(self) -> tuple[Supplier, ...]:
        return tuple(item for item in self.suppliers if not item.ours)

    @property
    def known(self) -> Decimal:
        """The sum of the known shares."""
        return sum((item.share for item in self.suppliers), Decimal(0))

    @property
    def unknown(self) -> Money:
        """The part of the spend that no known supplier has."""
        taken = sum((item.amount.amount for item in self.suppliers), Decimal(0))
        return Money(self.spend.amount.amount - taken, self.spend.amount.currency)

    @property
    def gap(self) -> Gap | None:
        """The distance to the largest competitor; None without one, or without our sales."""
        if self.ours is None or not self.competitors:
            return None
        largest = self.competitors[0]
        return Gap(largest, largest.share - self.ours.share, largest.amount - self.ours.amount)


def wallet(year: int, spend: Figure, portions: Iterable[Portion]) -> Wallet:
    """The wallet of a year; refuses a spend of nothing and shares that sum past 100 %."""
    total = spend.amount.amount
    if total <= 0:
        raise BadInput(
            text(
                "The addressable spend of {year} is {spend}; it must be above zero to be shared.",
                "{year} 年的可争取采购额为 {spend}，须大于零才能计算份额。",
                year=str(year),
                spend=spend.amount,
            )
        )
    grouped: dict[tuple[bool, str], list[Portion]] = defaultdict(list)
    for portion in portions:
        name = "" if portion.ours else portion.supplier
        grouped[portion.ours, name].append(portion)
    suppliers = [_supplier(items, total) for items in grouped.values()]
    suppliers.sort(key=lambda item: (not item.ours, -item.amount.amount, item.name))
    found = Wallet(year, spend, tuple(suppliers))
    if found.known > 1:
        raise _past_the_whole(found)
    return found


def _supplier(portions: list[Portion], total: Decimal) -> Supplier:
    first = portions[0]
    amount = sum((p.figure.amount.amount for p in portions), Decimal(0))
    money = Money(amount, first.figure.amount.currency)
    return Supplier(first.supplier, first.ours, money, amount / total, tuple(portions))


def _past_the_whole(found: Wallet) -> BadInput:
    return BadInput(
        text(
            "The shares of {year} sum to {sum}, past 100%: the suppliers have {taken} of a "
            "spend of {spend}. Correct the amounts or the addressable spend.",
            "{year} 年各供应商份额合计 {sum}，超过 100%：供应商合计 {taken}，采购额 {spend}。"
            "请更正金额或可争取采购额。",
            year=str(found.year),
            sum=Percent(found.known),
            taken=found.spend.amount - found.unknown,
            spend=found.spend.amount,
        )
    )


@dataclass(frozen=True)
class Growth:
    """Our expected growth in two parts (house): a larger wallet, and a larger share of it."""

    points: Decimal
    total: Money
    by_wallet: Money
    by_share: Money


def growth(now: Wallet, later: Wallet) -> Growth | None:
    """How our sales grow between two wallets of one currency; None where ours are not known."""
    currency = now.spend.amount.currency
    if now.ours is None or later.ours is None or later.spend.amount.currency != currency:
        return None
    total = later.ours.amount - now.ours.amount
    wider = now.ours.share * (later.spend.amount.amount - now.spend.amount.amount)
    by_wallet = Money(round(wider, 4), currency)
    return Growth(later.ours.share - now.ours.share, total, by_wallet, total - by_wallet)
