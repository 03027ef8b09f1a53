"""Reads of KPI targets and actuals."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import Account, KpiFigure, Person, Unit
from tools.domain.kpis import Amount, Subject


class Row(NamedTuple):
    """One target or actual with whom it is of."""

    subject: Subject
    kpi: str
    starts: date
    ends: date
    target: bool
    amount: Amount


def figures(session: Session, on: date) -> list[Row]:
    """Every figure of a period that has begun by that day, in the order of recording."""
    query = (
        select(KpiFigure, col(Unit.name), col(Person.name), col(Account.name))
        .outerjoin(Unit, col(Unit.id) == col(KpiFigure.unit_id))
        .outerjoin(Person, col(Person.id) == col(KpiFigure.person_id))
        .outerjoin(Account, col(Account.id) == col(KpiFigure.account_id))
        .where(col(KpiFigure.period_start) <= on)
        .order_by(col(KpiFigure.id))
    )
    return [
        Row(
            Subject(found.unit_id, found.person_id, found.account_id, unit or person or account),
            found.kpi,
            found.period_start,
            found.period_end,
            found.target,
            Amount(found.amount, found.unit, found.source),
        )
        for found, unit, person, account in session.execute(query)
    ]
