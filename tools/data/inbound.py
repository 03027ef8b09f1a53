"""Events from surfaces: claimed once among all processes, open until they are answered.

A claim is a lease: its process renews it; one that is not renewed any more may be taken over.
Every function commits.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from tools.data.models import InboundEvent
from tools.domain.vocabulary import InboundState

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY = ""
_OPEN = col(InboundEvent.answered_at).is_(None)


def claim(session: Session, event: InboundEvent) -> bool:
    """Whether the event is new, by its id and by its place and moment; it is kept if so."""
    session.add(event)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        return False
    return True


def renew(session: Session, owner: str, now: datetime) -> dict[str, dict[str, Any]]:
    """Prolongs the owner's claims; the ids and payloads of those whose answer is not wanted any
    more."""
    _apply(session, [_OPEN, col(InboundEvent.claimed_by) == owner], claimed_at=now)
    stopped = select(InboundEvent.event_id, InboundEvent.payload).where(
        _OPEN, InboundEvent.claimed_by == owner, InboundEvent.state == InboundState.STOPPED
    )
    return {event_id: dict(payload) for event_id, payload in session.exec(stopped)}


def begin_sending(session: Session, surface: str, event_id: str, owner: str) -> bool:
    """Whether the owner may send the answer now: the claim is still the owner's, and nobody
    has stopped it."""
    conditions = [
        _is(surface, event_id),
        _OPEN,
        col(InboundEvent.claimed_by) == owner,
        col(InboundEvent.state) != InboundState.STOPPED,
    ]
    return _apply(session, conditions, state=InboundState.SENDING) == 1


def finish(
    session: Session, surface: str, event_id: str, owner: str, *, now: datetime, state: InboundState
) -> None:
    """Closes the event, unless somebody took it over; what was said in it is kept no longer."""
    conditions = [_is(surface, event_id), col(InboundEvent.claimed_by) == owner]
    _apply(session, conditions, state=state, answered_at=now, payload={})


def stop(session: Session, surface: str, place: str, conversation: str) -> dict[str, datetime]:
    """Marks what is open in the conversation as not wanted any more; the ids of the events, and
    when they came."""
    conditions = [
        _OPEN,
        col(InboundEvent.surface) == surface,
        col(InboundEvent.place) == place,
        col(InboundEvent.conversation) == conversation,
    ]
    _apply(session, conditions, state=InboundState.STOPPED)
    stopped = select(InboundEvent.event_id, InboundEvent.received_at).where(*conditions)
    return dict(session.exec(stopped).all())


def is_open(session: Session, surface: str, place: str, thread: str) -> bool:
    """Whether anything that anybody said in the thread is still open."""
    query = select(InboundEvent.event_id).where(
        _OPEN,
        InboundEvent.surface == surface,
        InboundEvent.place == place,
        col(InboundEvent.conversation).startswith(f"{thread}:", autoescape=True),
    )
    return session.exec(query.limit(1)).first() is not None


def earlier_open(session: Session, event: InboundEvent) -> bool:
    """Whether something said before in the same conversation is still open."""
    query = select(InboundEvent.event_id).where(
        _OPEN,
        InboundEvent.surface == event.surface,
        InboundEvent.place == event.place,
        InboundEvent.conversation == event.conversation,
        InboundEvent.moment < event.moment,
    )
    return session.exec(query.limit(1)).first() is not None


def last_before(session: Session, surface: str, place: str, moment: str) -> InboundEvent | None:
    """The newest event of that place before this moment."""
    query = select(InboundEvent).where(
        InboundEvent.surface == surface,
        InboundEvent.place == place,
        InboundEvent.moment < moment,
    )
    return session.exec(query.order_by(col(InboundEvent.moment).desc()).limit(1)).first()


def take_over(
    session: Session, surface: str, owner: str, now: datetime, unrenewed_since: datetime
) -> list[InboundEvent]:
    """The open events whose claim was not renewed since then, now the owner's, oldest first."""
    query = select(InboundEvent).where(
        _OPEN,
        InboundEvent.surface == surface,
        InboundEvent.claimed_by != owner,
        InboundEvent.claimed_at < unrenewed_since,
    )
    # Plain copies: the objects themselves would expire with the updates.
    found = [
        InboundEvent.model_validate(event.model_dump())
        for event in session.exec(query.order_by(col(InboundEvent.moment)))
    ]
    return [event for event in found if _take(session, event, owner, now)]


def release(session: Session, owner: str, event_id: str | None = None) -> None:
    """Gives up a claim, or all claims, so that whoever looks next takes them over."""
    conditions = [_OPEN, col(InboundEvent.claimed_by) == owner]
    if event_id is not None:
        conditions.append(col(InboundEvent.event_id) == event_id)
    _apply(session, conditions, claimed_by=_NOBODY, claimed_at=_LONG_AGO)


def purge(session: Session, answered_before: datetime) -> int:
    """Drops what was answered before then; how many there were."""
    old = delete(InboundEvent).where(col(InboundEvent.answered_at) < answered_before)
    count = session.connection().execute(old).rowcount
    session.commit()
    return count


def _take(session: Session, event: InboundEvent, owner: str, now: datetime) -> bool:
    unchanged = [
        _is(event.surface, event.event_id),
        _OPEN,
        col(InboundEvent.claimed_by) == event.claimed_by,
        col(InboundEvent.claimed_at) == event.claimed_at,
    ]
    attempts = event.attempts + 1
    if _apply(session, unchanged, claimed_by=owner, claimed_at=now, attempts=attempts) != 1:
        return False
    event.claimed_by, event.claimed_at, event.attempts = owner, now, attempts
    return True


def _apply(session: Session, conditions: Iterable[ColumnElement[bool]], **values: Any) -> int:
    """Sets these columns where all conditions hold; the number of rows."""
    changed: Mapping[str, Any] = values
    count = session.connection().execute(update(InboundEvent).where(*conditions).values(**changed))
    session.commit()
    return count.rowcount


def _is(surface: str, event_id: str) -> ColumnElement[bool]:
    return and_(col(InboundEvent.surface) == surface, col(InboundEvent.event_id) == event_id)
