"""The tables as they stand in a database, whatever its revision, and their rows as JSON."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    MetaData,
    String,
    Table,
    collate,
    inspect,
    select,
)
from sqlalchemy import text as sql
from sqlmodel import SQLModel

import tools.data.models  # noqa: F401  (registers the tables)

REVISION = "alembic_version"


def tables_in(connection: Connection) -> list[Table]:
    """Our tables that exist, those that others refer to first."""
    there = set(inspect(connection).get_table_names())
    known = [name for name in SQLModel.metadata.tables if name in there]
    found = MetaData()
    found.reflect(connection, only=known)
    return [table for table in found.sorted_tables if table.name in known]


def upwards(table: Table) -> list[Column[Any]]:
    """The columns that refer to other rows of the same table."""
    return [c for c in table.columns for k in c.foreign_keys if k.column.table is table]


def ordered_key(table: Table) -> list[Column[Any]]:
    return list(table.primary_key.columns)


def encoder(table: Table) -> Callable[[Any], str]:
    """Turns a row into its line: compact JSON, keys sorted, dates in ISO form."""
    names = [column.name for column in table.columns]

    def line(row: Any) -> str:
        plain = dict(zip(names, row, strict=True))
        return json.dumps(
            plain, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    return line


def decoder(table: Table) -> Callable[[str], dict[str, Any]]:
    """Turns a line back into the values of a row; ValueError where it does not fit the table."""
    readers = {c.name: reader for c in table.columns if (reader := _reader(c)) is not None}
    names = {column.name for column in table.columns}

    def row(line: str) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(line)
        if values.keys() != names:
            raise ValueError(f"{table.name}: {sorted(values.keys() ^ names)} do not fit")
        for name, read in readers.items():
            if values[name] is not None:
                values[name] = read(values[name])
        return values

    return row


def seeded(connection: Connection) -> bool:
    """Whether the tables hold no more than what migrations put there."""
    for table in tables_in(connection):
        condition = "WHERE count > 0" if table.name == "audit_head" else ""
        if connection.execute(sql(f'SELECT 1 FROM "{table.name}" {condition} LIMIT 1')).first():  # noqa: S608
            return False
    return True


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """Every row of a table as its line, streamed, in the byte order of its key."""
    line = encoder(table)
    bytewise = connection.dialect.name == "postgresql"
    order = [
        collate(column, "C") if bytewise and isinstance(column.type, String) else column
        for column in ordered_key(table)
    ]
    query = select(table).order_by(*order).execution_options(yield_per=2_000)
    for row in connection.execute(query):
        yield line(row)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no portable form")


def _reader(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat
    if isinstance(column.type, Date):
        return date.fromisoformat
    return bool if isinstance(column.type, Boolean) else None
