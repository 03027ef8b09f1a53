"""Rows of any table as plain data and back: the form in which change sets keep them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import Column, Date, Enum, Table, and_, delete, insert, select, update
from sqlmodel import Session, SQLModel

from tools.data.types import FixedDecimal, UtcDateTime

Plain = dict[str, Any]
_REFERENCE = "line"


@dataclass(frozen=True)
class Edit:
    """One row to change, as JSON values.

    Without `before` the row is made, without `after` it is deleted; without either it must
    only be unchanged since it was read, and its version rises. `assumed` names the fields
    that the asker did not state.
    """

    table: str
    record_id: int | None
    read_version: int | None
    before: Plain
    after: Plain
    assumed: tuple[str, ...] = ()

    @property
    def makes(self) -> bool:
        return bool(self.after) and not self.before

    @property
    def guards(self) -> bool:
        return not self.after and not self.before


def table_of(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def name_of(row: SQLModel) -> str:
    return str(row.__tablename__)


def reference(position: int) -> Plain:
    """The id, not known yet, of the row that the edit at this position makes."""
    return {_REFERENCE: position}


def referred(value: Any) -> int | None:
    """The position that a value refers to, if it is a reference."""
    if isinstance(value, dict) and value.keys() == {_REFERENCE}:
        return int(value[_REFERENCE])
    return None


def plain(row: SQLModel) -> Plain:
    """The fields of a record that hold something, but its id and version."""
    versioned = "id" in table_of(name_of(row)).c
    hidden = {"id", "version"} if versioned else set()
    kept = {c.name: getattr(row, c.name) for c in table_of(name_of(row)).c if c.name not in hidden}
    return {name: encoded(value) for name, value in kept.items() if value is not None}


def encoded(value: Any) -> Any:
    """A field's value as JSON."""
    match value:
        case PythonEnum():
            return value.value
        case Decimal():
            return f"{round(value, 4).normalize():f}"
        case date() | datetime():
            return value.isoformat()
        case _:
            return value


def decoded(table: str, field: str, value: Any) -> Any:
    """A JSON value in the type of the field."""
    if value is None or referred(value) is not None:
        return value
    kind = table_of(table).c[field].type
    if isinstance(kind, FixedDecimal):
        return Decimal(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return value


def read(session: Session, edit: Edit, *, lock: bool = False) -> Plain | None:
    """The whole row that an edit changes, as it is now; None where there is none."""
    table = table_of(edit.table)
    query = select(table).where(_identity(edit))
    if lock:
        query = query.with_for_update()
    row = session.connection().execute(query).mappings().first()
    return None if row is None else {name: encoded(value) for name, value in row.items()}


def write(session: Session, edit: Edit) -> tuple[bool, int | None]:
    """Carries one edit out; whether the row was there as expected, and the row's id."""
    table = table_of(edit.table)
    values = {name: decoded(edit.table, name, value) for name, value in edit.after.items()}
    if edit.makes:
        return True, _make(session, table, edit, values)
    condition = and_(_identity(edit), _unchanged(table, edit))
    if edit.after or edit.guards:
        values["version"] = table.c["version"] + 1
        done = session.connection().execute(update(table).where(condition).values(values))
    else:
        done = session.connection().execute(delete(table).where(condition))
    return done.rowcount == 1, edit.record_id


def _make(session: Session, table: Table, edit: Edit, values: Plain) -> int | None:
    if "id" not in table.c:
        session.connection().execute(insert(table).values(values))
        return None
    known = {} if edit.record_id is None else {"id": edit.record_id}
    version = {"version": (edit.read_version or 0) + 1}
    done = session.connection().execute(insert(table).values(version | values | known))
    made = done.inserted_primary_key
    return int(made[0]) if made else None


def _identity(edit: Edit) -> Any:
    table = table_of(edit.table)
    if "id" in table.c:
        return table.c["id"] == edit.record_id
    given: Mapping[str, Any] = edit.before or edit.after
    keys: list[Column[Any]] = list(table.primary_key.columns)
    return and_(*(column == given[column.name] for column in keys))


def _unchanged(table: Table, edit: Edit) -> Any:
    if "id" not in table.c:
        return True
    return table.c["version"] == edit.read_version
