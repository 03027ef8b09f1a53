"""Reads in bulk for the overview of many accounts: contacts, and suppliers by amount."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import Contact, WalletShare
from tools.data.portfolio import rows
from tools.data.rates import rates
from tools.domain.portfolio import Bought
from tools.text import Money


def contact_counts(session: Session, on: date, accounts: Collection[int]) -> dict[int, int]:
    """How many people are recorded who have not left by that day; accounts without any absent."""
    query = (
        select(col(Contact.account_id), func.count())
        .where(func.coalesce(col(Contact.left_on), date.max) > on)
        .group_by(col(Contact.account_id))
    )
    return {row[0]: row[1] for row in rows(session, query, col(Contact.account_id), accounts)}


def suppliers(
    session: Session, on: date, base: str, accounts: Collection[int]
) -> tuple[dict[int, list[Bought]], set[int]]:
    """What each account buys by supplier as known by that day, in the base currency; and the
    accounts with an amount that no exchange rate converts."""
    known = rates(session)
    query = select(
        col(WalletShare.account_id),
        col(WalletShare.year),
        col(WalletShare.supplier),
        col(WalletShare.ours),
        col(WalletShare.amount),
        col(WalletShare.currency),
        col(WalletShare.as_of),
    ).where(col(WalletShare.forecast).is_(False), col(WalletShare.as_of) <= on)
    found: dict[int, list[Bought]] = defaultdict(list)
    lost: set[int] = set()
    for account, year, supplier, ours, amount, currency, as_of in rows(
        session, query, col(WalletShare.account_id), accounts
    ):
        money = known.convert(Money(amount, currency), base, as_of)
        if money is None:
            lost.add(account)
        else:
            found[account].append(Bought(year, supplier, ours, money.amount))
    return {account: bought for account, bought in found.items() if account not in lost}, lost
