"""The demo company several times over: the same density of records, other names."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlmodel import SQLModel

from bot.main import open_records
from bot.settings import Settings
from tests.bench.big_company import _EN, _GIVEN, account_name
from tools.data.database import Sessions
from tools.data.demo import load_demo
from tools.domain.names import name_key

_STRIDE = 10_000
"""How far the ids of one copy are from those of the next."""
_ONCE = {"change_set", "review_period", "rollout_activity", "rule_set"}
"""Tables of the company as a whole."""
_ENDINGS = ("", "son", "er", "by")
_AT_ONCE = 20


def build_records(settings: Settings, today: date, times: int) -> None:
    """Fills an empty home with `times` the demo company: accounts and people, and everything
    that is recorded of them. Units, products and rules are those of one company."""
    with closing(open_records(settings)) as sessions:
        load_demo(sessions, today)
        _copy(sessions, times)


def person_called(number: int) -> str:
    """A name for each number up to 5,760; no two are alike."""
    turn = number // 12
    return f"{_GIVEN[number % 12]} {_EN[turn % len(_EN)]}{_ENDINGS[turn // len(_EN)]}"


def _copy(sessions: Sessions, times: int) -> None:
    with sessions() as session:
        connection = session.connection()
        for table in _copied():
            _copy_table(connection, table, times)
        session.commit()


def _copied() -> list[Table]:
    """Accounts, people, and what refers to them, in the order in which it can be written."""
    found = {"account", "person"}
    tables = []
    for table in SQLModel.metadata.sorted_tables:
        refers = {key.column.table.name for key in table.foreign_keys} & found
        if table.name in found or (refers and table.name not in _ONCE):
            found.add(table.name)
            tables.append(table)
    return tables


def _copy_table(connection: Connection, table: Table, times: int) -> None:
    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    shifted = {key.parent.name for key in table.foreign_keys if key.column.table in _copied()}
    own = [row for row in rows if any(row[column] is not None for column in shifted)]
    copied = own if shifted - {"parent_id"} else rows
    for first in range(1, times, _AT_ONCE) if copied else ():
        copies = range(first, min(first + _AT_ONCE, times))
        connection.execute(insert(table), [*_shifted(table, copied, shifted, copies)])


def _shifted(
    table: Table, rows: list[dict[str, Any]], shifted: set[str], copies: range
) -> Iterator[dict[str, Any]]:
    ids = shifted | ({"id"} & set(table.columns.keys()))
    for copy in copies:
        for place, row in enumerate(rows):
            moved = {i: row[i] + copy * _STRIDE for i in ids if row[i] is not None}
            yield row | moved | _renamed(table.name, row, copy, copy * len(rows) + place)


def _renamed(table: str, row: dict[str, Any], copy: int, number: int) -> dict[str, Any]:
    """What must differ between copies."""
    match table:
        case "account":
            return _named(account_name(number))
        case "person":
            email = f"p{number}@example.com" if row["email"] else None
            return {**_named(person_called(number)), "email": email}
        case "account_alias" | "personalias":
            return _named(f"{row['name']} {copy}")
        case "opportunity" | "transaction" if row["external_id"]:
            return {"external_id": f"{copy}-{row['external_id']}"}
    return {}


def _named(name: str) -> dict[str, str]:
    return {"name": name, "name_key": name_key(name)}
