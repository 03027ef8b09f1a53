"""Two replicas confirm the same proposals on one database and are killed with SIGKILL at random
points: nothing is lost and nothing is done twice.

`KAM_TEST_WRITES` sets how many proposals there are, instead of 500.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlmodel import Session, func, select

from kam_knowledge.library import open_library
from tests.homes import with_dictionary
from tests.scenario.faults import confirming
from tests.unit.catalog.world import World
from tools import audit
from tools.catalog.log_interaction import log_interaction
from tools.data.database import Sessions
from tools.data.models import Account, AuditEntry, ChangeSet, Interaction, OutboxEntry
from tools.domain.vocabulary import ChangeStatus
from tools.feed import RecordFeed

pytestmark = pytest.mark.long

WRITES = int(os.environ.get("KAM_TEST_WRITES", "500"))
_REPLICAS = 2
_KILLS = max(6, WRITES * 40 // 500) // 2 * 2
_PATIENCE = 3_600.0


@contextmanager
def _replica(url: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, confirming.__file__, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class _Replica(Thread):
    """Confirms every change in an order of its own. It is killed so many times, each time a
    few milliseconds after a change that chance picks, and begins anew."""

    def __init__(self, url: str, changes: list[int], kills: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.chance = random.Random(seed)
        self.url, self.changes, self.kills = url, changes, kills
        self.killed = 0
        self.outcomes: Counter[str] = Counter()
        self.whole = False

    def run(self) -> None:
        for _ in range(self.kills):
            self._live(self.chance.randrange(1, max(2, len(self.changes) // self.kills)))
            self.killed += 1
        self._live(None)
        self.whole = True

    def _live(self, dies_after: int | None) -> None:
        order = self.chance.sample(self.changes, len(self.changes))
        with _replica(self.url) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for number, change in enumerate(order, start=1):
                print(change, file=process.stdin, flush=True)
                if number == dies_after:
                    time.sleep(self.chance.random() * 0.02)
                    return
                said = process.stdout.readline().split()
                assert said[:1] == [str(change)], f"the replica ended at change {change}"
                self.outcomes[said[1]] += 1


def _proposed(world: World) -> list[int]:
    """Proposals of a note each, every one on an account of its own."""
    names = [f"Tarnwell {number:03d} Ltd" for number in range(WRITES)]
    for name in names:
        world.account(name)
    notes = [log_interaction(world.deps(), name, f"Spoke of the order of {name}") for name in names]
    return [note.change_id for note in notes]


def _run(url: str, changes: list[int], kills: int) -> list[_Replica]:
    replicas = [_Replica(url, changes, kills, seed) for seed in range(_REPLICAS)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join(_PATIENCE)
        assert replica.whole
    return replicas


def _count(session: Session, model: type, *where: object) -> int:
    return session.exec(select(func.count()).select_from(model).where(*where)).one()  # type: ignore[call-overload, no-any-return]


def _whole(sessions: Sessions, changes: int) -> None:
    """Each change is applied once, is in the trail once and has left word for the index once."""
    with sessions() as session:
        applied = ChangeSet.status == ChangeStatus.APPLIED
        assert _count(session, ChangeSet, applied) == _count(session, ChangeSet) == changes
        told = Counter(session.exec(select(AuditEntry.subject, AuditEntry.action)))
        assert set(told.values()) == {1}
        assert Counter(action for _, action in told) == {
            "change proposed": changes,
            "change applied": changes,
        }
        assert audit.verify(session).sound
        per_account = session.exec(
            select(func.count(Interaction.id))
            .select_from(Account)
            .outerjoin(Interaction)
            .group_by(Account.id)
        ).all()
        assert list(per_account) == [1] * changes
        assert _count(session, OutboxEntry) == changes


def _indexed_after_a_restart(sessions: Sessions, home: Path, dictionaries: Path) -> None:
    """The outbox is taken in by whoever comes up next, and the index is as the records are."""
    (home / "documents").mkdir(parents=True)
    with_dictionary(home / "index", dictionaries)
    library = open_library(home, library=home / "documents")
    try:
        feed = RecordFeed(sessions, library.index, home / "index")
        assert feed.catch_up() == WRITES
        assert feed.catch_up() == 0
        assert feed.disagreements() == []
    finally:
        library.index.close()


def test_500_writes_by_two_replicas_killed_forty_times(
    sessions: Sessions, database_url: str, tmp_path: Path, index_folder: Path
) -> None:
    changes = _proposed(World(sessions))
    replicas = _run(database_url, changes, _KILLS // _REPLICAS)
    assert sum(replica.killed for replica in replicas) == _KILLS
    said = sum((replica.outcomes for replica in replicas), Counter())
    assert set(said) <= {"applied", "already"}
    _whole(sessions, WRITES)
    _indexed_after_a_restart(sessions, tmp_path / "home", index_folder)
    print(
        f"{WRITES} writes, {_REPLICAS} replicas, {_KILLS} × kill -9: {WRITES} applied "
        f"once ({said['applied']} told by a replica that lived), {said['already']} refused as "
        f"done already, 0 lost, 0 double"
    )
