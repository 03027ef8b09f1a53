"""The composite score of one account, factor by factor."""

from dataclasses import dataclass
from datetime import date

from tools import resolve
from tools.access import scope_of
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.score import Part, Raw, Score
from tools.domain.vocabulary import Factor
from tools.labels import FACTORS
from tools.scoring import lacking, score_basis, scoreboard, to_collect
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What is the composite score of {account}?",
        "Is {account} a key account?",
        "How does {account} score and why?",
        "What rank does {account} have?",
        "What did {account} score on {on}?",
        "Which points does {account} get for each factor?",
        "Points of {account} factor by factor",
        "Should {account} be a key account?",
        "Score of {account}",
        "Where do the points of {account} come from?",
    ),
    zh=(
        "{account}的综合积分是多少？",
        "{account}是不是大客户？",
        "{account}为什么得这个分？",
        "{account}排第几名？",
        "{account}在{on}的积分是多少？",
        "{account}各因子得了多少分？",
        "{account}的积分",
        "{account}能算大客户吗",
        "{account}的分数是怎么来的",
    ),
)


@dataclass(frozen=True)
class CompositeScore:
    """The score with its parts; the standings are None while a factor is missing."""

    customer: Customer
    on: date
    score: Score
    overall: Standing | None
    within: Standing | None
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Composite score: {name}", "综合积分：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(self.score),
            chart=_chart(self.score),
            why=tuple(_steps(self.score)),
            basis=score_basis(self.rules),
            missing=self._missing(),
            next=_next(self.score),
        )

    def _headline(self) -> Text:
        if self.overall is None or self.score.total is None:
            return text(
                "{name} has no full score on {on}: {missing} missing. The known factors give "
                "{known} points; the score can still be {low} to {high}.",
                "{name}在 {on} 还没有完整积分：缺少{missing}。已知因子得 {known} 分，"
                "积分可能在 {low} 到 {high} 之间。",
                name=self.customer.name,
                on=self.on,
                missing=lacking(self.score),
                known=self.score.known,
                low=self.score.lowest,
                high=self.score.highest,
            )
        return text(
            "{name} scores {total} of 100 on {on}: rank {rank} of {of}, {verdict}.",
            "{name}在 {on} 的综合积分为 {total}（满分 100），"
            "在 {of} 家客户中排第 {rank}，{verdict}。",
            name=self.customer.name,
            total=self.score.total,
            on=self.on,
            rank=self.overall.rank,
            of=self.overall.of,
            verdict=self._verdict(self.overall),
        )

    def _verdict(self, standing: Standing) -> Text:
        share = Percent(self.rules.score.top_share)
        if standing.in_top:
            return text("a key account (top {share})", "属于大客户（前 {share}）", share=share)
        return text(
            "not a key account (outside the top {share})",
            "不属于大客户（未进入前 {share}）",
            share=share,
        )

    def _facts(self) -> tuple[Fact, ...]:
        if self.overall is None:
            return (
                Fact(text("Score", "积分"), text("incomplete", "不完整")),
                Fact(text("Known points", "已知得分"), self.score.known),
                Fact(
                    text("Score can be", "积分范围"),
                    text(
                        "{low} to {high}",
                        "{low} 到 {high}",
                        low=self.score.lowest,
                        high=self.score.highest,
                    ),
                ),
            )
        facts = [
            Fact(text("Score", "积分"), self.score.total),
            _place(text("Rank in the company", "公司排名"), self.overall),
        ]
        if self.within is not None:
            segment = self.customer.segment
            label = text("Rank in segment {name}", "{name}行业排名", name=segment)
            facts.append(_place(label, self.within))
        return tuple(facts)

    def _missing(self) -> tuple[Text, ...]:
        found = [to_collect(part) for part in self.score.missing]
        found += [part.raw.gap for part in self.score.parts if part.raw and part.raw.gap]
        if self.customer.segment is None:
            found.append(
                text(
                    "Segment: not recorded, so there is no rank in a segment.",
                    "行业：未登记，因此没有行业排名。",
                )
            )
        return tuple(found)


def composite_score(deps: Deps, account: str, on: date | None = None) -> CompositeScore:
    """Answers what an account's composite score is: factors, points, weights, rank, top share.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to score, e.g. "end of 2017"; today when left out.

    Source: K3 (method), house (numbers).
    """
    day = on or deps.today
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        scope.require_full(found.id or 0, found.name)
        company = customers(session, sandbox=found.sandbox)
        customer = company[found.id or 0]
        board = scoreboard(
            session,
            deps.rules,
            day,
            company,
            deps.rules.score.top_share,
            practice=found.sandbox,
        )
        score = board.score(session, customer)
    place = board.places[customer.id]
    return CompositeScore(
        customer,
        day,
        score,
        place.overall,
        place.within,
        deps.rules,
    )


def _place(label: Text, standing: Standing) -> Fact:
    note = (
        text("in the top share", "在前列范围内")
        if standing.in_top
        else text("outside the top share", "不在前列范围内")
    )
    rank = text("{rank} of {of}", "第 {rank} 名，共 {of} 家", rank=standing.rank, of=standing.of)
    return Fact(label, rank, note)


def _table(score: Score) -> Table:
    columns = (
        Column(text("Factor", "因子")),
        Column(text("Raw value", "原始值"), "right"),
        Column(text("As of", "截至")),
        Column(text("Source", "来源")),
        Column(text("State", "状态")),
        Column(text("Band", "分档")),
        Column(text("Points", "分值"), "right"),
        Column(text("Weight", "权重"), "right"),
        Column(text("Contribution", "得分"), "right"),
    )
    rows = tuple(_row(part) for part in score.parts)
    return Table(columns, rows, len(rows))


def _row(part: Part) -> tuple[Value, ...]:
    raw = part.raw
    return (
        FACTORS[part.factor],
        _amount(part.factor, raw) if raw else text("missing", "缺失"),
        raw.as_of if raw else None,
        raw.source if raw else None,
        _state(raw) if raw else None,
        _band(part) if raw else None,
        part.points,
        Percent(part.weight),
        part.contribution,
    )


def _amount(factor: Factor, raw: Raw) -> Value:
    if factor in (Factor.REVENUE, Factor.POTENTIAL):
        return Money(raw.value, raw.unit)
    unit = _POINTS if raw.unit == "points" else raw.unit
    return text("{value} {unit}", "{value} {unit}", value=raw.value, unit=unit)


_POINTS = text("points", "分")


def _state(raw: Raw) -> Text:
    if raw.computed:
        return text("computed", "系统计算")
    return text("confirmed", "已确认") if raw.confirmed else text("assumed", "假设")


def _band(part: Part) -> Text:
    if part.band is None:
        return text("below {upper}", "低于 {upper}", upper=part.upper)
    if part.upper is None:
        return text("from {low}", "{low} 及以上", low=part.band.at_least)
    return text(
        "{low} to under {high}", "{low} 至不足 {high}", low=part.band.at_least, high=part.upper
    )


def _steps(score: Score) -> list[Text]:
    steps = [
        text(
            "{factor}: {weight} × {points} points = {contribution}",
            "{factor}：{weight} × {points} 分 = {contribution}",
            factor=FACTORS[part.factor],
            weight=part.weight,
            points=part.points,
            contribution=part.contribution,
        )
        for part in score.parts
        if part.points is not None
    ]
    return [
        *steps,
        text("Sum of the known factors: {sum}", "已知因子合计：{sum}", sum=score.known),
    ]


def _chart(score: Score) -> Chart:
    known = [part for part in score.parts if part.contribution is not None]
    return Chart(
        "bar",
        text("Contribution of each factor", "各因子得分"),
        tuple(FACTORS[part.factor] for part in known),
        tuple(float(part.contribution or 0) for part in known),
        text("points", "分"),
    )


def _next(score: Score) -> tuple[Text, ...]:
    if score.missing:
        return (text("Collect the missing inputs and record them.", "补齐缺失数据并登记。"),)
    return (text("See the ranked list of key accounts.", "查看大客户排名。"),)
