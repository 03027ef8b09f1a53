"""Which person of ours somebody on another platform is."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tools import audit
from tools.access import Asker
from tools.data.models import Person
from tools.errors import BadInput
from tools.text import text


def by_slack(session: Session, slack_user: str) -> Person | None:
    """The person linked to that Slack user ("TEAM:USER")."""
    return session.exec(select(Person).where(Person.slack_user == slack_user)).first()


def by_email(session: Session, email: str) -> Person | None:
    """The only person of that e-mail address, in whatever case it is written."""
    found = session.exec(select(Person).where(func.lower(Person.email) == email.lower())).all()
    return found[0] if len(found) == 1 else None


def linked(session: Session) -> list[Person]:
    """Everybody who is linked to a Slack user, by name."""
    query = select(Person).where(col(Person.slack_user).is_not(None))
    return list(session.exec(query.order_by(col(Person.name))))


def link(
    session: Session, person_id: int, slack_user: str, *, by: Asker, at: datetime, reason: str
) -> Person:
    """Links the person to the Slack user and says so in the audit trail.

    Raises `BadInput` where somebody else is that Slack user.
    """
    holder = by_slack(session, slack_user)
    if holder is not None and holder.id != person_id:
        raise BadInput(
            text(
                "{user} is linked to {name} already; unlink that first.",
                "{user} 已关联到 {name}，请先解除关联。",
                user=slack_user,
                name=holder.name,
            )
        )
    person = session.get_one(Person, person_id)
    before, person.slack_user = person.slack_user, slack_user
    _save(session, person, before, by=by, at=at, reason=reason)
    return person


def unlink(session: Session, person_id: int, *, by: Asker, at: datetime) -> Person:
    """Takes the link away; the person is unknown in Slack from then on, unless matched anew."""
    person = session.get_one(Person, person_id)
    before, person.slack_user = person.slack_user, None
    _save(session, person, before, by=by, at=at, reason="by hand")
    return person


def _save(
    session: Session, person: Person, before: str | None, *, by: Asker, at: datetime, reason: str
) -> None:
    person.version += 1
    session.add(person)
    audit.append(
        session,
        at=at,
        actor_id=by.person_id,
        actor=by.name,
        surface="slack",
        action="person linked" if person.slack_user else "person unlinked",
        subject=f"person:{person.id}",
        detail={"before": before, "after": person.slack_user, "reason": reason},
    )
    session.commit()
