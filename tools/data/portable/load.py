"""Writing lines into a database: all of them in the caller's transaction, or none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, inspect, update
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from tools.data.database import upgrade
from tools.data.portable.read import Digest, digests
from tools.data.portable.shape import REVISION, decoder, ordered_key, tables_in, upwards
from tools.errors import KamError
from tools.text import text

_AT_ONCE = 2_000

Lines = Callable[[str], Iterable[str]]


def replaced(
    connection: Connection, revision: str, lines: Lines, expected: Mapping[str, Digest]
) -> None:
    """Drops our tables, makes them anew at that revision and loads them; then brings the schema
    up to date. `connection` comes from `changing_schema`, so that all of it happens or nothing.
    """
    _drop(connection)
    upgrade(connection, revision)
    load(connection, lines, expected)
    upgrade(connection)


def load(connection: Connection, lines: Lines, expected: Mapping[str, Digest]) -> None:
    """Fills the tables, which hold nothing but what migrations put there, and checks what they
    hold then. Raises `KamError` where a table differs from `expected`."""
    tables = tables_in(connection)
    missing = expected.keys() - {table.name for table in tables}
    if missing:
        raise ValueError(f"there are no tables {sorted(missing)}")
    for table in reversed(tables):
        connection.execute(table.delete())
    for table in tables:
        if table.name in expected:
            _fill(connection, table, lines(table.name))
    _set_sequences(connection, tables)
    held = digests(connection)
    differing = sorted(name for name, digest in expected.items() if held[name] != digest)
    if differing:
        raise KamError(
            text(
                "These tables did not arrive as they were: {tables}. Nothing was changed.",
                "以下数据表与原来不一致：{tables}。未做任何改动。",
                tables=", ".join(differing),
            )
        )


def _fill(connection: Connection, table: Table, lines: Iterable[str]) -> None:
    """Rows that refer to rows of their own table get that reference last."""
    referring = upwards(table)
    key = ordered_key(table)[0]
    read = decoder(table)
    later: list[dict[str, Any]] = []
    for batch in _batches(map(read, lines)):
        for row in batch:
            above = {f"new_{c.name}": row[c.name] for c in referring}
            if any(value is not None for value in above.values()):
                later.append({"row_id": row[key.name], **above})
                row.update(dict.fromkeys((c.name for c in referring), None))
        connection.execute(insert(table), batch)
    if later:
        values: dict[str, Any] = {c.name: bindparam(f"new_{c.name}") for c in referring}
        statement = update(table).where(key == bindparam("row_id")).values(values)
        for start in range(0, len(later), _AT_ONCE):
            connection.execute(statement, later[start : start + _AT_ONCE])


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _set_sequences(connection: Connection, tables: Sequence[Table]) -> None:
    """New rows get ids past those that were loaded; SQLite sees to that by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.c:
            connection.execute(
                sql(
                    "SELECT setval(sequence, coalesce((SELECT max(id) FROM "  # noqa: S608
                    f'"{table.name}"), 0) + 1, false) FROM '
                    f"pg_get_serial_sequence('\"{table.name}\"', 'id') AS sequence "
                    "WHERE sequence IS NOT NULL"
                )
            )


def _drop(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in [*(t.name for t in reversed(SQLModel.metadata.sorted_tables)), REVISION]:
        if name in there:
            connection.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')
