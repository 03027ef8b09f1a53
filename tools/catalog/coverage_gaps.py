"""Accounts that nobody owns, that two people own, or whose owner has left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.coverage import coverage_on, soundly_covered
from tools.deps import Deps
from tools.domain.coverage import AccountCoverage, Gap
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.labels import GAPS, accounts, listing
from tools.selection import Filters, select
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "Which accounts are uncovered?",
        "Which accounts are covered twice?",
        "Coverage gaps in {region}",
        "Which accounts of {unit} have nobody responsible?",
        "Which accounts still belong to somebody who has left?",
        "Were there coverage gaps on {on}?",
        "Is anybody without an owner in {region}?",
    ),
    zh=(
        "哪些客户无人负责？",
        "哪些客户被重复负责？",
        "{region}区域有哪些责任缺口？",
        "{unit}哪些客户没有负责人？",
        "哪些客户的负责人已经离职？",
        "{on}时有哪些责任缺口？",
        "{region}有没有无人覆盖的客户",
        "{region}哪些客户没有owner",
    ),
)
_LISTED = (Gap.UNCOVERED, Gap.TWICE, Gap.LEFT)


@dataclass(frozen=True)
class CoverageGaps:
    """`found` are the accounts with a gap other than a missing stand-in, by gap and name."""

    named: Text
    on: date
    accounts: int
    derived: int
    counts: tuple[tuple[Gap, int], ...]
    found: tuple[tuple[Customer, AccountCoverage, tuple[Gap, ...]], ...]
    top: int
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Coverage gaps: {named}", "责任缺口：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=self._table() if self.found else None,
            chart=self._chart() if self.found else None,
            why=(
                text(
                    "Covered twice: more than one person in a role that one person may have "
                    "(owner, key account director by default).",
                    "重复负责：只允许一人担任的角色（默认是负责人和大客户总监）有多人在任。",
                ),
            ),
            basis=basis(
                self.rules,
                text("coverage check", "责任归属检查"),
                "K3",
                {
                    "coverage.single_roles": text("Roles with one holder", "单人角色"),
                }
                | DERIVED_OWNER,
            ),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        if not self.found:
            return text(
                "{named}: no gap on {on}; {accounts} with exactly one owner who is still here, "
                "{derived} of them derived from won deals.",
                "{named}：{on} 没有缺口，{accounts}都有唯一的在职负责人，"
                "其中 {derived} 家按赢单推定。",
                named=self.named,
                accounts=accounts(self.accounts),
                on=self.on,
                derived=self.derived,
            )
        counts = dict(self.counts)
        return text(
            "{named}: of {accounts} on {on}, {uncovered} uncovered, {twice} covered twice, {left} "
            "owned by somebody who has left.",
            "{named}：{on} 共 {accounts}，{uncovered} 家无人负责，{twice} 家重复负责，"
            "{left} 家的负责人已离职。",
            named=self.named,
            accounts=accounts(self.accounts),
            on=self.on,
            uncovered=counts[Gap.UNCOVERED],
            twice=counts[Gap.TWICE],
            left=counts[Gap.LEFT],
        )

    def _facts(self) -> tuple[Fact, ...]:
        return (
            Fact(text("accounts", "客户数"), self.accounts),
            *(Fact(GAPS[gap], count) for gap, count in self.counts),
            Fact(
                text("owners derived", "推定负责人"),
                self.derived,
                text("house rule", "内部默认规则"),
            ),
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Account", "客户")),
            Column(text("Segment", "行业")),
            Column(text("Region", "区域")),
            Column(text("Gap", "缺口")),
            Column(text("Owners", "负责人")),
        )
        rows = tuple(
            (
                customer.name,
                customer.segment,
                customer.region,
                listing(GAPS[gap] for gap in gaps if gap in _LISTED),
                listing(owner.name for owner in covered.owners) if covered.owners else None,
            )
            for customer, covered, gaps in self.found[: self.top]
        )
        return Table(columns, rows, len(self.found))

    def _chart(self) -> Chart:
        counts = [(gap, count) for gap, count in self.counts if gap in _LISTED]
        return Chart(
            "bar",
            text("Accounts with a coverage gap", "存在责任缺口的客户"),
            tuple(GAPS[gap] for gap, _ in counts),
            tuple(float(count) for _, count in counts),
            text("accounts", "家"),
        )

    def _missing(self) -> tuple[Text, ...]:
        if not self.derived:
            return ()
        return (
            text(
                "Accounts without a recorded owner, shown with the derived one: {derived}.",
                "没有登记负责人、以推定负责人列示的客户：{derived} 家。",
                derived=self.derived,
            ),
        )


def coverage_gaps(
    deps: Deps,
    *,
    unit: str = "",
    region: str = "",
    top: int = 50,
    on: date | None = None,
) -> CoverageGaps:
    """Answers which accounts are uncovered, covered twice, or owned by somebody who has left.

    Args:
        unit: Only this unit's accounts, e.g. "my team".
        region: Only this region's accounts, e.g. "West".
        top: How many rows to show, e.g. 50.
        on: The day as of which to look, e.g. "1 July 2017"; today when left out.

    Source: K3, house.
    """
    day = on or deps.today
    single = deps.rules.coverage.single_roles
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(region=region, unit=unit), internal=False)
        sound = soundly_covered(session, day, single)
        others = [c for c in chosen.chosen if c.id not in sound]
        covered = coverage_on(session, day, deps.rules, {c.id for c in others})
    checked = [(c, covered[c.id], covered[c.id].gaps(single)) for c in others]
    counts = Counter(gap for _, _, gaps in checked for gap in gaps)
    counts[Gap.NO_STAND_IN] += sum(not sound.get(c.id, True) for c in chosen.chosen)
    found = [item for item in checked if set(item[2]) & set(_LISTED)]
    order = {gap: position for position, gap in enumerate(Gap)}
    found.sort(key=lambda item: (order[item[2][0]], item[0].name))
    return CoverageGaps(
        chosen.named,
        day,
        len(chosen.chosen),
        sum(covered[c.id].is_derived for c in others),
        tuple((gap, counts[gap]) for gap in Gap),
        tuple(found),
        top,
        deps.rules,
    )
