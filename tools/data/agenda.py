"""Reads of what waits for one person: tasks, checklists under way, changes, plans to approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tools.data.models import (
    Account,
    ChangeSet,
    ChecklistItem,
    ChecklistRun,
    Person,
    Plan,
    StrategyItem,
)
from tools.domain.vocabulary import ChangeStatus, ItemState, PlanStatus


@dataclass(frozen=True)
class Task:
    account: str
    what: str
    due_on: date | None


@dataclass(frozen=True)
class UnderWay:
    """A checklist that was begun for an account and is not finished; `decided` items of it are."""

    account: str
    checklist: str
    started_on: date
    decided: int


@dataclass(frozen=True)
class Submitted:
    """A plan that waits for an approval."""

    account: str
    author: str | None


def tasks_of(session: Session, person_id: int) -> list[Task]:
    """The person's open tasks, the soonest due first."""
    query = (
        select(Account.name, StrategyItem.description, col(StrategyItem.due_on))
        .join(Account, col(Account.id) == col(StrategyItem.account_id))
        .where(StrategyItem.owner_id == person_id, col(StrategyItem.done_on).is_(None))
        .order_by(func.coalesce(col(StrategyItem.due_on), date.max), col(StrategyItem.id))
    )
    return [Task(*row) for row in session.exec(query)]


def checklists_under_way(session: Session, account_ids: Sequence[int]) -> list[UnderWay]:
    """The checklists begun for these accounts, the oldest first."""
    decided = func.count(col(ChecklistItem.id))
    query = (
        select(Account.name, ChecklistRun.checklist, col(ChecklistRun.started_on), decided)
        .join(Account, col(Account.id) == col(ChecklistRun.account_id))
        .outerjoin(
            ChecklistItem,
            (col(ChecklistItem.run_id) == col(ChecklistRun.id))
            & (col(ChecklistItem.state) != ItemState.OPEN),
        )
        .where(
            col(ChecklistRun.account_id).in_(account_ids), col(ChecklistRun.finished_on).is_(None)
        )
        .group_by(col(ChecklistRun.id), col(Account.name))
        .order_by(col(ChecklistRun.started_on), col(ChecklistRun.id))
    )
    return [UnderWay(*row) for row in session.exec(query)]


def changes_waiting(session: Session, person_id: int | None, at: datetime) -> list[ChangeSet]:
    """The changes that this person asked for and has still to confirm, the first to expire
    first."""
    query = select(ChangeSet).where(
        ChangeSet.status == ChangeStatus.PROPOSED,
        ChangeSet.asker_id == person_id,
        col(ChangeSet.expires_at) > at,
    )
    return list(session.exec(query.order_by(col(ChangeSet.expires_at), col(ChangeSet.id))))


def plans_submitted(
    session: Session, account_ids: Sequence[int], but_of: int | None
) -> list[Submitted]:
    """The plans of these accounts that wait for an approval by another than the author."""
    query = (
        select(Account.name, Person.name)
        .select_from(Plan)
        .join(Account, col(Account.id) == col(Plan.account_id))
        .outerjoin(Person, col(Person.id) == col(Plan.author_id))
        .where(
            col(Plan.account_id).in_(account_ids),
            Plan.status == PlanStatus.SUBMITTED,
            func.coalesce(col(Plan.author_id), 0) != (but_of or -1),
        )
        .order_by(col(Account.name))
    )
    return [Submitted(*row) for row in session.exec(query)]
