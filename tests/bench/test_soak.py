"""The load of 1,000 people over minutes: memory, latency and processor time, fifth by fifth.

The company is the demo company 28 times over: 1,008 people, 1,596 accounts. Each person does 12
things in a working day of 8 hours, which is 25 events a minute; the busiest quarter of an hour
(Monday morning) has four times as many. So 100 events a minute are sent. The bot runs in
processes of its own, and it is their memory and processor time that count.

`KAM_SOAK_MINUTES` sets how long after the first, uncounted minute, and `KAM_SOAK_RATE` another
rate; `make soak` takes 30 minutes. `KAM_SOAK_DEPLOYMENT` is `one` for one process on SQLite with
the index beside it, or `team` for two replicas on PostgreSQL with a Chroma server.
"""

import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles

import pytest

from bot.main import open_index, open_records
from bot.settings import Settings
from tests.bench.many_demo import build_records
from tests.bench.soak import PATIENCE, Load, enlisted
from tests.chroma_peer import emptied
from tests.postgres_peer import fresh_database
from tests.scenario.slack.conftest import settings_for
from tests.scenario.slack.load import processes
from tests.scenario.slack.peer import SlackPeer, slack_peer

MINUTES = float(os.environ.get("KAM_SOAK_MINUTES", "1"))
EVENTS_A_MINUTE = float(os.environ.get("KAM_SOAK_RATE", "100"))
DEPLOYMENT = os.environ.get("KAM_SOAK_DEPLOYMENT", "one")
TIMES = 28
GROWTH = 25
"""Megabytes that the memory of a process may still grow by in the last fifth, when everything
that is loaded by need is there."""
_CLOCK_TICK = os.sysconf("SC_CLK_TCK")
pytestmark = pytest.mark.bench


@dataclass(frozen=True)
class Deployment:
    """The settings that all processes share, and a home for each."""

    settings: Settings
    homes: list[Path]


@dataclass(frozen=True)
class Sample:
    """The memory of each process in megabytes and the processor seconds that all have used, at
    a time."""

    at: float
    memory: tuple[float, ...]
    seconds: float


@pytest.fixture
def deployment(
    request: pytest.FixtureRequest, tmp_path: Path, index_folder: Path
) -> Iterator[Deployment]:
    """The large company, its plans and notes in the index."""
    if DEPLOYMENT == "one":
        home = tmp_path / "home"
        shutil.copytree(index_folder, home / "index")
        yield _built(Settings(_env_file=None, KAM_HOME=home), [home])
        return
    server, template = map(request.getfixturevalue, ("postgres", "postgres_template"))
    chroma = emptied(request.getfixturevalue("chroma_server"))
    homes = [tmp_path / "one", tmp_path / "other"]
    with fresh_database(server, template) as url:
        yield _built(
            Settings(_env_file=None, KAM_HOME=homes[0], DATABASE_URL=url, CHROMA_URL=chroma), homes
        )


def _built(settings: Settings, homes: list[Path]) -> Deployment:
    build_records(settings, date.today(), TIMES)  # noqa: DTZ011
    for home in homes:
        of_one = settings.model_copy(update={"home": home})
        with closing(open_records(of_one)) as sessions:
            library, feed = open_index(of_one, sessions)
            library.refresh()
            feed.rebuild()
            library.index.close()
    return Deployment(settings, homes)


@pytest.fixture
async def slack() -> AsyncIterator[SlackPeer]:
    async with slack_peer() as playing:
        yield playing
        assert playing.violations == []


async def test_soak(deployment: Deployment, slack: SlackPeer) -> None:
    settings = settings_for(deployment.settings, slack, "socket")
    load = Load(slack, enlisted(settings, slack))
    async with processes(settings, deployment.homes, lease=45) as bots:
        await slack.connected(len(deployment.homes), seconds=180)
        pids = [bot.pid for bot in bots.running]
        samples: list[Sample] = []
        await load.send(1.0, EVENTS_A_MINUTE, lambda: None)
        load.begin()
        await load.send(MINUTES, EVENTS_A_MINUTE, lambda: samples.append(_sample(pids)))
        samples.append(_sample(pids))
    parts = _fifths(samples)
    print(
        f"\n{DEPLOYMENT}: {len(load.covered)} people, {len(load.taken)} events in {MINUTES:g} min, "
        f"{load.changes} of them confirmed changes, {load.lost} not answered in {PATIENCE:g} s"
    )
    for number, part in enumerate(parts):
        during = [took for at, took in load.taken if part[0].at <= at <= part[-1].at]
        cpu = (part[-1].seconds - part[0].seconds) / len(during) * 1000
        held = " + ".join(f"{memory:.0f}" for memory in _held(part))
        print(
            f"fifth {number + 1}: {len(during)} events, p50/p95 {_show(during)}, "
            f"{cpu:.0f} ms of processor time each, {held} MB"
        )
    assert load.lost == 0
    for before, after in zip(_held(parts[-2]), _held(parts[-1]), strict=True):
        assert after - before < GROWTH


def _held(part: list[Sample]) -> list[float]:
    """The memory of each process."""
    return [median(of_one) for of_one in zip(*(sample.memory for sample in part), strict=True)]


def _fifths(samples: list[Sample]) -> list[list[Sample]]:
    size = max(2, len(samples) // 5)
    return [samples[n * size : (n + 1) * size] for n in range(5)]


def _show(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"{cuts[9] * 1000:.0f}/{cuts[18] * 1000:.0f} ms"


def _sample(pids: list[int]) -> Sample:
    return Sample(time.monotonic(), tuple(map(_memory, pids)), sum(map(_used, pids)))


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmRSS")) / 1024


def _used(pid: int) -> float:
    used = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / _CLOCK_TICK
