"""Who reports to a person on both lines, to whom the person reports, and who is in a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import Scope, scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import organisation
from tools.data.models import Person
from tools.data.team import Member, direct_reports, managers, members
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Line, Role
from tools.errors import NotAllowed
from tools.labels import listing, people
from tools.phrases import cut, rules_line
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Who reports to {person}?",
        "Direct reports of {person}",
        "Who is on the dotted line to {person}?",
        "To whom does {person} report?",
        "Who is the boss of {person}?",
        "Who works in {unit}?",
        "Members of {unit}",
        "Who was in {unit} on {on}?",
        "Who is in my team?",
    ),
    zh=(
        "谁向{person}汇报？",
        "{person}的直接下属有谁？",
        "谁对{person}是虚线汇报？",
        "{person}向谁汇报？",
        "{person}的上司是谁？",
        "{unit}有哪些人？",
        "{unit}的成员名单",
        "{on}时{unit}有哪些同事？",
        "我的团队有谁？",
    ),
)
_ROLES: Mapping[Role, Text] = {
    Role.NEWCOMER: text("newcomer", "新人"),
    Role.REP: text("sales", "销售"),
    Role.MANAGER: text("manager", "经理"),
    Role.DIRECTOR: text("key account director", "大客户总监"),
    Role.SPONSOR: text("executive sponsor", "高层赞助人"),
    Role.SALES_OPERATIONS: text("sales operations", "销售运营"),
}
_LINES: Mapping[Line, Text] = {
    Line.SOLID: text("solid", "实线"),
    Line.DOTTED: text("dotted", "虚线"),
}
Above = list[tuple[Line, str]]


@dataclass(frozen=True)
class Team:
    """`listed` are those who are here; `gone` have left and still stand in the records.

    `lines` holds by person on which lines they report to the one asked about, and is None for a
    unit; `everybody` counts also those further below on solid lines.
    """

    name: str
    on: date
    listed: tuple[Member, ...]
    gone: tuple[Member, ...]
    lines: Mapping[int, set[Line]] | None
    everybody: int
    above: Above
    managers: Mapping[int, Above]
    top: int
    rules: RuleSet

    def on_line(self, line: Line) -> int:
        """How many of those who are here report on that line."""
        return sum(line in self.lines[member.id] for member in self.listed) if self.lines else 0

    def card(self) -> Card:
        rows = tuple(self._row(member) for member in self.listed[: max(self.top, 1)])
        return Card(
            title=text("Team: {name}", "团队：{name}", name=self.name),
            headline=self._unit_headline() if self.lines is None else self._person_headline(),
            facts=self._facts(),
            table=Table(self._columns(), rows, len(self.listed)) if rows else None,
            why=(
                text(
                    "Reporting lines in force on {on}; solid: manages, dotted: guides.",
                    "{on} 有效的汇报线；实线为管理，虚线为指导。",
                    on=self.on,
                ),
            ),
            basis=(
                text("Solid and dotted lines: K3.", "实线与虚线依据 K3。"),
                rules_line(self.rules),
            ),
            missing=self._missing(),
        )

    def _person_headline(self) -> Text:
        if not self.listed:
            return text(
                "Nobody reports to {name} on {on}.", "{on} 没有人向{name}汇报。", name=self.name,
                on=self.on,
            )  # fmt: skip
        return text(
            "{people} report directly to {name} on {on}: {solid} on the solid line, {dotted} on "
            "the dotted one; {everybody} with all below.",
            "{on} 直接向{name}汇报的有 {people}：实线 {solid}，虚线 {dotted}；含各级下属共 "
            "{everybody}。",
            people=people(len(self.listed)),
            name=self.name,
            on=self.on,
            solid=self.on_line(Line.SOLID),
            dotted=self.on_line(Line.DOTTED),
            everybody=people(self.everybody),
        )

    def _unit_headline(self) -> Text:
        return text(
            "{name} has {people} on {on}, units below included.",
            "{on} {name}（含下级部门）共 {people}。",
            name=self.name,
            people=people(len(self.listed)),
            on=self.on,
        )

    def _facts(self) -> tuple[Fact, ...]:
        if self.lines is None:
            return (Fact(text("People", "人数"), len(self.listed)),)
        return tuple(
            Fact(
                text("Reports to, {line}", "汇报对象（{line}）", line=label),
                _named(self.above, line),
            )
            for line, label in _LINES.items()
        )

    def _columns(self) -> tuple[Column, ...]:
        last = (
            (Column(text("Solid line", "实线汇报")), Column(text("Dotted line", "虚线汇报")))
            if self.lines is None
            else (Column(text("Line", "汇报线")),)
        )
        return (
            Column(text("Person", "人员")),
            Column(text("Title", "职务")),
            Column(text("Role", "角色")),
            Column(text("Unit", "部门")),
            *last,
        )

    def _row(self, member: Member) -> tuple[Value, ...]:
        first = (member.name, member.title, _ROLES[member.role], member.unit)
        if self.lines is None:
            above = self.managers.get(member.id, [])
            return (*first, _named(above, Line.SOLID), _named(above, Line.DOTTED))
        lines = self.lines[member.id]
        return (*first, listing(label for line, label in _LINES.items() if line in lines))

    def _missing(self) -> tuple[Text, ...]:
        found = [
            text(
                "{person} has left and is not counted, but still stands in the records.",
                "{person}已离职，未计入，但记录尚未更新。",
                person=member.name,
            )
            for member in self.gone
        ]
        if self.lines is not None and not self.above:
            found.append(
                text(
                    "To whom {name} reports is not recorded.", "未登记{name}的汇报对象。",
                    name=self.name,
                )
            )  # fmt: skip
        if len(self.listed) > self.top:
            found.append(cut(max(self.top, 1), len(self.listed), text("people", "人")))
        return tuple(found)


def team(
    deps: Deps, *, person: str = "", unit: str = "", on: date | None = None, top: int = 50
) -> Team:
    """Answers who reports to a person, to whom the person reports, or who belongs to a unit.

    Args:
        person: Whose reporting lines, e.g. "Anna Snelling" or "me".
        unit: Whose people, e.g. "West" or "my team", which it is where nothing is said.
        on: The day as of which to look, e.g. "1 July 2017"; today when left out.
        top: How many people to show, e.g. 50.

    Source: K3.
    """
    day = on or deps.today
    with deps.sessions() as session:
        _require_colleague(scope_of(session, deps.asker, deps.today))
        if person:
            found = resolve.person(session, person, deps.asker)
            return _below(session, deps, found, day, top)
        return _of_unit(session, deps, unit or "my team", day, top)


def _require_colleague(scope: Scope) -> None:
    if scope.full is not None and scope.elsewhere < 1:
        raise NotAllowed(
            text(
                "Who works where is for colleagues who already cover accounts.",
                "组织和人员信息只对已负责客户的同事开放。",
            )
        )


def _below(session: Session, deps: Deps, person: Person, day: date, top: int) -> Team:
    key = person.id or 0
    lines = direct_reports(session, key, day)
    everybody = organisation.reports_of(session, key, day, dotted=True) | lines.keys()
    found = members(session, everybody)
    direct = [member for member in found if member.id in lines]
    return Team(
        person.name,
        day,
        tuple(m for m in direct if m.active),
        tuple(m for m in direct if not m.active),
        lines,
        sum(member.active for member in found),
        managers(session, {key}, day).get(key, []),
        {},
        top,
        deps.rules,
    )


def _of_unit(session: Session, deps: Deps, name: str, day: date, top: int) -> Team:
    found = resolve.unit(session, name, deps.asker)
    ids = organisation.people_in_units(session, organisation.units_below(session, found.id))
    everybody = members(session, ids)
    here = tuple(member for member in everybody if member.active)
    return Team(
        found.name, day, here, (), None, len(here), [], managers(session, ids, day), top, deps.rules
    )


def _named(above: Above, line: Line) -> Text | None:
    names = [name for on, name in above if on is line]
    return listing(names) if names else None
