"""Reads of who covers an account on a day, with the recorded shares of the credit."""

from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tools.data.models import Coverage, Person
from tools.domain.credit import Party
from tools.domain.vocabulary import CoverageRole


def parties(session: Session, account_id: int, day: date) -> list[Party]:
    """Recorded coverage in force that day, owners first, then by name."""
    starts, ends = col(Coverage.starts_on), col(Coverage.ends_on)
    query = (
        select(
            col(Coverage.person_id),
            col(Person.name),
            col(Coverage.role),
            col(Coverage.credit_share),
        )
        .join(Person, col(Person.id) == col(Coverage.person_id))
        .where(
            col(Coverage.account_id) == account_id,
            or_(starts.is_(None), starts <= day),
            or_(ends.is_(None), ends >= day),
        )
    )
    order = list(CoverageRole)
    found = [Party(*row) for row in session.execute(query)]
    return sorted(found, key=lambda party: (order.index(party.role), party.name))
