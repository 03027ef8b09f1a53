"""Reads of what a customer spends and from whom it buys, by year."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import WalletShare
from tools.data.rates import rates
from tools.data.yearly import own_sales, recorded
from tools.domain.figures import Figure
from tools.domain.rates import Rates
from tools.domain.vocabulary import Measure
from tools.domain.wallet import Portion
from tools.text import Money


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
    are not recorded with it, they are taken from the sales records.
    """
    spends = {
        (year, forecast): figure
        for (year, forecast, measure), figure in recorded(session, account_id, on, base).items()
        if measure is Measure.ADDRESSABLE_SPEND
    }
    bought = _portions(session, account_id, on)
    known = rates(session)
    found = []
    for key in sorted(spends.keys() | bought.keys()):
        (year, forecast), portions = key, bought.get(key, [])
        if key in spends and not forecast and not any(p.ours for p in portions):
            sold = own_sales(session, account_id, on, year, base)
            portions = [*portions, *([Portion("", True, sold)] if sold else [])]
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
