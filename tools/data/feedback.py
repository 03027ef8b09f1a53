"""What readers thought of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tools.data.models import AuditEntry, Feedback, Person

_ASKED = "asked"


@dataclass(frozen=True)
class Asked:
    """A question as the audit trail keeps it: by whom, where, with which tools and model."""

    person_id: int | None
    thread: str
    tools: tuple[str, ...]
    model: str


def asked_before(
    session: Session, place: str, until: datetime, thread: str | None, person_id: int | None
) -> Asked | None:
    """The newest question at a place until then; without a thread, this person's newest."""
    query = select(AuditEntry).where(
        AuditEntry.action == _ASKED, AuditEntry.surface == place, AuditEntry.at <= until
    )
    if thread is None:
        query = query.where(AuditEntry.actor_id == person_id)
    else:
        query = query.where(AuditEntry.thread == thread)
    found = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()
    if found is None:
        return None
    tools = tuple(str(name) for name in found.detail.get("tools", ()))
    model = str(found.detail.get("model", ""))
    return Asked(found.actor_id, found.thread or "", tools, model)


def keep(session: Session, given: Feedback) -> None:
    """Keeps what a person thinks of an answer; what they thought before is replaced."""
    held = _of(session, given)
    if held is None:
        session.add(given)
    else:
        fields: Mapping[str, Any] = given.model_dump(exclude={"id"})
        for name, value in fields.items():
            setattr(held, name, value)
    session.commit()


def add_reason(session: Session, given: Feedback, reason: str) -> bool:
    """Adds why an answer was no good; whether that was said of it."""
    held = _of(session, given)
    if held is None or held.good:
        return False
    held.reason = reason
    session.commit()
    return True


def since(session: Session, begin: datetime | None) -> list[tuple[Feedback, str | None]]:
    """Feedback from then on, oldest first, with the names of those who gave it."""
    query = select(Feedback, Person.name).outerjoin(Person, col(Person.id) == Feedback.person_id)
    if begin is not None:
        query = query.where(Feedback.at >= begin)
    return [(found, name) for found, name in session.exec(query.order_by(col(Feedback.id)))]


def _of(session: Session, given: Feedback) -> Feedback | None:
    query = select(Feedback).where(
        Feedback.surface == given.surface,
        Feedback.place == given.place,
        Feedback.moment == given.moment,
        Feedback.person_id == given.person_id,
    )
    return session.exec(query).first()
