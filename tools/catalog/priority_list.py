"""Which accounts come first: account value against relationship closeness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.priority import Quadrant, prioritised
from tools.domain.rules import RuleSet
from tools.formulas import closeness_formula, unknown_aspects, value_formula
from tools.labels import QUADRANTS, accounts, listing
from tools.priorities import Assessed, assessments, placing
from tools.scoring import check_top
from tools.selection import Filters, select
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "Which accounts should we work on first?",
        "Show the priority list for {segment}",
        "Priority list of {person}",
        "Which valuable accounts are we not close to?",
        "Value against relationship for {unit}",
        "Priorities in {region} on {on}",
        "who should I focus on first",
    ),
    zh=(
        "我们应该优先做哪些客户？",
        "{segment}行业的优先级清单",
        "{person}的客户优先级",
        "哪些高价值客户关系还不够近？",
        "{unit}客户的价值与关系分布",
        "{region}区域在{on}的优先级清单",
    ),
)
_NAMED = 5


@dataclass(frozen=True)
class PriorityList:
    """The accounts that come first, and the first by name that cannot be `placed`.

    `counts` tells how many are in each quadrant, `unplaced` how many lack value or closeness,
    `unadjusted` how many values lack a multiplier; `limit` is the value from which an account
    counts as high.
    """

    named: Text
    on: date
    limit: Money | None
    counts: Mapping[Quadrant, int]
    placed: tuple[tuple[Quadrant, Assessed], ...]
    unplaced: int
    incomplete: tuple[Assessed, ...]
    unadjusted: int
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Priority list: {named}", "优先级清单：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(self.placed, self._count()) if self.placed else None,
            chart=self._chart() if self.placed else None,
            why=_why(self.rules),
            basis=_basis(self.rules),
            missing=self._missing(),
        )

    def _count(self) -> int:
        return sum(self.counts.values())

    def _headline(self) -> Text:
        if not self.placed:
            return text(
                "{named}: no account can be placed on {on}; without value or closeness: {open}.",
                "{named}：{on} 没有可以定位的客户；缺少价值或关系紧密度数据：{open}。",
                named=self.named,
                on=self.on,
                open=accounts(self.unplaced),
            )
        quadrant, first = self.placed[0]
        return text(
            "{named}: {first} comes first on {on} ({quadrant}, value {value}, closeness "
            "{closeness}); placed: {placed}, incomplete: {open}.",
            "{named}：{on} 排在最前的是{first}"
            "（{quadrant}，价值 {value}，关系紧密度 {closeness}）；"
            "已定位：{placed}，数据不完整：{open}。",
            named=self.named,
            first=first.customer.name,
            on=self.on,
            quadrant=QUADRANTS[quadrant],
            value=first.value.value if first.value else None,
            closeness=first.closeness.total,
            placed=accounts(self._count()),
            open=accounts(self.unplaced),
        )

    def _facts(self) -> tuple[Fact, ...]:
        limit = text(
            "percentile {share} of the company",
            "公司客户的 {share} 分位",
            share=Percent(self.rules.priority.value_percentile),
        )
        return (
            *(Fact(QUADRANTS[quadrant], self.counts[quadrant]) for quadrant in Quadrant),
            Fact(text("incomplete", "数据不完整"), self.unplaced),
            Fact(text("high value from", "高价值起点"), self.limit, limit),
            Fact(text("close from", "关系近的起点"), self.rules.priority.closeness_points),
        )

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Accounts per quadrant", "各象限客户数"),
            tuple(QUADRANTS[quadrant] for quadrant in Quadrant),
            tuple(float(self.counts[quadrant]) for quadrant in Quadrant),
            text("accounts", "家"),
        )

    def _missing(self) -> tuple[Text, ...]:
        lines = [_lacks(item) for item in self.incomplete[:_NAMED]]
        rest = self.unplaced - len(lines)
        if rest:
            lines.append(text("Further incomplete: {rest}.", "其余不完整：{rest} 家。", rest=rest))
        if self.unadjusted:
            lines.append(
                text(
                    "Values without a multiplier for some purchasing behaviour, which is left "
                    "out: {count}.",
                    "{count} 家的部分采购行为没有登记或没有系数，未作调整。",
                    count=self.unadjusted,
                )
            )
        return tuple(lines)


def priority_list(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> PriorityList:
    """Answers which accounts come first, by account value and relationship closeness.

    Args:
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (value and relationship), house (quadrants, closeness).
    """
    check_top(top)
    day = on or deps.today
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(segment, region, person, unit))
        found = placing(session, day, chosen, deps.rules)
        first = list(islice(prioritised(found.quadrants), top))
        open_ = found.incomplete[: max(top, _NAMED)]
        ids = [*(entry.account_id for _, entry in first), *(customer.id for customer in open_)]
        assessed = assessments(session, day, [chosen.company[key] for key in ids], deps.rules)
    return PriorityList(
        chosen.named,
        day,
        found.limit,
        {place: len(members) for place, members in found.quadrants.items()},
        tuple((place, assessed[entry.account_id]) for place, entry in first),
        len(found.incomplete),
        tuple(assessed[customer.id] for customer in open_),
        found.unadjusted,
        deps.rules,
    )


def _table(shown: tuple[tuple[Quadrant, Assessed], ...], total: int) -> Table:
    columns = (
        Column(text("No.", "序号"), "right"),
        Column(text("Account", "客户")),
        Column(text("What to do", "策略")),
        Column(text("Value", "客户价值"), "right"),
        Column(text("Addressable spend", "可争取采购额"), "right"),
        Column(text("Spend known as of", "采购额截至")),
        Column(text("Spend source", "采购额来源")),
        Column(text("Behaviour", "采购行为系数"), "right"),
        Column(text("Closeness", "关系紧密度"), "right"),
        Column(text("Computed part", "系统计算部分"), "right"),
        Column(text("Judged part", "人工评价部分"), "right"),
    )
    rows = tuple(_row(number, *entry) for number, entry in enumerate(shown, start=1))
    return Table(columns, rows, total)


def _row(number: int, quadrant: Quadrant, item: Assessed) -> tuple[Value, ...]:
    worth: tuple[Value, ...] = ()
    if item.value is not None:
        spend = item.value.spend
        state = text("confirmed", "已确认") if spend.confirmed else text("assumed", "假设")
        source = text("{source} ({state})", "{source}（{state}）", source=spend.source, state=state)
        worth = (item.value.value, spend.amount, spend.as_of, source, item.value.behaviour)
    near = item.closeness
    parts = (near.total, near.computed, near.judged)
    return (number, item.customer.name, QUADRANTS[quadrant], *worth, *parts)


def _lacks(item: Assessed) -> Text:
    lacking: list[Text] = []
    if item.value is None:
        lacking.append(text("addressable spend", "可争取采购额"))
    lacking += unknown_aspects(item.closeness)
    said: Mapping[str, Value] = {"name": item.customer.name, "missing": listing(lacking)}
    if item.closeness.lowest == item.closeness.highest:
        return text("{name} lacks {missing}.", "{name}缺少{missing}。", **said)
    return text(
        "{name} lacks {missing}; its closeness can be {low} to {high}.",
        "{name}缺少{missing}；关系紧密度可能在 {low} 到 {high} 之间。",
        **said,
        low=item.closeness.lowest,
        high=item.closeness.highest,
    )


def _why(rules: RuleSet) -> tuple[Text, ...]:
    order = text(
        "Within a quadrant: the highest value first, then the largest closeness gap, then the "
        "name.",
        "同一象限内先按价值从高到低，再按关系紧密度差距从大到小，最后按名称。",
    )
    return value_formula(rules.value), closeness_formula(rules.closeness), order


def _basis(rules: RuleSet) -> tuple[Text, ...]:
    return basis(
        rules,
        text("priority list: value and relationship", "优先级清单：价值与关系"),
        "K1",
        {
            "value": text("Attainable share and multipliers", "可获份额与采购行为系数"),
            "closeness": text("Closeness formula", "关系紧密度公式"),
            "priority": text("Quadrant limits", "象限界限"),
        },
    )
