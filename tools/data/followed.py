"""Threads that the assistant is part of, and who has the floor there."""

from datetime import datetime

from sqlmodel import Session

from tools.data.models import FollowedThread


def follow(
    session: Session,
    surface: str,
    place: str,
    thread: str,
    *,
    person_id: int | None,
    now: datetime,
) -> None:
    """Takes part in the thread; what this person says next there is for the assistant."""
    row = session.get(FollowedThread, (surface, place, thread))
    if row is None:
        row = FollowedThread(surface=surface, place=place, thread=thread, since=now)
    row.asker_id, row.left_at = person_id, None
    session.merge(row)
    session.commit()


def followed(session: Session, surface: str, place: str, thread: str) -> FollowedThread | None:
    """The thread, if the assistant takes part in it."""
    row = session.get(FollowedThread, (surface, place, thread))
    return row if row is not None and row.left_at is None else None


def step_back(session: Session, row: FollowedThread) -> None:
    """People talk among themselves: nobody is heard there until the next mention."""
    row.asker_id = None
    session.add(row)
    session.commit()


def leave(session: Session, surface: str, place: str, thread: str, now: datetime) -> None:
    """Takes no part in the thread any more, until the next mention."""
    row = session.get(FollowedThread, (surface, place, thread))
    if row is not None:
        row.left_at = now
        session.add(row)
        session.commit()
