"""The database: one engine, one session factory, the schema brought up to date."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy import text as sql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine

from tools.errors import KamError
from tools.text import text

Sessions = Callable[[], Session]

_MIGRATIONS = Path(__file__).parent / "migrations"
_STATISTICS = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
_POSTGRES_LOCK = 7_221_903_116


def open_engine(url: str) -> Engine:
    """An engine for SQLite (in WAL mode) or PostgreSQL; the folder of a SQLite file is made.

    Its errors tell statements without their values: logs get those, and hold no records.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        driven = parsed.set(drivername="postgresql+psycopg")
        return create_engine(driven, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


class SessionFactory:
    """Sessions whose objects stay readable after a commit; `close` ends the connections."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self) -> Session:
        return Session(self._engine, expire_on_commit=False)

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        """Ends the connections; SQLite first looks anew at how its tables are filled, without
        which it reads whole tables where an index would do."""
        if self._engine.dialect.name == "sqlite":
            with suppress(OperationalError), self._engine.connect() as connection:
                known = connection.exec_driver_sql(_STATISTICS).first()
                connection.exec_driver_sql("PRAGMA analysis_limit=1000")
                connection.exec_driver_sql("PRAGMA optimize" if known else "ANALYZE")
                connection.commit()
        self._engine.dispose()


def session_factory(engine: Engine) -> SessionFactory:
    """Sessions on that engine."""
    return SessionFactory(engine)


def migrate(engine: Engine) -> None:
    """Brings the schema to the newest migration; does nothing where it is there already.

    All of it happens in one transaction, one process at a time: a process that dies on the way
    leaves the schema as it was. Raises `KamError` for a database of a newer program.
    """
    known = revisions()
    found = revision_of(engine)
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise KamError(
            text(
                "The database is at revision {found}; this program knows {newest} and older. "
                "Please update the program.",
                "数据库结构版本为 {found}，本程序只支持到 {newest}，请升级程序。",
                found=found,
                newest=known[-1],
            )
        )
    with changing_schema(engine) as connection:
        upgrade(connection)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the migrations up to that revision on a connection of `changing_schema`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def changing_schema(engine: Engine) -> Iterator[Connection]:
    """A transaction that may change tables and takes it all back when it is not ended; others
    that want to change tables wait. Foreign keys are checked at its end."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin():
                key = {"key": _POSTGRES_LOCK}
                connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), key)
                yield connection
        else:
            with _whole_transaction(connection):
                yield connection


@contextmanager
def _whole_transaction(connection: Connection) -> Iterator[None]:
    """SQLite's driver begins no transaction before it changes tables, so this one does. A table
    that others refer to can be rebuilt only while foreign keys are off."""
    driver: Any = connection.connection.dbapi_connection
    usual = driver.isolation_level
    driver.isolation_level = None
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise ValueError(f"rows refer to others that are not there: {dangling[:5]}")
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        driver.isolation_level = usual


def revisions() -> list[str]:
    """Every revision of the schema, oldest first: migrations are named by their number."""
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("0*.py"))


def revision_of(engine: Engine) -> str | None:
    """The revision that the database is at; Alembic itself is only loaded to change it."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sql("SELECT version_num FROM alembic_version")).scalar()
