"""What changed in an account's composite score between two days, factor by factor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.domain.score import Part, Score
from tools.domain.score_change import FactorChange, explain, largest
from tools.domain.vocabulary import Dimension, Factor
from tools.labels import FACTORS
from tools.opened import opened
from tools.phrases import period_of
from tools.score_history import Scored, rescored, rules_of_day, scored_on, signed
from tools.scoring import lacking, score_basis
from tools.text import Money, Text, Value, text

EXAMPLES = Examples(
    en=(
        "How has the score of {account} changed since {since}?",
        "What moved the score of {account}?",
        "Why did the score of {account} drop?",
        "Why has the rank of {account} fallen since {since}?",
        "Compare the score of {account} on {since} with {until}",
        "Did {account} gain points since {since}?",
        "Score history of {account}: then and now",
        "Which factor pushed {account} up?",
        "Was it the rules or the customer that changed the score of {account}?",
    ),
    zh=(
        "{account}的积分从{since}以来变了多少？",
        "{account}的评分自{since}以来有什么变化？",
        "{account}的积分为什么下降了？",
        "{account}为什么掉分了？",
        "{account}的排名为什么从{since}起下降？",
        "对比{account}在{since}和{until}的积分",
        "{account}自{since}以来涨分了吗？",
        "{account}的积分前后变化",
        "{account}的积分是被哪个因子拉高的？",
        "{account}积分变化是规则变了还是客户变了？",
    ),
)


@dataclass(frozen=True)
class ScoreChanges:
    """The score at both days, and what each factor added to the change."""

    customer: Customer
    then: Scored
    now: Scored
    changes: tuple[FactorChange, ...]

    @property
    def total(self) -> Decimal | None:
        """The change of the score; None while it is incomplete on one of the days."""
        before, after = self.then.score.total, self.now.score.total
        return None if before is None or after is None else after - before

    def card(self) -> Card:
        rows = tuple(_row(change) for change in self.changes)
        return Card(
            title=text("Score changes: {name}", "积分变化：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)),
            chart=self._chart(),
            why=tuple(self._why()),
            basis=(
                *score_basis(self.now.rules),
                text(
                    "Splitting the change into rules and values is house.",
                    "把变化拆分为规则影响和数据影响为内部规则。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        if self.total is None or self.now.standing is None or self.then.standing is None:
            return text(
                "The change of {name}'s score from {since} to {until} is not known: {what}.",
                "{name}从 {since} 到 {until} 的积分变化未知：{what}。",
                name=self.customer.name,
                since=self.then.on,
                until=self.now.on,
                what=self._incomplete(),
            )
        return text(
            "{name} scores {now} on {until}, {change} on {since} ({then}); rank {before} of "
            "{of_before} became {after} of {of_after}{most}.",
            "{name}在 {until} 的积分为 {now}，较 {since}（{then}）{change}；"
            "排名由 {of_before} 家中第 {before} 变为 {of_after} 家中第 {after}{most}。",
            name=self.customer.name,
            now=self.now.score.total,
            then=self.then.score.total,
            until=self.now.on,
            since=self.then.on,
            change=_moved(self.total),
            before=self.then.standing.rank,
            of_before=self.then.standing.of,
            after=self.now.standing.rank,
            of_after=self.now.standing.of,
            most=self._most(),
        )

    def _incomplete(self) -> Text:
        bare = [side for side in (self.then, self.now) if side.score.missing]
        return text(
            "{missing} missing on {on}",
            "{on} 缺少{missing}",
            missing=lacking(bare[0].score),
            on=bare[0].on,
        )

    def _most(self) -> Value:
        found = largest(self.changes)
        if found is None:
            return ""
        return text(
            "; most came from {factor} ({effect})",
            "；主要来自{factor}（{effect}）",
            factor=FACTORS[found.factor],
            effect=signed(found.effect),
        )

    def _facts(self) -> Iterator[Fact]:
        for label, side in (
            (text("Score then", "当时积分"), self.then),
            (text("Score now", "现在积分"), self.now),
        ):
            shown = text("incomplete", "不完整") if side.score.total is None else side.score.total
            yield Fact(label, shown, _note(side))
        yield Fact(text("Change", "变化"), signed(self.total))
        for label, effects in (
            (text("Of it by new values", "其中数据变化"), [c.by_values for c in self.changes]),
            (text("Of it by new rules", "其中规则变化"), [c.by_rules for c in self.changes]),
        ):
            known = [effect for effect in effects if effect is not None]
            whole = len(known) == len(effects)
            yield Fact(label, signed(sum(known, Decimal(0))) if whole else None)

    def _chart(self) -> Chart | None:
        known = [(c.factor, c.effect) for c in self.changes if c.effect is not None]
        if not known:
            return None
        return Chart(
            "bar",
            text("Effect of each factor", "各因子的影响"),
            tuple(FACTORS[factor] for factor, _ in known),
            tuple(float(effect) for _, effect in known),
            text("points", "分"),
        )

    def _why(self) -> Iterator[Text]:
        yield text(
            "Each day is computed with the values known then and the rules in force then; effect = "
            "change of weight × points.",
            "两天分别按当时已知的数据和当时生效的规则计算；影响 = 权重 × 分值 的变化。",
        )
        before, after = self.then.standing, self.now.standing
        if self.total == 0 and before and after and before.rank != after.rank:
            yield text(
                "The score did not move; the rank did, because other accounts moved.",
                "积分没有变化；排名变化是因为其他客户变动。",
            )

    def _missing(self) -> Iterator[Text]:
        for side in (self.then, self.now):
            if side.score.missing:
                yield text(
                    "{on}: {factors} not known; the score could be {low} to {high}.",
                    "{on}：{factors}未知；积分可能在 {low} 到 {high} 之间。",
                    on=side.on,
                    factors=lacking(side.score),
                    low=side.score.lowest,
                    high=side.score.highest,
                )


def score_changes(
    deps: Deps, account: str, since: date | None = None, until: date | None = None
) -> ScoreChanges:
    """Answers what changed in an account's composite score since a day, and why.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        since: The earlier day, e.g. "1 July"; when left out, as long ago as an evaluation of
            importance falls due.
        until: The later day, e.g. "end of 2017"; today when left out.

    Source: K3 (method), house (numbers, split of the change).
    """
    period = period_of(since, until or deps.today)
    after = period.until or deps.today
    before = period.since or after - timedelta(days=_due_days(deps.rules))
    with deps.sessions() as session:
        found = opened(session, deps, account)
        company = customers(session, sandbox=found.sandbox)
        customer = company[found.id or 0]
        then, now = (
            scored_on(
                session,
                rules_of_day(session, deps, day),
                day,
                customer,
                company,
                practice=found.sandbox,
            )
            for day in (before, after)
        )
        between: Score = then.score
        if then.rules != now.rules:
            between = rescored(session, now.rules, before, customer)
    return ScoreChanges(customer, then, now, explain(then.score, between, now.score))


def _due_days(rules: RuleSet) -> int:
    return next(
        cadence.due_days
        for cadence in rules.evaluation.cadences
        if cadence.dimension is Dimension.IMPORTANCE
    )


_COLUMNS = (
    Column(text("Factor", "因子")),
    Column(text("Value then", "当时数值"), "right"),
    Column(text("Value now", "现在数值"), "right"),
    Column(text("Value as of", "数值截至")),
    Column(text("Source", "来源")),
    Column(text("Points then", "当时分值"), "right"),
    Column(text("Points now", "现在分值"), "right"),
    Column(text("Weight then", "当时权重"), "right"),
    Column(text("Weight now", "现在权重"), "right"),
    Column(text("By values", "数据影响"), "right"),
    Column(text("By rules", "规则影响"), "right"),
)


def _row(change: FactorChange) -> tuple[Value, ...]:
    raw = change.now.raw
    return (
        FACTORS[change.factor],
        _value(change.then),
        _value(change.now),
        raw.as_of if raw else None,
        raw.source if raw else None,
        change.then.points,
        change.now.points,
        change.then.weight,
        change.now.weight,
        signed(change.by_values),
        signed(change.by_rules),
    )


def _value(part: Part) -> Value:
    if part.raw is None:
        return text("missing", "缺失")
    if part.factor in (Factor.REVENUE, Factor.POTENTIAL):
        return Money(part.raw.value, part.raw.unit)
    return part.raw.value


def _moved(change: Decimal) -> Text:
    if change == 0:
        return text("the same as", "不变")
    if change > 0:
        return text("{points} more than", "上升 {points} 分", points=change)
    return text("{points} less than", "下降 {points} 分", points=-change)


def _note(side: Scored) -> Text:
    return text(
        "{on}, rules version {version}",
        "{on}，规则版本 {version}",
        on=side.on,
        version=str(side.rules.version),
    )
