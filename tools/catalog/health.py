"""The health check of an account: satisfaction, fulfilment, technical fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools.basis import basis
from tools.cards import Card, Chart, Column, Table
from tools.catalog.spec import Examples
from tools.data.evaluations import judged
from tools.deps import Deps
from tools.domain.judgements import HEALTH, Checked
from tools.domain.judgements import health as checked
from tools.domain.rules import RuleSet
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import DIMENSION
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Health check of {account}",
        "How satisfied is {account}?",
        "What is the fulfilment rate at {account}?",
        "How well does our technology fit {account}?",
        "Satisfaction, fulfilment and technical fit of {account}",
        "Where is the cooperation with {account} weak?",
        "Does {account} need an improvement plan?",
        "Health check of {account} on {on}",
        "Is {account} happy with us?",
        "Satisfaction at {account}",
    ),
    zh=(
        "{account}的健康检查",
        "{account}的满意度如何？",
        "{account}的履约率是多少？",
        "我们的技术与{account}匹配吗？",
        "{account}的满意度、履约率和技术匹配度",
        "与{account}的合作有哪些薄弱点？",
        "{account}需要改进计划吗？",
        "{account}在{on}的健康检查",
        "{account}对我们满意吗",
        "{account}的满意度",
        "给{account}做个体检",
    ),
)


@dataclass(frozen=True)
class HealthCheck:
    """The three measures with their newest points and those before."""

    name: str
    on: date
    measures: tuple[Checked, ...]
    rules: RuleSet

    @property
    def weak(self) -> list[Checked]:
        return [measure for measure in self.measures if measure.weak]

    @property
    def warned(self) -> list[Checked]:
        """Measures that fell much and are not weak yet."""
        return [m for m in self.measures if m.warning and not m.weak]

    def card(self) -> Card:
        limits = self.rules.health
        return Card(
            title=text("Health check: {name}", "健康检查：{name}", name=self.name),
            headline=self._headline(),
            table=self._table(),
            chart=self._chart(),
            why=(
                text(
                    "Below {limit} a measure is weak; a fall of {fall} or more is a warning. No "
                    "overall figure is formed, which would hide the weak point.",
                    "低于 {limit} 为薄弱；下降 {fall} 及以上为预警。不计算总分，以免掩盖薄弱点。",
                    limit=limits.weak_below,
                    fall=limits.warning_fall,
                ),
            ),
            basis=basis(
                self.rules,
                text("health check", "健康检查"),
                "K4",
                {"health": text("Scale 0 to 100 and limits", "0 到 100 分制与界限")},
            ),
            missing=tuple(
                text(
                    "{measure}: never measured; record 0 to 100 with day and name.",
                    "{measure}：从未测量；请按 0 到 100 分登记，并注明日期和评价人。",
                    measure=DIMENSION[measure.dimension],
                )
                for measure in self.measures
                if measure.now is None
            ),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        known = [m for m in self.measures if m.now]
        if not known:
            return text(
                "The health of {name} was not measured by {on}.",
                "截至 {on}，{name}尚未做过健康检查。",
                name=self.name,
                on=self.on,
            )
        return text(
            "{name} on {on}: {points}; weak: {weak}, warning: {warned}, not measured: {open}.",
            "{name}在 {on}：{points}；薄弱：{weak}，预警：{warned}，未测量：{open}。",
            name=self.name,
            on=self.on,
            points=listing(
                text(
                    "{measure} {points}",
                    "{measure} {points}",
                    measure=DIMENSION[m.dimension],
                    points=m.now.points if m.now else None,
                )
                for m in known
            ),
            weak=_names(self.weak),
            warned=_names(self.warned),
            open=_names([m for m in self.measures if m.now is None]),
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Measure", "指标")),
            Column(text("Before", "上次"), "right"),
            Column(text("Now", "本次"), "right"),
            Column(text("Change", "变化"), "right"),
            Column(text("Reading", "判断")),
            Column(text("As of", "截至")),
            Column(text("By", "评价人")),
            Column(text("Note", "备注")),
        )
        rows = tuple(_row(measure) for measure in self.measures)
        return Table(columns, rows, len(rows))

    def _chart(self) -> Chart | None:
        known = [(m.dimension, m.now) for m in self.measures if m.now]
        if not known:
            return None
        return Chart(
            "bar",
            text("Health check", "健康检查"),
            tuple(DIMENSION[dimension] for dimension, _ in known),
            tuple(float(now.points) for _, now in known),
            text("points", "分"),
        )

    def _next(self) -> Iterator[Text]:
        for measure in self.weak:
            yield text(
                "Improvement plan for {measure}.",
                "为{measure}制定改进计划。",
                measure=DIMENSION[measure.dimension],
            )
        for measure in self.warned:
            yield text(
                "Find out why {measure} fell.",
                "查明{measure}下降的原因。",
                measure=DIMENSION[measure.dimension],
            )


def health(deps: Deps, account: str, on: date | None = None) -> HealthCheck:
    """Answers how sound the cooperation is: satisfaction, fulfilment, technical fit, weak points.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (three measures), house (limits).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        history = judged(session, day, HEALTH, [key]).get(key, {})
    return HealthCheck(found.name, day, checked(history, rules.health), rules)


def _row(measure: Checked) -> tuple[Value, ...]:
    now, before = measure.now, measure.before
    return (
        DIMENSION[measure.dimension],
        before.points if before else None,
        now.points if now else text("missing", "缺失"),
        measure.change,
        _reading(measure),
        now.held_on if now else None,
        now.by if now else None,
        now.note if now else None,
    )


def _reading(measure: Checked) -> Value:
    if measure.now is None:
        return None
    if measure.weak:
        return text("weak", "薄弱")
    return text("warning", "预警") if measure.warning else text("sound", "良好")


def _names(measures: list[Checked]) -> Text:
    if not measures:
        return text("none", "无")
    return listing(DIMENSION[measure.dimension] for measure in measures)
