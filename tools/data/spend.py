"""Reads of what the account value is estimated from."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import Financial, PurchasingBehaviour
from tools.data.portfolio import rows
from tools.data.rates import rates
from tools.domain.value import Habit, Spend
from tools.domain.vocabulary import Measure
from tools.text import Money


def addressable_spend(
    session: Session, on: date, base: str, accounts: Collection[int] | None = None
) -> dict[int, Spend]:
    """The spend of the newest year known by that day, in the base currency.

    An account without one, or with one that no exchange rate converts, is absent.
    """
    known = rates(session)
    query = (
        select(
            col(Financial.account_id),
            col(Financial.amount),
            col(Financial.currency),
            col(Financial.year),
            col(Financial.as_of),
            col(Financial.source),
            col(Financial.confirmed),
        )
        .where(
            col(Financial.measure) == Measure.ADDRESSABLE_SPEND,
            col(Financial.forecast).is_(False),
            col(Financial.as_of) <= on,
        )
        .order_by(col(Financial.year).nulls_first(), col(Financial.as_of), col(Financial.id))
    )
    found: dict[int, Spend] = {}
    for account, amount, currency, year, as_of, source, confirmed in rows(
        session, query, col(Financial.account_id), accounts
    ):
        money = known.convert(Money(amount, currency or base), base, as_of)
        if money is not None:
            found[account] = Spend(money, year, as_of, source, confirmed, not currency)
    return found


def habits(
    session: Session, on: date, accounts: Collection[int] | None = None
) -> dict[int, dict[str, Habit]]:
    """The newest purchasing behaviour known by that day, per account and trait."""
    query = (
        select(
            col(PurchasingBehaviour.account_id),
            col(PurchasingBehaviour.trait),
            col(PurchasingBehaviour.value),
            col(PurchasingBehaviour.as_of),
            col(PurchasingBehaviour.source),
            col(PurchasingBehaviour.confirmed),
        )
        .where(col(PurchasingBehaviour.as_of) <= on)
        .order_by(col(PurchasingBehaviour.as_of))
    )
    found: dict[int, dict[str, Habit]] = defaultdict(dict)
    for account, trait, *rest in rows(
        session, query, col(PurchasingBehaviour.account_id), accounts
    ):
        found[account][trait] = Habit(trait, *rest)
    return found
