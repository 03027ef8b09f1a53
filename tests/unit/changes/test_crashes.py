"""Two at once, and processes that die: the change applies once or not at all."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import func, select

from tests.unit.catalog.world import World
from tests.unit.changes.records import account, everything, renamed
from tools import audit
from tools.changes import Outcome, confirm
from tools.data.models import AuditEntry, ChangeSet
from tools.domain.vocabulary import ChangeStatus

# What a process does before it is killed: it dies at the named place.
DYING = """
import os, signal, sys
from tests.unit.catalog.world import World
from tools.data.database import open_engine, session_factory
import tools.changes.decide as decide
import tools.changes.trail as trail

url, change, place = sys.argv[1], int(sys.argv[2]), sys.argv[3]
world = World(session_factory(open_engine(url)))

def die(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)

if place == "before":
    decide.confirm = die
elif place == "after rows":
    decide.leave_words = die
elif place == "after audit":
    append = trail.audit.append
    trail.audit.append = lambda *a, **k: (append(*a, **k), die())
decide.confirm(world.deps(), change)
"""


@pytest.fixture
def records_url(database_url: str) -> str:
    return database_url


@pytest.mark.parametrize("place", ["before", "after rows", "after audit"])
def test_a_killed_process_leaves_nothing_half_done(
    world: World, database_url: str, place: str
) -> None:
    number = world.account("Alpha", city="Lyon")
    change = renamed(world.deps(), number, city="Paris").change_id
    before = everything(world.sessions)
    died = subprocess.run(
        [sys.executable, "-c", DYING, database_url, str(change), place], env=os.environ, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert everything(world.sessions) == before
    with world.sessions() as session:
        assert session.get_one(ChangeSet, change).status is ChangeStatus.PROPOSED
        assert session.exec(select(func.count()).select_from(AuditEntry)).one() == 1
    assert confirm(world.deps(), change).outcome is Outcome.APPLIED
    assert account(world.sessions, number).city == "Paris"


def together(world: World, changes: list[int]) -> list[Outcome]:
    """Confirms these at the same moment, each in a thread and connection of its own."""
    start = Barrier(len(changes))

    def decide(change: int) -> Outcome:
        start.wait()
        return confirm(world.deps(), change).outcome

    with ThreadPoolExecutor(len(changes)) as threads:
        return list(threads.map(decide, changes))


def test_a_double_click_applies_once(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    outcomes = together(world, [change] * 4)
    assert sorted(outcomes) == [Outcome.ALREADY] * 3 + [Outcome.APPLIED]
    assert account(world.sessions, number).version == 2


def test_two_writers_of_one_row_do_not_lose_a_change(world: World) -> None:
    number = world.account("Alpha")
    changes = [
        renamed(world.deps(), number, city="Paris").change_id,
        renamed(world.deps(), number, country="France").change_id,
    ]
    assert sorted(together(world, changes)) == [Outcome.APPLIED, Outcome.STALE]
    assert account(world.sessions, number).version == 2


def test_many_writers_keep_the_audit_chain_whole(world: World) -> None:
    numbers = [world.account(f"A{n}") for n in range(6)]
    changes = [renamed(world.deps(), n, city="Paris").change_id for n in numbers]
    assert together(world, changes) == [Outcome.APPLIED] * 6
    with world.sessions() as session:
        assert session.exec(select(func.count()).select_from(AuditEntry)).one() == 12
        assert audit.verify(session).sound
