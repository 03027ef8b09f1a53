"""Fixtures that every kind of test shares: real databases, and the CRM export."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, nullcontext
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from bot.main import open_index, open_records
from bot.settings import Settings
from tests import ways_in
from tests.chroma_peer import chroma_served, emptied
from tests.npm_peers import SKIPPED
from tests.postgres_peer import (
    CRM_TEMPLATE,
    Databases,
    address_of,
    administer,
    fresh_database,
    migrated,
    postgres_served,
)
from tools.data.database import Sessions, migrate, open_engine, session_factory
from tools.data.demo import load_demo
from tools.data.importing import ImportOptions, import_paths

CRM = Path(__file__).parents[2] / "shared" / "data" / "crm"
CRM_DAY = date(2018, 1, 1)
_PREFIXES = {"sqlite": "sqlite", "postgresql": "postgres"}

# How long an example takes depends on the machine and says nothing about the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, while there is other work for the other processes."""
    items.sort(key=lambda item: item.get_closest_marker("heavy") is None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started once for the run.

    `KAM_TEST_POSTGRES` names a server to use instead.
    """
    given = os.environ.get("KAM_TEST_POSTGRES")
    with nullcontext(given) if given else postgres_served() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a migrated, empty database that others are copied from."""
    return migrated(postgres)


@pytest.fixture(scope="session")
def databases(postgres: str, postgres_template: str) -> Iterator[Databases]:
    """Databases that tests have one after the other."""
    with closing(Databases(postgres, postgres_template)) as databases:
        yield databases


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("template") / "kam.db"
    opened = open_engine(f"sqlite:///{path}")
    migrate(opened)
    opened.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with fresh_database(request.getfixturevalue("postgres"), "template1") as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database, once on SQLite and once on PostgreSQL."""
    yield from _copy_of(request, tmp_path, "template")


@pytest.fixture(scope="session")
def sqlite_crm(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, crm: Path) -> Path:
    """A SQLite file with the CRM export imported, that others are copied from."""
    path = tmp_path_factory.mktemp("crm") / "kam.db"
    shutil.copy(sqlite_template, path)
    _import_crm(f"sqlite:///{path}", crm)
    return path


@pytest.fixture(scope="session")
def postgres_crm(postgres: str, postgres_template: str, crm: Path) -> str:
    """The name of a database with the CRM export imported, that others are copied from."""
    administer(postgres, f"DROP DATABASE IF EXISTS {CRM_TEMPLATE}")
    administer(postgres, f"CREATE DATABASE {CRM_TEMPLATE} TEMPLATE {postgres_template}")
    _import_crm(address_of(postgres, CRM_TEMPLATE), crm)
    return CRM_TEMPLATE


@pytest.fixture(params=["sqlite", "postgresql"])
def crm_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the CRM export imported, once on SQLite and once on PostgreSQL."""
    yield from _copy_of(request, tmp_path, "crm")


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on this machine."""
    with chroma_served(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(params=["embedded", "server"])
def chroma_url(request: pytest.FixtureRequest) -> str | None:
    """Where Chroma is, once embedded and once an empty server."""
    if request.param == "embedded":
        return None
    return emptied(request.getfixturevalue("chroma_server"))


@pytest.fixture(params=["sqlite", "postgresql"])
def records_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database that a test knows by its engine alone, so that on PostgreSQL
    others may have had it before."""
    if request.param == "sqlite":
        path = tmp_path / "records.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("databases").one() as url:
            yield url


@pytest.fixture
def engine(records_url: str) -> Iterator[Engine]:
    opened = open_engine(records_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    """Sessions on a migrated, empty database."""
    return session_factory(engine)


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the methodology, and the dictionary it is made with, built once for all
    workers. `KAM_TEST_INDEX` names a built one to use instead."""
    given = os.environ.get("KAM_TEST_INDEX")
    if given:
        return Path(given)
    from kam_knowledge.library import open_library
    from kam_knowledge.lock import locked

    parallel = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if parallel else base) / "methodology"
    home.mkdir(exist_ok=True)
    with locked(home / "building", wait=300):
        open_library(home).refresh()
    return home / "index"


@pytest.fixture(scope="session")
def demo_home(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, index_folder: Path
) -> Path:
    """A home with the demo company as of today, its plans and notes in the index."""
    home = tmp_path_factory.mktemp("demo") / "home"
    home.mkdir()
    shutil.copy(sqlite_template, home / "kam.db")
    shutil.copytree(index_folder, home / "index")
    settings = Settings(KAM_HOME=home)
    with closing(open_records(settings)) as sessions:
        load_demo(sessions, date.today())  # noqa: DTZ011
        library, feed = open_index(settings, sessions)
        with closing(library.index):
            feed.catch_up()
    return home


@pytest.fixture(scope="session")
def demo_file(demo_home: Path) -> Path:
    """A SQLite file with the demo company as of today."""
    return demo_home / "kam.db"


@pytest.fixture
def demo(tmp_path: Path, demo_home: Path) -> Settings:
    """Settings over a copy of the demo company."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    return Settings(KAM_HOME=home)


@pytest.fixture(scope="session")
def crm() -> Path:
    """The CRM export to run on; tests that need it say so when it is not there."""
    if not CRM.is_dir():
        pytest.skip(f"the CRM export is not at {CRM}")
    return CRM


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a whole run in which a way into the Slack app was not tried."""
    tried = ways_in.result(session.config)
    if tried is not None and tried[1]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how large the matrices of who may do what were, which ways into Slack were tried,
    and what was skipped for want of Node.js."""
    _say_skipped(terminalreporter)
    tried = ways_in.result(terminalreporter.config)
    if tried is not None:
        said, missing = tried
        terminalreporter.write_line("; ".join([said, *(f"NOT TRIED {way}" for way in missing)]))
    decided = [
        entry
        for report in terminalreporter.getreports("passed")
        for name, entry in report.user_properties
        if name == "decisions"
    ]
    for kind in sorted({entry[0] for entry in decided}):
        rows = [entry for entry in decided if entry[0] == kind]
        tools, askers = ({row[at] for row in rows} for at in (1, 2))
        terminalreporter.write_line(
            f"access: {len(tools)} {kind} × {len(askers)} askers × {rows[0][3]} places "
            f"= {sum(row[3] for row in rows)} decisions"
        )


def _say_skipped(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("skipped"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else "")
        if SKIPPED in reason:
            terminalreporter.write_line(f"skipped: {report.nodeid}: {reason}")


def _copy_of(request: pytest.FixtureRequest, folder: Path, what: str) -> Iterator[str]:
    """A database of the kind the test is run with, copied from the one of that name."""
    original = request.getfixturevalue(f"{_PREFIXES[request.param]}_{what}")
    if request.param == "sqlite":
        path = folder / "kam.db"
        shutil.copy(original, path)
        yield f"sqlite:///{path}"
    else:
        with fresh_database(request.getfixturevalue("postgres"), original) as url:
            yield url


def _import_crm(address: str, export: Path) -> None:
    opened = open_engine(address)
    import_paths(session_factory(opened), [export], ImportOptions(today=CRM_DAY))
    opened.dispose()
