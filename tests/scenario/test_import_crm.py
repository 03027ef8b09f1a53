"""The CRM export, whole and damaged, by one call and without a handwritten mapping."""

import csv
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from tests.unit.importing.helpers import AUDIT_TRAIL, count, everything, fingerprint, load, places
from tools.data.database import Sessions
from tools.data.importing.finder import table_of
from tools.data.models import (
    Account,
    AuditEntry,
    Financial,
    Opportunity,
    Person,
    Product,
    ReportingLine,
    Unit,
)
from tools.domain.vocabulary import Line, Role, Stage, UnitKind

pytestmark = pytest.mark.crm


def won_revenue(sessions: Sessions) -> Decimal:
    deals = table_of(Opportunity)
    with sessions() as session:
        query = select(func.sum(deals.c.value)).where(deals.c.stage == Stage.WON)
        return Decimal(session.execute(query).scalar_one())


def test_the_whole_export(sessions: Sessions, crm: Path) -> None:
    report = load(sessions, crm)
    assert report.rejected == 0
    accounts = everything(sessions, Account, "id", "parent_id")
    assert len(accounts) == 85
    assert len({parent for _, parent in accounts if parent is not None}) == 7
    people = Counter(everything(sessions, Person, "role"))
    assert people == {Role.REP: 35, Role.MANAGER: 6}
    assert set(everything(sessions, Unit, "name", "kind")) == {
        ("Central", UnitKind.REGION),
        ("East", UnitKind.REGION),
        ("West", UnitKind.REGION),
    }
    lines = everything(sessions, ReportingLine, "person_id", "manager_id", "line")
    assert len(lines) == 35
    assert len({manager for _, manager, _ in lines}) == 6
    assert {line for _, _, line in lines} == {Line.SOLID}
    assert count(sessions, Product) == 7
    assert won_revenue(sessions) == Decimal(10_005_534)


def test_each_deal_as_the_file_has_it(sessions: Sessions, crm: Path) -> None:
    load(sessions, crm)
    deals = table_of(Opportunity)
    with sessions() as session:
        stages = Counter(session.execute(select(deals.c.stage)).scalars())
        unassigned = session.execute(
            select(func.count()).where(deals.c.account_id.is_(None))
        ).scalar_one()
        first = session.execute(
            select(
                table_of(Account).c.name, table_of(Person).c.name, table_of(Product).c.name, deals
            )
            .join(table_of(Account), table_of(Account).c.id == deals.c.account_id)
            .join(table_of(Person), table_of(Person).c.id == deals.c.person_id)
            .join(table_of(Product), table_of(Product).c.id == deals.c.product_id)
            .where(deals.c.external_id == "1C1I7A6R")
        ).one()
    assert stages == {
        Stage.WON: 4238, Stage.LOST: 2473, Stage.ENGAGING: 1589, Stage.PROSPECTING: 500
    }  # fmt: skip
    assert unassigned == 1425
    assert first[:3] == ("Cancity", "Moses Frase", "GTX Plus Basic")
    assert first.engaged_on.isoformat() == "2016-10-20"
    assert first.closed_on.isoformat() == "2017-03-01"
    assert (first.value, first.currency) == (Decimal(1054), None)


def test_near_spellings_wait_until_they_are_accepted(sessions: Sessions, crm: Path) -> None:
    report = load(sessions, crm)
    proposal = report.proposals["product", "GTXPro"]
    assert (proposal.near, proposal.rows, proposal.applied) == (("GTX Pro",), 1480, False)
    assert everything(sessions, Opportunity, "product_id").count(None) == 1480

    accepted = load(sessions, crm, accept_near=True)
    assert accepted.counts["opportunity"] == {"updated": 1480, "unchanged": 7320}
    assert accepted.counts["account"] == {"updated": 13, "unchanged": 72}
    assert None not in everything(sessions, Opportunity, "product_id")
    assert "technolgy" not in everything(sessions, Account, "segment")

    for again in (load(sessions, crm), load(sessions, crm, accept_near=True)):
        assert (again.total("created"), again.total("updated")) == (0, 0)


def test_one_spelling_is_accepted_by_name(sessions: Sessions, crm: Path) -> None:
    report = load(sessions, crm, accept={"GTXPro": "GTX Pro"})
    assert None not in everything(sessions, Opportunity, "product_id")
    assert "technolgy" in everything(sessions, Account, "segment")
    assert ("product", "GTXPro") not in report.proposals


def test_a_second_import_changes_nothing(engine: Engine, sessions: Sessions, crm: Path) -> None:
    load(sessions, crm)
    before, told = fingerprint(engine, but=AUDIT_TRAIL), count(sessions, AuditEntry)
    again = load(sessions, crm)
    assert (again.total("created"), again.total("updated")) == (0, 0)
    assert again.total("unchanged") == 3 + 41 + 35 + 7 + 85 + 85 + 8800
    assert fingerprint(engine, but=AUDIT_TRAIL) == before
    assert count(sessions, AuditEntry) == told + 2


def test_a_dry_run_says_the_same_and_writes_nothing(
    engine: Engine, sessions: Sessions, crm: Path
) -> None:
    before = fingerprint(engine)
    planned = load(sessions, crm, dry_run=True)
    assert fingerprint(engine) == before
    assert planned.counts == load(sessions, crm).counts

    before = fingerprint(engine)
    planned = load(sessions, crm, dry_run=True, accept_near=True)
    assert fingerprint(engine) == before
    assert planned.counts == load(sessions, crm, accept_near=True).counts


def test_revenue_of_unstated_unit_is_kept_and_said(sessions: Sessions, crm: Path) -> None:
    report = load(sessions, crm)
    figures = everything(
        sessions, Financial, "amount", "year", "currency", "confirmed", "source", "level"
    )
    assert figures[0] == (Decimal("1100.04"), None, None, False, "accounts.csv", 1)
    assert any("currency of" in notice.en for notice in report.notices)


def damage(folder: Path) -> list[tuple[int, str]]:
    """Damages thirty rows of the pipeline, six in each of five ways; returns line and column."""
    path = folder / "sales_pipeline.csv"
    path.chmod(0o644)
    lines = path.read_bytes().split(b"\n")
    header = lines[0].decode().split(",")
    found: list[tuple[int, str]] = []

    def change(line: int, column: str, value: bytes) -> None:
        cells = lines[line - 1].split(b",")
        cells[header.index(column)] = value
        lines[line - 1] = b",".join(cells)
        found.append((line, column))

    won = [i for i, line in enumerate(lines, start=1) if b",Won," in line]
    picked = iter(won[40::120])
    for value in (b"31/31/2017", b"2017-02-30", b"soon", b"3/17", b"13/45/2017", b"25/12/2017"):
        change(next(picked), "close_date", value)
    for value in (b"-1", b"-0.5", b"(300)", b"-1200", b"$-77", b"(1 200.50)"):
        change(next(picked), "close_value", value)
    for value in (b"Nobody Here", b"Moses Fraze", b"J. Doe", b"Anna", b"???", b"Team 4"):
        change(next(picked), "sales_agent", value)
    for _ in range(6):
        change(next(picked), "opportunity_id", lines[1].split(b",")[0])
    for value in (
        b"Can\xffcity",
        b"Caf\xe9",
        b"\xfe\xfe",
        b"\xb9\xab\xcb\xbe",
        b"a\x80b",
        b"\xc3(",
    ):
        change(next(picked), "account", value)
    path.write_bytes(b"\n".join(lines))
    return sorted(found)


def test_thirty_damaged_rows_are_reported_and_the_rest_is_in(
    sessions: Sessions, crm: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(crm, tmp_path / "export"))
    copy.chmod(0o755)
    damaged = damage(copy)
    assert len(damaged) == 30
    report = load(sessions, copy)
    assert sorted(places(report)) == damaged
    assert report.rejected == 30
    assert count(sessions, Opportunity) == 8800 - 30
    repeated = [r for r in report.rejections if r.column == "opportunity_id"]
    assert {r.reason.values["line"] for r in repeated} == {"2"}
    fraze = next(r for r in report.rejections if r.value == "Moses Fraze")
    assert "Moses Frase" in str(fraze.reason.values["near"])


def test_mended_rejects_complete_the_import(sessions: Sessions, crm: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(crm, tmp_path / "export"))
    copy.chmod(0o755)
    damage(copy)
    load(sessions, copy)
    rejects = copy / "sales_pipeline.rejects.csv"
    with (crm / "sales_pipeline.csv").open(newline="") as file:
        original = list(csv.reader(file))
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header[:8] == original[0]
    assert len(rows) == 30
    mended = [original[int(row[header.index("kam_line")]) - 1] + row[8:] for row in rows]
    with rejects.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *mended])
    report = load(sessions, rejects)
    assert (report.rejected, report.total("created")) == (0, 30)
    assert count(sessions, Opportunity) == 8800
    assert won_revenue(sessions) == Decimal(10_005_534)
    assert load(sessions, crm).total("updated") == 0
