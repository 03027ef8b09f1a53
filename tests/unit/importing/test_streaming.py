"""Long files: bounded batches, and an end state that a crash half-way does not change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.importing.helpers import TODAY, count, everything, load, write
from tools.data.database import Sessions
from tools.data.importing import run
from tools.data.importing.rows import RowReader
from tools.data.importing.run import Progress
from tools.data.models import Opportunity


def deals(path: Path, rows: int) -> Path:
    lines = (f"D{i},Won,2017-03-04,{i}" for i in range(rows))
    return write(path, "deal id,stage,close date,amount", *lines)


def test_rows_are_read_no_further_ahead_than_a_batch(
    sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = most = 0
    rows = RowReader.rows

    def counted(reader: RowReader) -> Iterator[Any]:
        nonlocal waiting, most
        for row in rows(reader):
            waiting += 1
            most = max(most, waiting)
            yield row

    seen: list[int] = []

    def progress(step: Progress) -> None:
        nonlocal waiting
        waiting = 0
        seen.append(step.done)
        assert (step.total, step.sheet) == (1050, "deals.csv")

    monkeypatch.setattr(RowReader, "rows", counted)
    options = run.ImportOptions(today=TODAY, batch_size=100)
    run.import_paths(sessions, [deals(tmp_path / "deals.csv", 1050)], options, progress)
    assert most == 100
    assert seen == [*range(100, 1050, 100), 1050]
    assert count(sessions, Opportunity) == 1050


def test_a_crash_half_way_loses_nothing(
    sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deals(tmp_path / "deals.csv", 500)
    write_batch = run._WRITERS["opportunities"]
    batches = 0

    def failing(*arguments: Any) -> None:
        nonlocal batches
        batches += 1
        write_batch(*arguments)
        if batches == 3:
            raise RuntimeError("the power is gone")

    monkeypatch.setitem(run._WRITERS, "opportunities", failing)
    with pytest.raises(RuntimeError, match="power"):
        load(sessions, path, batch_size=100)
    assert count(sessions, Opportunity) == 200
    monkeypatch.undo()
    report = load(sessions, path, batch_size=100)
    assert report.counts["opportunity"] == {"created": 300, "unchanged": 200}
    assert everything(sessions, Opportunity, "external_id") == [f"D{i}" for i in range(500)]
    assert not list(tmp_path.glob(".*part"))


def test_a_report_keeps_a_bounded_number_of_rejections(sessions: Sessions, tmp_path: Path) -> None:
    lines = (f"D{i},Won,never,1" for i in range(1500))
    path = write(tmp_path / "deals.csv", "deal id,stage,close date,amount", *lines)
    report = load(sessions, path)
    assert (report.rejected, len(report.rejections)) == (1500, 1000)
    rejects = (tmp_path / "deals.rejects.csv").read_text(encoding="utf-8-sig")
    assert len(rejects.splitlines()) == 1501
