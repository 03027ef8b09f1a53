"""Reads of many accounts at once, by column: what rankings and lists run on."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, select
from sqlmodel import Session, col

from tools.data.models import Account
from tools.domain.customers import Customer

Query: TypeAlias = Select[*tuple[Any, ...]]

MOST_BOUND = 10_000
"""Ids written into one statement; drivers refuse more than some ten thousands."""
_FETCHED = 200
_FEW = 2_000


def customers(session: Session, *, sandbox: bool = False) -> dict[int, Customer]:
    """Every account by id: the real ones, or those for practice."""
    query = select(
        col(Account.id), col(Account.name), col(Account.segment), col(Account.region)
    ).where(col(Account.sandbox).is_(sandbox))
    return {row[0]: Customer(*row) for row in rows(session, query)}


def rows(
    session: Session,
    query: Query,
    column: Any = None,
    accounts: Iterable[int] | None = None,
) -> Iterable[Any]:
    """The query's rows, limited to these accounts by `column`; None reads all of them.

    They come straight from the connection, many at a time: building records, or fetching rows
    one by one, would cost more than reading.
    """
    connection = session.connection()
    if accounts is None:
        return fetched(connection, query)
    ids = sorted(accounts)
    parts = [ids[start : start + MOST_BOUND] for start in range(0, len(ids), MOST_BOUND)]
    return chain.from_iterable(fetched(connection, query.where(column.in_(p))) for p in parts)


def few(accounts: Collection[int] | None) -> Collection[int] | None:
    """The accounts to write into a statement; None reads all of them.

    Few are read by index. For more, reading everything costs less than writing their ids.
    """
    return None if accounts is None or len(accounts) > _FEW else accounts


def fetched(connection: Connection, query: Query) -> Iterable[Any]:
    """The query's rows, fetched many at a time."""
    return chain.from_iterable(connection.execute(query).partitions(_FETCHED))
