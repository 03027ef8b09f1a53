"""Deals counted and summed: what is open, what was won and lost."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import sales
from tools.data.deals import CLOSED
from tools.deal_selection import Asked, select
from tools.deps import Deps
from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, fold
from tools.domain.vocabulary import Stage
from tools.groups import PLURAL, REGION_BASIS, TITLE, grouping, names
from tools.phrases import (
    assumptions,
    closing_in,
    cut,
    gaps,
    in_period,
    limited,
    listed,
    not_expected,
    rules_line,
    undated,
)
from tools.pipeline_rows import PipelineRow, by_stage, row_of, size, stage_of, summed
from tools.record_labels import STAGE
from tools.text import Text, Value, text

_BEGUN = text(
    "Open deals count on the day work on them began, closed ones on their closing day; both ends "
    "of the period count (house).",
    "未关闭的商机按开始跟进日计，已关闭的按关闭日计，首尾两日均计入（内部规则）。",
)
_EXPECTED = text(
    "Open deals count on the day they are expected to close, closed ones on their closing day; "
    "both ends of the period count (house).",
    "未关闭的商机按预计关闭日计，已关闭的按关闭日计，首尾两日均计入（内部规则）。",
)


@dataclass(frozen=True)
class PipelineReport:
    """Deals by group and by stage; `undated` counts open deals that lie in no period. With
    `closing`, open deals count on the day they are expected to close."""

    by: str
    period: Period
    filters: tuple[Text, ...]
    rows: tuple[PipelineRow, ...]
    groups: int
    stages: tuple[tuple[Stage, Tally], ...]
    undated: int
    limited: bool
    closing: bool
    rules: RuleSet

    @property
    def open(self) -> Tally:
        """All open deals together."""
        return summed(self.rules, (t for stage, t in self.stages if stage not in CLOSED))

    def stage(self, stage: Stage) -> Tally:
        """The deals of one stage."""
        return summed(self.rules, (t for found, t in self.stages if found is stage))

    @property
    def total(self) -> Tally:
        return summed(self.rules, (t for _, t in self.stages))

    def card(self) -> Card:
        return Card(
            title=text("Pipeline by {by}", "按{by}统计的商机", by=TITLE[self.by]),
            headline=self._headline(),
            facts=self._facts(),
            table=self._stage_table() if self.by == "stage" else self._table(),
            chart=self._chart(),
            why=(_EXPECTED if self.closing else _BEGUN,),
            basis=self._basis(),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        values: dict[str, Value] = {
            "period": closing_in(self.period) if self.closing else in_period(self.period),
            "what": listed(self.filters),
            "open": self.open.count,
            "won": self.stage(Stage.WON).count,
            "revenue": self.stage(Stage.WON).total,
            "lost": self.stage(Stage.LOST).count,
        }
        if not self.total.count:
            return text("There are no deals {period}{what}.", "{period}没有商机{what}。", **values)
        unknown = text("no value recorded", "均无金额")
        return text(
            "The pipeline {period}{what}: {open} open ({worth}), {won} won ({revenue}), "
            "{lost} lost.",
            "{period}的商机{what}：未关闭 {open} 个（{worth}），赢单 {won} 个（{revenue}），"
            "丢单 {lost} 个。",
            worth=self.open.known or unknown,
            **values,
        )

    def _facts(self) -> tuple[Fact, ...]:
        stages = () if self.by == "stage" else self.stages
        return (
            Fact(text("Period", "期间"), in_period(self.period)),
            Fact(text("Deals in all", "商机总数"), self.total.count),
            *(Fact(STAGE[stage], found.count, found.known) for stage, found in stages),
        )

    def _stage_table(self) -> Table:
        columns = (
            Column(TITLE["stage"]),
            Column(text("deals", "个数"), "right"),
            Column(text("value", "金额"), "right"),
            Column(text("without value", "无金额"), "right"),
        )
        rows = tuple((STAGE[s], t.count, t.known, t.valueless) for s, t in self.stages)
        return Table(columns, rows, len(rows))

    def _table(self) -> Table:
        columns = (
            Column(TITLE[self.by]),
            Column(text("open", "未关闭"), "right"),
            Column(text("open value", "未关闭金额"), "right"),
            Column(text("won", "赢单"), "right"),
            Column(text("won value", "赢单金额"), "right"),
            Column(text("lost", "丢单"), "right"),
        )
        rows = tuple(
            (r.label, r.open.count, r.open.known, r.won.count, r.won.known, r.lost.count)
            for r in self.rows
        )
        return Table(columns, rows, self.groups)

    def _chart(self) -> Chart | None:
        bars: list[tuple[Value, int]] = [(row.label, row.open.count) for row in self.rows]
        if self.by == "stage":
            bars = [(STAGE[stage], found.count) for stage, found in self.stages]
        if len(bars) < 2:
            return None
        title = text("Deals by stage", "各阶段商机数")
        if self.by != "stage":
            title = text("Open deals by {by}", "按{by}统计的未关闭商机", by=TITLE[self.by])
        labels, counts = zip(*bars, strict=True)
        return Chart("bar", title, labels, tuple(map(float, counts)), text("deals", "个"))

    def _basis(self) -> tuple[Text, ...]:
        lines = [rules_line(self.rules), *assumptions(self.total)]
        if self.by == "region":
            lines.append(REGION_BASIS)
        if self.limited:
            lines.append(limited())
        return tuple(lines)

    def _missing(self) -> tuple[Text, ...]:
        found = list(gaps(self.total))
        if self.undated:
            found.append((not_expected if self.closing else undated)(self.undated))
        if len(self.rows) < self.groups:
            found.append(cut(len(self.rows), self.groups, PLURAL[self.by]))
        return tuple(found)


def pipeline(
    deps: Deps,
    by: Literal["stage", "account", "person", "unit", "region", "segment", "product"] = "stage",
    *,
    account: str = "",
    person: str = "",
    unit: str = "",
    region: str = "",
    segment: str = "",
    product: str = "",
    stage: str = "",
    since: date | None = None,
    until: date | None = None,
    closing: bool = False,
    top: int = 10,
) -> PipelineReport:
    """The pipeline: how many deals are open, won and lost, and their value.

    Args:
        by: What to count by, "stage" for the funnel, "person" for each seller's deals.
        account: One customer only, e.g. "Merrowick Semiconductor".
        person: One seller only, e.g. "Grace Tan", or "me".
        unit: A team with the units below it, e.g. "Central", or "my team".
        region: One region only, e.g. "East".
        segment: One segment only, e.g. "retail".
        product: One product only, e.g. "LX700 PLC".
        stage: One stage only: "prospecting", "engaging", "won", "lost", "open" or "closed".
        since: First day that counts, e.g. 2017-07-01.
        until: Last day that counts, e.g. 2017-09-30.
        closing: Whether open deals count on the day they are expected to close ("closing next
            month", "forecast"), not on the day work on them began.
        top: How many rows to show, e.g. 5.

    Source: house.
    """
    with deps.sessions() as session:
        asked = Asked(account, person, unit, region, segment, product, stage, since, until, closing)
        selection = select(session, deps, asked)
        where, base = selection.readable, deps.rules.company.base_currency
        how = grouping(session, by)
        slices = sales.deals(session, base, (*how.columns, "stage"), where, deps.today)
        tallies = fold(slices, base, lambda key: (how.group(key[:-1]), stage_of(key[-1])))
        rows = {group: row_of(deps.rules, group, tallies) for group, _ in tallies}
        groups = sorted(rows, key=lambda group: size(group, rows[group]))
        kept = groups[: max(top, 1)]
        labels = names(session, by, kept)
        bounded = where.period != Period()
        return PipelineReport(
            by,
            where.period,
            selection.filters,
            tuple(replace(rows[group], label=labels[group]) for group in kept),
            len(groups),
            by_stage(deps.rules, tallies),
            sales.undated(session, where) if bounded else 0,
            selection.limited,
            closing,
            deps.rules,
        )


EXAMPLES = Examples(
    en=(
        "show me the pipeline",
        "what's in the funnel",
        "open deals of {account}",
        "how many opportunities are open with {account}",
        "pipeline by region",
        "pipeline of my team by stage",
        "how many deals does {person} have open",
        "deals in stage {stage}",
        "opportunities engaged since {since}",
        "which accounts have the most open deals",
        "pipeline for {product}",
        "how many deals did we lose in {segment} from {since} to {until}",
        "count of opportunities per seller",
        "{product} deals that were lost in {region}",
        "which deals are expected to close between {since} and {until}",
        "forecast of deals closing until {until} for {unit}",
        "what are we working on with {account} right now?",
        "How many deals do we have open in {region}?",
        "what deals does {person} have open",
        "how many deals do we have going with {account}",
        "open opps for {account}",
        "deals of {account} closing {since}",
        "which deals did {region} win",
        "how many deals did {unit} win this quarter",
        "unsigned deals in {region}",
    ),
    zh=(
        "看一下销售漏斗",
        "现在有多少商机",
        "{account}有哪些在谈的商机",
        "{account}目前有几个未关闭的商机",
        "各区域的商机情况",
        "我的团队各阶段商机",
        "{person}手上有多少单子",
        "处于{stage}阶段的商机有多少",
        "{since}以来新开的商机",
        "哪些客户在谈的商机最多",
        "{product}的商机",
        "{since}到{until}{segment}丢了多少单",
        "每个销售的商机数量",
        "{since}到{until}预计要关闭的商机",
        "{unit}的销售预测",
        "请帮我统计一下pipeline",
        "{person}手上的案子有哪些",
        "{person}在跑哪些单子",
        "{account}还有几个案子没结",
        "{person}手上有哪些open的deal",
        "{unit}本季度赢了几单",
        "{region}还有多少没签的单",
        "{region}赢了哪些案子",
        "{account}下个季度要签的单子",
        "{account}要close的deal",
    ),
)
