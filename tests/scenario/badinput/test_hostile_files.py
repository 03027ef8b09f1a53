"""Broken and hostile files, read by a process that may hold little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from tests.scenario.badinput import bounded, hostile
from tests.unit.importing.helpers import TODAY, everything, write
from tests.unit.knowledge.readers.samples import LOREM
from tools.data.database import Sessions, open_engine, session_factory
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Account

pytestmark = pytest.mark.long

MOST = 400
"""Megabytes by which one file may raise the memory of the process that reads it."""


def _read(what: str, warm_up: Path, folder: Path) -> dict[str, tuple[str, int]]:
    """What came of each file, and by how much the memory grew."""
    done = subprocess.run(
        [sys.executable, bounded.__file__, what, str(warm_up), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert done.returncode == 0, (rows[-1:], done.stderr[-2_000:])
    return {name: (outcome, grown) for name, outcome, grown in rows}


def _sound(found: dict[str, tuple[str, int]], count: int) -> None:
    assert len(found) == count
    assert {name: said for name, (said, _) in found.items() if said.startswith("raised")} == {}
    assert {name: grown for name, (_, grown) in found.items() if grown > MOST} == {}
    refused = sum(said.startswith("refused") for said, _ in found.values())
    most = max(grown for _, grown in found.values())
    print(
        f"{count} files: {refused} refused, {count - refused} read, memory grew {most} MB at most"
    )


def test_25_hostile_documents_give_a_document_or_a_reason(tmp_path: Path) -> None:
    count = hostile.written(tmp_path / "files", hostile.DOCUMENTS)
    warm_up = tmp_path / "warm.md"
    warm_up.write_text(LOREM)
    found = _read("documents", warm_up, tmp_path / "files")
    _sound(found, count)
    for name, reason in {
        "encrypted.pdf": "password",
        "encrypted.docx": "password",
        "bomb.docx": "unpacks to",
        "laughs.xlsx": "entities",
        "cut.pdf": "broken",
    }.items():
        assert reason in found[name][0], name


def test_27_hostile_imports_are_read_or_refused_row_by_row(
    tmp_path: Path, sqlite_template: Path
) -> None:
    count = hostile.written(tmp_path / "files", hostile.IMPORTS)
    database = tmp_path / "kam.db"
    database.write_bytes(sqlite_template.read_bytes())
    warm_up = tmp_path / "accounts.csv"
    warm_up.write_text("account,sector\nWarm,retail\n")
    found = _read(f"sqlite:///{database}", warm_up, tmp_path / "files")
    _sound(found, count)
    sessions = session_factory(open_engine(f"sqlite:///{database}"))
    with sessions() as session:
        names = set(session.exec(select(Account.name)))
    sessions.close()
    assert '=HYPERLINK("http://x","y")' in names
    assert "columns" in found["million_columns.csv"][0]
    assert "unpacks to" in found["bomb.xlsx"][0]
    for ring in ("ring_of_parents.csv", "ring_of_managers.csv"):
        assert "400 rows, 1 rejected" in found[ring][0]


def test_zero_bytes_in_cells_are_told_on_both_databases(sessions: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "account,sector", "Ze\x00ro,retail", "Plain,retail")
    report = import_paths(sessions, [path], ImportOptions(today=TODAY))
    assert [row.line for row in report.rejections] == [2]
    assert everything(sessions, Account, "name") == ["Plain"]
