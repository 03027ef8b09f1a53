"""Records as files state them against records as they stand: insert, update, leave alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlmodel import Session, SQLModel

from tools.data.importing.finder import Draft, Finder, Stored, Target, table_of
from tools.data.importing.report import FieldChange, ImportReport, Outcome
from tools.data.models import Account, ExternalKey, Person, Product, Unit

# Which records a column refers to, so that a change of it can be shown by name.
_REFERENCES: dict[str, type[SQLModel]] = {
    "account_id": Account,
    "person_id": Person,
    "manager_id": Person,
    "product_id": Product,
    "unit_id": Unit,
}
_PARENTS: dict[str, type[SQLModel]] = {"account": Account, "unit": Unit}


class Store:
    """Writes drafts through one session, in bulk, and counts into the report."""

    def __init__(self, session: Session, report: ImportReport, system: str) -> None:
        self.session, self.report, self.system = session, report, system
        self._newest: dict[str, int] = {}
        self._side: dict[str, dict[int, Outcome]] = defaultdict(dict)

    def save(
        self, target: Target, drafts: Sequence[Draft], *, create_only: bool = False
    ) -> list[Draft]:
        """Creates or updates; returns the drafts that changed something. Drafts of a target
        with external keys have their ids then; those of the others are written in bulk, and
        only the ids of known records are told.

        With `create_only` existing records stay as they are and are not counted.
        """
        table = table_of(target.model)
        self._watch(table)
        found = Finder(self.session, target, self.system).find(drafts)
        open_drafts = [draft for draft in drafts if draft.row.refusal is None]
        known = [(draft, found[id(draft)]) for draft in open_drafts if id(draft) in found]
        new = [draft for draft in open_drafts if id(draft) not in found]
        for draft, stored in known:
            draft.id = stored["id"]
        self._insert(target, table, new)
        changed = [] if create_only else self._update(target, table, known)
        self._link_keys(target, [draft for draft in open_drafts if draft.external_key])
        return [*new, *changed]

    def locate(self, target: Target, drafts: Sequence[Draft]) -> None:
        """Gives drafts of stored records their ids, without writing."""
        found = Finder(self.session, target, self.system).find(drafts)
        for draft in drafts:
            if id(draft) in found:
                draft.id = found[id(draft)]["id"]

    def _watch(self, table: Table) -> None:
        """Remembers the newest id from before this import: later ones are its own."""
        if table.name not in self._newest:
            newest = self.session.execute(select(func.max(table.c.id))).scalar()
            self._newest[table.name] = newest or 0

    def _insert(self, target: Target, table: Table, drafts: Sequence[Draft]) -> None:
        if not drafts:
            return
        columns = {column.name: _default(column.default) for column in table.columns}
        del columns["id"]
        rows = [columns | draft.first | draft.along | draft.values for draft in drafts]
        if target.external:
            statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
            ids = self.session.execute(statement, rows).scalars()
            for draft, new_id in zip(drafts, ids, strict=True):
                draft.id = new_id
        else:
            self.session.execute(insert(table), rows)
        self.report.count(target.name, "created", len(drafts))

    def _update(
        self, target: Target, table: Table, known: Iterable[tuple[Draft, Stored]]
    ) -> list[Draft]:
        written = []
        waiting: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for draft, stored in known:
            changed = _differences(draft, stored)
            self._count(target, table, stored["id"], "updated" if changed else "unchanged")
            if not changed:
                continue
            self._show(target, draft, stored, changed)
            written.append(draft)
            changed = changed | {k: v for k, v in draft.along.items() if v is not None}
            row = {f"new_{name}": value for name, value in changed.items()}
            waiting[tuple(sorted(changed))].append(row | {"row_id": stored["id"]})
        for names, rows in waiting.items():
            self.session.execute(_update_statement(table, names), rows)
        return written

    def _count(self, target: Target, table: Table, record_id: int, outcome: Outcome) -> None:
        """Records that this import created are counted once, as created."""
        if record_id > self._newest[table.name]:
            return
        if not target.side:
            self.report.count(target.name, outcome)
            return
        before = self._side[target.name].get(record_id)
        if before is None or (before, outcome) == ("unchanged", "updated"):
            self._side[target.name][record_id] = outcome
            self.report.count(target.name, outcome)
            if before is not None:
                self.report.count(target.name, before, -1)

    def _show(
        self, target: Target, draft: Draft, stored: Stored, changed: Mapping[str, Any]
    ) -> None:
        if stored["id"] > self._newest[table_of(target.model).name]:
            return
        for name, value in changed.items():
            if name == "name_key" or not self.report.wants_change(target.name):
                continue
            label = draft.label or str(stored.get("name") or stored["id"])
            old, new = (self._readable(target, name, item) for item in (stored[name], value))
            field_name = name.removesuffix("_id")
            self.report.changed(FieldChange(target.name, label, field_name, old, new))

    def _readable(self, target: Target, name: str, value: Any) -> Any:
        model = _PARENTS.get(target.name) if name == "parent_id" else _REFERENCES.get(name)
        if model is None or value is None:
            return value
        table = table_of(model)
        return self.session.execute(select(table.c.name).where(table.c.id == value)).scalar()

    def _link_keys(self, target: Target, drafts: Sequence[Draft]) -> None:
        """Remembers what the records are called in the system they come from."""
        if not target.external or not drafts:
            return
        table = table_of(ExternalKey)
        asked = [draft.external_key for draft in drafts]
        query = select(table.c.key).where(
            table.c.system == self.system, table.c.kind == target.name, table.c.key.in_(asked)
        )
        known = set(self.session.execute(query).scalars())
        rows = {
            draft.external_key: {
                "system": self.system,
                "kind": target.name,
                "key": draft.external_key,
                "record_id": draft.id,
            }
            for draft in drafts
            if draft.external_key not in known
        }
        if rows:
            self.session.execute(insert(table), list(rows.values()))


def _differences(draft: Draft, stored: Stored) -> dict[str, Any]:
    """What the draft states otherwise; an unaccepted spelling does not undo its correction."""
    return {
        name: value
        for name, value in draft.values.items()
        if value is not None
        and stored[name] != value
        and not (name in draft.respelt and stored[name] == draft.respelt[name])
    }


def _update_statement(table: Table, names: Sequence[str]) -> Any:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    return update(table).where(table.c.id == bindparam("row_id")).values(values)


def _default(default: Any) -> Any:
    """The value a column takes where nothing is stated."""
    if default is None:
        return None
    made: Callable[[Any], Any] | Any = default.arg
    return made(None) if default.is_callable else made
