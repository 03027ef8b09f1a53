"""Reads of accounts, their names and their families."""

from collections.abc import Iterable

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from tools.data.models import Account, AccountAlias


def sandbox_ids(session: Session) -> list[int]:
    """The accounts that newcomers practise on."""
    query = select(Account.id).where(col(Account.sandbox))
    return [account for account in session.exec(query) if account is not None]


def by_ids(session: Session, account_ids: Iterable[int]) -> dict[int, Account]:
    """These accounts by id."""
    query = select(Account).where(col(Account.id).in_(set(account_ids)))
    return {account.id or 0: account for account in session.exec(query)}


def named(session: Session, key: str) -> list[Account]:
    """The accounts with exactly this name key, by name or alias."""
    aliases = select(AccountAlias.account_id).where(AccountAlias.name_key == key)
    query = select(Account).where(or_(col(Account.name_key) == key, col(Account.id).in_(aliases)))
    return list(session.exec(query.order_by(Account.name)))


def containing(session: Session, key: str, limit: int = 50) -> list[Account]:
    """Accounts with the key inside a name key of theirs, by name."""
    aliases = select(AccountAlias.account_id).where(
        col(AccountAlias.name_key).contains(key, autoescape=True)
    )
    matches = or_(
        col(Account.name_key).contains(key, autoescape=True), col(Account.id).in_(aliases)
    )
    return list(session.exec(select(Account).where(matches).order_by(Account.name).limit(limit)))


def names(session: Session) -> dict[str, int]:
    """Every name of an account, aliases included, with the account's id."""
    aliases = session.exec(select(AccountAlias.name, AccountAlias.account_id))
    own = session.exec(select(Account.name, Account.id))
    return dict(aliases.all()) | {name: account or 0 for name, account in own}


def aliases_of(session: Session, account_id: int) -> list[str]:
    """The other names of an account, in the order they were recorded."""
    query = select(AccountAlias.name).where(AccountAlias.account_id == account_id)
    return list(session.exec(query.order_by(col(AccountAlias.id))))


def children_of(session: Session, account_id: int) -> list[Account]:
    """The direct sub-units, by name."""
    query = select(Account).where(Account.parent_id == account_id).order_by(Account.name)
    return list(session.exec(query))


def distinct(session: Session, column: str) -> list[str]:
    """The values in use of a text column of accounts ("segment", "region"), sorted."""
    field = getattr(Account, column)
    query = select(field).where(field.is_not(None)).distinct().order_by(field)
    return list(session.exec(query))


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Account)).one()
