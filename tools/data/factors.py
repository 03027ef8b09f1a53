"""Reads of the score's inputs as they stood on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tools.data.accounts import sandbox_ids
from tools.data.models import FactorInput, Financial, Opportunity, Transaction
from tools.data.portfolio import rows
from tools.data.rates import rates
from tools.data.sales import won_by_account
from tools.domain.periods import last_months
from tools.domain.rates import Rates
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, nothing
from tools.domain.score import Raw, Unusable
from tools.domain.vocabulary import Factor, Measure
from tools.text import Money, Text, text

_MONEY = (Factor.REVENUE, Factor.POTENTIAL)


def factor_inputs(
    session: Session, on: date, rules: RuleSet, accounts: Collection[int] | None = None
) -> dict[int, dict[Factor, Raw | Unusable]]:
    """The inputs of these accounts (None: of all but sandbox accounts), known by that day.

    Revenue is computed where any deal or transaction is recorded; else it is the newest
    recorded input, else the newest recorded yearly revenue. Money is in the base currency.
    """
    known = rates(session)
    base = rules.company.base_currency
    found: dict[int, dict[Factor, Raw | Unusable]] = defaultdict(dict)
    for account, raw in _yearly_revenue(session, on, base, known, accounts):
        found[account][Factor.REVENUE] = raw
    for account, factor, raw in _recorded(session, on, base, known, accounts):
        found[account][factor] = raw
    for account, raw in _computed(session, on, rules, accounts).items():
        found[account][Factor.REVENUE] = raw
    if accounts is None:
        for practice in sandbox_ids(session):
            found.pop(practice, None)
    return found


def _recorded(
    session: Session, on: date, base: str, known: Rates, accounts: Collection[int] | None
) -> Iterator[tuple[int, Factor, Raw | Unusable]]:
    """Oldest first, so that the newest is the one kept."""
    query = (
        select(
            col(FactorInput.account_id),
            col(FactorInput.factor),
            col(FactorInput.value),
            col(FactorInput.unit),
            col(FactorInput.as_of),
            col(FactorInput.source),
            col(FactorInput.confirmed),
        )
        .where(col(FactorInput.as_of) <= on)
        .order_by(col(FactorInput.as_of))
    )
    for account, factor, *values in rows(session, query, col(FactorInput.account_id), accounts):
        raw = Raw(*values)
        yield account, factor, _in_base(raw, base, known) if factor in _MONEY else raw


def _yearly_revenue(
    session: Session, on: date, base: str, known: Rates, accounts: Collection[int] | None
) -> list[tuple[int, Raw | Unusable]]:
    query = (
        select(
            col(Financial.account_id),
            col(Financial.amount),
            col(Financial.currency),
            col(Financial.as_of),
            col(Financial.source),
            col(Financial.confirmed),
        )
        .where(
            col(Financial.measure) == Measure.OUR_REVENUE,
            col(Financial.forecast).is_(False),
            col(Financial.as_of) <= on,
        )
        .order_by(col(Financial.year).nulls_first(), col(Financial.as_of))
    )
    return [
        (account, _in_base(Raw(amount, currency or "", *rest), base, known))
        for account, amount, currency, *rest in rows(
            session, query, col(Financial.account_id), accounts
        )
    ]


def _in_base(raw: Raw, base: str, known: Rates) -> Raw | Unusable:
    """The input in the base currency; one that names no currency is assumed to be in it."""
    if raw.unit in ("", base):
        gap = None if raw.unit else _assumed(base)
        return Raw(raw.value, base, raw.as_of, raw.source, raw.confirmed, gap=gap)
    amount = known.convert(Money(raw.value, raw.unit), base, raw.as_of)
    if amount is None:
        return Unusable(_no_rate(Money(raw.value, raw.unit), base))
    return Raw(amount.amount, base, raw.as_of, raw.source, raw.confirmed)


def _computed(
    session: Session, on: date, rules: RuleSet, accounts: Collection[int] | None
) -> dict[int, Raw | Unusable]:
    base = rules.company.base_currency
    period = last_months(on, rules.score.revenue_months)
    sold = won_by_account(session, base, period, accounts)
    source = text(
        "won deals and transactions {since} to {until}",
        "{since} 至 {until} 的赢单与交易",
        since=period.since,
        until=period.until,
    )
    none = nothing(base)
    return {
        account: _revenue(sold.get(account, none), source, on)
        for account in with_sales(session, on, accounts)
    }


def with_sales(session: Session, on: date, accounts: Collection[int] | None) -> set[int]:
    """The accounts with any deal or transaction recorded by that day."""
    begun = select(col(Opportunity.account_id)).where(
        col(Opportunity.account_id).is_not(None),
        or_(_by(Opportunity.engaged_on, on), _by(Opportunity.closed_on, on), _undated()),
    )
    booked = select(col(Transaction.account_id)).where(
        col(Transaction.account_id).is_not(None), col(Transaction.booked_on) <= on
    )
    found: set[int] = set()
    for query, column in (
        (begun.distinct(), col(Opportunity.account_id)),
        (booked.distinct(), col(Transaction.account_id)),
    ):
        found.update(row[0] for row in rows(session, query, column, accounts))
    return found


def _by(column: Any, on: date) -> Any:
    return col(column) <= on


def _undated() -> Any:
    return col(Opportunity.engaged_on).is_(None) & col(Opportunity.closed_on).is_(None)


def _revenue(sold: Tally, source: Text, on: date) -> Raw | Unusable:
    if sold.unconverted:
        return Unusable(_no_rate(sold.unconverted[0], sold.total.currency))
    gap: Text | None = None
    if sold.valueless:
        gap = text(
            "Won deals of the period without a value: {count}.",
            "期间内有 {count} 个赢单没有金额。",
            count=sold.valueless,
        )
    elif sold.assumed:
        gap = _assumed(sold.total.currency)
    return Raw(sold.total.amount, sold.total.currency, on, source, True, True, gap)


def _assumed(base: str) -> Text:
    return text(
        "The records name no currency; {base} is assumed.",
        "记录未注明币种，按 {base} 计。",
        base=base,
    )


def _no_rate(amount: Money, base: str) -> Text:
    return text(
        "{amount} cannot be converted: no exchange rate to {base} is recorded for its day",
        "{amount} 无法换算：当日没有兑 {base} 的汇率",
        amount=amount,
        base=base,
    )
