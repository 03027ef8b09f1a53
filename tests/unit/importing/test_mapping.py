"""What people state about files: kinds, columns, units, currencies, dates, replacements."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.importing.helpers import everything, load, reasons, write
from tools.data.database import Sessions
from tools.data.importing import read_mapping
from tools.data.models import Account, Financial, Opportunity, RuleSetRow, Transaction
from tools.errors import BadInput
from tools.text import Language

MAPPING = """
files:
  - match: "export_*.csv"
    kind: opportunities
    columns:
      {Ref: external_id, Kunde: account, Wert: value, Stage: null, Phase: stage, Am: closed_on}
    scale: {value: thousand}
    currency: EUR
    date_order: dmy
    values:
      stage: {gewonnen: Won}
      account: {Nordwind: Northwind}
  - match: "acc*"
    scale: {revenue: 1000000}
    currency: USD
    year: 2016
"""


def test_a_mapping_file_states_everything(sessions: Sessions, tmp_path: Path) -> None:
    mappings = read_mapping(write(tmp_path / "map.yaml", MAPPING))
    accounts = write(tmp_path / "accounts.csv", "account,revenue", "Northwind,1.5")
    load(sessions, accounts)
    assert everything(sessions, Financial, "amount", "year", "currency", "confirmed") == [
        (Decimal("1.5"), None, None, False)
    ]
    deals = write(
        tmp_path / "export_1.csv",
        "Ref,Kunde,Wert,Stage,Phase,Am",
        "D1,Nordwind,12,x,gewonnen,3/4/2017",
    )
    report = load(sessions, accounts, deals, mappings=mappings)
    assert report.rejected == 0
    columns = ("external_id", "account_id", "value", "currency", "closed_on")
    assert everything(sessions, Opportunity, *columns) == [
        ("D1", 1, Decimal(12_000), "EUR", date(2017, 4, 3))
    ]
    assert report.sheets[1].unmatched == ("Stage",)
    assert everything(sessions, Financial, "amount", "year", "currency", "confirmed") == [
        (Decimal(1_500_000), 2016, "USD", True)
    ], "the figure of unstated unit is replaced, not doubled"
    again = load(sessions, accounts, deals, mappings=mappings)
    assert (again.total("created"), again.total("updated")) == (0, 0)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("files: []", "files"),
        ("files: [{kind: accounts}]", "match"),
        ("files: [{match: a, kind: dogs}]", "dogs"),
        ("files: [{match: a, colour: red}]", "colour"),
        ("files: [{match: a, columns: {A: nothing}}]", "nothing"),
        ("files: [{match: a, scale: {value: heaps}}]", "heaps"),
        ("files: [{match: a, currency: dollars}]", "dollars"),
        ("files: [{match: a, year: soon}]", "soon"),
        ("files: [{match: a, date_order: ymd}]", "ymd"),
        ("files: [{match: a, values: {stage: won}}]", "stage"),
        ("files: [{match: a, scale: 3}]", "scale"),
        ("files: [", "flow"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, content: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        read_mapping(write(tmp_path / "map.yaml", content))


def test_what_cannot_be_recognised_says_what_is_missing(sessions: Sessions, tmp_path: Path) -> None:
    nothing = write(tmp_path / "one.csv", "colour,size", "red,9")
    partial = write(tmp_path / "two.csv", "deal id,account,agent,close date", "1,A,B,2017-03-04")
    either = write(tmp_path / "three.csv", "name", "A")
    report = load(sessions, nothing, partial, either)
    problems = [sheet.problem for sheet in report.sheets]
    assert not report.read_anything
    assert problems[0] is not None
    assert "mapping file" in problems[0].en
    assert problems[1] is not None
    assert "deal stage" in problems[1].render(Language.ENGLISH)
    assert problems[2] is not None
    assert "--kind" in problems[2].en
    assert load(sessions, either, kind="accounts").total("created") == 1


def test_headers_state_units_and_currencies(sessions: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "deals.csv", "商机编号,阶段,金额（万美元）", "D1,赢单,1.5")
    report = load(sessions, path)
    assert everything(sessions, Opportunity, "value", "currency") == [(Decimal(15_000), "USD")]
    assert any("multiplied" in notice.en for notice in report.notices)


@pytest.mark.parametrize(
    ("base", "cells", "currency"),
    [
        ("USD", "D1,Won,¥5,", None),
        ("CNY", "D1,Won,¥5,", "CNY"),
        ("JPY", "D1,Won,¥5,", "JPY"),
        ("USD", "D1,Won,¥5,JPY", "JPY"),
        ("USD", "D1,Won,$5,", "USD"),
        ("CNY", "D1,Won,$5,", None),
        ("USD", "D1,Won,5,", None),
        ("USD", "D1,Won,€5,", "EUR"),
    ],
)
def test_shared_signs_follow_the_column_or_the_base_currency(
    sessions: Sessions, tmp_path: Path, base: str, cells: str, currency: str | None
) -> None:
    with sessions() as session:
        session.add(RuleSetRow(version=1, overrides={"company.base_currency": base}))
        session.commit()
    report = load(sessions, write(tmp_path / "d.csv", "deal id,stage,amount,currency", cells))
    assert everything(sessions, Opportunity, "currency") == [currency]
    said = any("currency sign" in notice.en for notice in report.notices)
    assert said == (cells.endswith(",") and ("¥" in cells or "$" in cells))


def test_two_currencies_in_a_row_are_refused(sessions: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "deal id,stage,amount,currency", "D1,Won,¥5,USD")
    assert "two currencies" in reasons(load(sessions, path))[0][2]


def test_transactions_need_a_currency(sessions: Sessions, tmp_path: Path) -> None:
    header = "invoice number,invoice date,amount"
    report = load(sessions, write(tmp_path / "t.csv", header, "1,2017-03-04,5", "2,2017-03-04,¥5"))
    assert everything(sessions, Transaction, "external_id", "currency") == [("1", "USD")]
    assert "CNY / JPY" in str(report.rejections[0].reason.values["codes"])
    assert any("was assumed" in notice.en for notice in report.notices)


def test_aliases_of_two_accounts_are_refused(sessions: Sessions, tmp_path: Path) -> None:
    load(sessions, write(tmp_path / "a.csv", "account,sector", "Northwind,x", "Contoso,x"))
    path = write(tmp_path / "n.csv", "alias,account", "NW,Northwind", "Contoso,Northwind")
    assert [line for line, _, _ in reasons(load(sessions, path))] == [3]
    assert len(everything(sessions, Account, "id")) == 2
