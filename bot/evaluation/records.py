"""The state of the records before and after a conversation: a hash by table, then row by row."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select, text
from sqlmodel import Session, SQLModel

from tools.changes.labels import NAMING
from tools.changes.rows import Plain, encoded
from tools.data import accounts, models
from tools.domain.names import name_key

Key = tuple[Any, ...]
_TOUCHED = "touched"
_UNSEEN = frozenset({"id", "version"})
# How a change came about is no part of what the records say.
_LEDGER = (
    models.ChangeSet,
    models.ChangeLine,
    models.AuditEntry,
    models.AuditHead,
    models.OutboxEntry,
    models.InboundEvent,
    models.Installation,
    models.Installing,
    models.FollowedThread,
    models.Preference,
    models.Reminder,
    models.Feedback,
    models.Remembered,
)
# What a row is called beside its account, where that takes more than its own name.
_NAMES: Mapping[str, tuple[str, ...]] = {
    **NAMING,
    "checklist_item": ("run_id", "item"),
    "checklist_run": ("checklist",),
    "coverage": ("role", "person_id"),
    "evaluation": ("dimension", "held_on"),
    "factor_input": ("factor", "as_of"),
    "financial": ("measure", "year"),
    "kpi_figure": ("unit_id", "person_id", "kpi", "period_start", "target"),
    "plan": ("edition",),
    "plan_section": ("plan_id", "key"),
    "wallet_share": ("supplier", "year"),
}


@dataclass(frozen=True)
class Row:
    """A row that came, went or changed: what it is called, and its fields as they are now."""

    sign: str
    table: str
    name: str
    fields: Plain

    def __str__(self) -> str:
        return f"{self.sign}{self.table} {self.name}"


State = Mapping[str, Mapping[Key, Plain]]
Hashes = Mapping[str, str]


def watch(session: Session) -> None:
    """Lets a SQLite database note from now on which tables are written to."""
    connection = session.connection()
    connection.execute(text(f"CREATE TABLE {_TOUCHED} (name TEXT PRIMARY KEY)"))
    for table in _tables():
        for event in ("INSERT", "UPDATE", "DELETE"):
            noted = f"INSERT OR IGNORE INTO {_TOUCHED} VALUES ('{table.name}');"  # noqa: S608
            name = f"{_TOUCHED}_{event}_{table.name}"
            connection.execute(
                text(f'CREATE TRIGGER "{name}" AFTER {event} ON "{table.name}" BEGIN {noted} END')
            )
    session.commit()


def hashes(session: Session, known: Hashes | None = None) -> Hashes:
    """One canonical hash of each table, versions included; equal where no row differs.

    Of `known` are those of the tables that a watched database was not written to in.
    """
    cursor = session.connection().connection.cursor()
    touched = _touched(session) if known else frozenset()
    return {
        table.name: known[table.name]
        if known and table.name not in touched
        else _hash(cursor, table)
        for table in _tables()
    }


def state(session: Session, known: State | None = None, since: Hashes | None = None) -> State:
    """All records by table and key, their fields as JSON; versions count for nothing.

    Tables whose hash is still as in `since` are taken from `known`.
    """
    now = hashes(session, since) if since else {}
    return {
        table.name: known[table.name]
        if known and since and since[table.name] == now[table.name]
        else _rows(session, table)
        for table in _tables()
    }


def changed_keys(before: State, after: State) -> list[tuple[str, Key]]:
    """The rows that differ, by table and key."""
    return [
        (table, key)
        for table in before
        if before[table] is not after[table]
        for key in sorted(before[table].keys() | after[table].keys(), key=str)
        if before[table].get(key) != after[table].get(key)
    ]


def changed(before: State, after: State) -> list[Row]:
    """The rows that came, went or changed, in words; of a changed row the fields that did."""
    naming = _Naming({name: {**before[name], **after[name]} for name in before})
    return [_row(table, key, before, after, naming) for table, key in changed_keys(before, after)]


def full(session: Session, address: str) -> str:
    """An address with the account's whole name in place of any of its names."""
    table, _, name = address.partition(" ")
    said, stroke, rest = name.partition("/")
    named = accounts.named(session, name_key(said))
    whole = named[0].name if len(named) == 1 else said
    return f"{table} {whole}{stroke}{rest}"


def find(records: State, address: str) -> tuple[str, Key]:
    """The row at "table name"; `KeyError` where there is none or more than one."""
    table, _, name = address.partition(" ")
    naming = _Naming(records)
    found = [key for key in records.get(table, {}) if naming.of(table, key) == name]
    if len(found) != 1:
        raise KeyError(f"{len(found)} rows are called {address!r}")
    return table, found[0]


def _row(table: str, key: Key, before: State, after: State, naming: "_Naming") -> Row:
    old, new = before[table].get(key), after[table].get(key)
    name = naming.of(table, key)
    if old is None or new is None:
        return Row("-" if new is None else "+", table, name, naming.fields(table, new or {}))
    moved = {field: value for field, value in new.items() if value != old[field]}
    return Row("", table, name, naming.fields(table, moved))


def _tables() -> list[Table]:
    hidden = {str(model.__tablename__) for model in _LEDGER}
    tables = (model.local_table for model in SQLModel._sa_registry.mappers)
    return [table for table in tables if isinstance(table, Table) and table.name not in hidden]


def _touched(session: Session) -> frozenset[str]:
    return frozenset(session.connection().execute(text(f"SELECT name FROM {_TOUCHED}")).scalars())  # noqa: S608


def _hash(cursor: Any, table: Table) -> str:
    key = ", ".join(column.name for column in table.primary_key.columns)
    cursor.execute(f'SELECT * FROM "{table.name}" ORDER BY {key}')  # noqa: S608
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def _rows(session: Session, table: Table) -> dict[Key, Plain]:
    keys = [column.name for column in table.primary_key.columns]
    rows = session.connection().execute(select(table)).mappings()
    return {
        tuple(row[key] for key in keys): {
            name: encoded(value) for name, value in row.items() if name not in _UNSEEN
        }
        for row in rows
    }


class _Naming:
    """What rows are called: the account's name, then the row's own, parted by a stroke."""

    def __init__(self, records: State) -> None:
        self._records = records
        self._parents = {
            table.name: {
                column.name: key.column.table.name
                for column in table.columns
                for key in column.foreign_keys
            }
            for table in _tables()
        }

    def of(self, table: str, key: Key) -> str:
        row = self._records[table][key]
        own = [self._value(table, field, row) for field in self._naming(table, row)]
        account = self._value(table, "account_id", row) if "account_id" in row else None
        return "/".join(part for part in (account, *own) if part)

    def fields(self, table: str, row: Plain) -> Plain:
        """The fields with references by name."""
        references = self._parents[table]
        return {
            _said(field, row): self._value(table, field, row) if field in references else value
            for field, value in row.items()
        }

    def _naming(self, table: str, row: Plain) -> Iterable[str]:
        names = _NAMES.get(table, ("name",))
        if table == "opportunity":
            return next(((name,) for name in names if row.get(name)), ())
        return [name for name in names if row.get(name) is not None]

    def _value(self, table: str, field: str, row: Plain) -> str | None:
        value = row.get(field)
        parent = self._parents[table].get(field)
        if value is None or parent is None:
            return None if value is None else str(value)
        return self.of(parent, (value,)) if (value,) in self._records[parent] else str(value)


def _said(field: str, row: Plain) -> str:
    short = field.removesuffix("_id")
    return field if short in row else short
