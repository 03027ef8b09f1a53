"""Reminders in the database: whom to write to, how they want it, and what was sent.

A person gets one reminder a day at most: its row is made before it is sent, by one process.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from tools.data.models import Person, Preference, Reminder
from tools.domain.reminding import Kind, Wishes


def reachable(session: Session) -> list[Person]:
    """Everybody who is active and linked to Slack."""
    query = select(Person).where(col(Person.active).is_(True), col(Person.slack_user).is_not(None))
    return list(session.exec(query.order_by(col(Person.id))))


def wishes_of(session: Session, person_id: int) -> Wishes:
    """How the person wants to be reminded; the defaults where nothing was said."""
    held = session.get(Preference, person_id)
    if held is None:
        return Wishes()
    return Wishes(
        held.reminders, held.digest, held.quiet_from, held.quiet_until, held.snoozed_until
    )


def wish(session: Session, person_id: int, wishes: Wishes) -> None:
    """Keeps how the person wants to be reminded."""
    held = session.get(Preference, person_id) or Preference(person_id=person_id)
    for name, value in asdict(wishes).items():
        setattr(held, name, value)
    session.add(held)
    session.commit()


def reminded(session: Session, days: Sequence[date]) -> set[tuple[int, date]]:
    """Who was reminded, or found to need no reminder, on these days; what is being sent counts."""
    query = select(Reminder.person_id, col(Reminder.day)).where(col(Reminder.day).in_(days))
    return {(person, day) for person, day in session.exec(query)}


def sent_after(session: Session, person_id: int | None, moment: str) -> bool:
    """Whether the person was reminded after that moment."""
    later = select(Reminder.id).where(
        Reminder.person_id == person_id, col(Reminder.moment) > moment
    )
    return session.exec(later.limit(1)).first() is not None


def claim(
    session: Session, person_id: int, day: date, kind: Kind, *, by: str, at: datetime
) -> int | None:
    """The id of the reminder to send; None where another process claimed it."""
    row = Reminder(person_id=person_id, day=day, kind=kind, claimed_by=by, claimed_at=at)
    session.add(row)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        return None
    return row.id


def left(session: Session, *, by: str, at: datetime, lease: timedelta) -> list[Reminder]:
    """Claims that another process did not finish within the lease, taken over by this one."""
    stale = (col(Reminder.sent_at).is_(None)) & (col(Reminder.claimed_at) < at - lease)
    found = session.exec(select(Reminder).where(stale).order_by(col(Reminder.id))).all()
    taken = []
    for row in found:
        # Another process may see the same row: whoever changes its claim has it.
        held = update(Reminder).where(
            col(Reminder.id) == row.id,
            col(Reminder.claimed_by) == row.claimed_by,
            col(Reminder.claimed_at) == row.claimed_at,
            col(Reminder.sent_at).is_(None),
        )
        changed = session.connection().execute(held.values(claimed_by=by, claimed_at=at))
        session.commit()
        if changed.rowcount == 1:
            taken.append(row)
    return taken


def hold(session: Session, reminder_id: int, *, by: str, at: datetime) -> bool:
    """Whether the reminder is still claimed by that process and not done; its lease then runs
    from `at`."""
    held = update(Reminder).where(
        col(Reminder.id) == reminder_id,
        col(Reminder.claimed_by) == by,
        col(Reminder.sent_at).is_(None),
    )
    changed = session.connection().execute(held.values(claimed_at=at))
    session.commit()
    return changed.rowcount == 1


def sent(session: Session, reminder_id: int, at: datetime, moment: str | None) -> None:
    """Marks a reminder as done; `moment` is the message's, None where there was nothing to say."""
    row = session.get_one(Reminder, reminder_id)
    row.sent_at, row.moment = at, moment
    session.add(row)
    session.commit()


def purge(session: Session, before: date) -> None:
    """Forgets reminders of earlier days."""
    session.connection().execute(delete(Reminder).where(col(Reminder.day) < before))
    session.commit()
