"""Reads of what a customer spends and from whom it buys, by year."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.factors import with_sales
from tools.data.models import Financial, WalletShare
from tools.data.rates import rates
from tools.data.sales import won_by_account
from tools.domain.periods import Period
from tools.domain.rates import Rates
from tools.domain.sales import nothing
from tools.domain.vocabulary import Measure
from tools.domain.wallet import Figure, Portion
from tools.text import Money, text


class Purse(NamedTuple):
    """What is known of one year's wallet; `lost` are amounts that no exchange rate converts."""

    year: int
    forecast: bool
    spend: Figure | None
    portions: tuple[Portion, ...]
    lost: tuple[tuple[str, Money], ...]


def purses(session: Session, account_id: int, on: date, base: str) -> list[Purse]:
    """The years that are known by that day, each with its spend and suppliers.

    Suppliers' amounts are in the currency of the spend. Where our own sales of a past year
    are not recorded, they are what we won and booked in it, if any deal is recorded.
    """
    spends = _spends(session, account_id, on, base)
    bought = _portions(session, account_id, on)
    known = rates(session)
    found = []
    for key in sorted(spends.keys() | bought.keys()):
        (year, forecast), portions = key, bought.get(key, [])
        if key in spends and not forecast and not any(p.ours for p in portions):
            portions = [*portions, *_own_sales(session, account_id, on, year, base)]
        found.append(_purse(key, spends.get(key), portions, known))
    return found


def _purse(
    key: tuple[int, bool], spend: Figure | None, bought: list[Portion], known: Rates
) -> Purse:
    converted, lost = [], []
    for portion in bought:
        figure = portion.figure
        into = spend.amount.currency if spend else figure.amount.currency
        amount = known.convert(figure.amount, into, figure.as_of)
        if amount is None:
            lost.append((portion.supplier, figure.amount))
        else:
            converted.append(portion._replace(figure=figure._replace(amount=amount)))
    return Purse(*key, spend, tuple(converted), tuple(lost))


def _spends(
    session: Session, account_id: int, on: date, base: str
) -> dict[tuple[int, bool], Figure]:
    query = select(Financial).where(
        col(Financial.account_id) == account_id,
        col(Financial.measure) == Measure.ADDRESSABLE_SPEND,
        col(Financial.year).is_not(None),
        col(Financial.as_of) <= on,
    )
    return {
        (row.year or 0, row.forecast): Figure(
            Money(row.amount, row.currency or base), row.as_of, row.source, row.confirmed
        )
        for row in session.scalars(query)
    }


def _portions(session: Session, account_id: int, on: date) -> dict[tuple[int, bool], list[Portion]]:
    query = (
        select(WalletShare)
        .where(col(WalletShare.account_id) == account_id, col(WalletShare.as_of) <= on)
        .order_by(col(WalletShare.id))
    )
    found: dict[tuple[int, bool], list[Portion]] = defaultdict(list)
    for row in session.scalars(query):
        figure = Figure(Money(row.amount, row.currency), row.as_of, row.source, row.confirmed)
        found[row.year, row.forecast].append(Portion(row.supplier, row.ours, figure))
    return found


def _own_sales(session: Session, account_id: int, on: date, year: int, base: str) -> list[Portion]:
    """What was won and booked in a year that is over, where deals are recorded at all."""
    last = date(year, 12, 31)
    if last > on or not with_sales(session, last, [account_id]):
        return []
    period = Period(date(year, 1, 1), last)
    sold = won_by_account(session, base, period, [account_id]).get(account_id)
    sold = sold or nothing(base)
    if sold.unconverted or sold.valueless:
        return []
    source = text("won deals and transactions", "赢单与交易")
    return [Portion("", True, Figure(sold.total, last, source, True, True))]
