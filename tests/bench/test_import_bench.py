"""How fast files are imported, and that memory does not grow with their length."""

import time
import tracemalloc
from pathlib import Path

import pytest

from tests.unit.importing.helpers import TODAY, count, load, write
from tools.data.database import Sessions, migrate, open_engine, session_factory
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Opportunity

pytestmark = pytest.mark.bench


def fresh(path: Path) -> Sessions:
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    return session_factory(engine)


def deals(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("deal id,account,stage,engage date,close date,close value\n")
        for i in range(rows):
            file.write(f"D{i},Account {i % 5000},Won,2017-01-{i % 28 + 1:02},3/14/2017,{i}\n")
    return path


def peak(folder: Path, rows: int) -> float:
    """The most memory that Python held while importing, in MiB."""
    sessions = fresh(folder / f"{rows}.db")
    accounts = [f"Account {i},x" for i in range(5000)]
    load(sessions, write(folder / "accounts.csv", "account,sector", *accounts))
    path = deals(folder / f"{rows}.csv", rows)
    tracemalloc.start()
    load(sessions, path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count(sessions, Opportunity) == rows
    return most / (1 << 20)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = peak(tmp_path, 20_000), peak(tmp_path, 200_000)
    print(f"\npeak memory: 20,000 rows {small:.1f} MiB, 200,000 rows {large:.1f} MiB")
    assert large < small * 1.5


@pytest.mark.crm
def test_the_crm_export_on_sqlite(tmp_path: Path, crm: Path) -> None:
    sessions = fresh(tmp_path / "kam.db")
    for label in ("first", "second"):
        start = time.perf_counter()
        import_paths(sessions, [crm], ImportOptions(today=TODAY))
        print(f"\nCRM export, {label} import: {time.perf_counter() - start:.2f} s")


def test_rows_per_second(tmp_path: Path) -> None:
    sessions = fresh(tmp_path / "kam.db")
    accounts = [f"Account {i},x" for i in range(5000)]
    load(sessions, write(tmp_path / "accounts.csv", "account,sector", *accounts))
    path = deals(tmp_path / "deals.csv", 100_000)
    start = time.perf_counter()
    load(sessions, path)
    print(f"\n{100_000 / (time.perf_counter() - start):,.0f} rows a second")
