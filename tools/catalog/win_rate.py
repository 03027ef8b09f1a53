"""The share of closed deals that were won."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import sales
from tools.data.deals import CLOSED
from tools.deal_selection import Asked, select
from tools.deps import Deps
from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, WinRate, fold, nothing, total
from tools.domain.vocabulary import Stage
from tools.groups import PLURAL, REGION_BASIS, SERIES, TITLE, Group, grouping, names
from tools.phrases import assumptions, cut, gaps, in_period, limited, listed, rules_line
from tools.text import Percent, Text, Value, text


@dataclass(frozen=True)
class WinRateRow:
    """One group's closed deals and what the won ones brought."""

    label: Value
    rate: WinRate
    won: Tally


@dataclass(frozen=True)
class WinRateReport:
    """Win rates by group: the best first, or in order of time; `overall` covers all groups."""

    by: str
    period: Period
    filters: tuple[Text, ...]
    rows: tuple[WinRateRow, ...]
    groups: int
    overall: WinRate
    won: Tally
    lost: Tally
    limited: bool
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Win rate by {by}", "按{by}统计的赢单率", by=TITLE[self.by]),
            headline=self._headline(),
            facts=self._facts(),
            table=self._table(),
            chart=self._chart(),
            why=(
                text(
                    "Win rate = won ÷ (won + lost), deals counted by closing day: "
                    "{won} ÷ ({won} + {lost}).",
                    "赢单率 = 赢单 ÷（赢单 + 丢单），按关闭日统计：{won} ÷（{won} + {lost}）。",
                    won=self.overall.won,
                    lost=self.overall.lost,
                ),
                text(
                    "Deals still open do not count.",
                    "尚未关闭的商机不计入。",
                ),
            ),
            basis=self._basis(),
            missing=tuple(gaps(self.won)),
        )

    def _headline(self) -> Text:
        values: dict[str, Value] = {
            "period": in_period(self.period),
            "what": listed(self.filters),
            "won": self.overall.won,
            "closed": self.overall.closed,
        }
        if self.overall.rate is None:
            return text(
                "No deal was closed {period}{what}, so there is no win rate.",
                "{period}没有已关闭的商机{what}，无法计算赢单率。",
                **values,
            )
        values["rate"] = Percent(self.overall.rate)
        if len(self.rows) < 2:
            return text(
                "The win rate {period}{what} is {rate}: {won} of {closed} closed deals won.",
                "{period}赢单率为 {rate}：{closed} 个已关闭商机中赢单 {won} 个{what}。",
                **values,
            )
        best = max(self.rows, key=lambda row: row.rate.rate or 0)
        return text(
            "The win rate {period}{what} is {rate} ({won} of {closed} closed deals won); "
            "the best {by} is {label} with {top}.",
            "{period}赢单率为 {rate}（{closed} 个已关闭商机中赢单 {won} 个）{what}；"
            "最高的{by}是{label}，{top}。",
            by=TITLE[self.by],
            label=best.label,
            top=Percent(best.rate.rate or self.overall.rate),
            **values,
        )

    def _facts(self) -> tuple[Fact, ...]:
        first = min((day for day in (self.won.first, self.lost.first) if day), default=None)
        last = max((day for day in (self.won.latest, self.lost.latest) if day), default=None)
        return (
            Fact(text("Period", "期间"), in_period(self.period)),
            Fact(
                text("Closing days", "关闭日范围"),
                text("{first} to {last}", "{first} 至 {last}", first=first, last=last),
            ),
            Fact(text("Won", "赢单"), self.overall.won, self.won.total),
            Fact(text("Lost", "丢单"), self.overall.lost),
            *(Fact(text("Filter", "筛选"), name) for name in self.filters),
        )

    def _table(self) -> Table | None:
        if not self.rows:
            return None
        columns = (
            Column(TITLE[self.by]),
            Column(text("win rate", "赢单率"), "right"),
            Column(text("won", "赢单"), "right"),
            Column(text("lost", "丢单"), "right"),
            Column(text("won value", "赢单金额"), "right"),
        )
        rows = tuple(
            (r.label, Percent(r.rate.rate or Decimal(0)), r.rate.won, r.rate.lost, r.won.total)
            for r in self.rows
        )
        return Table(columns, rows, self.groups)

    def _chart(self) -> Chart | None:
        if len(self.rows) < 2:
            return None
        return Chart(
            "line" if self.by in SERIES else "bar",
            text("Win rate by {by}", "按{by}统计的赢单率", by=TITLE[self.by]),
            tuple(row.label for row in self.rows),
            tuple(float(round((row.rate.rate or Decimal(0)) * 100, 1)) for row in self.rows),
            text("percent", "百分比"),
        )

    def _basis(self) -> tuple[Text, ...]:
        lines = [rules_line(self.rules), *assumptions(self.won)]
        if self.by == "region":
            lines.append(REGION_BASIS)
        if self.by == "unit":
            lines.append(
                text(
                    "The unit of a deal is its seller's own unit today.",
                    "商机的部门取销售目前所在的部门。",
                )
            )
        if len(self.rows) < self.groups:
            lines.append(cut(len(self.rows), self.groups, PLURAL[self.by]))
        if self.limited:
            lines.append(limited())
        return tuple(lines)


def win_rate(
    deps: Deps,
    by: Literal[
        "region", "unit", "person", "product", "segment", "account", "month", "quarter", "year"
    ] = "region",
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
) -> WinRateReport:
    """The win rate: won deals as a share of won and lost ones, compared or over time.

    Args:
        by: What to compare, "region", "person" or "product", or "month" for a trend.
        account: One customer only, e.g. "Merrowick Semiconductor".
        person: One seller only, e.g. "Grace Tan", or "me".
        unit: A team with the units below it, e.g. "Central", or "my team".
        region: One region only, e.g. "East".
        segment: One segment only, e.g. "retail".
        product: One product only, e.g. "LX700 PLC".
        since: First closing day that counts, e.g. 2017-01-01; empty for all records.
        until: Last closing day that counts, e.g. 2017-12-31.
        top: How many rows to show, e.g. 5.

    Source: house.
    """
    with deps.sessions() as session:
        asked = Asked(account, person, unit, region, segment, product, "closed", since, until)
        selection = select(session, deps, asked)
        base = deps.rules.company.base_currency
        how = grouping(session, by)
        columns = (*how.columns, "stage")
        slices = sales.deals(session, base, columns, selection.readable, deps.today)
        tallies = fold(slices, base, lambda key: (how.group(key[:-1]), Stage(str(key[-1]))))
        groups = sorted({group for group, _ in tallies}, key=lambda g: _place(tallies, g, by))
        kept = groups if by in SERIES else groups[: max(top, 1)]
        labels = names(session, by, kept)
        won, lost = (
            total((t for (_, at), t in tallies.items() if at is stage), base) for stage in CLOSED
        )
        return WinRateReport(
            by,
            selection.where.period,
            selection.filters[:-1],
            tuple(
                WinRateRow(
                    labels[group],
                    _rate(tallies, group),
                    tallies.get((group, Stage.WON), nothing(base)),
                )
                for group in kept
            ),
            len(groups),
            WinRate(won.count, lost.count),
            won,
            lost,
            selection.limited,
            deps.rules,
        )


Tallies = dict[tuple[Group, Stage], Tally]


def _rate(tallies: Tallies, group: Group) -> WinRate:
    won, lost = (tallies.get((group, stage)) for stage in CLOSED)
    return WinRate(won.count if won else 0, lost.count if lost else 0)


def _place(tallies: Tallies, group: Group, by: str) -> tuple[bool, object, object, str]:
    """The best rate first, then the more deals; or in order of time."""
    found = _rate(tallies, group)
    if by in SERIES:
        return group is None, 0, 0, str(group)
    return group is None, -(found.rate or Decimal(0)), -found.closed, str(group)


EXAMPLES = Examples(
    en=(
        "win rate by region",
        "what's our win rate",
        "which region wins most often",
        "hit rate per seller in {region}",
        "win rate of {person}",
        "win rate for {product} since {since}",
        "how often do we win at {account}",
        "closing rate of my team this year",
        "win rate by month from {since} to {until}",
        "compare win rates of the products",
        "which segment do we lose most in",
        "won vs lost by regional office",
        "best sales people by win rate, top {top}",
        "could you tell me the success rate of {unit}?",
    ),
    zh=(
        "各区域的赢单率",
        "我们的赢单率是多少",
        "哪个区域赢单率最高",
        "{region}每个销售的成单率",
        "{person}的赢单率",
        "{product}从{since}以来的赢单率",
        "在{account}我们赢单的概率有多大",
        "我的团队今年成交率",
        "{since}到{until}每月赢单率",
        "比较一下各产品的赢单率",
        "哪个行业丢单最多",
        "各大区赢单丢单对比",
        "赢单率前{top}的销售",
        "麻烦查一下{unit}的成功率",
    ),
)
