"""Reads of answers to the questions of an analysis, and of the sections of a plan."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import Answer, PlanSection


def answers(session: Session, account_id: int, topic: str, on: date) -> dict[str, Answer]:
    """The newest answer to each question of the topic known by that day."""
    query = (
        select(Answer)
        .where(
            col(Answer.account_id) == account_id,
            col(Answer.topic) == topic,
            col(Answer.as_of) <= on,
        )
        .order_by(col(Answer.as_of), col(Answer.id))
    )
    return {answer.question: answer for answer in session.scalars(query)}


def sections(session: Session, plan_id: int) -> list[PlanSection]:
    """The sections of a plan in their order."""
    query = select(PlanSection).where(col(PlanSection.plan_id) == plan_id)
    return list(session.scalars(query.order_by(col(PlanSection.position), col(PlanSection.id))))
