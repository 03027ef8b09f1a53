"""Reading all records at one moment, while others go on writing."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, Table
from sqlalchemy import text as sql

from tools.data.portable.shape import REVISION, lines_of, tables_in


@dataclass(frozen=True)
class Digest:
    """How many rows a table has, and the SHA-256 of their lines."""

    rows: int
    sha256: str


@dataclass
class Running:
    """A digest in the making."""

    rows: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def of(self, lines: Iterable[str]) -> Iterator[str]:
        """The same lines, counted and hashed as they pass."""
        for line in lines:
            self.rows += 1
            self._hash.update(line.encode())
            self._hash.update(b"\n")
            yield line

    def digest(self) -> Digest:
        return Digest(self.rows, self._hash.hexdigest())


@dataclass(frozen=True)
class Snapshot:
    """All records as of one moment, for as long as its transaction lasts."""

    connection: Connection
    revision: str
    tables: tuple[Table, ...]

    def lines(self, table: Table) -> Iterator[str]:
        return lines_of(self.connection, table)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Everything as it is now; what others commit meanwhile is not seen."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
            connection.execute(sql("SET TRANSACTION READ ONLY"))
        else:
            # The driver would read each table in a transaction of its own.
            connection.exec_driver_sql("BEGIN")
        revision = connection.execute(sql(f"SELECT version_num FROM {REVISION}")).scalar_one()  # noqa: S608
        yield Snapshot(connection, str(revision), tuple(tables_in(connection)))
        connection.rollback()


def digests(connection: Connection) -> dict[str, Digest]:
    """The digest of each table as this transaction sees it."""
    found = {}
    for table in tables_in(connection):
        running = Running()
        for _ in running.of(lines_of(connection, table)):
            pass
        found[table.name] = running.digest()
    return found
