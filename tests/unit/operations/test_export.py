"""Exports: what a person may read, safe in a spreadsheet, and importable again."""

import csv
import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import select

from tests.unit.catalog.world import World
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Account
from tools.domain.vocabulary import AccountStatus, Role
from tools.errors import NotAllowed
from tools.export import CONTENTS, write
from tools.export.table import Sheet
from tools.spreadsheet import STARTS, guarded, unguarded
from tools.text import Language, Money, Percent, text

DANGEROUS = ("=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1")


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@given(st.text("'=+-@\t\ra1", max_size=6))
def test_a_guard_is_always_taken_back(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert not guarded(words).startswith(STARTS)


def sheet() -> Sheet:
    typed = (Money(Decimal("1234.5"), "USD"), Percent(Decimal("0.25")), True, date(2026, 1, 2), -5)
    return Sheet(
        text("A", "甲"),
        (text("Name", "名称"), *(text("x", "x"),) * 5),
        [(words, *typed) for words in (*DANGEROUS, "霁川", None)],
    )


def test_texts_never_become_formulas_and_numbers_stay_numbers(tmp_path: Path) -> None:
    write(sheet(), tmp_path / "a.csv", "csv", Language.SIMPLIFIED)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    heading, *rows = rows_of(tmp_path / "a.csv")
    assert heading[0] == "名称"
    assert [unguarded(row[0]) for row in rows] == [*DANGEROUS, "霁川", ""]
    assert not any(row[0].startswith(STARTS) for row in rows)
    assert rows[0][1:] == ["1234.5", "0.25", "是", "2026-01-02", "-5"]

    write(sheet(), tmp_path / "a.xlsx", "xlsx", Language.SIMPLIFIED)
    page = load_workbook(tmp_path / "a.xlsx").active
    cells = list(page.iter_rows(min_row=2))
    assert {row[0].data_type for row in cells} == {"s", "n"}
    assert [row[0].value for row in cells][:4] == list(DANGEROUS[:4])
    assert [c.data_type for c in cells[0][1:]] == ["n", "n", "s", "d", "n"]


@pytest.mark.parametrize("language", Language)
def test_a_text_too_long_for_a_cell_says_that_it_was_cut(
    tmp_path: Path, language: Language
) -> None:
    fits, longer = "字" * 32_767, "=" + "a" * 40_000
    held = Sheet(text("A", "甲"), (text("Name", "名称"),), [(fits,), (longer,)])
    write(held, tmp_path / "a.xlsx", "xlsx", language)
    _, kept, cut = (row[0].value for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows())
    assert kept == fits
    assert len(cut) == 32_767
    assert cut.endswith(("cut: too long for a cell]", "已截断】", "已截斷】"))
    held = Sheet(text("A", "甲"), (text("Name", "名称"),), [(longer,)])
    write(held, tmp_path / "a.csv", "csv", language)
    assert unguarded(rows_of(tmp_path / "a.csv")[1][0]) == longer


def test_signs_that_no_workbook_holds_are_left_out(tmp_path: Path) -> None:
    odd = "Kon\x00e\x1fx\ufffe\uffff"
    write(
        Sheet(text("A", "甲"), (text("Name", "名称"),), [(odd,)]),
        tmp_path / "a.xlsx",
        "xlsx",
        Language.ENGLISH,
    )
    assert load_workbook(tmp_path / "a.xlsx").active["A2"].value == "Konex"


def test_a_failed_export_leaves_no_file(tmp_path: Path) -> None:
    def rows():
        yield ("a",)
        raise RuntimeError

    for kind in ("csv", "xlsx"):
        broken = dataclasses.replace(sheet(), rows=rows())
        with pytest.raises(RuntimeError):
            write(broken, tmp_path / f"a.{kind}", kind, Language.ENGLISH)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", Language)
def test_exported_accounts_imported_again_change_nothing(
    world: World, tmp_path: Path, kind: str, language: Language
) -> None:
    top = world.account("=Konex (上海)", segment="medical", city="-Lyon", founded=1987)
    world.account(
        "霁川半导体", region="华东", parent_id=top, customer_since=date(2019, 4, 1), employees=12
    )
    world.account("+Alpha", status=AccountStatus.FORMER)
    world.account("Beta", status=AccountStatus.PROSPECT)
    path = tmp_path / f"accounts.{kind}"
    with CONTENTS["accounts"](world.deps()) as exported:
        assert write(exported, path, kind, language) == 4
    before = _held(world)
    report = import_paths(world.sessions, [path], ImportOptions(today=date(2026, 5, 4)))
    assert report.read_anything
    assert {name: dict(c) for name, c in report.counts.items()} == {"account": {"unchanged": 4}}
    assert _held(world) == before


def _held(world: World) -> list[dict]:
    with world.sessions() as session:
        return [row.model_dump() for row in session.exec(select(Account).order_by(Account.id))]


def test_scores_are_those_of_accounts_read_in_full(world: World, tmp_path: Path) -> None:
    own, other = world.account("Own"), world.account("Other")
    anna = world.person("Anna", role=Role.REP)
    world.covers(anna, own)
    ben = world.person("Ben")
    world.covers(ben, other)
    for account in (own, other):
        world.scored(account, 1000, 50, 60)
        world.deal(account, ben, 500, closed=date(2017, 6, 1))
    path = tmp_path / "a.csv"
    with CONTENTS["accounts"](world.deps(world.asker(anna))) as exported:
        write(exported, path, "csv", Language.ENGLISH)
    scores = {row[0]: row[12] for row in rows_of(path)[1:]}
    assert scores["Own"]
    assert scores["Other"] == ""
    with pytest.raises(NotAllowed), CONTENTS["audit"](world.deps(world.asker(anna))):
        pass
