"""Which accounts come first: account value against relationship closeness."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.closeness import contacts
from tools.data.spend import addressable_spend, habits
from tools.deps import Deps
from tools.domain.closeness import Closeness, Contacts, closeness
from tools.domain.customers import Customer
from tools.domain.percentiles import percentile
from tools.domain.priority import Placed, Quadrant, prioritise
from tools.domain.rules import RuleSet
from tools.domain.value import ValueEstimate, estimate
from tools.formulas import closeness_formula, unknown_aspects, value_formula
from tools.labels import QUADRANTS, accounts, listing
from tools.scoring import check_top
from tools.selection import Filters, Selection, select
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
class Assessed:
    """An account with its value (None: spend not known) and closeness."""

    customer: Customer
    value: ValueEstimate | None
    closeness: Closeness

    @property
    def complete(self) -> bool:
        return self.value is not None and self.closeness.total is not None


@dataclass(frozen=True)
class PriorityList:
    """`placed` by priority; `limit` is the value from which an account counts as high."""

    named: Text
    on: date
    limit: Money | None
    placed: tuple[tuple[Quadrant, Assessed], ...]
    incomplete: tuple[Assessed, ...]
    top: int
    rules: RuleSet

    def card(self) -> Card:
        shown = self.placed[: self.top]
        return Card(
            title=text("Priority list: {named}", "优先级清单：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(shown, len(self.placed)) if shown else None,
            chart=self._chart() if shown else None,
            why=_why(self.rules),
            basis=_basis(self.rules),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        if not self.placed:
            return text(
                "{named}: no account can be placed on {on}; without value or closeness: {open}.",
                "{named}：{on} 没有可以定位的客户；缺少价值或关系紧密度数据：{open}。",
                named=self.named,
                on=self.on,
                open=accounts(len(self.incomplete)),
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
            placed=accounts(len(self.placed)),
            open=accounts(len(self.incomplete)),
        )

    def _facts(self) -> tuple[Fact, ...]:
        counts = Counter(quadrant for quadrant, _ in self.placed)
        limit = text(
            "percentile {share} of the company",
            "公司客户的 {share} 分位",
            share=Percent(self.rules.priority.value_percentile),
        )
        return (
            *(Fact(QUADRANTS[quadrant], counts[quadrant]) for quadrant in Quadrant),
            Fact(text("incomplete", "数据不完整"), len(self.incomplete)),
            Fact(text("high value from", "高价值起点"), self.limit, limit),
            Fact(text("close from", "关系近的起点"), self.rules.priority.closeness_points),
        )

    def _chart(self) -> Chart:
        counts = Counter(quadrant for quadrant, _ in self.placed)
        return Chart(
            "bar",
            text("Accounts per quadrant", "各象限客户数"),
            tuple(QUADRANTS[quadrant] for quadrant in Quadrant),
            tuple(float(counts[quadrant]) for quadrant in Quadrant),
            text("accounts", "家"),
        )

    def _missing(self) -> tuple[Text, ...]:
        lines = [_lacks(item) for item in self.incomplete[:_NAMED]]
        rest = len(self.incomplete) - len(lines)
        if rest:
            lines.append(text("Further incomplete: {rest}.", "其余不完整：{rest} 家。", rest=rest))
        everything = (*(item for _, item in self.placed), *self.incomplete)
        assumed = sum(bool(item.value and item.value.open_traits) for item in everything)
        if assumed:
            lines.append(
                text(
                    "Values without a multiplier for some purchasing behaviour, which is left "
                    "out: {count}.",
                    "{count} 家的部分采购行为没有登记或没有系数，未作调整。",
                    count=assumed,
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
        values = _values(session, day, chosen, deps.rules)
        logged = contacts(session, day, deps.rules.closeness, {c.id for c in chosen.chosen})
    assessed = {
        c.id: Assessed(
            c,
            values.get(c.id),
            closeness(logged.get(c.id, Contacts()), day, deps.rules.closeness),
        )
        for c in chosen.chosen
    }
    limit = percentile(
        [value.value.amount for value in values.values()], deps.rules.priority.value_percentile
    )
    return PriorityList(
        chosen.named,
        day,
        None if limit is None else Money(limit, deps.rules.company.base_currency),
        _placed(assessed, limit, deps.rules),
        tuple(item for item in assessed.values() if not item.complete),
        top,
        deps.rules,
    )


def _values(
    session: Session, day: date, chosen: Selection, rules: RuleSet
) -> dict[int, ValueEstimate]:
    """The value of every account of the company whose spend is known."""
    among = chosen.company.keys() if chosen.practice else None
    spends = addressable_spend(session, day, rules.company.base_currency, among)
    behaviour = habits(session, day, among)
    return {
        account: found
        for account, spend in spends.items()
        if account in chosen.company
        and (found := estimate(spend, behaviour.get(account, {}), rules.value)) is not None
    }


def _placed(
    assessed: dict[int, Assessed], limit: Decimal | None, rules: RuleSet
) -> tuple[tuple[Quadrant, Assessed], ...]:
    entries = [
        Placed(key, item.customer.name, item.value.value.amount, item.closeness.total)
        for key, item in assessed.items()
        if item.value is not None and item.closeness.total is not None
    ]
    if limit is None:
        return ()
    ordered = prioritise(entries, limit, rules.priority)
    return tuple((quadrant, assessed[entry.account_id]) for quadrant, entry in ordered)


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
