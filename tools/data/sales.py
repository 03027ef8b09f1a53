"""Reads of what was sold and what is in the pipeline, grouped and summed in the database.

Revenue is the value of won deals by closing day together with the transactions by booking
day. Amounts are converted at the rate in force on that day; those without a rate are kept
apart. Deals on sandbox accounts count only where they are asked for.
"""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlmodel import Session, col

from tools.data.deals import Where, conditions, deal_dates, deal_day, within
from tools.data.models import Account, ExchangeRate, Opportunity, Person, Transaction
from tools.data.portfolio import fetched
from tools.data.types import FixedDecimal, enum_type
from tools.domain.periods import Period
from tools.domain.sales import Slice, Tally, fold
from tools.domain.vocabulary import Stage

Dimension = Literal[
    "account", "person", "product", "unit", "segment", "account_region", "stage", "year", "month"
]


def won_by_account(
    session: Session, base: str, period: Period, accounts: Collection[int] | None = None
) -> dict[int, Tally]:
    """Won revenue of each account in the period; accounts without any are not in it.

    With `accounts` given only those, sandbox accounts among them; otherwise all but those.
    """
    where = Where(period=period, accounts=accounts, sandbox=accounts is not None)
    slices = won(session, base, ("account",), where)
    found = fold(slices, base, lambda key: key[0])
    return {account: tally for account, tally in found.items() if isinstance(account, int)}


def won(session: Session, base: str, by: tuple[Dimension, ...], where: Where) -> list[Slice]:
    """Won deals and transactions, grouped by the dimensions, currency and rate."""
    return _slices(session, base, by, union_all(_won_deals(where), _transactions(where)))


def base_currency_sales(
    session: Session, base: str, period: Period, accounts: Collection[int] | None = None
) -> Iterable[Any]:
    """Account and amount, in ten-thousandths, of each won deal and transaction that is in the
    base currency or names none; sandbox accounts among them."""
    where = Where(period=period, accounts=accounts, sandbox=True)
    arms = [
        arm.with_only_columns(
            col(table.account_id), type_coerce(func.coalesce(amount, 0), BigInteger)
        ).where(
            col(table.account_id).is_not(None),
            or_(col(table.currency).is_(None), col(table.currency) == base),
        )
        for table, arm, amount in (
            (Opportunity, _won_deals(where), col(Opportunity.value)),
            (Transaction, _transactions(where), col(Transaction.amount)),
        )
    ]
    return chain.from_iterable(fetched(session.connection(), arm) for arm in arms)


def foreign_sales(
    session: Session, base: str, period: Period, accounts: Collection[int] | None = None
) -> list[Slice]:
    """Won deals and transactions of accounts in another currency, by account."""
    where = Where(period=period, accounts=accounts, sandbox=True)
    arms = [
        arm.where(col(table.account_id).is_not(None), col(table.currency) != base)
        for table, arm in (
            (Opportunity, _won_deals(where)),
            (Transaction, _transactions(where)),
        )
    ]
    return _slices(session, base, ("account",), union_all(*arms))


def deals(
    session: Session, base: str, by: tuple[Dimension, ...], where: Where, today: date
) -> list[Slice]:
    """Deals of every stage, grouped likewise.

    A closed deal counts on its closing day, an open one on the day work on it began; open
    ones are converted at today's rate.
    """
    return _slices(session, base, by, _all_deals(where, today))


def span(session: Session, where: Where) -> tuple[date, date] | None:
    """The first and the last day with revenue, None without any."""
    both = union_all(_won_deals(where), _transactions(where)).subquery()
    first, last = session.execute(select(func.min(both.c.day), func.max(both.c.day))).one()
    return (first, last) if first else None


def first_rows(session: Session, where: Where, limit: int) -> list[Opportunity]:
    """Single deals: the most valuable first, then the oldest."""
    query = (
        select(Opportunity)
        .where(*conditions(Opportunity, where), deal_dates(where))
        .order_by(
            func.coalesce(col(Opportunity.value), literal(Decimal(-1), FixedDecimal)).desc(),
            func.coalesce(col(Opportunity.engaged_on), date.max),
            col(Opportunity.id),
        )
        .limit(limit)
    )
    return list(session.scalars(query))


def undated(session: Session, where: Where) -> int:
    """How many of these deals have no day and so lie in no period."""
    day = deal_day(where)
    query = select(func.count()).select_from(Opportunity)
    return session.scalar(query.where(*conditions(Opportunity, where), day.is_(None))) or 0


def _won_deals(where: Where) -> Select[Any]:
    return _arm(Opportunity, col(Opportunity.closed_on), col(Opportunity.value)).where(
        col(Opportunity.stage) == Stage.WON,
        *conditions(Opportunity, where),
        within(col(Opportunity.closed_on), where.period),
    )


def _transactions(where: Where) -> Select[Any]:
    return _arm(Transaction, col(Transaction.booked_on), col(Transaction.amount)).where(
        *conditions(Transaction, where), within(col(Transaction.booked_on), where.period)
    )


def _all_deals(where: Where, today: date) -> Select[Any]:
    rate_day = func.coalesce(col(Opportunity.closed_on), today)
    return _arm(Opportunity, deal_day(where), col(Opportunity.value), rate_day).where(
        *conditions(Opportunity, where), deal_dates(where)
    )


def _arm(
    table: Any, day: Any, amount: Any, rate_day: ColumnElement[Any] | None = None
) -> Select[Any]:
    stage = col(table.stage) if table is Opportunity else literal(Stage.WON, enum_type(Stage))
    return select(
        col(table.account_id).label("account_id"),
        col(table.person_id).label("person_id"),
        col(table.product_id).label("product_id"),
        stage.label("stage"),
        day.label("day"),
        (day if rate_day is None else rate_day).label("rate_day"),
        col(table.currency).label("currency"),
        amount.label("amount"),
    )


def _slices(session: Session, base: str, by: tuple[Dimension, ...], source: Any) -> list[Slice]:
    priced = _priced(source.subquery("deal"), base)
    keys = [_key(priced, name).label(f"key_{name}") for name in by]
    money = [priced.c.currency, priced.c.direct, priced.c.inverse]
    query = select(
        *keys,
        *money,
        func.count(),
        func.count(priced.c.amount),
        func.sum(priced.c.amount),
        func.min(priced.c.day),
        func.max(priced.c.day),
    )
    grouped = _joined(query, priced, by).group_by(*keys, *money)
    return [_slice(row, len(by)) for row in session.connection().execute(grouped).all()]


def _slice(row: Any, width: int) -> Slice:
    currency, direct, inverse, count, valued, amount, first, latest = row[width:]
    rate = direct or (1 / inverse if inverse else None)
    return Slice(row[:width], currency, rate, count, valued, amount or Decimal(0), first, latest)


def _priced(deal: Subquery, base: str) -> Subquery:
    """Each deal in a foreign currency with the rate in force on its day, either way round."""
    foreign = and_(deal.c.currency.is_not(None), deal.c.currency != base)
    direct = _rate(deal, deal.c.currency, literal(base))
    inverse = _rate(deal, literal(base), deal.c.currency)
    return select(
        deal,
        case((foreign, direct), else_=null()).label("direct"),
        case((foreign, inverse), else_=null()).label("inverse"),
    ).subquery("priced")


def _rate(deal: Subquery, currency: Any, into: Any) -> ScalarSelect[Any]:
    return (
        select(col(ExchangeRate.rate))
        .where(
            col(ExchangeRate.currency) == currency,
            col(ExchangeRate.into) == into,
            col(ExchangeRate.valid_from) <= deal.c.rate_day,
        )
        .order_by(col(ExchangeRate.valid_from).desc())
        .limit(1)
        .correlate(deal)
        .scalar_subquery()
    )


def _key(priced: Subquery, name: Dimension) -> Any:
    columns: dict[str, Any] = {
        "account": priced.c.account_id,
        "person": priced.c.person_id,
        "product": priced.c.product_id,
        "stage": priced.c.stage,
        "unit": col(Person.unit_id),
        "segment": col(Account.segment),
        "account_region": col(Account.region),
        "year": cast(extract("year", priced.c.day), Integer),
        "month": cast(extract("month", priced.c.day), Integer),
    }
    return columns[name]


def _joined(query: Select[Any], priced: Subquery, by: tuple[Dimension, ...]) -> Select[Any]:
    joined = query.select_from(priced)
    if {"segment", "account_region"} & set(by):
        joined = joined.outerjoin(Account, col(Account.id) == priced.c.account_id)
    if "unit" in by:
        joined = joined.outerjoin(Person, col(Person.id) == priced.c.person_id)
    return joined
