"""Which accounts a question is about, among those the asker may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sqlmodel import Session

from tools import resolve
from tools.access import Scope, scope_of
from tools.data import coverage, organisation
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.names import name_key
from tools.domain.vocabulary import Role, UnitKind
from tools.labels import listing
from tools.text import Text, text


@dataclass(frozen=True)
class Filters:
    """What a question names; empty text does not restrict."""

    segment: str = ""
    region: str = ""
    person: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Selection:
    """`chosen` are meant and may be shown; `company` is what ranks are taken over.

    `practice` says that both hold sandbox accounts; `named` repeats the question's limits.
    """

    chosen: tuple[Customer, ...]
    company: Mapping[int, Customer]
    practice: bool
    named: Text


def select(
    session: Session, deps: Deps, on: date, filters: Filters, *, internal: bool = True
) -> Selection:
    """The accounts that fit, by name; with `internal`, only those the asker reads in full."""
    scope = scope_of(session, deps.asker, deps.today)
    practice = deps.asker.role is Role.NEWCOMER
    company = customers(session, sandbox=practice)
    found, named = _fitting(session, deps, on, filters, company)
    chosen = sorted(_readable(scope, found, internal=internal), key=attrgetter("name", "id"))
    return Selection(tuple(chosen), company, practice, _named(named))


def _readable(scope: Scope, found: Mapping[int, Customer], *, internal: bool) -> Iterable[Customer]:
    if scope.full is None or (not internal and scope.elsewhere >= 1):
        return found.values()
    return [customer for key, customer in found.items() if scope.reads_fully(key)]


def _fitting(
    session: Session,
    deps: Deps,
    on: date,
    filters: Filters,
    company: Mapping[int, Customer],
) -> tuple[dict[int, Customer], list[Text]]:
    found, named = dict(company), []
    if filters.segment:
        segment = resolve.segment(session, filters.segment)
        found = {i: c for i, c in found.items() if c.segment == segment}
        named.append(text("Segment {name}", "{name}行业", name=segment))
    if filters.region:
        region = resolve.region(session, filters.region)
        sold = _sold_in(session, deps, region, on)
        found = {i: c for i, c in found.items() if _in_region(c, region, sold)}
        named.append(text("Region {name}", "{name}区域", name=region))
    if filters.person:
        person = resolve.person(session, filters.person, deps.asker)
        theirs = coverage.accounts_of(session, {person.id or 0}, on, deps.rules)
        found = {i: c for i, c in found.items() if i in theirs}
        named.append(text("{name}'s accounts", "{name}的客户", name=person.name))
    if filters.unit:
        unit = resolve.unit(session, filters.unit, deps.asker)
        people = organisation.people_in_units(session, organisation.units_below(session, unit.id))
        theirs = coverage.accounts_of(session, people, on, deps.rules)
        placed = unit.name if unit.kind is UnitKind.REGION else None
        found = {i: c for i, c in found.items() if i in theirs or (placed and c.region == placed)}
        named.append(text("Unit {name}", "{name}", name=unit.name))
    return found, named


def _in_region(customer: Customer, region: str, sold: set[int]) -> bool:
    return customer.region == region or (customer.region is None and customer.id in sold)


def _sold_in(session: Session, deps: Deps, region: str, on: date) -> set[int]:
    """What the people of the regional unit of that name cover."""
    units = {
        below
        for unit in organisation.units_named(session, name_key(region))
        if unit.kind is UnitKind.REGION
        for below in organisation.units_below(session, unit.id)
    }
    people = organisation.people_in_units(session, units)
    return coverage.accounts_of(session, people, on, deps.rules)


def _named(parts: list[Text]) -> Text:
    return listing(parts) if parts else text("All accounts you can read", "您可查看的全部客户")
