"""A customer's parent and sub-units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tools import resolve
from tools.access import Scope, scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import coverage, sales
from tools.data.accounts import by_ids
from tools.data.profile import below
from tools.deps import Deps
from tools.domain.coverage import AccountCoverage
from tools.domain.family import Member, tree
from tools.domain.periods import Period, last_months
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, nothing, total
from tools.labels import listing
from tools.phrases import assumptions, gaps, in_period, rules_line
from tools.text import Text, Value, text

_NAMED = 8


@dataclass(frozen=True)
class FamilyMember:
    """One account of the family; `won` is None where the asker may not read its figures."""

    unit: Member
    owner: str | None
    derived: bool
    won: Tally | None


@dataclass(frozen=True)
class Family:
    """An account (depth 0), what it belongs to and every sub-unit under it."""

    head: FamilyMember
    parent: str | None
    units: tuple[FamilyMember, ...]
    period: Period
    on: date
    rules: RuleSet

    @property
    def readable(self) -> tuple[Tally, ...]:
        """The won revenue of each member whose figures the asker reads."""
        return tuple(m.won for m in (self.head, *self.units) if m.won is not None)

    @property
    def roll_up(self) -> Tally:
        """Won revenue of the readable members together."""
        return total(self.readable, self.rules.company.base_currency)

    def card(self) -> Card:
        return Card(
            title=text(
                "Sub-units of {name} ({count})",
                "{name}的下级单位（{count}）",
                name=self.head.unit.name,
                count=len(self.units),
            ),
            headline=self._headline(),
            facts=self._facts(),
            table=self._table(),
            basis=self._basis(),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        values: dict[str, Value] = {
            "name": self.head.unit.name,
            "parent": self.parent,
            "count": text("one sub-unit", "1 个下级单位")
            if len(self.units) == 1
            else text("{n} sub-units", "{n} 个下级单位", n=len(self.units)),
            "names": listing(member.unit.name for member in self.units[:_NAMED]),
            "more": text(" and more", "等") if len(self.units) > _NAMED else text("", ""),
        }
        if self.units and self.parent:
            return text(
                "{name} belongs to {parent} and has {count}: {names}{more}.",
                "{name}隶属于{parent}，有 {count}：{names}{more}。",
                **values,
            )
        if self.units:
            return text(
                "{name} has {count}: {names}{more}.",
                "{name}有 {count}：{names}{more}。",
                **values,
            )
        if self.parent:
            return text(
                "{name} belongs to {parent} and has no sub-units of its own.",
                "{name}隶属于{parent}，自身没有下级单位。",
                **values,
            )
        return text(
            "No parent and no sub-units are recorded for {name}.",
            "{name}没有登记上级或下级单位。",
            **values,
        )

    def _facts(self) -> tuple[Fact, ...]:
        facts = [
            Fact(text("Belongs to", "隶属于"), self.parent),
            Fact(text("Sub-units", "下级单位数"), len(self.units)),
        ]
        if self.readable:
            note = text(
                "{count} of {all} accounts, {period}",
                "{all} 个客户中的 {count} 个，{period}",
                count=len(self.readable),
                all=len(self.units) + 1,
                period=in_period(self.period),
            )
            facts.append(Fact(text("Won by the family", "全体赢单收入"), self.roll_up.total, note))
        return tuple(facts)

    def _table(self) -> Table | None:
        if not self.units and not self.parent:
            return None
        columns = (
            Column(text("account", "客户")),
            Column(text("owner", "负责人")),
            Column(text("won", "赢单收入"), "right"),
        )
        members = (self.head, *self.units)
        return Table(columns, tuple(_row(member) for member in members), len(members))

    def _basis(self) -> tuple[Text, ...]:
        lines = [rules_line(self.rules), *assumptions(self.roll_up)]
        if any(member.derived for member in (self.head, *self.units)):
            lines.append(
                text(
                    "Owners marked * are derived from the deals won there: nobody is recorded "
                    "(house).",
                    "带 * 的负责人由赢单记录推导，系统中没有登记（内部规则）。",
                )
            )
        return tuple(lines)

    def _missing(self) -> tuple[Text, ...]:
        hidden = sum(member.won is None for member in (self.head, *self.units))
        uncovered = [m.unit.name for m in (self.head, *self.units) if m.owner is None]
        lines = list(gaps(self.roll_up))
        if hidden:
            lines.append(
                text(
                    "Accounts whose figures only their teams may read: {count}.",
                    "有 {count} 个客户的数据仅对其团队开放，未显示。",
                    count=hidden,
                )
            )
        if uncovered:
            names = listing(uncovered[:_NAMED])
            lines.append(text("Without an owner: {names}", "没有负责人：{names}", names=names))
        return tuple(lines)


def account_family(deps: Deps, account: str) -> Family:
    """Which sub-units an account has and what it belongs to, with owners and won revenue.

    Args:
        account: The customer, by any of its names, e.g. "Acme Corporation".

    Source: K5 (sub-units), house.
    """
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        head = found.id or 0
        known = [unit for unit in below(session, head) if _may_know(scope, unit.id or 0)]
        units = tree(head, [(unit.id or 0, unit.name, unit.parent_id) for unit in known])
        ids = [head, *(unit.id for unit in units)]
        parent = by_ids(session, [found.parent_id]) if found.parent_id else {}
        above = parent.get(found.parent_id or 0)
        period = last_months(deps.today, 12)
        readable = [i for i in ids if scope.reads_fully(i)]
        base = deps.rules.company.base_currency
        won = sales.won_by_account(session, base, period, readable)
        covers = coverage.coverage_on(session, deps.today, deps.rules, ids)
        tallies = {i: won.get(i, nothing(base)) for i in readable}
        return Family(
            _member(Member(head, found.name, 0), covers, tallies),
            above.name if above and _may_know(scope, above.id or 0) else None,
            tuple(_member(unit, covers, tallies) for unit in units),
            period,
            deps.today,
            deps.rules,
        )


def _may_know(scope: Scope, account_id: int) -> bool:
    return scope.elsewhere >= 1 or scope.reads_fully(account_id)


def _member(
    unit: Member, covers: Mapping[int, AccountCoverage], won: Mapping[int, Tally]
) -> FamilyMember:
    covered = covers[unit.id]
    owners = ", ".join(owner.name for owner in covered.owners)
    return FamilyMember(unit, owners or None, covered.is_derived, won.get(unit.id))


def _row(member: FamilyMember) -> tuple[Value, ...]:
    owner = f"{member.owner} *" if member.derived else member.owner
    return (
        "　" * member.unit.depth + member.unit.name,
        owner,
        None if member.won is None else member.won.known,
    )


EXAMPLES = Examples(
    en=(
        "sub-units of {account}",
        "which subsidiaries does {account} have",
        "who does {account} belong to",
        "parent company of {account}",
        "family tree of {account}",
        "show the group structure of {account}",
        "what companies are under {account}",
        "is {account} part of a group",
        "revenue of {account} with all its subsidiaries",
        "{account} subsidiaries and who owns them",
        "list the branches of {account} please",
        "how many sub-units does {account} have?",
    ),
    zh=(
        "{account}有哪些下级单位",
        "{account}的子公司",
        "{account}有哪些子单位",
        "{account}属于哪个集团",
        "{account}的母公司是谁",
        "{account}的集团结构",
        "{account}下面有哪些公司",
        "{account}是不是某个集团的",
        "{account}及其下属单位的总收入",
        "{account}各下级单位由谁负责",
        "列一下{account}的分公司",
        "{account}有几个下级单位",
        "请问{account}的上级单位是哪家",
    ),
)
