"""What the demo company costs once, ten times and a hundred times over.

Sizes on disk, the memory of one process, how long turns of three kinds take, and how long it
takes to import its accounts and deals and to index what is written about them. `KAM_SCALE`
names other sizes. Seconds of the processor stand beside those of the clock, which a busy machine
lengthens.
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from bot.main import open_index, open_records
from bot.settings import Settings
from tests.bench import one_size
from tests.bench.many_demo import build_records
from tools.data.database import SessionFactory, migrate, open_engine, session_factory
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Account, Coverage, Opportunity

SIZES = [int(size) for size in os.environ.get("KAM_SCALE", "1,10,100").split(",")]
TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.bench


@pytest.mark.parametrize("times", SIZES)
def test_scale(tmp_path: Path, index_folder: Path, times: int) -> None:
    home = tmp_path / "home"
    shutil.copytree(index_folder, home / "index")
    settings = Settings(_env_file=None, KAM_HOME=home)
    build_records(settings, TODAY, times)
    with closing(open_records(settings)) as sessions:
        with timed() as indexing:
            passages = _indexed(settings, sessions)
        with sessions() as session:
            accounts = session.exec(select(func.count()).select_from(Account)).one()
            names = _owned(session)
            rows = _written(session, tmp_path / "export")
    with closing(_empty(tmp_path / "second.db")) as sessions, timed() as importing:
        import_paths(sessions, [tmp_path / "export"], ImportOptions(today=TODAY))
    print(
        f"\n{times} ×: {accounts:,} accounts, {passages:,} passages; database "
        f"{_megabytes(home / 'kam.db')} MB, index {_megabytes(home / 'index')} MB; "
        f"indexed in {indexing()}; {rows:,} rows imported in {importing()}"
    )
    found = _asked(home, names)
    for kind, taken in found["turns"].items():
        print(f"  {kind}: {_show([t[0] for t in taken])} ms, cpu {_show([t[1] for t in taken])} ms")
    print(f"  memory of the process {found['memory']} MB")


class Spent:
    """Seconds between the beginning and the end of a block."""

    def __init__(self) -> None:
        self.clock, self.cpu = -time.perf_counter(), -time.process_time()

    def end(self) -> None:
        self.clock += time.perf_counter()
        self.cpu += time.process_time()

    def __call__(self) -> str:
        return f"{self.clock:.1f} s (cpu {self.cpu:.1f} s)"


@contextmanager
def timed() -> Iterator[Spent]:
    spent = Spent()
    yield spent
    spent.end()


def _indexed(settings: Settings, sessions: SessionFactory) -> int:
    library, feed = open_index(settings, sessions)
    feed.rebuild()
    count = library.index.lexical.count()
    library.index.close()
    return count


def _owned(session: Session) -> list[str]:
    """Names of some accounts, spread over the company."""
    names = list(session.exec(select(Account.name).join(Coverage).order_by(col(Account.id))))
    return names[:: max(1, len(names) // 12)]


def _written(session: Session, folder: Path) -> int:
    """Puts accounts and deals into files such as a CRM exports; returns the number of rows."""
    folder.mkdir()
    accounts = session.exec(select(Account.name, Account.region, Account.city)).all()
    deals = session.exec(
        select(
            Opportunity.external_id,
            Account.name,
            Opportunity.engaged_on,
            Opportunity.closed_on,
            Opportunity.value,
        )
        .join(Account)
        .where(col(Opportunity.closed_on).is_not(None), Opportunity.stage == "won")
    ).all()
    won = [(f"D{n}", name, "Won", *rest) for n, (_, name, *rest) in enumerate(deals)]
    _csv(folder / "accounts.csv", ["account", "region", "city"], accounts)
    head = ["deal id", "account", "stage", "engage date", "close date", "close value"]
    _csv(folder / "deals.csv", head, won)
    return len(accounts) + len(won)


def _csv(path: Path, head: list[str], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)  # type: ignore[arg-type]


def _empty(path: Path) -> SessionFactory:
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    return session_factory(engine)


def _asked(home: Path, names: list[str]) -> dict[str, dict[str, list[list[float]]]]:
    done = subprocess.run(
        [sys.executable, one_size.__file__, str(home), *names],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found: dict[str, dict[str, list[list[float]]]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _show(taken: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(taken)
    return f"{statistics.median(ordered):.0f}/{ordered[int(len(ordered) * 0.95)]:.0f}"


def _megabytes(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) >> 20
