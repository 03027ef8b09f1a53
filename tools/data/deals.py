"""Which deals are meant: conditions on deals and transactions, from names resolved before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select, true
from sqlmodel import col

from tools.data.models import Account, Opportunity
from tools.domain.periods import Period
from tools.domain.vocabulary import Stage

ALWAYS = Period()
CLOSED = (Stage.WON, Stage.LOST)


@dataclass(frozen=True)
class Region:
    """Deals of a region: its accounts', and its `sellers`' where the account names no region."""

    name: str
    sellers: frozenset[int]


@dataclass(frozen=True)
class Visible:
    """The deals an asker may read: those of these accounts and those these people sold."""

    accounts: frozenset[int]
    sellers: frozenset[int]


@dataclass(frozen=True)
class Where:
    """Which deals are meant; what is left out does not restrict.

    With `closing`, an open deal counts on the day it is expected to close.
    """

    period: Period = ALWAYS
    accounts: Collection[int] | None = None
    sellers: Collection[int] | None = None
    products: Collection[int] | None = None
    segment: str | None = None
    region: Region | None = None
    stages: Collection[Stage] | None = None
    unassigned: bool = False
    visible: Visible | None = None
    sandbox: bool = False
    closing: bool = False


def deal_day(where: Where) -> ColumnElement[Any]:
    """The day a deal counts on: closing for a closed one; for an open one the start of work,
    or the expected closing."""
    closed = col(Opportunity.stage).in_(CLOSED)
    return case((closed, col(Opportunity.closed_on)), else_=_open_day(where))


def deal_dates(where: Where) -> ColumnElement[bool]:
    """The condition that a deal's day lies in the period, in a form that indexes serve."""
    if where.period == ALWAYS:
        return true()
    closed = col(Opportunity.stage).in_(CLOSED)
    return or_(
        and_(closed, within(col(Opportunity.closed_on), where.period)),
        and_(~closed, within(_open_day(where), where.period)),
    )


def _open_day(where: Where) -> Any:
    return col(Opportunity.expected_on if where.closing else Opportunity.engaged_on)


def within(day: Any, period: Period) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if period.since is not None:
        conditions.append(day >= period.since)
    if period.until is not None:
        conditions.append(day <= period.until)
    return and_(*conditions)


def conditions(table: Any, where: Where) -> list[ColumnElement[bool]]:
    """Everything but the period, on `Opportunity` or `Transaction`."""
    found: list[ColumnElement[bool]] = []
    for column, wanted in (
        (table.account_id, where.accounts),
        (table.person_id, where.sellers),
        (table.product_id, where.products),
    ):
        if wanted is not None:
            found.append(_among(column, wanted))
    if where.stages is not None and table is Opportunity:
        found.append(col(table.stage).in_(where.stages))
    if where.unassigned:
        found.append(col(table.account_id).is_(None))
    if where.segment is not None:
        found.append(_of_accounts(table, col(Account.segment) == where.segment))
    return found + _restrictions(table, where)


def _restrictions(table: Any, where: Where) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.region is not None:
        placed = _of_accounts(table, col(Account.region).is_not(None))
        sold_there = _among(table.person_id, where.region.sellers)
        in_region = _of_accounts(table, col(Account.region) == where.region.name)
        unplaced = or_(col(table.account_id).is_(None), ~placed)
        found.append(or_(in_region, and_(unplaced, sold_there)))
    if where.visible is not None:
        mine = _among(table.account_id, where.visible.accounts)
        found.append(or_(mine, _among(table.person_id, where.visible.sellers)))
    if not where.sandbox:
        practice = _of_accounts(table, col(Account.sandbox))
        found.append(or_(col(table.account_id).is_(None), ~practice))
    return found


def _among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """Ids are written into the statement: a scope may hold more than a driver binds."""
    listed: Any = bindparam(None, sorted(ids), expanding=True, literal_execute=True)
    return col(column).in_(listed)


def _of_accounts(table: Any, condition: Any) -> ColumnElement[bool]:
    return col(table.account_id).in_(select(col(Account.id)).where(condition))
