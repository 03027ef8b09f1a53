"""Reads of an account's figures by year, and of what we sold to it in a year."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.factors import with_sales
from tools.data.models import Financial
from tools.data.sales import won_by_account
from tools.domain.figures import Figure
from tools.domain.periods import Period
from tools.domain.sales import nothing
from tools.domain.vocabulary import Measure
from tools.text import Money, text


def recorded(
    session: Session, account_id: int, on: date, base: str
) -> dict[tuple[int, bool, Measure], Figure]:
    """The figures known by that day, by year, forecast or not, and measure.

    One without a currency is taken to be in the base currency; one without a year is left out.
    """
    query = select(Financial).where(
        col(Financial.account_id) == account_id,
        col(Financial.year).is_not(None),
        col(Financial.as_of) <= on,
    )
    return {
        (row.year or 0, row.forecast, row.measure): Figure(
            Money(row.amount, row.currency or base), row.as_of, row.source, row.confirmed
        )
        for row in session.scalars(query)
    }


def own_sales(session: Session, account_id: int, on: date, year: int, base: str) -> Figure | None:
    """Our sales of a year that is over: from deals and transactions, else as recorded.

    Nothing sold counts as zero only where deals of the account are recorded at all. None
    where a deal of the year has no amount or no exchange rate.
    """
    last = date(year, 12, 31)
    if last > on:
        return None
    period = Period(date(year, 1, 1), last)
    sold = won_by_account(session, base, period, [account_id]).get(account_id, nothing(base))
    if sold.unconverted or sold.valueless:
        return None
    source = text("won deals and transactions", "赢单与交易")
    computed = Figure(sold.total, last, source, confirmed=True, computed=True)
    if sold.count:
        return computed
    entered = recorded(session, account_id, on, base).get((year, False, Measure.OUR_REVENUE))
    if entered is not None:
        return entered
    return computed if with_sales(session, last, [account_id]) else None
