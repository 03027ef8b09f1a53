"""Records that end by themselves: proposals nobody decided on, events long answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session, col, select

from tools import audit
from tools.data.database import Sessions
from tools.data.models import ChangeSet, InboundEvent
from tools.data.rules import current_rules
from tools.domain.vocabulary import ChangeStatus

_EVENT_DAYS = 30
"""A surface repeats an event for minutes; a month leaves enough to look into what happened."""


@dataclass(frozen=True)
class Ended:
    """How many rows were ended of each kind."""

    proposals: int
    events: int


def end_old(sessions: Sessions, now: datetime, days: int, conversations: int = 0) -> Ended:
    """Marks expired proposals, deletes events answered a month ago, and records it, together
    with the number of `conversations` ended for being older than so many `days`."""
    with sessions() as session:
        proposals = _expire(session, now)
        events = _forget_events(session, now)
        if proposals or events or conversations:
            audit.append(
                session,
                at=now,
                actor_id=None,
                actor="system",
                surface="upkeep",
                action="old data ended",
                detail={
                    "conversations": conversations,
                    "history_days": days,
                    "proposals": proposals,
                    "events": events,
                },
                rules_version=current_rules(session).version,
            )
        session.commit()
        return Ended(len(proposals), events)


def _expire(session: Session, now: datetime) -> list[int]:
    due = (col(ChangeSet.status) == ChangeStatus.PROPOSED) & (col(ChangeSet.expires_at) <= now)
    found = [number or 0 for number in session.exec(select(ChangeSet.id).where(due))]
    expired = []
    for number in found:
        # Whoever decides at this very moment wins.
        claimed = (
            update(ChangeSet)
            .where(col(ChangeSet.id) == number, due)
            .values(status=ChangeStatus.EXPIRED, version=col(ChangeSet.version) + 1)
        )
        if session.connection().execute(claimed).rowcount:
            expired.append(number)
    return expired


def _forget_events(session: Session, now: datetime) -> int:
    limit = now - timedelta(days=_EVENT_DAYS)
    old = delete(InboundEvent).where(col(InboundEvent.answered_at) < limit)
    return cast("CursorResult[Any]", session.connection().execute(old)).rowcount
