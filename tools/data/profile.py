"""Reads of what is recorded of one account, up to an information level."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import (
    Account,
    Contact,
    Evaluation,
    Financial,
    Interaction,
    Need,
    Plan,
    Risk,
    StrategyItem,
)
from tools.domain.vocabulary import Dimension, Measure, PlanStatus, RecordState


def contacts(session: Session, account_id: int, level: int) -> list[Contact]:
    """The people at the customer who have not left, by name."""
    query = select(Contact).where(
        col(Contact.account_id) == account_id,
        col(Contact.left_on).is_(None),
        col(Contact.level) <= level,
    )
    return list(session.scalars(query.order_by(col(Contact.name))))


def own_figures(session: Session, account_id: int, level: int, on: date) -> list[Financial]:
    """The newest actual figure of each measure known by that day."""
    query = select(Financial).where(
        col(Financial.account_id) == account_id,
        col(Financial.forecast).is_(False),
        col(Financial.level) <= level,
        col(Financial.as_of) <= on,
    )
    ordered = query.order_by(func.coalesce(col(Financial.year), 0), col(Financial.as_of))
    newest: dict[Measure, Financial] = {row.measure: row for row in session.scalars(ordered)}
    return [newest[measure] for measure in Measure if measure in newest]


def open_needs(session: Session, account_id: int) -> list[Need]:
    """Needs that are not closed, the soonest expected first."""
    query = select(Need).where(
        col(Need.account_id) == account_id, col(Need.state) == RecordState.OPEN
    )
    return list(
        session.scalars(
            query.order_by(func.coalesce(col(Need.expected_on), date.max), col(Need.id))
        )
    )


def open_risks(session: Session, account_id: int) -> list[Risk]:
    """Risks that are not closed, the gravest (likelihood × impact) first."""
    query = select(Risk).where(
        col(Risk.account_id) == account_id, col(Risk.state) == RecordState.OPEN
    )
    gravity = col(Risk.likelihood) * col(Risk.impact)
    return list(session.scalars(query.order_by(gravity.desc(), col(Risk.id))))


def current_plan(session: Session, account_id: int) -> Plan | None:
    """The newest edition of the account plan that is not superseded."""
    query = select(Plan).where(
        col(Plan.account_id) == account_id, col(Plan.status) != PlanStatus.SUPERSEDED
    )
    return session.scalars(query.order_by(col(Plan.edition).desc()).limit(1)).first()


def last_evaluations(session: Session, account_id: int, on: date) -> dict[Dimension, date]:
    """The day of the newest evaluation per dimension by that day."""
    query = (
        select(col(Evaluation.dimension), func.max(col(Evaluation.held_on)))
        .where(col(Evaluation.account_id) == account_id, col(Evaluation.held_on) <= on)
        .group_by(col(Evaluation.dimension))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def last_interaction(session: Session, account_id: int, on: date) -> Interaction | None:
    """The newest contact logged by that day."""
    query = select(Interaction).where(
        col(Interaction.account_id) == account_id, col(Interaction.held_on) <= on
    )
    newest = query.order_by(col(Interaction.held_on).desc(), col(Interaction.id).desc())
    return session.scalars(newest.limit(1)).first()


def open_steps(session: Session, account_id: int) -> list[StrategyItem]:
    """Steps of the strategy that are not done, the soonest due first."""
    query = select(StrategyItem).where(
        col(StrategyItem.account_id) == account_id, col(StrategyItem.done_on).is_(None)
    )
    due = func.coalesce(col(StrategyItem.due_on), date.max)
    return list(session.scalars(query.order_by(due, col(StrategyItem.id))))


def below(session: Session, account_id: int) -> list[Account]:
    """All sub-units under the account, at any depth, by name."""
    tree = select(col(Account.id)).where(col(Account.parent_id) == account_id).cte(recursive=True)
    deeper = select(col(Account.id)).join(tree, col(Account.parent_id) == tree.c.id)
    ids = select(tree.union(deeper).c.id)
    query = select(Account).where(col(Account.id).in_(ids), col(Account.id) != account_id)
    return list(session.scalars(query.order_by(col(Account.name))))


def earliest_name(session: Session, accounts: Iterable[int] | None) -> str | None:
    """The first name in the alphabet among these accounts, or among all but sandbox ones."""
    query = select(func.min(col(Account.name)))
    if accounts is None:
        query = query.where(col(Account.sandbox).is_(False))
    else:
        query = query.where(col(Account.id).in_(sorted(accounts)[:1000]))
    return session.scalar(query)
