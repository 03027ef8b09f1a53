"""Three knows and three checks: of one account, or of the key accounts of a scope."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.upkeep import last_key_accounts
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.review import Timeliness
from tools.domain.rules import RuleSet
from tools.domain.upkeep import Check, Fault, Upkeep
from tools.domain.upkeep import three_checks as checked
from tools.labels import accounts, listing
from tools.opened import meant
from tools.record_labels import DIMENSION
from tools.scoring import check_top
from tools.selection import Filters
from tools.text import Percent, Text, Value, text
from tools.upkeep import Kept, upkeep
from tools.upkeep_labels import CHECKS, FAULTS

EXAMPLES = Examples(
    en=(
        "Three checks for {account}",
        "Does {account} still qualify?",
        "Do the account, its salesperson and the mechanism qualify at {account}?",
        "Three knows and three checks for {unit}",
        "Who fails the three checks among the accounts of {person}?",
        "Three knows and three checks",
        "Run the three checks in {region}",
        "Check accounts, salespeople and mechanism of {segment} on {on}",
        "Does the management mechanism of {unit} qualify?",
        "The three checks of {account}",
    ),
    zh=(
        "{account}的三查结果",
        "{account}还合格吗？",
        "{account}的客户、销售和管理机制合格吗？",
        "{unit}的三知三查",
        "{person}的客户有哪些没通过三查？",
        "做一次三知三查",
        "对{region}区域做三查",
        "{on}检查{segment}行业的客户、销售与机制",
        "{unit}的管理机制合格吗？",
        "三知三查",
        "对{account}做三查",
        "{region}哪些客户三查没通过",
    ),
)


@dataclass(frozen=True)
class Checked:
    """One account with the faults of each check."""

    customer: Customer
    upkeep: Upkeep
    faults: Mapping[Check, tuple[Fault, ...]]

    def passed(self, check: Check) -> bool:
        return not self.faults[check]


@dataclass(frozen=True)
class ThreeChecks:
    """`checked` are the account, or the key accounts of the scope, most faults first."""

    named: Text
    on: date
    checked: tuple[Checked, ...]
    kept: Kept
    single: bool
    top: int
    rules: RuleSet

    def card(self) -> Card:
        table = None
        if self.checked:
            table = self._evidence() if self.single else self._list()
        return Card(
            title=text("Three checks: {named}", "三知三查：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=table,
            why=(
                text(
                    "A check is passed without any fault; the plan is the edition recorded now.",
                    "没有任何问题才算通过；计划为当前登记的版本。",
                ),
            ),
            basis=basis(
                self.rules,
                text("three knows and three checks", "三知三查"),
                "K3",
                {
                    "closeness.window_days": text(
                        "Evidence; contacts within {days} days",
                        "证据；{days} 天内的联系",
                        days=self.rules.closeness.window_days,
                    ),
                    "score.top_share": text("Top share", "前列比例"),
                    "evaluation.cadences": text("Cadences", "评估周期"),
                    **DERIVED_OWNER,
                },
            ),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        if not self.checked:
            return text(
                "{named}: no key account to check on {on}.",
                "{named}：{on} 没有需要检查的大客户。",
                named=self.named,
                on=self.on,
            )
        if self.single:
            return self._one(self.checked[0])
        return text(
            "{named}: of {of} on {on}, {account} still qualify, at {person} the salesperson and at "
            "{mechanism} the mechanism qualifies.",
            "{named}：{on} 检查{of}，客户合格 {account} 家，销售合格 {person} 家，"
            "机制合格 {mechanism} 家。",
            named=self.named,
            of=accounts(len(self.checked)),
            on=self.on,
            account=self._passed(Check.ACCOUNT),
            person=self._passed(Check.SALESPERSON),
            mechanism=self._passed(Check.MECHANISM),
        )

    def _one(self, found: Checked) -> Text:
        failed = [check for check in Check if not found.passed(check)]
        if not failed:
            return text(
                "{name} passes all three checks on {on}.",
                "{name}在 {on} 通过全部三项检查。",
                name=found.customer.name,
                on=self.on,
            )
        return text(
            "{name} passes {passed} of 3 checks on {on}; not passed: {failed}.",
            "{name}在 {on} 通过 3 项检查中的 {passed} 项；未通过：{failed}。",
            name=found.customer.name,
            passed=3 - len(failed),
            on=self.on,
            failed=listing(CHECKS[check] for check in failed),
        )

    def _passed(self, check: Check) -> int:
        return sum(found.passed(check) for found in self.checked)

    def _facts(self) -> Iterator[Fact]:
        if self.single or not self.checked:
            return
        number = len(self.checked)
        required = [e for found in self.checked for e in found.upkeep.evaluations]
        overdue = sum(e.timeliness is Timeliness.OVERDUE for e in required)
        never = sum(e.timeliness is Timeliness.NEVER for e in required)
        owned = sum(bool(found.upkeep.coverage.owners) for found in self.checked)
        recorded = sum(found.upkeep.recorded for found in self.checked)
        planned = sum(Fault.NO_CURRENT_PLAN not in _all(found) for found in self.checked)
        yield Fact(
            text("With an owner", "有负责人"),
            _part(owned, number),
            text("recorded: {n}", "已登记：{n}", n=recorded),
        )
        yield Fact(text("With a current plan", "计划有效"), _part(planned, number))
        yield Fact(text("Evaluations overdue", "评估逾期"), _part(overdue, len(required)))
        yield Fact(text("Evaluations never held", "从未评估"), _part(never, len(required)))

    def _evidence(self) -> Table:
        found = self.checked[0]
        rows = tuple(
            (
                CHECKS[check],
                text("passed", "通过") if found.passed(check) else text("not passed", "未通过"),
                self._proof(found, check),
                listing(FAULTS[fault] for fault in found.faults[check])
                if found.faults[check]
                else None,
            )
            for check in Check
        )
        columns = (
            Column(text("Check", "检查")),
            Column(text("Result", "结果")),
            Column(text("Evidence", "证据")),
            Column(text("Faults", "问题")),
        )
        return Table(columns, rows, len(rows))

    def _proof(self, found: Checked, check: Check) -> Text:
        known, plan = found.upkeep, found.upkeep.plan
        if check is Check.ACCOUNT:
            standing = self.kept.board.standing(found.customer.id)
            if standing is None:
                return text("score incomplete", "积分不完整")
            return text(
                "rank {rank} of {of}, top {share}",
                "第 {rank} 名（共 {of} 家），前 {share}",
                rank=standing.rank,
                of=standing.of,
                share=Percent(self.rules.score.top_share),
            )
        if check is Check.SALESPERSON:
            return text(
                "late evaluations: {late}; last contact {contact}; plan until {until}",
                "逾期或缺失的评估：{late}；最近联系 {contact}；计划至 {until}",
                late=listing(DIMENSION[item.dimension] for item in known.late)
                if known.late
                else text("none", "无"),
                contact=known.last_contact,
                until=plan.ends if plan else None,
            )
        return text(
            "owner {owner}; lines {lines}; plan approved: {approved}",
            "负责人 {owner}；汇报线 {lines}；计划已批准：{approved}",
            owner=listing(owner.name for owner in known.coverage.owners)
            if known.coverage.owners
            else None,
            lines=len(known.lines),
            approved=Fault.PLAN_NOT_APPROVED not in found.faults[check],
        )

    def _list(self) -> Table:
        columns = (
            Column(text("Account", "客户")),
            *(Column(CHECKS[check]) for check in Check),
        )
        rows = tuple(
            (found.customer.name, *(_cell(found, check) for check in Check))
            for found in self.checked[: self.top]
        )
        return Table(columns, rows, len(self.checked))

    def _next(self) -> Iterator[Text]:
        counts = Counter(fault for found in self.checked for fault in _all(found))
        for fault in sorted(counts, key=lambda item: (-counts[item], list(Fault).index(item)))[:3]:
            yield text(
                "Mend first: {fault} ({n}).",
                "优先解决：{fault}（{n}）。",
                fault=FAULTS[fault],
                n=accounts(counts[fault]),
            )


def three_checks(
    deps: Deps,
    account: str = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> ThreeChecks:
    """Answers whether accounts, their salespeople and the management mechanism still qualify.

    Args:
        account: Only this customer, e.g. "Merrowick"; the key accounts of the scope when left out,
            with those of the last closed review that have fallen out.
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to check, e.g. "end of 2017"; today when left out.

    Source: K3 (three knows, three checks), house (evidence).
    """
    check_top(top)
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        chosen = meant(session, deps, account, day, Filters(segment, region, person, unit))
        kept = upkeep(session, rules, chosen.accounts, day, practice=chosen.practice)
        before = last_key_accounts(session, day)
    found = [
        Checked(customer, known, checked(known, day, rules.closeness.window_days))
        for customer in chosen.accounts
        if (known := kept.accounts[customer.id]).in_top or account or customer.id in before
    ]
    found.sort(key=lambda item: (-len(_all(item)), item.customer.name))
    return ThreeChecks(chosen.named, day, tuple(found), kept, bool(account), top, rules)


def _all(found: Checked) -> list[Fault]:
    return [fault for faults in found.faults.values() for fault in faults]


def _cell(found: Checked, check: Check) -> Value:
    faults = found.faults[check]
    return listing(FAULTS[fault] for fault in faults) if faults else text("passed", "通过")


def _part(number: int, of: int) -> Text:
    return text(
        "{number} of {of} ({share})",
        "{of} 中 {number}（{share}）",
        number=number,
        of=of,
        share=Percent(Decimal(number) / of) if of else None,
    )
