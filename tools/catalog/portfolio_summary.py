"""One page on a manager's accounts: what stands out, and where to look first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.portfolio import Issue
from tools.domain.review import GRAVE_RISK
from tools.domain.rules import RuleSet
from tools.labels import accounts, listing
from tools.portfolio_issues import ISSUES, Finding, Scope, count, findings
from tools.portfolio_scope import looked_at
from tools.reviews import review_scope
from tools.scoring import check_top
from tools.selection import Filters, select
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Portfolio summary of {unit}",
        "What needs my attention across {unit}?",
        "Where are the trouble spots in {region}?",
        "Overview of the accounts of {person}",
        "What stands out in {unit} on {on}?",
        "How healthy is the portfolio of {unit}?",
        "Accounts with a single contact or a stale plan in {unit}",
        "Weekly overview for {unit}",
        "Where are the biggest problems in {segment}?",
        "which accounts have not been contacted for months",
        "which customers have we neglected",
        "who have we not visited for half a year",
        "which plans are out of date",
        "whose account plans have expired",
        "accounts in {region} that nobody has visited lately",
    ),
    zh=(
        "{unit}的客户组合概览",
        "{unit}有哪些需要我关注的？",
        "{region}的客户有什么问题？",
        "{person}名下客户的总体情况",
        "{unit}在{on}有什么异常？",
        "{unit}的客户组合健康吗？",
        "{unit}哪些客户只有一个联系人或计划过期",
        "{unit}的周度概览",
        "{segment}行业的问题主要在哪",
        "哪些客户很久没人联系了",
        "哪些客户超过三个月没有拜访",
        "哪些客户好久没去了",
        "哪些客户被冷落了",
        "我的哪些客户计划过期了",
        "哪些客户计划该更新了",
        "{region}哪些客户最近没有拜访",
        "{region}哪些客户没人联系",
    ),
)


@dataclass(frozen=True)
class PortfolioSummary:
    """What stands out among the accounts, gravest first; `reviewed` is the last snapshot's day."""

    named: Text
    on: date
    scope: Scope
    found: tuple[Finding, ...]
    owners: dict[int, Value]
    reviewed: date | None
    lost: int
    top: int
    rules: RuleSet

    def card(self) -> Card:
        rows = tuple(self._rows())
        return Card(
            title=text("Portfolio: {named}", "客户组合：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(self.found)) if rows else None,
            chart=self._chart(),
            why=(
                text(
                    "Shown per point: the {top} gravest. Grave: likelihood × impact from {limit}; "
                    "a key account must have a plan and all evaluations.",
                    "每类列出最严重的 {top} 项。重大：可能性 × 影响达到 {limit}；"
                    "大客户必须有计划和全部评估。",
                    top=self.top,
                    limit=GRAVE_RISK,
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("overview of a scope", "范围概览"),
                    "house",
                    {
                        "score.top_share": text("Key accounts, top share", "大客户的前列比例"),
                        "tiers": text("Tier cut-offs", "等级界限"),
                        "evaluation.cadences": text("Cadences", "评估周期"),
                        **DERIVED_OWNER,
                    },
                ),
                text(
                    "Plans, contacts and risks as recorded now.", "计划、联系人和风险为当前记录。"
                ),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        if not self.scope.customers:
            return text(
                "{named}: no account that you can read.",
                "{named}：没有您可查看的客户。",
                named=self.named,
            )
        return text(
            "{named} on {on}: {accounts}, {key} key; grave risks at {risk}, late evaluations at "
            "{late}, stale plans at {plan}, single contact at {contact}, tier drift at {tier}, "
            "wallet gap at {wallet}.",
            "{named}在 {on}：{accounts}，其中大客户 {key} 家；重大风险 {risk} 家，"
            "评估逾期 {late} 家，计划失效 {plan} 家，单一联系人 {contact} 家，等级变动 {tier} 家，"
            "钱包落后 {wallet} 家。",
            named=self.named,
            on=self.on,
            accounts=accounts(len(self.scope.customers)),
            key=self._keys,
            risk=count(self.found, Issue.RISK),
            late=count(self.found, Issue.OVERDUE_REVIEW),
            plan=count(self.found, Issue.STALE_PLAN),
            contact=count(self.found, Issue.SINGLE_CONTACT),
            tier=count(self.found, Issue.TIER_DRIFT),
            wallet=count(self.found, Issue.WALLET_GAP),
        )

    @property
    def _keys(self) -> int:
        return sum(self.scope.is_key(customer) for customer in self.scope.customers)

    def _facts(self) -> Iterator[Fact]:
        yield Fact(text("Accounts", "客户数"), len(self.scope.customers))
        yield Fact(text("Key accounts", "大客户数"), self._keys)
        for issue in Issue:
            yield Fact(ISSUES[issue], count(self.found, issue))

    def _chart(self) -> Chart | None:
        if not self.found:
            return None
        return Chart(
            "bar",
            text("Accounts per point", "各类客户数"),
            tuple(ISSUES[issue] for issue in Issue),
            tuple(float(count(self.found, issue)) for issue in Issue),
            text("accounts", "家"),
        )

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for issue in Issue:
            mine = [finding for finding in self.found if finding.issue is issue]
            for finding in mine[: self.top]:
                name = finding.customer.name
                yield ISSUES[issue], name, finding.what, self.owners[finding.customer.id]

    def _missing(self) -> Iterator[Text]:
        customers = self.scope.customers
        if self.reviewed is None and customers:
            yield text(
                "No account review is closed, so tier drift cannot be told.",
                "还没有关闭过客户评审，无法判断等级变动。",
            )
        bare = sum(customer.id not in self.scope.contacts for customer in customers)
        unknown = sum(customer.id not in self.scope.bought for customer in customers) - self.lost
        for label, number in (
            (text("without any contact recorded", "没有登记联系人"), bare),
            (text("without suppliers recorded", "没有登记供应商份额"), unknown),
            (text("with amounts that no rate converts", "金额缺少汇率"), self.lost),
            (text("without a full score", "没有完整积分"), self._unscored),
        ):
            if number:
                yield text(
                    "Accounts {what}: {number}.",
                    "{what}的客户：{number} 家。",
                    what=label,
                    number=number,
                )

    @property
    def _unscored(self) -> int:
        kept = self.scope.kept.accounts
        return sum(kept[customer.id].in_top is None for customer in self.scope.customers)

    def _next(self) -> Iterator[Text]:
        seen: dict[str, list[Text]] = defaultdict(list)
        for finding in self.found:
            seen[finding.customer.name].append(ISSUES[finding.issue])
        for name in sorted(seen, key=lambda name: (-len(seen[name]), name))[:3]:
            yield text(
                "Look at {name}: {points}.", "关注{name}：{points}。", name=name,
                points=listing(seen[name]),
            )  # fmt: skip


def portfolio_summary(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 5,
    on: date | None = None,
) -> PortfolioSummary:
    """Answers what stands out over many accounts: risks, late reviews, plans, contacts, wallets.

    Args:
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many accounts to show per point, e.g. 5.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (review, wallet), K3 (cadences), K4 (tiers), house (what stands out).
    """
    check_top(top)
    day = on or deps.today
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(segment, region, person, unit))
        reviews = review_scope(session, deps, region, day)
        scope, reviewed, lost = looked_at(session, deps, day, chosen, reviews)
    owners: dict[int, Value] = {
        customer.id: listing(owner.name for owner in covered)
        if (covered := scope.kept.accounts[customer.id].coverage.owners)
        else None
        for customer in chosen.chosen
    }
    return PortfolioSummary(
        chosen.named, day, scope, tuple(findings(scope)), owners, reviewed, lost, top, deps.rules
    )


_COLUMNS = (
    Column(text("Point", "类别")),
    Column(text("Account", "客户")),
    Column(text("Finding", "情况")),
    Column(text("Owner", "负责人")),
)
