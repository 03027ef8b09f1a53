"""Reads of what happened on accounts within a period, each row with the colleague's name."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import null, or_, select
from sqlmodel import Session, col

from tools.data.deals import within
from tools.data.models import (
    ChangeLine,
    ChangeSet,
    Coverage,
    Evaluation,
    Interaction,
    Need,
    Opportunity,
    Person,
    Plan,
    Risk,
)
from tools.data.portfolio import MOST_BOUND, Query
from tools.domain.periods import Period
from tools.domain.vocabulary import ChangeStatus

Row = tuple[Any, str | None]


def interactions(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    query = _by(Interaction, Interaction.person_id).where(within(col(Interaction.held_on), period))
    return _read(session, query, Interaction.account_id, accounts)


def deals(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    """Deals begun or closed in the period."""
    moved = or_(
        within(col(Opportunity.engaged_on), period), within(col(Opportunity.closed_on), period)
    )
    query = _by(Opportunity, Opportunity.person_id).where(moved)
    return _read(session, query, Opportunity.account_id, accounts)


def evaluations(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    query = _by(Evaluation, Evaluation.person_id).where(within(col(Evaluation.held_on), period))
    return _read(session, query, Evaluation.account_id, accounts)


def risks(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    query = _by(Risk, Risk.owner_id).where(within(col(Risk.as_of), period))
    return _read(session, query, Risk.account_id, accounts)


def needs(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    """A need names no colleague."""
    query: Query = select(Need, null()).where(within(col(Need.as_of), period))
    return _read(session, query, Need.account_id, accounts)


def plans(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    """Plans updated or approved in the period."""
    moved = or_(within(col(Plan.updated_on), period), within(col(Plan.approved_on), period))
    query = _by(Plan, Plan.author_id).where(moved)
    return _read(session, query, Plan.account_id, accounts)


def coverage(session: Session, period: Period, accounts: Collection[int]) -> list[Row]:
    """Coverage that began or ended in the period."""
    moved = or_(within(col(Coverage.starts_on), period), within(col(Coverage.ends_on), period))
    query = _by(Coverage, Coverage.person_id).where(moved)
    return _read(session, query, Coverage.account_id, accounts)


def changes(session: Session, period: Period) -> list[tuple[ChangeSet, str | None]]:
    """Change sets applied in the period that stand: neither undone nor undoing."""
    query = (
        select(ChangeSet, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(ChangeSet.decided_by_id))
        .where(
            col(ChangeSet.status) == ChangeStatus.APPLIED,
            col(ChangeSet.undoes_id).is_(None),
            col(ChangeSet.decided_at).is_not(None),
        )
    )
    if period.since is not None:
        first = datetime.combine(period.since, time(), UTC)
        query = query.where(col(ChangeSet.decided_at) >= first)
    if period.until is not None:
        after = datetime.combine(period.until + timedelta(days=1), time(), UTC)
        query = query.where(col(ChangeSet.decided_at) < after)
    return [(row[0], row[1]) for row in session.execute(query.order_by(col(ChangeSet.id)))]


def lines(session: Session, change_id: int) -> list[ChangeLine]:
    """The lines of a change set that were carried out."""
    query = select(ChangeLine).where(
        col(ChangeLine.change_set_id) == change_id, col(ChangeLine.removed).is_(False)
    )
    return list(session.scalars(query.order_by(col(ChangeLine.position))))


def _by(table: Any, person: Any) -> Query:
    return select(table, col(Person.name)).outerjoin(Person, col(Person.id) == col(person))


def _read(session: Session, query: Query, account: Any, accounts: Iterable[int]) -> list[Row]:
    ids = sorted(accounts)
    parts = (ids[start : start + MOST_BOUND] for start in range(0, len(ids), MOST_BOUND))
    return [
        (row[0], row[1])
        for part in parts
        for row in session.execute(query.where(col(account).in_(part)))
    ]
