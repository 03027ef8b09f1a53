"""Reads of the strategy items of an account, those that are done included."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import Person, StrategyItem
from tools.domain.strategy import Step


def steps(session: Session, account_id: int) -> list[Step]:
    """All items with their owners, the soonest due first."""
    query = (
        select(StrategyItem, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(StrategyItem.owner_id))
        .where(col(StrategyItem.account_id) == account_id)
        .order_by(func.coalesce(col(StrategyItem.due_on), date.max), col(StrategyItem.id))
    )
    return [
        Step(item.kind, item.stage, item.description, item.due_on, item.done_on, owner)
        for item, owner in session.execute(query)
    ]
