"""Reads of who works where and who reports to whom, by column."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tools.data.models import Person, ReportingLine, Unit
from tools.data.organisation import in_force
from tools.data.portfolio import rows
from tools.domain.vocabulary import Line, Role


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague, and the name of the unit."""

    id: int
    name: str
    title: str | None
    role: Role
    unit: str | None
    active: bool


def members(session: Session, people: Collection[int]) -> list[Member]:
    """These people by name, those who have left included."""
    query = (
        select(
            col(Person.id),
            col(Person.name),
            col(Person.title),
            col(Person.role),
            col(Unit.name),
            col(Person.active),
        )
        .outerjoin(Unit, col(Unit.id) == col(Person.unit_id))
        .order_by(col(Person.name), col(Person.id))
    )
    found = [Member(*row) for row in rows(session, query, col(Person.id), people)]
    return sorted(found, key=lambda member: (member.name, member.id))


def direct_reports(session: Session, person_id: int, on: date) -> dict[int, set[Line]]:
    """Who reports to the person that day, without any step between, and on which lines."""
    query = select(col(ReportingLine.person_id), col(ReportingLine.line)).where(
        col(ReportingLine.manager_id) == person_id, in_force(on)
    )
    found: dict[int, set[Line]] = defaultdict(set)
    for person, line in rows(session, query):
        found[person].add(line)
    return dict(found)


def managers(
    session: Session, people: Collection[int], on: date
) -> dict[int, list[tuple[Line, str]]]:
    """To whom each of these people reports that day, by line and name."""
    manager = aliased(Person)
    query = (
        select(col(ReportingLine.person_id), col(ReportingLine.line), col(manager.name))
        .join(manager, col(manager.id) == col(ReportingLine.manager_id))
        .where(in_force(on))
        .order_by(col(manager.name))
    )
    found: dict[int, list[tuple[Line, str]]] = defaultdict(list)
    for person, line, name in rows(session, query, col(ReportingLine.person_id), people):
        found[person].append((line, name))
    return dict(found)
