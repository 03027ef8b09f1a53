"""Which accounts a person or unit covers, and how the load is spread."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools import resolve
from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import organisation
from tools.data.coverage import coverage_on
from tools.deps import Deps
from tools.domain.coverage import Colleague
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import CoverageRole
from tools.labels import COVERAGE_ROLES, accounts, months, people
from tools.selection import Filters, select
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "Which accounts does {person} cover?",
        "What does {person} cover?",
        "Which customers does {unit} look after?",
        "List my accounts",
        "Which accounts does {unit} cover?",
        "What is the load per person in {unit}?",
        "How many accounts does {person} own?",
        "Which accounts did {person} cover on {on}?",
        "Which accounts belong to {unit}?",
        "How many accounts does each person in {unit} carry?",
        "My accounts",
        "Accounts of {person}",
        "{unit}'s accounts",
        "who has the most accounts",
        "who has the heaviest load in {unit}",
        "who is overloaded",
        "who got {person}'s accounts",
        "which accounts did {person} leave behind",
    ),
    zh=(
        "{person}负责哪些客户？",
        "列出我的客户",
        "{unit}负责哪些客户？",
        "{unit}每个人负责多少客户？",
        "{person}名下有多少客户？",
        "{on}时{person}负责哪些客户？",
        "{unit}覆盖哪些客户？",
        "{person}手上有哪些客户？",
        "我有哪些客户",
        "{person}的客户",
        "{unit}的客户",
        "谁手上的客户最多",
        "{unit}谁的负荷最重",
        "谁最忙",
        "{person}离职后他的客户归谁了",
        "{person}手头上有多少个客户",
        "{person}留下了哪些客户",
    ),
)
_CHARTED = 20


@dataclass(frozen=True)
class Covered:
    """One person's role for one account."""

    customer: Customer
    role: CoverageRole
    person: Colleague
    derived: bool


@dataclass(frozen=True)
class CoverageList:
    """`entries` by account; `load` counts owned accounts, for everybody in the scope."""

    named: Text
    on: date
    entries: tuple[Covered, ...]
    load: tuple[tuple[Colleague, int], ...]
    top: int
    rules: RuleSet

    @property
    def accounts(self) -> int:
        return len({entry.customer.id for entry in self.entries})

    def card(self) -> Card:
        shown = self.entries[: self.top]
        return Card(
            title=text("Coverage list: {named}", "责任清单：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(shown, len(self.entries)) if shown else None,
            chart=self._chart() if len(self.load) > 1 else None,
            why=(
                text(
                    "Where no owner is recorded, whoever won the most in the {months} to the "
                    " account's latest win counts as owner; other sellers are not listed.",
                    "未登记负责人的客户，以截至最近赢单 {months}内赢单金额最高者为负责人；"
                    "其他成交过的销售不列出。",
                    months=months(self.rules.coverage.derive_months),
                ),
            ),
            basis=basis(
                self.rules,
                text("coverage", "责任归属"),
                "K3",
                DERIVED_OWNER,
            ),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        if not self.entries:
            return text(
                "{named}: no account is covered on {on}.",
                "{named}：{on} 没有负责的客户。",
                named=self.named,
                on=self.on,
            )
        if len(self.load) == 1:
            return text(
                "{person} covers {accounts} on {on}, {owned} as owner.",
                "{on} {person}负责 {accounts}，其中 {owned} 家为主要负责人。",
                person=self.load[0][0].name,
                accounts=accounts(self.accounts),
                on=self.on,
                owned=self.load[0][1],
            )
        person, most = self.load[0]
        return text(
            "{named}: {accounts} on {on}, covered by {people}; {person} owns the most ({most}).",
            "{named}：{on} 共 {people}负责 {accounts}；负责最多的是{person}（{most}）。",
            named=self.named,
            people=people(len(self.load)),
            accounts=accounts(self.accounts),
            on=self.on,
            person=person.name,
            most=accounts(most),
        )

    def _facts(self) -> tuple[Fact, ...]:
        owned = sum(count for _, count in self.load)
        derived = sum(entry.derived for entry in self.entries)
        facts = [
            Fact(text("Accounts", "客户数"), self.accounts),
            Fact(text("Owners derived", "推定负责人"), derived, text("house rule", "内部默认规则")),
        ]
        if len(self.load) > 1:
            average = Decimal(owned) / len(self.load)
            facts.append(Fact(text("Accounts owned per person", "人均负责客户"), average))
        return tuple(facts)

    def _chart(self) -> Chart:
        shown = self.load[:_CHARTED]
        return Chart(
            "bar",
            text("Accounts owned per person", "每人负责客户数"),
            tuple(person.name for person, _ in shown),
            tuple(float(count) for _, count in shown),
            text("accounts", "家"),
        )

    def _missing(self) -> tuple[Text, ...]:
        return tuple(
            text(
                "{person} has left and still owns {count}.",
                "{person}已离职，名下仍有 {count}。",
                person=person.name,
                count=accounts(count),
            )
            for person, count in self.load
            if count and not person.active
        )


def coverage_list(
    deps: Deps,
    *,
    person: str = "",
    unit: str = "",
    top: int = 50,
    on: date | None = None,
) -> CoverageList:
    """Answers which accounts a person or a unit covers, and how many each person owns.

    Args:
        person: Whose accounts, e.g. "me" or "Anna Snelling".
        unit: Which unit's accounts, e.g. "my team" or "West".
        top: How many rows to show, e.g. 50.
        on: The day as of which to look, e.g. "1 July 2017"; today when left out.

    Source: K3, house (derived owners).
    """
    day = on or deps.today
    if not person and not unit and deps.asker.person_id is not None:
        person = "me"
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(person=person, unit=unit), internal=False)
        covered = coverage_on(session, day, deps.rules, {c.id for c in chosen.chosen})
        members = _members(session, deps, person, unit)
    entries = tuple(
        Covered(customer, role, who, role is CoverageRole.OWNER and covered[customer.id].is_derived)
        for customer in chosen.chosen
        for role, who in covered[customer.id].everybody
        if members is None or who.id in members
    )
    return CoverageList(chosen.named, day, entries, _load(entries), top, deps.rules)


def _members(session: Session, deps: Deps, person: str, unit: str) -> set[int] | None:
    """The people asked about; None is everybody."""
    members = None
    if unit:
        found = resolve.unit(session, unit, deps.asker)
        units = organisation.units_below(session, found.id)
        members = organisation.people_in_units(session, units)
    if person:
        one = {resolve.person(session, person, deps.asker).id or 0}
        members = one if members is None else members & one
    return members


def _load(entries: tuple[Covered, ...]) -> tuple[tuple[Colleague, int], ...]:
    people = {entry.person.id: entry.person for entry in entries}
    owned = Counter(e.person.id for e in entries if e.role is CoverageRole.OWNER)
    counted = [(person, owned[key]) for key, person in people.items()]
    return tuple(sorted(counted, key=lambda item: (-item[1], item[0].name, item[0].id)))


def _table(shown: tuple[Covered, ...], total: int) -> Table:
    columns = (
        Column(text("Account", "客户")),
        Column(text("Segment", "行业")),
        Column(text("Region", "区域")),
        Column(text("Person", "人员")),
        Column(text("Role", "角色")),
        Column(text("Basis", "依据")),
    )
    rows = tuple(
        (
            entry.customer.name,
            entry.customer.segment,
            entry.customer.region,
            entry.person.name,
            COVERAGE_ROLES[entry.role],
            text("derived", "推定") if entry.derived else text("recorded", "已登记"),
        )
        for entry in shown
    )
    return Table(columns, rows, total)
