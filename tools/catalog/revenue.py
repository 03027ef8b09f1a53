"""Won revenue, ranked or as a series."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import sales
from tools.deal_selection import Asked, select
from tools.deps import Deps
from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, share, total
from tools.groups import PLURAL, REGION_BASIS, SERIES, TITLE, grouping, names
from tools.phrases import assumptions, gaps, in_period, limited, listed, rules_line
from tools.sales_ranking import dated, may_show, ranked_groups
from tools.text import Percent, Text, Value, text


@dataclass(frozen=True)
class RevenueRow:
    """One group's won revenue; `share` is of the report's total.

    `rank` counts all accounts of the company, or the groups shown; deals without the
    property they are grouped by have none.
    """

    rank: int | None
    label: Value
    tally: Tally
    share: Decimal | None


@dataclass(frozen=True)
class RevenueReport:
    """Won revenue by group in a period.

    `groups` counts the groups with revenue, `shown_groups` those the asker may read;
    `covers` is the span of the records, given where the period holds none.
    """

    by: str
    period: Period
    filters: tuple[Text, ...]
    rows: tuple[RevenueRow, ...]
    groups: int
    shown_groups: int
    total: Tally
    covers: tuple[date, date] | None
    limited: bool
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Won revenue by {by}", "按{by}统计的赢单收入", by=TITLE[self.by]),
            headline=self._headline(),
            facts=self._facts(),
            table=self._table(),
            chart=self._chart(),
            why=(
                text(
                    "Revenue is the value of deals won, by closing day, together with booked "
                    "transactions; both ends of the period count.",
                    "收入为按成交日统计的赢单金额加上已入账交易，期间首尾两日均计入。",
                ),
            ),
            basis=self._basis(),
            missing=tuple(gaps(self.total)),
            next=self._next(),
        )

    def _headline(self) -> Text:
        values: dict[str, Value] = {
            "period": in_period(self.period),
            "money": self.total.total,
            "what": listed(self.filters),
        }
        if not self.rows and self.groups:
            return text(
                "Nothing was won {period}{what} on the accounts you read.",
                "在您有权查看的客户中，{period}没有赢单收入{what}。",
                **values,
            )
        if not self.rows:
            return text(
                "Nothing was won {period}{what}.",
                "{period}没有赢单收入{what}。",
                **values,
            )
        if self.filters and len(self.rows) == 1:
            return text(
                "{money} was won {period}{what}.",
                "{period}赢单收入 {money}{what}。",
                **values,
            )
        if self.by in SERIES:
            best = max(self.rows, key=lambda row: row.tally.total.amount)
            return text(
                "{money} was won {period}{what}; the best {by} is {label} with {top}.",
                "{period}赢单收入 {money}{what}；最高的{by}是{label}，{top}。",
                by=TITLE[self.by],
                label=best.label,
                top=best.tally.total,
                **values,
            )
        return self._leader()

    def _leader(self) -> Text:
        first = self.rows[0]
        values: dict[str, Value] = {
            "label": first.label,
            "money": first.tally.total,
            "count": self.groups,
            "kind": PLURAL[self.by],
            "period": in_period(self.period),
            "what": listed(self.filters),
            "rank": first.rank,
        }
        if first.rank == 1:
            return text(
                "{label} leads {count} {kind} with {money} won {period}{what}.",
                "{period}赢单收入最高的是{label}：{money}，共 {count} {kind}{what}。",
                **values,
            )
        return text(
            "Of those you may read, {label} is first with {money} won {period}{what}: "
            "rank {rank} of {count} {kind}.",
            "在您有权查看的范围内，{period}{label}赢单收入最高：{money}，"
            "在 {count} {kind}中排第{rank}{what}。",
            **values,
        )

    def _facts(self) -> tuple[Fact, ...]:
        return (
            Fact(text("Period", "期间"), in_period(self.period)),
            Fact(text("Won in all", "赢单合计"), self.total.total),
            Fact(text("Deals and transactions", "商机与交易数"), self.total.count),
            *(Fact(text("Filter", "筛选"), name) for name in self.filters),
        )

    def _table(self) -> Table | None:
        if not self.rows:
            return None
        columns: tuple[Column, ...] = (
            Column(text("rank", "名次"), "right"),
            Column(TITLE[self.by]),
            Column(text("won", "赢单收入"), "right"),
            Column(text("deals", "笔数"), "right"),
            Column(text("share", "占比"), "right"),
        )
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (
                row.rank,
                row.label,
                row.tally.known,
                row.tally.count,
                None if row.share is None else Percent(row.share),
            )
            for row in self.rows
        )
        if self.by in SERIES:
            columns, rows = columns[1:], tuple(row[1:] for row in rows)
        return Table(columns, rows, self.shown_groups)

    def _chart(self) -> Chart | None:
        if len(self.rows) < 2:
            return None
        return Chart(
            "line" if self.by in SERIES else "bar",
            text("Won revenue by {by}", "按{by}统计的赢单收入", by=TITLE[self.by]),
            tuple(row.label for row in self.rows),
            tuple(float(row.tally.total.amount) for row in self.rows),
            text("{unit}", "{unit}", unit=self.total.total.currency),
        )

    def _basis(self) -> tuple[Text, ...]:
        lines = [rules_line(self.rules), *assumptions(self.total)]
        if self.by == "account":
            lines.append(
                text(
                    "Ranks compare all accounts of the company; shares are of the total shown.",
                    "名次在全公司客户中比较，占比按本次显示的合计计算。",
                )
            )
        if self.by == "region":
            lines.append(REGION_BASIS)
        return (*lines, limited()) if self.limited else tuple(lines)

    def _next(self) -> tuple[Text, ...]:
        if self.rows or not self.covers:
            return ()
        return (
            text(
                "The records hold won revenue from {first} to {last}; ask for a period in it.",
                "现有赢单记录的时间范围是 {first} 至 {last}，请按此范围提问。",
                first=self.covers[0],
                last=self.covers[1],
            ),
        )


def revenue(
    deps: Deps,
    by: Literal[
        "account", "person", "unit", "region", "segment", "product", "month", "quarter", "year"
    ] = "account",
    *,
    account: str = "",
    person: str = "",
    unit: str = "",
    region: str = "",
    segment: str = "",
    product: str = "",
    since: date | None = None,
    until: date | None = None,
    top: int = 10,
) -> RevenueReport:
    """Won revenue: the ranking of accounts, sellers, regions or products, or the trend over time.

    Args:
        by: What to compare, "account" for top customers, "month" or "quarter" for a trend.
        account: One customer only, e.g. "Merrowick Semiconductor".
        person: One seller only, e.g. "Grace Tan", or "me".
        unit: A team with the units below it, e.g. "Central", or "my team".
        region: One region only, e.g. "East".
        segment: One segment only, e.g. "retail".
        product: One product only, e.g. "LX700 PLC".
        since: First day that counts, e.g. 2017-01-01; without both days the last 12 months.
        until: Last day that counts, e.g. 2017-12-31.
        top: How many rows to show, e.g. 5.

    Source: K3 (revenue), house.
    """
    with deps.sessions() as session:
        asked = Asked(account, person, unit, region, segment, product, since=since, until=until)
        selection = select(session, deps, dated(asked, by, deps.today))
        base = deps.rules.company.base_currency
        entries = ranked_groups(session, base, selection, grouping(session, by))
        shown = [entry for entry in entries if may_show(by, entry[1], selection)]
        whole = total((tally for _, _, tally in shown), base)
        kept = shown if by in SERIES else shown[: max(top, 1)]
        labels = names(session, by, [group for _, group, _ in kept])
        rows = [
            RevenueRow(rank, labels[group], tally, share(tally.total, whole.total))
            for rank, group, tally in kept
        ]
        return RevenueReport(
            by,
            selection.where.period,
            selection.filters,
            tuple(rows),
            sum(rank is not None for rank, _, _ in entries),
            len(shown),
            whole,
            None if rows else sales.span(session, replace(selection.readable, period=Period())),
            selection.limited,
            deps.rules,
        )


EXAMPLES = Examples(
    en=(
        "top accounts by won revenue in 2017",
        "who are our biggest customers",
        "top {top} customers by revenue",
        "revenue by region this year",
        "how much did we sell to {account}",
        "what did {person} win last quarter",
        "revenue of {account} since {since}",
        "monthly revenue trend",
        "show revenue per quarter for {region}",
        "which product brings in the most money",
        "rank the sales people by closed won revenue",
        "turnover by segment from {since} to {until}",
        "how much has my team sold this year",
        "best selling products in {segment}",
        "could you please show me the sales ranking of our accounts?",
        "sales of {product}",
        "revenue of {product} in {region}",
        "which sales rep brought in the most revenue",
        "who sold the most",
        "Which region has the higher revenue?",
        "revenue of {account} {since}",
        "how did we do in {region} last quarter",
        "how much have we won from {account} this year",
        "how much business did we do with {account}",
        "how did {unit} do last year",
        "revenue from {segment} this year versus last year",
        "{segment} sector revenue",
    ),
    zh=(
        "2017年赢单收入最高的客户有哪些",
        "我们最大的客户是谁",
        "销售额前{top}名的客户",
        "今年各区域的收入",
        "{account}今年给我们贡献了多少收入",
        "{person}上季度卖了多少",
        "{account}从{since}以来的销售额",
        "每个月的收入趋势",
        "{region}各季度的营收",
        "哪个产品卖得最好",
        "销售业绩排名",
        "{since}到{until}各行业的销售额",
        "我的团队今年卖了多少",
        "麻烦看一下客户销售额排行",
        "{product}的销售额",
        "{product}在{region}的收入",
        "哪个销售卖得最多",
        "谁的业绩最好",
        "哪个区域的收入最高",
        "{since}{account}的销售额",
        "{account}{since}的收入",
        "{person}{since}的业绩",
        "{region}上季度做得怎么样",
        "{account}今年给我们带来多少收入",
        "{unit}去年卖得怎么样",
        "谁今年业绩最好",
        "{account}去年买了我们什么",
        "{segment}行业今年和去年的收入",
    ),
)
