"""Reads of open risks and needs of many accounts."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import Need, Person, Risk
from tools.data.portfolio import MOST_BOUND
from tools.domain.vocabulary import RecordState


def risks(session: Session, accounts: Collection[int]) -> list[tuple[Risk, str | None]]:
    """The open risks of these accounts, each with the name of its owner."""
    query = (
        select(Risk, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(Risk.owner_id))
        .where(col(Risk.state) == RecordState.OPEN)
    )
    return [
        (risk, owner)
        for part in _parts(accounts)
        for risk, owner in session.execute(query.where(col(Risk.account_id).in_(part)))
    ]


def needs(session: Session, accounts: Collection[int]) -> list[Need]:
    """The open needs of these accounts."""
    query = select(Need).where(col(Need.state) == RecordState.OPEN)
    return [
        need
        for part in _parts(accounts)
        for need in session.scalars(query.where(col(Need.account_id).in_(part)))
    ]


def _parts(accounts: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(accounts)
    for start in range(0, len(ids), MOST_BOUND):
        yield ids[start : start + MOST_BOUND]
