"""The database: one engine, one session factory, the schema brought up to date."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

Sessions = Callable[[], Session]

_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """An engine for SQLite (in WAL mode) or PostgreSQL; the folder of a SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30})
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

    def close(self) -> None:
        self._engine.dispose()


def session_factory(engine: Engine) -> SessionFactory:
    """Sessions on that engine."""
    return SessionFactory(engine)


def migrate(engine: Engine) -> None:
    """Brings the schema to the newest migration; does nothing where it is there already."""
    if _revision(engine) == _newest():
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _newest() -> str:
    """The newest revision: migrations are named by their number."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("0*.py"))


def _revision(engine: Engine) -> str | None:
    """The revision that the database is at; Alembic itself is only loaded to change it."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
