"""Reads of closed account reviews: the periods, and how each account stood at their ends."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import ReviewEntry, ReviewPeriod
from tools.data.portfolio import rows
from tools.domain.review_change import Place

COMPANY = "company"


def last_review(
    session: Session,
    ended_by: date,
    after: date | None = None,
    closed_by: date | None = None,
    *,
    scope: str = COMPANY,
) -> ReviewPeriod | None:
    """The newest review of the scope whose period ended by that day, and after another one's.

    `closed_by` leaves out reviews that were closed later; `scope` is the company or a region.
    """
    query = select(ReviewPeriod).where(
        col(ReviewPeriod.scope) == scope, col(ReviewPeriod.period_end) <= ended_by
    )
    if after is not None:
        query = query.where(col(ReviewPeriod.period_end) > after)
    if closed_by is not None:
        query = query.where(col(ReviewPeriod.closed_on) <= closed_by)
    newest = query.order_by(col(ReviewPeriod.period_end).desc(), col(ReviewPeriod.id).desc())
    return session.scalars(newest.limit(1)).first()


def places(session: Session, review_id: int) -> dict[int, Place]:
    """How each account stood in that review."""
    query = select(
        col(ReviewEntry.account_id),
        col(ReviewEntry.rank),
        col(ReviewEntry.score),
        col(ReviewEntry.key_account),
        col(ReviewEntry.tier),
        col(ReviewEntry.inputs),
    ).where(col(ReviewEntry.review_id) == review_id)
    return {row[0]: Place(*row[1:]) for row in rows(session, query)}
