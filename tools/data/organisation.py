"""Reads of our own organisation: units, people and reporting lines."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from tools.data.models import Person, PersonAlias, ReportingLine, Unit, UnitAlias
from tools.domain.names import name_key
from tools.domain.vocabulary import Line, UnitKind


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that a reporting line holds on that day."""
    starts, ends = col(ReportingLine.starts_on), col(ReportingLine.ends_on)
    return and_(or_(starts.is_(None), starts <= on), or_(ends.is_(None), ends >= on))


def units_below(session: Session, unit_id: int | None) -> set[int]:
    """The unit and every unit under it."""
    if unit_id is None:
        return set()
    children: dict[int | None, list[int]] = {}
    for child, parent in session.exec(select(Unit.id, Unit.parent_id)):
        children.setdefault(parent, []).append(child or 0)
    found: set[int] = set()
    waiting = [unit_id]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(children.get(unit, ()))
    return found


def units_around(session: Session, unit_id: int | None) -> set[int]:
    """The unit, every unit under it and every unit above it: a unit's documents are for its
    members at any depth, and for those who lead it."""
    found = units_below(session, unit_id)
    parents = dict(session.exec(select(Unit.id, Unit.parent_id)).all())
    above = unit_id
    while (above := parents.get(above)) is not None and above not in found:
        found.add(above)
    return found


def region_of(session: Session, unit_id: int | None) -> Unit | None:
    """The nearest unit of the kind region at or above the unit."""
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        seen.add(unit_id)
        unit = session.get(Unit, unit_id)
        if unit is None or unit.kind is UnitKind.REGION:
            return unit
        unit_id = unit.parent_id
    return None


def people_in_units(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """The people of these units, those who have left included."""
    query = select(Person.id).where(col(Person.unit_id).in_(set(unit_ids)))
    return {person for person in session.exec(query) if person is not None}


def reports_of(session: Session, person_id: int, today: date, *, dotted: bool = False) -> set[int]:
    """Everybody who reports to the person on solid lines, at any depth; with `dotted`,
    also those on a dotted line to the person and whoever reports to them."""
    below, above = col(ReportingLine.person_id), col(ReportingLine.manager_id)
    line, holds = col(ReportingLine.line), in_force(today)
    first = list(Line) if dotted else [Line.SOLID]
    start = sql_select(below).where(above == person_id, line.in_(first), holds)
    # A union, so that a ring of reporting lines ends.
    found = start.cte("reports", recursive=True)
    next_ = sql_select(below).join(found, above == found.c.person_id)
    found = found.union(next_.where(above != person_id, line == Line.SOLID, holds))
    return set(session.execute(sql_select(found.c.person_id)).scalars()) - {person_id}


def managers_of(session: Session, person_id: int, on: date, line: Line) -> list[Person]:
    """Whom the person reports to on that line and day, by name."""
    query = (
        select(Person)
        .join(ReportingLine, col(ReportingLine.manager_id) == Person.id)
        .where(ReportingLine.person_id == person_id, ReportingLine.line == line, in_force(on))
        .order_by(Person.name)
    )
    return list(session.exec(query))


def people_named(session: Session, key: str) -> list[Person]:
    """The people with this name key, by name or alias."""
    aliases = select(PersonAlias.person_id).where(PersonAlias.name_key == key)
    query = select(Person).where(or_(col(Person.name_key) == key, col(Person.id).in_(aliases)))
    return list(session.exec(query.order_by(Person.name)))


def person_names(session: Session) -> dict[str, int]:
    """Every name of a person, aliases included, with the person's id."""
    names = {name: person or 0 for name, person in session.exec(select(Person.name, Person.id))}
    aliases = session.exec(select(PersonAlias.name, PersonAlias.person_id))
    return dict(aliases.all()) | names


def units_named(session: Session, key: str) -> list[Unit]:
    """The units with this name key, by name or alias."""
    aliases = select(UnitAlias.unit_id).where(UnitAlias.name_key == key)
    query = select(Unit).where(or_(col(Unit.name_key) == key, col(Unit.id).in_(aliases)))
    return list(session.exec(query.order_by(Unit.name)))


def unit_names(session: Session) -> dict[str, int]:
    """Every name of a unit, aliases included, with the unit's id."""
    names = {name: unit or 0 for name, unit in session.exec(select(Unit.name, Unit.id))}
    return dict(session.exec(select(UnitAlias.name, UnitAlias.unit_id)).all()) | names


def region_names(session: Session) -> list[str]:
    """The names of the regional units."""
    query = select(Unit.name).where(Unit.kind == UnitKind.REGION).order_by(Unit.name)
    return list(session.exec(query))


def regions_of_people(session: Session) -> dict[int, str]:
    """Each person's region: the nearest regional unit at or above the unit; others are left out."""
    units = {unit.id: unit for unit in session.exec(select(Unit))}
    regions: dict[int | None, str | None] = {}
    for unit_id in units:
        at, seen = unit_id, set[int | None]()
        while at in units and units[at].kind is not UnitKind.REGION and at not in seen:
            seen.add(at)
            at = units[at].parent_id
        regions[unit_id] = units[at].name if at in units and at not in seen else None
    found = {p or 0: regions.get(u) for p, u in session.exec(select(Person.id, Person.unit_id))}
    return {person: region for person, region in found.items() if region}


def unit_id_of(session: Session, name: str) -> int | None:
    """The one unit of exactly this name or alias, if there is just one."""
    found = units_named(session, name_key(name))
    return found[0].id if len(found) == 1 else None
