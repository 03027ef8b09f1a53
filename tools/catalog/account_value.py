"""What an account could be worth a year: spend, attainable share and how it buys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.spend import addressable_spend, habits
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.domain.value import Habit, Spend, ValueEstimate, estimate
from tools.formulas import value_formula
from tools.labels import listing
from tools.opened import opened
from tools.sourced import state
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What is the account value of {account}?",
        "Estimate the value of {account}",
        "How much could {account} be worth to us?",
        "How is the value of {account} computed?",
        "Which multipliers apply to {account}?",
        "Value estimate for {account} on {on}",
        "How does the purchasing behaviour of {account} change its value?",
        "What is the addressable spend of {account} and what can we win of it?",
        "Is {account} price sensitive, and what does that do to its value?",
        "how much could {account} bring us in a year",
    ),
    zh=(
        "{account}的客户价值是多少？",
        "估算一下{account}的价值",
        "{account}对我们值多少钱？",
        "{account}的价值是怎么估算的？",
        "{account}适用哪些采购行为系数？",
        "{account}在{on}的价值估算",
        "{account}的采购行为对价值有什么影响？",
        "{account}的可争取采购额有多少，我们能拿到多少？",
        "{account}对价格敏感吗，对价值有何影响？",
        "{account}一年能给我们带来多少价值",
        "{account}一年值多少钱",
    ),
)
_TRAITS: Mapping[str, Text] = {
    "buying": text("buying", "采购方式"),
    "price_sensitivity": text("price sensitivity", "价格敏感度"),
    "payment": text("payment", "付款"),
}
_VALUES: Mapping[str, Text] = {
    "central": text("central", "集中采购"),
    "local": text("local", "分散采购"),
    "high": text("high", "高"),
    "low": text("low", "低"),
    "prompt": text("prompt", "及时"),
    "slow": text("slow", "拖延"),
}


@dataclass(frozen=True)
class AccountValue:
    """The estimate, None while the spend is not known; `habits` as recorded."""

    name: str
    on: date
    spend: Spend | None
    estimate: ValueEstimate | None
    habits: Mapping[str, Habit]
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Account value: {name}", "客户价值：{name}", name=self.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=_table(self.estimate, self.habits) if self.estimate else None,
            why=(value_formula(self.rules.value), *self._steps()),
            basis=basis(
                self.rules,
                text("account value estimate", "客户价值估算"),
                "K1",
                {
                    "value.attainable_share": text("Attainable share", "可获份额"),
                    "value.multipliers": text("Behaviour multipliers", "采购行为系数"),
                },
            ),
            missing=tuple(self._missing()),
            next=(
                text("See where it stands in the priority list.", "查看其在优先级清单中的位置。"),
            ),
        )

    def _headline(self) -> Text:
        if self.estimate is None:
            return text(
                "The value of {name} cannot be estimated on {on}: its addressable spend is not "
                "known.",
                "{on} 无法估算{name}的价值：可争取采购额未知。",
                name=self.name,
                on=self.on,
            )
        return text(
            "{name} is worth an estimated {value} a year on {on}: {spend} addressable spend × "
            "{share} attainable share × {behaviour} behaviour factor.",
            "{on} 估算{name}的年度价值为 {value}：可争取采购额 {spend} × 可获份额 {share} × "
            "采购行为系数 {behaviour}。",
            name=self.name,
            on=self.on,
            value=self.estimate.value,
            spend=self.estimate.spend.amount,
            share=Percent(self.estimate.attainable_share),
            behaviour=_exact(self.estimate.behaviour),
        )

    def _facts(self) -> Iterator[Fact]:
        if self.estimate is None:
            yield Fact(text("Value", "价值"), text("not known", "未知"))
            return
        yield Fact(text("Value", "价值"), self.estimate.value)
        yield Fact(
            text("Assumed or confirmed", "依据"),
            state(self._confirmed(self.estimate)),
            text("as sure as its weakest input", "以最弱的输入为准"),
        )

    def _confirmed(self, found: ValueEstimate) -> bool:
        known = [self.habits[trait].confirmed for trait in found.multipliers]
        return found.spend.confirmed and not found.open_traits and all(known)

    def _steps(self) -> Iterator[Text]:
        if self.estimate is None or not self.estimate.multipliers:
            return
        factors = " × ".join(_exact(factor) for factor in self.estimate.multipliers.values())
        yield text(
            "Behaviour factor: {factors} = {result}",
            "采购行为系数：{factors} = {result}",
            factors=factors,
            result=_exact(self.estimate.behaviour),
        )

    def _missing(self) -> Iterator[Text]:
        if self.estimate is None:
            yield text(
                "Addressable spend in {base}: enter what the customer buys a year in our "
                "categories from anybody, with day and source, and the exchange rate if it is in "
                "another currency.",
                "以 {base} 计的可争取采购额：请录入客户一年在我们品类上的全部采购额，"
                "注明日期和来源；若为其他币种，还需汇率。",
                base=self.rules.company.base_currency,
            )
            return
        if self.estimate.spend.assumed_currency:
            yield text(
                "The spend names no currency; {base} is assumed.",
                "采购额未注明币种，按 {base} 计。",
                base=self.rules.company.base_currency,
            )
        for trait in self.estimate.open_traits:
            yield _open(trait, self.habits.get(trait), self.rules)


def account_value(deps: Deps, account: str, on: date | None = None) -> AccountValue:
    """Answers what an account is worth a year: its spend, what we can win of it, how it buys.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to estimate, e.g. "end of 2017"; today when left out.

    Source: K1 (value), house (formula).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        spend = addressable_spend(session, day, rules.company.base_currency, [key]).get(key)
        behaviour = habits(session, day, [key]).get(key, {})
    result = estimate(spend, behaviour, rules.value)
    return AccountValue(found.name, day, spend, result, behaviour, rules)


def _table(found: ValueEstimate, behaviour: Mapping[str, Habit]) -> Table:
    columns = (
        Column(text("Input", "输入")),
        Column(text("Value", "数值"), "right"),
        Column(text("Factor", "系数"), "right"),
        Column(text("As of", "截至")),
        Column(text("Source", "来源")),
        Column(text("State", "状态")),
    )
    spend = found.spend
    label = text("addressable spend", "可争取采购额")
    if spend.year is not None:
        label = text("addressable spend {year}", "{year} 年可争取采购额", year=str(spend.year))
    first: tuple[Value, ...] = (
        label,
        spend.amount,
        None,
        spend.as_of,
        spend.source,
        state(spend.confirmed),
    )
    share: tuple[Value, ...] = (
        text("attainable share", "可获份额"),
        Percent(found.attainable_share),
        found.attainable_share,
        None,
        text("rules", "规则"),
        None,
    )
    rows = (first, share, *(_habit(behaviour[t], f) for t, f in found.multipliers.items()))
    return Table(columns, rows, len(rows))


def _habit(habit: Habit, factor: Value) -> tuple[Value, ...]:
    value = _VALUES.get(habit.value, habit.value)
    return _trait(habit.trait), value, factor, habit.as_of, habit.source, state(habit.confirmed)


def _exact(factor: Decimal) -> str:
    """All its digits: a factor rounded to two places would not give the value shown."""
    return f"{factor.normalize():f}"


def _trait(trait: str) -> Value:
    return _TRAITS.get(trait, trait)


def _open(trait: str, habit: Habit | None, rules: RuleSet) -> Text:
    known = [m.value for m in rules.value.multipliers if m.trait == trait]
    if habit is not None:
        return text(
            "{trait}: “{value}” has no multiplier and changes nothing; known are {known}.",
            "{trait}：“{value}”没有系数，未作调整；可用值：{known}。",
            trait=_trait(trait),
            value=habit.value,
            known=listing(_VALUES.get(value, value) for value in known),
        )
    return text(
        "{trait}: not recorded and changes nothing; find out whether {known}.",
        "{trait}：未登记，未作调整；请了解属于哪一种：{known}。",
        trait=_trait(trait),
        known=listing(_VALUES.get(value, value) for value in known),
    )
