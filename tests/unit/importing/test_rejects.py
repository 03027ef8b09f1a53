"""Rows that cannot be read: where and why, the file they land in, and their second chance."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.importing.helpers import count, everything, load, reasons, write
from tools.data.database import Sessions
from tools.data.importing import DateOrder
from tools.data.models import Account, Need, Opportunity, Person
from tools.text import Language

HEADER = "deal id,account,agent,product,stage,close date,amount"


@pytest.fixture
def known(sessions: Sessions, tmp_path: Path) -> Sessions:
    """Two accounts, two people and a product."""
    folder = tmp_path / "known"
    folder.mkdir()
    write(folder / "accounts.csv", "account,sector", "Northwind,retail", "蓝海科技,retail")
    write(folder / "people.csv", "agent,email", "Mo Lin,mo@example.com", "Ana Bravo,a@example.com")
    write(folder / "products.csv", "product,series", "Alpha 500,A")
    load(sessions, folder)
    return sessions


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("D1,Northwind,Mo Lin,,Won,2017-02-30,1", "close date", "no such day"),
        ("D1,Northwind,Mo Lin,,Won,2017-03-04,-1", "amount", "negative"),
        ("D1,Northwind,Mo Lin,,Won,2017-03-04,many", "amount", "not an amount"),
        ("D1,Northwind,Nobody,,Won,2017-03-04,1", "agent", "not known"),
        ("D1,Northwind,Mo Linn,,Won,2017-03-04,1", "agent", "near: {near}"),
        ("D1,North wind,Mo Lin,,Won,2017-03-04,1", "account", "near: {near}"),
        ("D1,蓝海科枝,Mo Lin,,Won,2017-03-04,1", "account", "near: {near}"),
        ("D1,Northwind,Mo Lin,,Sort of,2017-03-04,1", "stage", "unknown word"),
        ("D1,Northwind,Mo Lin,,,2017-03-04,1", "stage", "empty"),
        ("D1,North\ufffdwind,Mo Lin,,Won,2017-03-04,1", "account", "bytes"),
        ("D1,Northwind,Mo Lin,,#REF!,2017-03-04,1", "stage", "formula"),
        ("D1,Northwind,Mo Lin,,Won,2017-03-04,1,2", None, "more cells"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_in(
    known: Sessions, tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    good = "D2,northwind,MO LIN,Alpha 500,赢单,2017-03-04,1"
    report = load(known, write(tmp_path / "deals.csv", HEADER, row, good))
    [(line, found, why)] = reasons(report)
    assert (line, found) == (2, column)
    assert reason in why
    assert everything(known, Opportunity, "external_id") == ["D2"]


def test_the_second_use_of_an_id_names_the_first(known: Sessions, tmp_path: Path) -> None:
    row = "D1,Northwind,Mo Lin,,Won,2017-03-04,1"
    report = load(known, write(tmp_path / "deals.csv", HEADER, row, "", row), batch_size=1)
    [item] = report.rejections
    assert (item.line, item.column, item.value) == (4, "deal id", "D1")
    assert item.reason.render(Language.ENGLISH) == "already used in line 2 of this file"
    assert item.reason.render(Language.TRADITIONAL) == "與本檔案第2行重複"


def test_rejects_are_mended_and_imported(known: Sessions, tmp_path: Path) -> None:
    path = write(
        tmp_path / "deals.csv",
        HEADER,
        "D1,Northwind,Nobody,,Won,3/4/2017,1",
        "D2,Northwind,Mo Lin,,Won,3/14/2017,1",
    )
    report = load(known, path, language=Language.SIMPLIFIED)
    rejects = tmp_path / "deals.rejects.csv"
    assert report.sheets[0].rejects_file == rejects
    raw = rejects.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    [row] = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert (row["kam_line"], row["kam_column"], row["kam_reason"]) == ("2", "agent", "未找到")

    rejects.write_bytes(raw.replace(b"Nobody", b"Mo Lin"))
    again = load(known, rejects)
    assert (again.rejected, again.total("created")) == (0, 1)
    assert again.sheets[0].unmatched == ()
    # March, as the original file's other dates prove.
    assert set(everything(known, Opportunity, "closed_on")) == {
        date(2017, 3, 4),
        date(2017, 3, 14),
    }
    assert load(known, tmp_path).total("created") == 0, "a folder's rejects are not read"


def test_corrections_in_an_earlier_rejects_file_are_kept(known: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "deals.csv", HEADER, "D1,Northwind,Nobody,,Won,2017-03-04,1")
    load(known, path)
    rejects = tmp_path / "deals.rejects.csv"
    mended = rejects.read_bytes().replace(b"Nobody", b"Mo Lin")
    rejects.write_bytes(mended)
    load(known, path)
    assert (tmp_path / "deals.rejects.before.csv").read_bytes() == mended
    assert b"Nobody" in rejects.read_bytes()


def test_rejects_go_where_they_are_asked_to(known: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "deals.csv", HEADER, "D1,Northwind,Nobody,,Won,2017-03-04,1")
    report = load(known, path, rejects=tmp_path / "out" / "here")
    assert report.sheets[0].rejects_file == tmp_path / "out" / "here" / "deals.rejects.csv"
    assert not (tmp_path / "deals.rejects.csv").exists()


def test_files_of_one_name_have_rejects_of_their_own(known: Sessions, tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        row = f"{name},Northwind,Nobody,,Won,2017-03-04,1"
        paths.append(write(tmp_path / name / "deals.csv", HEADER, row))
    load(known, *paths, rejects=tmp_path / "out")
    assert b"one" in (tmp_path / "out" / "deals.rejects.csv").read_bytes()
    assert b"two" in (tmp_path / "out" / "deals-2.rejects.csv").read_bytes()


def test_rejects_of_a_locked_folder_go_to_the_current_one(
    known: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "deals.csv", HEADER, "D1,Northwind,Nobody,,Won,2017-03-04,1")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("os.access", lambda *_: False)
    report = load(known, path)
    assert report.sheets[0].rejects_file == tmp_path / "here" / "deals.rejects.csv"


def test_a_dry_run_leaves_no_rejects_file(known: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "deals.csv", HEADER, "D1,Northwind,Nobody,,Won,2017-03-04,1")
    report = load(known, path, dry_run=True)
    assert report.rejected == 1
    assert [item.name for item in tmp_path.iterdir() if item.is_file()].count("deals.csv") == 1
    assert not list(tmp_path.glob("*rejects*"))


def test_ambiguous_dates_are_asked_for(known: Sessions, tmp_path: Path) -> None:
    path = write(
        tmp_path / "deals.csv",
        HEADER,
        "D1,Northwind,Mo Lin,,Won,3/4/2017,1",
        "D2,Northwind,Mo Lin,,Won,5/6/2017,1",
        "D3,Northwind,Mo Lin,,Won,2017-05-06,1",
        "D4,Northwind,Mo Lin,,Won,,1",
    )
    report = load(known, path)
    assert [(item.line, item.column) for item in report.rejections] == [
        (2, "close date"),
        (3, "close date"),
    ]
    assert "--date-order" in report.rejections[0].reason.en
    assert count(known, Opportunity) == 2

    report = load(known, path, date_order=DateOrder.DAY_FIRST)
    assert (report.rejected, report.total("created")) == (0, 2)
    assert date(2017, 4, 3) in everything(known, Opportunity, "closed_on")


def test_accepted_near_names_let_the_row_in(known: Sessions, tmp_path: Path) -> None:
    rows = (
        "D1,North-wind,Mo Linn,Alpha-500,Won,2017-03-04,1",
        "D2,蓝海科枝,Ana Bravo,Alpha 400,Won,2017-03-04,1",
    )
    path = write(tmp_path / "deals.csv", HEADER, *rows)
    report = load(known, path, accept_near=True)
    assert report.rejected == 0
    deals = everything(known, Opportunity, "account_id", "person_id", "product_id")
    ids = everything(known, Account, "id"), everything(known, Person, "id")
    assert deals == [(ids[0][0], ids[1][0], 1), (ids[0][1], ids[1][1], None)]
    assert report.proposals["account", "North-wind"].near == ("Northwind",)
    assert ("product", "Alpha 400") not in report.proposals, "another number is another product"


def test_a_name_between_two_is_never_accepted(known: Sessions, tmp_path: Path) -> None:
    extra = write(tmp_path / "accounts.csv", "account,sector", "Southwood A,x", "Southwood B,x")
    path = write(tmp_path / "deals.csv", HEADER, "D1,Southwood C,Mo Lin,,Won,2017-03-04,1")
    load(known, extra)
    report = load(known, path, accept_near=True)
    assert report.rejected == 1
    assert report.proposals["account", "Southwood C"].near == ("Southwood A", "Southwood B")


def test_empty_cells_erase_nothing(known: Sessions, tmp_path: Path) -> None:
    full = write(tmp_path / "d.csv", HEADER, "D1,Northwind,Mo Lin,Alpha 500,Won,2017-03-04,5")
    load(known, full)
    load(known, write(tmp_path / "d.csv", HEADER, "D1,,,,Lost,,"))
    columns = ("account_id", "person_id", "product_id", "closed_on", "value", "version")
    assert everything(known, Opportunity, *columns) == [(1, 1, 1, date(2017, 3, 4), Decimal(5), 2)]


def test_an_update_shows_what_changed(known: Sessions, tmp_path: Path) -> None:
    load(known, write(tmp_path / "d.csv", HEADER, "D1,Northwind,Mo Lin,,Won,2017-03-04,5"))
    report = load(known, write(tmp_path / "d.csv", HEADER, "D1,,Ana Bravo,,Won,2017-03-04,7"))
    assert [(c.name, c.field, c.old, c.new) for c in report.changes] == [
        ("D1", "value", Decimal(5), Decimal(7)),
        ("D1", "person", "Mo Lin", "Ana Bravo"),
    ]


def test_rows_without_an_id_are_told_apart(known: Sessions, tmp_path: Path) -> None:
    header = HEADER.removeprefix("deal id,")
    path = write(
        tmp_path / "d.csv",
        header,
        "Northwind,Mo Lin,,Won,2017-03-04,5",
        "Northwind,Ana Bravo,,Won,2017-03-04,5",
        "Northwind,Mo Lin,,Won,2017-03-04,5",
    )
    report = load(known, path)
    assert (report.total("created"), [item.line for item in report.rejections]) == (2, [4])
    assert any("no id column" in notice.en for notice in report.notices)
    assert load(known, path).total("created") == 0


@pytest.mark.parametrize("at", [3, 2_990])
@pytest.mark.parametrize("later", ["Northwind", '"Northwind"'])
def test_an_unclosed_quotation_mark_costs_one_row(
    known: Sessions, tmp_path: Path, at: int, later: str
) -> None:
    rows = [f"D{i},Northwind,Mo Lin,,Won,2017-03-04,5" for i in range(3_000)]
    rows[at] = f'D{at},"Northwind,Mo Lin,,Won,2017-03-04,5'
    rows[2_995] = f"D2995,{later},Mo Lin,,Won,2017-03-04,5"
    report = load(known, write(tmp_path / "d.csv", HEADER, *rows))
    assert reasons(report) == [(at + 2, None, "a quotation mark is opened and not closed")]
    assert count(known, Opportunity) == 2_999
    assert b"Northwind,Mo Lin" in (tmp_path / "d.rejects.csv").read_bytes()


def test_a_cell_may_hold_several_lines(known: Sessions, tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text(
        'account,need,horizon\nNorthwind,"two\nlines ""here""",short\nNowhere,x,short\n'
    )
    report = load(known, path)
    assert everything(known, Need, "description") == ['two\nlines "here"']
    assert [item.line for item in report.rejections] == [4]


def test_an_endless_cell_is_a_bad_row(known: Sessions, tmp_path: Path) -> None:
    good = "D1,Northwind,Mo Lin,,Won,2017-03-04,1"
    report = load(known, write(tmp_path / "d.csv", HEADER, "D0," + "x" * 200_000, good))
    assert [line for line, _, _ in reasons(report)] == [2]
    assert everything(known, Opportunity, "external_id") == ["D1"]
