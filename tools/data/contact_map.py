"""Reads of the people at an account and when we last met them."""

from datetime import date

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from tools.data.models import Contact, Interaction, InteractionContact


def people_met(session: Session, account_id: int, on: date) -> list[tuple[Contact, date | None]]:
    """The contacts who have not left by that day, each with the day of the last meeting."""
    met = (
        select(
            col(InteractionContact.contact_id).label("contact"),
            func.max(col(Interaction.held_on)).label("last"),
        )
        .join(
            Interaction,
            and_(
                col(Interaction.id) == col(InteractionContact.interaction_id),
                col(Interaction.held_on) <= on,
            ),
        )
        .group_by(col(InteractionContact.contact_id))
        .subquery()
    )
    query = (
        select(Contact, met.c.last)
        .outerjoin(met, met.c.contact == col(Contact.id))
        .where(
            col(Contact.account_id) == account_id,
            func.coalesce(col(Contact.left_on), date.max) > on,
        )
        .order_by(col(Contact.name), col(Contact.id))
    )
    return [(row[0], row[1]) for row in session.execute(query)]
