"""The relationship closeness of an account: the computed and the judged part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.closeness import contacts
from tools.deps import Deps
from tools.domain.closeness import Aspect, Closeness, Contacts
from tools.domain.closeness import closeness as computed
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Layer
from tools.formulas import closeness_formula, unknown_aspects
from tools.labels import ASPECTS, listing
from tools.opened import opened
from tools.record_labels import LAYER
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "How close are we to {account}?",
        "Relationship closeness of {account}",
        "How is our relationship with {account}?",
        "What is the computed and the judged part of closeness at {account}?",
        "Why is the closeness of {account} so low?",
        "Closeness of {account} on {on}",
        "What would raise the closeness with {account}?",
        "Which layers did we meet at {account} and does it show in the closeness?",
        "Why are we not closer to {account}?",
    ),
    zh=(
        "我们和{account}的关系有多紧密？",
        "{account}的关系紧密度",
        "我们跟{account}关系怎么样？",
        "{account}紧密度的系统部分和人工部分各是多少？",
        "{account}的紧密度为什么低？",
        "{account}在{on}的关系紧密度",
        "怎样提高与{account}的紧密度？",
        "{account}的关系亲疏程度如何？",
        "我们跟{account}熟吗",
        "{account}和我们走得近吗",
    ),
)


@dataclass(frozen=True)
class AccountCloseness:
    """The closeness with what it was computed from."""

    name: str
    on: date
    contacts: Contacts
    closeness: Closeness
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Closeness: {name}", "关系紧密度：{name}", name=self.name),
            headline=self._headline(),
            facts=(
                Fact(text("Closeness", "关系紧密度"), self._total()),
                Fact(text("Computed part", "系统计算部分"), self.closeness.computed),
                Fact(text("Judged part", "人工评价部分"), self.closeness.judged),
            ),
            table=self._table(),
            chart=self._chart(),
            why=(closeness_formula(self.rules.closeness),),
            basis=basis(
                self.rules,
                text("closeness: a computed and a judged part", "紧密度：系统计算与人工评价两部分"),
                "K3",
                {"closeness": text("Formula, weights and days", "公式、权重与天数")},
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _total(self) -> Value:
        if self.closeness.total is not None:
            return self.closeness.total
        return text(
            "{low} to {high}",
            "{low} 到 {high}",
            low=self.closeness.lowest,
            high=self.closeness.highest,
        )

    def _headline(self) -> Text:
        if self.closeness.total is None:
            return text(
                "The closeness of {name} on {on} is not known in full: it lies between {low} and "
                "{high}; missing: {missing}.",
                "{name}在 {on} 的关系紧密度不完整：在 {low} 到 {high} 之间；缺少{missing}。",
                name=self.name,
                on=self.on,
                low=self.closeness.lowest,
                high=self.closeness.highest,
                missing=listing(unknown_aspects(self.closeness)),
            )
        return text(
            "{name} has a closeness of {total} of 100 on {on}: {computed} computed and {judged} "
            "judged; {verdict}.",
            "{name}在 {on} 的关系紧密度为 {total}（满分 100）：系统计算 {computed}，"
            "人工评价 {judged}；{verdict}。",
            name=self.name,
            total=self.closeness.total,
            on=self.on,
            computed=self.closeness.computed,
            judged=self.closeness.judged,
            verdict=self._verdict(self.closeness.total),
        )

    def _verdict(self, total: Decimal) -> Text:
        limit = self.rules.priority.closeness_points
        if total >= limit:
            return text("close (from {limit})", "关系近（{limit} 起）", limit=limit)
        return text("distant (below {limit})", "关系远（低于 {limit}）", limit=limit)

    def _table(self) -> Table:
        columns = (
            Column(text("Aspect", "方面")),
            Column(text("Evidence", "依据")),
            Column(text("Points", "得分"), "right"),
            Column(text("Weight", "权重"), "right"),
            Column(text("Contribution", "贡献"), "right"),
        )
        return Table(columns, tuple(self._row(aspect) for aspect in Aspect), len(Aspect))

    def _row(self, aspect: Aspect) -> tuple[Value, ...]:
        points, weight = self.closeness.points[aspect], self.closeness.weights[aspect]
        shown = text("missing", "缺失") if points is None else points
        contribution = None if points is None else points * weight
        return ASPECTS[aspect], self._evidence(aspect), shown, Percent(weight), contribution

    def _evidence(self, aspect: Aspect) -> Value:
        logged, rules = self.contacts, self.rules.closeness
        if aspect is Aspect.RECENCY:
            return text("last contact {day}", "最近联系 {day}", day=logged.last)
        if aspect is Aspect.FREQUENCY:
            return text(
                "{count} contacts in {days} days, target {target}",
                "{days} 天内 {count} 次，目标 {target} 次",
                count=logged.count,
                days=rules.window_days,
                target=Decimal(rules.window_days) / rules.target_days,
            )
        if aspect is Aspect.BREADTH:
            met = [layer for layer in Layer if layer in (logged.layers or ())]
            return listing(LAYER[layer] for layer in met) if met else None
        if aspect is Aspect.EXECUTIVE:
            return text("last executive contact {day}", "最近高层接触 {day}", day=logged.executive)
        judged = logged.judged
        return text("judged on {day}", "评价于 {day}", day=judged.held_on) if judged else None

    def _chart(self) -> Chart | None:
        known = [(a, p) for a in Aspect if (p := self.closeness.points[a]) is not None]
        if not known:
            return None
        return Chart(
            "bar",
            text("Points per aspect", "各方面得分"),
            tuple(ASPECTS[aspect] for aspect, _ in known),
            tuple(float(points) for _, points in known),
            text("points", "分"),
        )

    def _missing(self) -> Iterator[Text]:
        missing = self.closeness.missing
        if Aspect.RECENCY in missing:
            yield text("Contacts: none is logged.", "联系记录：没有任何记录。")
        elif Aspect.BREADTH in missing:
            yield text(
                "Layers: no participant with a known layer; record whom we met and their layer.",
                "层级：参与人的层级未知；请登记见了谁及其层级。",
            )
        if Aspect.JUDGED in missing:
            yield text(
                "Judgement: none within {days} days; ask the account manager for 0 to 100.",
                "人工评价：{days} 天内没有；请客户经理按 0 到 100 分评价。",
                days=self.rules.closeness.window_days,
            )

    def _next(self) -> Iterator[Text]:
        absent = [layer for layer in Layer if layer not in (self.contacts.layers or ())]
        if absent:
            yield text(
                "Meet the layers not met within {days} days: {layers}.",
                "接触 {days} 天内未见的层级：{layers}。",
                days=self.rules.closeness.window_days,
                layers=listing(LAYER[layer] for layer in absent),
            )


def closeness(deps: Deps, account: str, on: date | None = None) -> AccountCloseness:
    """Answers how close we are to an account: the computed part, the judged part, what lacks.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3 (two parts), house (formula).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        logged = contacts(session, day, rules.closeness, [key]).get(key, Contacts())
    return AccountCloseness(found.name, day, logged, computed(logged, day, rules.closeness), rules)
