"""Reads of the roll-out plan."""

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import Person, RolloutActivity
from tools.domain.rollout import Activity


def activities(session: Session) -> list[Activity]:
    """All activities, in the order of the plan."""
    query = (
        select(RolloutActivity, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(RolloutActivity.owner_id))
        .order_by(col(RolloutActivity.position), col(RolloutActivity.id))
    )
    return [
        Activity(
            found.phase,
            found.activity,
            owner,
            found.resources,
            found.deliverable,
            found.starts_on,
            found.ends_on,
            found.done_on,
        )
        for found, owner in session.execute(query)
    ]
