"""Units, people, products and reporting lines into the records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update

from tools.data.importing.context import (
    Context,
    Hierarchy,
    circular,
    key_of,
    live,
    not_found,
    saved,
)
from tools.data.importing.finder import Draft, Target, table_of
from tools.data.importing.report import FieldChange
from tools.data.importing.rows import Row
from tools.data.importing.writers_customers import (
    Problems,
    link_above,
    named_draft,
    named_keys,
)
from tools.data.models import Person, Product, ReportingLine, Unit
from tools.domain.names import name_key
from tools.domain.vocabulary import Line, Role, UnitKind

UNIT = Target("unit", Unit, (("name_key",),), external=True, side=True)
PERSON = Target(
    "person",
    Person,
    (("email",), ("slack_user",), ("name_key",)),
    weak=("name_key",),
    external=True,
    side=True,
)
PRODUCT = Target("product", Product, (("name_key",),), external=True)
_LINES = (("manager", Line.SOLID), ("dotted_manager", Line.DOTTED))


def write_units(context: Context, rows: Sequence[Row]) -> None:
    """Units and the unit above each."""
    context.refuse_repeats(rows, named_keys(rows))
    drafts = [named_draft(row, "kind", "function", "mandate", "resources") for row in live(rows)]
    for draft in drafts:
        draft.first["kind"] = UnitKind.BRANCH
    problems: Problems = []
    if not context.create_only:
        problems = link_above(context, UNIT, drafts, "parent", "parent_id")
    context.store.save(UNIT, drafts, create_only=context.create_only)
    context.run.references["unit"].forget()
    for row, name, reason in problems:
        row.refuse(name, reason)


def write_products(context: Context, rows: Sequence[Row]) -> None:
    context.refuse_repeats(rows, named_keys(rows))
    drafts = [named_draft(row, "series", "list_price", "currency") for row in live(rows)]
    context.store.save(PRODUCT, drafts)
    context.run.references["product"].forget()


def write_people(context: Context, rows: Sequence[Row]) -> None:
    """People, the units they name, and who reports to whom."""
    context.refuse_repeats(rows, _person_keys(rows))
    _save_units(context, live(rows))
    drafts = [_person(row) for row in live(rows)]
    context.store.save(PERSON, drafts, create_only=context.create_only)
    context.run.references["person"].forget()
    if context.create_only:
        _create_managers(context, live(rows))
        return
    _write_lines(context, saved(drafts))


def _person_keys(rows: Sequence[Row]) -> dict[int, list[str]]:
    """Two people may share a name where an id or an email tells them apart."""
    keys = {}
    for row in live(rows):
        strong = [n for n in ("external_id", "email", "slack_user") if row.get(n)]
        found = [key_of(name, row.values[name]) for name in strong]
        keys[id(row)] = found or [key_of("name", name_key(row.values["name"]))]
    return keys


def _save_units(context: Context, rows: Sequence[Row]) -> None:
    """Regions first, then the branches in them; `row.ids` gets the lowest."""
    for name, kind in (("region", UnitKind.REGION), ("branch", UnitKind.BRANCH)):
        naming = [row for row in rows if row.get(name)]
        drafts: dict[str, Draft] = {}
        for row in naming:
            shown = row.values[name]
            values: dict[str, Any] = {"name": shown, "name_key": name_key(shown)}
            if name == "branch" and "region" in row.ids:
                values["parent_id"] = row.ids["region"]
            drafts.setdefault(values["name_key"], Draft(row, values, {"kind": kind}))
        matches = context.match("unit", (row.get(name) for row in naming))
        for key, draft in drafts.items():
            draft.id = matches[draft.values["name"]].id
            if draft.id is not None:
                draft.values = {k: v for k, v in draft.values.items() if k == "parent_id"}
            drafts[key] = draft
        context.store.save(UNIT, list(drafts.values()), create_only=context.create_only)
        for row in naming:
            unit = drafts[name_key(row.values[name])].id
            if unit is not None:
                row.ids[name] = row.ids["unit"] = unit
        context.run.references["unit"].forget()


def _person(row: Row) -> Draft:
    draft = named_draft(row, "role", "title", "active", "email", "slack_user")
    if "unit" in row.ids:
        draft.values["unit_id"] = row.ids["unit"]
    return draft


def _create_managers(context: Context, rows: Sequence[Row]) -> None:
    """People who are named only as somebody's manager; near misses wait to be accepted."""
    for name, _ in _LINES:
        naming = [row for row in rows if row.get(name)]
        matches = context.match("person", (row.get(name) for row in naming))
        drafts: dict[str, Draft] = {}
        for row in naming:
            shown = row.values[name]
            match = matches[shown]
            if match.id is None and not match.near and not match.several:
                drafts.setdefault(name_key(shown), _manager(row, shown, name))
        context.store.save(PERSON, list(drafts.values()), create_only=True)
        context.run.references["person"].forget()


def _manager(row: Row, shown: str, name: str) -> Draft:
    role = Role.MANAGER if name == "manager" else Role.DIRECTOR
    first = {"role": role, "unit_id": row.ids.get("unit")}
    return Draft(row, {"name": shown, "name_key": name_key(shown)}, first)


@dataclass(frozen=True)
class _Current:
    """A reporting line in force."""

    id: int
    manager_id: int
    starts_on: date | None


class _Lines:
    """The reporting lines in force, with what a file says of them."""

    def __init__(self, context: Context, people: Iterable[int]) -> None:
        self.context, self.today = context, context.today
        self.table = table_of(ReportingLine)
        ends = self.table.c.ends_on
        query = select(self.table).where(
            self.table.c.person_id.in_(list(people)), or_(ends.is_(None), ends >= self.today)
        )
        self.current: dict[tuple[int, Line], list[_Current]] = {}
        for row in context.run.session.execute(query):
            line = _Current(row.id, row.manager_id, row.starts_on)
            self.current.setdefault((row.person_id, row.line), []).append(line)

    def state(self, draft: Draft, manager_id: int, line: Line) -> None:
        """Records the line; one to another manager ends the day before."""
        report, person = self.context.run.report, draft.id or 0
        current = self.current.get((person, line), [])
        if any(item.manager_id == manager_id for item in current):
            report.count("reporting_line", "unchanged")
            return
        if not current:
            self._insert(person, manager_id, line, None)
            report.count("reporting_line", "created")
            return
        self._replace(person, current[0], manager_id, line)
        report.count("reporting_line", "updated")
        names = self._names(current[0].manager_id, manager_id)
        change = FieldChange("reporting_line", draft.label, "manager", names[0], names[1])
        report.changed(change)

    def _replace(self, person: int, old: _Current, manager_id: int, line: Line) -> None:
        changed = update(self.table).where(self.table.c.id == old.id)
        changed = changed.values(version=self.table.c.version + 1)
        if old.starts_on is not None and old.starts_on >= self.today:
            self.context.run.session.execute(changed.values(manager_id=manager_id))
            return
        ended = self.today - timedelta(days=1)
        self.context.run.session.execute(changed.values(ends_on=ended))
        self._insert(person, manager_id, line, self.today)

    def _insert(self, person: int, manager_id: int, line: Line, starts_on: date | None) -> None:
        row = {
            "person_id": person, "manager_id": manager_id, "line": line,
            "starts_on": starts_on, "version": 1,
        }  # fmt: skip
        self.context.run.session.execute(insert(self.table), [row])

    def _names(self, *ids: int) -> list[str | None]:
        table = table_of(Person)
        return [
            self.context.run.session.execute(
                select(table.c.name).where(table.c.id == person)
            ).scalar()
            for person in ids
        ]


def _write_lines(context: Context, drafts: Sequence[Draft]) -> None:
    lines = _Lines(context, (draft.id or 0 for draft in drafts))
    managers: dict[int, Row] = {}
    for name, line in _LINES:
        linking = [draft for draft in drafts if draft.row.get(name)]
        matches = context.match("person", (draft.row.get(name) for draft in linking))
        for draft in linking:
            shown = draft.row.values[name]
            manager = context.settle(name, shown, matches[shown])
            if manager is None:
                draft.row.refuse(name, not_found(matches[shown]))
            elif (line is Line.SOLID and not _solid(context).place(draft.id or 0, manager)) or (
                line is Line.DOTTED and manager == draft.id
            ):
                draft.row.refuse(name, circular())
            else:
                lines.state(draft, manager, line)
                managers.setdefault(manager, draft.row)
    _save_managers(context, managers)


def _save_managers(context: Context, managers: Mapping[int, Row]) -> None:
    """Whoever has people reporting to them is a manager, unless the file states roles."""
    table = table_of(Person)
    promoted: set[int] = set()
    if "role" not in context.layout.columns:
        query = select(table.c.id).where(
            table.c.id.in_(list(managers)), table.c.role.in_([Role.REP, Role.NEWCOMER])
        )
        promoted = set(context.run.session.execute(query).scalars())
    drafts = [
        Draft(row, {"role": Role.MANAGER} if person in promoted else {}, id=person)
        for person, row in managers.items()
    ]
    context.store.save(PERSON, drafts)


def _solid(context: Context) -> Hierarchy:
    """The solid lines in force, as a hierarchy of people."""
    name = "reporting_line.solid"
    hierarchies = context.run.hierarchies
    if name not in hierarchies:
        table = table_of(ReportingLine)
        current = or_(table.c.ends_on.is_(None), table.c.ends_on >= context.today)
        query = select(table.c.person_id, table.c.manager_id).where(
            table.c.line == Line.SOLID, current
        )
        found = context.run.session.execute(query)
        hierarchies[name] = Hierarchy({row.person_id: row.manager_id for row in found})
    return hierarchies[name]
