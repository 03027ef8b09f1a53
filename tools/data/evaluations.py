"""Reads of evaluations: points by account and dimension, newest first."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import Evaluation, Person
from tools.data.portfolio import rows
from tools.domain.judgements import Judged
from tools.domain.vocabulary import Dimension


def judged(
    session: Session,
    on: date,
    dimensions: Collection[Dimension],
    accounts: Collection[int] | None = None,
) -> dict[int, dict[Dimension, list[Judged]]]:
    """The points given in these dimensions by that day, newest first."""
    query = (
        select(
            col(Evaluation.account_id),
            col(Evaluation.dimension),
            col(Evaluation.points),
            col(Evaluation.held_on),
            col(Person.name),
            col(Evaluation.note),
            col(Evaluation.judged),
        )
        .outerjoin(Person, col(Person.id) == col(Evaluation.person_id))
        .where(
            col(Evaluation.dimension).in_(sorted(dimensions)),
            col(Evaluation.points).is_not(None),
            col(Evaluation.held_on) <= on,
        )
        .order_by(col(Evaluation.held_on).desc(), col(Evaluation.id).desc())
    )
    found: dict[int, dict[Dimension, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for account, dimension, *given in rows(session, query, col(Evaluation.account_id), accounts):
        found[account][dimension].append(Judged(*given))
    return found


def last_held(
    session: Session, on: date, accounts: Collection[int] | None = None
) -> dict[int, dict[Dimension, date]]:
    """The day of the newest evaluation per account and dimension by that day."""
    query = (
        select(
            col(Evaluation.account_id),
            col(Evaluation.dimension),
            func.max(col(Evaluation.held_on)),
        )
        .where(col(Evaluation.held_on) <= on)
        .group_by(col(Evaluation.account_id), col(Evaluation.dimension))
    )
    found: dict[int, dict[Dimension, date]] = defaultdict(dict)
    for account, dimension, day in rows(session, query, col(Evaluation.account_id), accounts):
        found[account][dimension] = day
    return found
