"""Excel workbooks: sheets, titles above the headers, typed cells, and broken files."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.unit.importing.helpers import count, everything, load, places, write
from tools.data.database import Sessions
from tools.data.models import Account, Financial, Opportunity, Person


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    accounts = book.active
    assert accounts is not None
    accounts.title = "客户"
    accounts.append(["2017 年客户清单"])
    accounts.append([])
    accounts.append(["客户编号", "客户名称", "行业", "营业收入（万元）", "员工人数"])
    accounts.append([1001, "蓝海集团", "零售", 1.5, 1200.0])
    accounts.append([1002, "恒远科技", "制造", "2,000", None])
    people = book.create_sheet("Sales team")
    people.append(["agent", "manager", "region"])
    people.append(["林默", "周一", "华东"])
    deals = book.create_sheet("Pipeline")
    deals.append(["deal id", "account", "agent", "stage", "close date", "close value"])
    deals.append(["D1", "蓝海集团", "林默", "赢单", date(2017, 3, 4), 12.5])
    deals.append(["D2", 1002, "林默", "Won", 42798, 7])
    deals.append(["D3", "蓝海集团", "林默", "Won", "#N/A", "=1+1"])
    deals.append(["D4", "蓝海集团", "林默", "Won", "2017-02-31", 1])
    notes = book.create_sheet("Notes")
    notes.append(["just some words"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["account", "sector"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_each_sheet_is_recognised_by_itself(sessions: Sessions, tmp_path: Path) -> None:
    report = load(sessions, workbook(tmp_path / "crm.xlsx"))
    assert [(s.sheet, s.kind, s.header_line, s.rows) for s in report.sheets] == [
        ("客户", "accounts", 3, 2),
        ("Sales team", "people", 1, 1),
        ("Pipeline", "opportunities", 1, 4),
        ("Notes", None, None, 0),
    ]
    assert report.sheets[3].problem is not None
    assert everything(sessions, Account, "name", "employees") == [
        ("蓝海集团", 1200),
        ("恒远科技", None),
    ]
    assert everything(sessions, Financial, "amount") == [Decimal(15_000), Decimal(20_000_000)]
    assert count(sessions, Person) == 2
    deals = everything(sessions, Opportunity, "external_id", "account_id", "closed_on", "value")
    assert [(d[0], d[1], str(d[2]), d[3]) for d in deals] == [
        ("D1", 1, "2017-03-04", Decimal("12.5")),
        ("D2", 2, "2017-03-04", Decimal(7)),
        ("D3", 1, "None", None),
    ]
    assert places(report) == [(5, "close date")]
    assert (tmp_path / "crm.Pipeline.rejects.csv").exists()
    again = load(sessions, tmp_path / "crm.xlsx")
    assert (again.total("created"), again.total("updated")) == (0, 0)


def test_broken_hostile_and_wide_files_do_not_stop_the_others(
    sessions: Sessions, tmp_path: Path
) -> None:
    (tmp_path / "a_broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    with zipfile.ZipFile(tmp_path / "b_bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    with zipfile.ZipFile(tmp_path / "c_other.xlsx", "w") as archive:
        archive.writestr("readme.txt", "not a workbook")
    write(tmp_path / "d_wide.csv", ",".join(f"c{i}" for i in range(1200)))
    write(tmp_path / "e_empty.csv")
    write(tmp_path / "accounts.csv", "account,sector", "Northwind,retail")
    report = load(sessions, tmp_path)
    problems = {s.file: s.problem.en for s in report.sheets if s.problem is not None}
    assert "not a whole Excel workbook" in problems["a_broken.xlsx"]
    assert "unpacks to" in problems["b_bomb.xlsx"]
    assert "not a whole Excel workbook" in problems["c_other.xlsx"]
    assert "columns" in problems["d_wide.csv"]
    assert "no row of headers" in problems["e_empty.csv"]
    assert count(sessions, Account) == 1
    assert report.read_anything


def test_a_sheet_that_breaks_off_is_a_problem_of_its_own(
    sessions: Sessions, tmp_path: Path
) -> None:
    whole = workbook(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(tmp_path / "cut.xlsx", "w") as target,
    ):
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item, data[:-60] if item.filename.endswith("sheet1.xml") else data)
    whole.unlink()
    report = load(sessions, tmp_path)
    assert "not a whole" in str(report.sheets[0].problem)
    assert count(sessions, Person) == 2
