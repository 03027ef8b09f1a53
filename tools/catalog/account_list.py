"""The accounts themselves: listed, counted by region or segment, new ones, those without a plan."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.access import scope_of
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import AccountStatus
from tools.labels import accounts
from tools.listed_accounts import Listed, read_listed
from tools.phrases import cut, in_period, listed, period_of, rules_line
from tools.record_labels import STATUS
from tools.selection import Filters, select
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "List the customers in {region}",
        "How many customers do we have?",
        "How are our customers spread over regions?",
        "Number of customers by segment",
        "Which customers have no account plan?",
        "Accounts of {unit} without a plan",
        "New customers since {since}",
        "Which customers did we gain between {since} and {until}?",
        "All customers in the {segment} segment",
        "Distribution of accounts by status",
        "which customers are new this year",
        "which accounts did we gain since {since}",
        "accounts in {region} without a plan",
    ),
    zh=(
        "列出{region}区域的客户",
        "我们一共有多少客户？",
        "客户按区域分布",
        "各行业分别有多少客户",
        "哪些客户没有客户计划？",
        "{unit}没有计划的客户",
        "{since}以来新增的客户",
        "{since}到{until}新增了哪些客户？",
        "{segment}行业的所有客户",
        "客户按状态分布",
        "今年新增了哪些客户",
        "哪些是今年的新客户",
        "{region}有哪些客户",
    ),
)
Grouped = Literal["", "region", "segment", "status"]
_TITLE = {
    "region": text("region", "区域"),
    "segment": text("segment", "行业"),
    "status": text("status", "状态"),
}
_NONE = text("not recorded", "未登记")


@dataclass(frozen=True)
class AccountList:
    """`found` are those asked for, of `checked`; `undated` have no known first day."""

    named: Text
    by: Grouped
    period: Period
    without_plan: bool
    on: date
    found: tuple[Listed, ...]
    checked: int
    undated: int
    limited: bool
    top: int
    rules: RuleSet

    @property
    def groups(self) -> list[tuple[Value, int]]:
        """How many accounts each group holds, the largest first; not recorded comes last."""
        counts = Counter(item.group(self.by) for item in self.found)
        ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
        return [(self._label(group), count) for group, count in ranked]

    def _label(self, group: str | None) -> Value:
        if group is None:
            return _NONE
        return STATUS[AccountStatus(group)] if self.by == "status" else group

    def card(self) -> Card:
        return Card(
            title=text("Accounts: {named}", "客户名单：{named}", named=self.named),
            headline=self._headline(),
            facts=(
                Fact(text("Accounts", "客户数"), len(self.found)),
                Fact(text("Accounts looked at", "检查的客户数"), self.checked),
            ),
            table=(self._groups() if self.by else self._table()) if self.found else None,
            chart=self._chart(),
            why=tuple(self._why()),
            basis=(
                text("Method: records as they are kept (house).", "方法：按登记的记录。"),
                rules_line(self.rules),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        limits = []
        if self.period != Period():
            limits.append(text("new {period}", "{period}新增", period=in_period(self.period)))
        if self.without_plan:
            limits.append(text("without a current plan", "没有有效的客户计划"))
        values: dict[str, Value] = {
            "named": self.named,
            "accounts": accounts(len(self.found)),
            "what": listed(limits),
        }
        if not (self.by and self.found):
            return text("{named}: {accounts}{what}.", "{named}：{accounts}{what}。", **values)
        most, count = self.groups[0]
        return text(
            "{named}: {accounts}{what} by {by}; most in {most} ({count}).",
            "{named}：{accounts}{what}，按{by}统计，最多的是{most}（{count} 家）。",
            by=_TITLE[self.by],
            most=most,
            count=count,
            **values,
        )

    def _groups(self) -> Table:
        columns = (
            Column(_TITLE[self.by]),
            Column(text("Accounts", "客户数"), "right"),
            Column(text("Share", "占比"), "right"),
        )
        total = Decimal(len(self.found))
        rows = tuple((group, count, Percent(count / total)) for group, count in self.groups)
        return Table(columns, rows, len(rows))

    def _table(self) -> Table:
        columns = (
            Column(text("Account", "客户")),
            Column(text("Segment", "行业")),
            Column(text("Region", "区域")),
            Column(text("City", "城市")),
            Column(text("Status", "状态")),
            Column(text("Customer since", "合作起始")),
            *((Column(text("Last plan ended", "上一计划截止")),) if self.without_plan else ()),
        )
        rows = tuple(self._row(item) for item in self.found[: max(self.top, 1)])
        return Table(columns, rows, len(self.found))

    def _row(self, item: Listed) -> tuple[Value, ...]:
        since: Value = item.facts.customer_since
        if since is None and item.first_sale:
            since = text("{day} (first sale)", "{day}（首次成交）", day=item.first_sale)
        ended = item.plan.ends if item.plan else None
        return (
            item.customer.name,
            item.customer.segment,
            item.region,
            item.facts.city,
            STATUS[item.facts.status],
            since,
            *((ended,) if self.without_plan else ()),
        )

    def _chart(self) -> Chart | None:
        if not self.by or len(self.groups) < 2:
            return None
        labels, counts = zip(*self.groups, strict=True)
        return Chart(
            "bar",
            text("Accounts by {by}", "按{by}统计的客户数", by=_TITLE[self.by]),
            labels,
            tuple(map(float, counts)),
            text("accounts", "家"),
        )

    def _why(self) -> Iterator[Text]:
        yield text(
            "Where an account names no region, that of its owner's unit counts (house).",
            "客户未登记区域时，取负责人所属部门的区域（内部规则）。",
        )
        yield text(
            "A customer from the recorded day on, else from the first sale (house).",
            "合作起始以登记日期为准，未登记时取首次成交日（内部规则）。",
        )
        if self.without_plan:
            yield text(
                "A plan is current on {on} until its last day, drafts included (house).",
                "计划（含草稿）在 {on} 尚未到截止日即视为有效（内部规则）。",
                on=self.on,
            )

    def _missing(self) -> Iterator[Text]:
        if self.limited:
            yield text(
                "Looked at were accounts you read in full only.", "仅检查了您可查看全部信息的客户。"
            )
        if self.undated:
            yield text(
                "Neither a first day nor a sale is recorded: {accounts}.",
                "既未登记合作起始，也没有成交记录：{accounts}。",
                accounts=accounts(self.undated),
            )
        if not self.by and len(self.found) > self.top:
            yield cut(max(self.top, 1), len(self.found), text("accounts", "个客户"))


def account_list(
    deps: Deps,
    by: Grouped = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    without_plan: bool = False,
    since: date | None = None,
    until: date | None = None,
    top: int = 50,
) -> AccountList:
    """Answers which accounts there are: by region or segment, new ones, those without a plan.

    Args:
        by: What to count by, "region", "segment" or "status"; a list when left out.
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        without_plan: Only accounts that have no current account plan.
        since: Only customers gained since this day, e.g. "1 January".
        until: Only customers gained until this day, e.g. "end of June".
        top: How many rows to show, e.g. 50.

    Source: house.
    """
    period = period_of(since, until)
    internal = without_plan or period != Period()
    with deps.sessions() as session:
        filters = Filters(segment=segment, region=region, person=person, unit=unit)
        chosen = select(session, deps, deps.today, filters, internal=internal)
        scope = scope_of(session, deps.asker, deps.today)
        every = read_listed(session, deps, scope, chosen.chosen)
    found = [item for item in every if _fits(item, period, deps.today, without_plan=without_plan)]
    dated = period != Period()
    return AccountList(
        chosen.named,
        by,
        period,
        without_plan,
        deps.today,
        tuple(found),
        len(every),
        sum(item.since is None for item in every) if dated else 0,
        internal and scope.full is not None,
        top,
        deps.rules,
    )


def _fits(item: Listed, period: Period, today: date, *, without_plan: bool) -> bool:
    if period != Period() and (item.since is None or item.since not in period):
        return False
    planned = item.plan is not None and item.plan.ends >= today
    return not (without_plan and planned)
