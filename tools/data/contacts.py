"""Reads of single people at customers, those who left included."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import Contact, Interaction, InteractionContact


class Listed(NamedTuple):
    """What tells one contact from another."""

    id: int
    account_id: int
    name: str
    title: str | None
    department: str | None
    left_on: date | None


def listed(session: Session, account_id: int | None) -> list[Listed]:
    """The contacts of one account, or of all, by name."""
    query = select(
        col(Contact.id),
        col(Contact.account_id),
        col(Contact.name),
        col(Contact.title),
        col(Contact.department),
        col(Contact.left_on),
    ).order_by(col(Contact.name), col(Contact.id))
    if account_id is not None:
        query = query.where(col(Contact.account_id) == account_id)
    return [Listed(*row) for row in session.execute(query)]


def reporting_to(session: Session, contact_id: int) -> list[Contact]:
    """Those whose superior this contact is, by name."""
    query = select(Contact).where(col(Contact.reports_to_id) == contact_id)
    return list(session.scalars(query.order_by(col(Contact.name), col(Contact.id))))


def last_met(session: Session, contact_id: int, on: date) -> date | None:
    """The day of the last meeting with this contact by that day."""
    query = (
        select(func.max(col(Interaction.held_on)))
        .join(InteractionContact, col(InteractionContact.interaction_id) == col(Interaction.id))
        .where(col(InteractionContact.contact_id) == contact_id, col(Interaction.held_on) <= on)
    )
    return session.scalar(query)
