"""Reads of how far people are on the learning path."""

from sqlmodel import Session, select

from tools.data.models import Lesson
from tools.domain.learning import Taken


def taken(session: Session, person_id: int) -> dict[str, Taken]:
    """What is recorded of the person's lessons, by the lesson's key."""
    rows = session.exec(select(Lesson).where(Lesson.person_id == person_id))
    return {
        row.lesson: Taken(row.finished_on, None if row.points is None else int(row.points))
        for row in rows
    }
