"""Units, people and reporting lines, and the circles that must not close."""

from datetime import date
from pathlib import Path

from tests.unit.importing.helpers import TODAY, everything, load, reasons, write
from tools.data.database import Sessions
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Account, Contact, Person, PersonAlias, ReportingLine, Unit
from tools.domain.vocabulary import Line, Role, UnitKind


def names(sessions: Sessions) -> dict[int, str]:
    return dict(everything(sessions, Person, "id", "name"))


def lines(sessions: Sessions) -> list[tuple[str, str, Line]]:
    known = names(sessions)
    found = everything(sessions, ReportingLine, "person_id", "manager_id", "line")
    return [(known[person], known[manager], line) for person, manager, line in found]


def test_a_team_list_gives_units_people_and_lines(sessions: Sessions, tmp_path: Path) -> None:
    path = write(
        tmp_path / "team.csv",
        "销售代表,上级,虚线上级,大区,分公司",
        "林默,周一,陈总,华东,上海分公司",
        "周一,吴二,,华东,",
        "何三,林默,,华东,杭州分公司",
    )
    load(sessions, path)
    units = {name: (id_, kind, above) for id_, name, kind, above in everything(
        sessions, Unit, "id", "name", "kind", "parent_id"
    )}  # fmt: skip
    east = units["华东"][0]
    assert units["上海分公司"][1:] == (UnitKind.BRANCH, east)
    assert units["杭州分公司"][1:] == (UnitKind.BRANCH, east)
    people = {n: (role, unit) for n, role, unit in everything(
        sessions, Person, "name", "role", "unit_id"
    )}  # fmt: skip
    assert people["周一"] == (Role.MANAGER, east)
    assert people["林默"] == (Role.MANAGER, units["上海分公司"][0])
    assert people["何三"][0] is Role.REP
    assert people["陈总"][0] is Role.DIRECTOR
    assert sorted(lines(sessions)) == sorted([
        ("林默", "周一", Line.SOLID),
        ("林默", "陈总", Line.DOTTED),
        ("周一", "吴二", Line.SOLID),
        ("何三", "林默", Line.SOLID),
    ])  # fmt: skip
    again = load(sessions, path)
    assert (again.total("created"), again.total("updated")) == (0, 0)


def test_a_new_manager_ends_the_line_to_the_old_one(sessions: Sessions, tmp_path: Path) -> None:
    load(sessions, write(tmp_path / "team.csv", "agent,manager", "Ann,Bob"))
    moved = write(tmp_path / "team.csv", "agent,manager", "Ann,Cid")
    report = load(sessions, moved)
    change = report.changes[0]
    assert (change.record, change.old, change.new) == ("reporting_line", "Bob", "Cid")
    stored = everything(sessions, ReportingLine, "manager_id", "starts_on", "ends_on")
    known = names(sessions)
    assert [(known[m], start, end) for m, start, end in stored] == [
        ("Bob", None, date(2026, 1, 14)),
        ("Cid", TODAY, None),
    ]
    later = ImportOptions(today=date(2026, 2, 1))
    again = import_paths(sessions, [moved], later)
    assert (again.total("created"), again.total("updated")) == (0, 0)


def test_circles_of_reporting_lines_are_refused(sessions: Sessions, tmp_path: Path) -> None:
    path = write(tmp_path / "team.csv", "agent,manager", "Ann,Bob", "Bob,Cid", "Cid,Ann", "Dan,Dan")
    report = load(sessions, path)
    assert [(line, column) for line, column, _ in reasons(report)] == [
        (4, "manager"),
        (5, "manager"),
    ]
    assert all("circle" in reason for _, _, reason in reasons(report))
    assert sorted(lines(sessions)) == [("Ann", "Bob", Line.SOLID), ("Bob", "Cid", Line.SOLID)]
    assert len(names(sessions)) == 4


def test_circles_of_parents_are_refused(sessions: Sessions, tmp_path: Path) -> None:
    path = write(
        tmp_path / "accounts.csv", "account,parent", "A1,B1", "B1,C1", "C1,A1", "D1,D1", "E1,Zed"
    )
    report = load(sessions, path, batch_size=2)
    found = reasons(report)
    assert [(line, column) for line, column, _ in found] == [
        (4, "parent"),
        (5, "parent"),
        (6, "parent"),
    ]
    assert ["circle" in reason for _, _, reason in found] == [True, True, False]
    assert everything(sessions, Account, "name", "parent_id") == [
        ("A1", 2), ("B1", 3), ("C1", None), ("D1", None), ("E1", None)
    ]  # fmt: skip
    assert len((tmp_path / "accounts.rejects.csv").read_text(encoding="utf-8-sig").split()) > 3
    again = load(sessions, path)
    assert (again.total("created"), again.total("updated")) == (0, 0)
    load(sessions, write(tmp_path / "accounts.csv", "account,parent", "C1,A1"))
    assert everything(sessions, Account, "parent_id")[2] is None


def test_two_people_of_one_name_need_their_email(sessions: Sessions, tmp_path: Path) -> None:
    people = write(
        tmp_path / "people.csv", "name,email", "王伟,w1@example.com", "王伟,w2@example.com"
    )
    load(sessions, people)
    assert everything(sessions, Person, "email") == ["w1@example.com", "w2@example.com"]
    assert load(sessions, people).total("unchanged") == 2
    deal = write(tmp_path / "deals.csv", "deal id,agent,stage", "D1,王伟,赢单")
    [(_, column, reason)] = reasons(load(sessions, deal))
    assert column == "agent"
    assert "several" in reason


def test_an_id_survives_a_change_of_name(sessions: Sessions, tmp_path: Path) -> None:
    load(sessions, write(tmp_path / "a.csv", "account id,account,sector", "7,Northwind,x"))
    report = load(sessions, write(tmp_path / "a.csv", "account id,account,sector", "7,Nordwind,x"))
    assert everything(sessions, Account, "name", "name_key") == [("Nordwind", "nordwind")]
    assert [(c.field, c.old, c.new) for c in report.changes] == [("name", "Northwind", "Nordwind")]
    other = write(tmp_path / "a.csv", "account id,account,sector", "8,Nordwind,x")
    assert "different records" in reasons(load(sessions, other))[0][2]


def test_an_alias_names_the_person_in_a_deal(sessions: Sessions, tmp_path: Path) -> None:
    load(sessions, write(tmp_path / "people.csv", "name,email", "Lin Mo,l@example.com"))
    load(sessions, write(tmp_path / "aliases.csv", "alias,person", "林默,Lin Mo"))
    assert everything(sessions, PersonAlias, "name") == ["林默"]
    report = load(sessions, write(tmp_path / "d.csv", "deal id,agent,stage", "D1,林默,Won"))
    assert report.rejected == 0


def test_contacts_report_within_their_account(sessions: Sessions, tmp_path: Path) -> None:
    load(sessions, write(tmp_path / "a.csv", "account,sector", "A1,x", "B1,x"))
    path = write(
        tmp_path / "contacts.csv",
        "account,contact,title,reports to",
        "A1,Ann,CTO,Bob",
        "A1,Bob,CEO,Ann",
        "B1,Cid,CTO,Bob",
    )
    report = load(sessions, path)
    assert everything(sessions, Contact, "name", "reports_to_id") == [
        ("Ann", 2), ("Bob", None), ("Cid", None)
    ]  # fmt: skip
    assert [line for line, _, _ in reasons(report)] == [3, 4]
