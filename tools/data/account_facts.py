"""Reads in bulk of what is recorded of accounts themselves, and since when they buy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, union_all
from sqlmodel import Session, col

from tools.data.models import Account, Opportunity, Transaction
from tools.data.portfolio import Query, rows
from tools.domain.vocabulary import AccountStatus, Stage


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Facts that are open to every colleague."""

    city: str | None
    status: AccountStatus
    customer_since: date | None


def facts_of(session: Session, accounts: Collection[int]) -> dict[int, AccountFacts]:
    """The facts of these accounts by id."""
    query = select(
        col(Account.id), col(Account.city), col(Account.status), col(Account.customer_since)
    )
    return {
        row[0]: AccountFacts(*row[1:]) for row in rows(session, query, col(Account.id), accounts)
    }


def first_sales(session: Session, accounts: Collection[int]) -> dict[int, date]:
    """The day of each account's first won deal or transaction; those without any are absent."""
    won: Query = select(
        col(Opportunity.account_id).label("account"), col(Opportunity.closed_on).label("day")
    ).where(col(Opportunity.stage) == Stage.WON, col(Opportunity.closed_on).is_not(None))
    booked: Query = select(
        col(Transaction.account_id).label("account"), col(Transaction.booked_on).label("day")
    )
    sold = union_all(won, booked).subquery("sold")
    query = select(sold.c.account, func.min(sold.c.day)).group_by(sold.c.account)
    return {row[0]: row[1] for row in rows(session, query, sold.c.account, accounts)}
