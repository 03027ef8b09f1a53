"""The tier of an account, its treatment, and what would change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.factor_columns import factor_columns
from tools.data.factors import factor_inputs
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.domain.score import Inputs, Raw
from tools.domain.tiers import Classified, Cuts, Near, Standing
from tools.domain.vocabulary import Factor
from tools.labels import FACTORS, accounts, listing
from tools.opened import opened
from tools.scoring import COLLECT
from tools.sourced import state
from tools.summary_labels import STANDING, TIERS, TREATMENT
from tools.text import Money, Percent, Text, Value, text
from tools.tiering import Tiering, tiering

EXAMPLES = Examples(
    en=(
        "Which tier is {account}?",
        "Is {account} a VIP, growth, stable or basic account?",
        "How should {account} be treated according to its tier?",
        "Tier of {account}",
        "Why is {account} unclassified?",
        "What would {account} need to become VIP?",
        "Tier of {account} on {on}",
        "Which treatment does {account} get?",
        "Is {account} a VIP?",
        "Is {account} a growth account?",
        "Why is {account} a basic account?",
        "how can {account} become a VIP",
        "what would get {account} into a higher tier",
        "current tier of {account}",
    ),
    zh=(
        "{account}属于哪个等级？",
        "{account}是VIP、成长型、稳定型还是基础型？",
        "按等级应该怎样对待{account}？",
        "{account}的客户分级",
        "{account}为什么没有分级？",
        "{account}怎样才能成为VIP？",
        "{account}在{on}的等级",
        "{account}享受什么待遇？",
        "{account}是VIP客户吗？",
        "{account}是哪一级客户",
        "{account}算VIP吗",
        "怎么才能让{account}升到VIP",
        "{account}要怎样才能升级",
        "{account}目前的客户等级",
        "{account}现在什么档次",
    ),
)


@dataclass(frozen=True)
class AccountTier:
    """`classified` is None while revenue or potential is missing; `peers` have the segment."""

    customer: Customer
    on: date
    classified: Classified | None
    found: Tiering
    inputs: Inputs
    peers: int
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Tier: {name}", "客户等级：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._table(),
            why=tuple(self._why()),
            basis=basis(
                self.rules,
                text("four tiers by value and potential", "按价值与潜力分为四级"),
                "K4",
                {"tiers": text("Cut-offs per segment", "按行业的分级界限")},
            ),
            missing=tuple(self._missing()),
            next=tuple(self._changes()),
        )

    def _headline(self) -> Text:
        found = self.classified
        if found is None:
            return text(
                "{name} has no tier on {on}: {missing} not known.",
                "{name}在 {on} 无法分级：{missing}未知。",
                name=self.customer.name,
                on=self.on,
                missing=listing(FACTORS[f] for f in self.found.missing(self.customer)),
            )
        if found.tier is None:
            return text(
                "{name} is unclassified on {on}: {value} value with {potential} potential has no "
                "tier in the method; the nearest are {near}.",
                "{name}在 {on} 未分级：价值{value}、潜力{potential}的组合在方法中没有定义；"
                "最接近的等级：{near}。",
                name=self.customer.name,
                on=self.on,
                value=STANDING[found.value],
                potential=STANDING[found.potential],
                near=listing(TIERS[near.tier] for near in found.nearest),
            )
        return text(
            "{name} is a {tier} account on {on} ({value} value, {potential} potential): "
            "{treatment}.",
            "{name}在 {on} 为{tier}客户（价值{value}、潜力{potential}）：{treatment}。",
            name=self.customer.name,
            tier=TIERS[found.tier],
            on=self.on,
            value=STANDING[found.value],
            potential=STANDING[found.potential],
            treatment=TREATMENT[found.tier],
        )

    def _facts(self) -> Iterator[Fact]:
        found = self.classified
        unclassified = text("unclassified", "未分级")
        shown = TIERS[found.tier] if found and found.tier else unclassified
        yield Fact(text("Tier", "等级"), shown)
        if found and found.tier:
            yield Fact(text("Treatment", "待遇"), TREATMENT[found.tier])
        yield Fact(text("Segment", "行业"), self.customer.segment, accounts(self.peers))

    def _table(self) -> Table:
        columns = (
            Column(text("Measure", "指标")),
            Column(text("Figure", "数值"), "right"),
            Column(text("Standing", "档位")),
            Column(text("High from", "“高”的下限"), "right"),
            Column(text("Middle from", "“中”的下限"), "right"),
            Column(text("As of", "截至")),
            Column(text("Source", "来源")),
            Column(text("State", "状态")),
        )
        limits, found = self._limits, self.classified
        rows = (
            (
                text("value: our revenue", "价值：我方销售额"),
                *self._cells(self._raw(Factor.REVENUE), found.value if found else None),
            ),
            (
                FACTORS[Factor.POTENTIAL],
                *self._cells(self._raw(Factor.POTENTIAL), found.potential if found else None),
            ),
        )
        high = (limits.value_high, limits.potential_high) if limits else (None, None)
        middle = (limits.value_middle, None) if limits else (None, None)
        return Table(
            columns,
            tuple(
                (*row[:3], self._money(high[place]), self._money(middle[place]), *row[3:])
                for place, row in enumerate(rows)
            ),
            len(rows),
        )

    def _cells(self, raw: Raw | None, standing: Standing | None) -> tuple[Value, ...]:
        if raw is None:
            return text("missing", "缺失"), None, None, None, None
        how = text("computed", "系统计算") if raw.computed else state(raw.confirmed)
        shown = STANDING[standing] if standing else None
        return Money(raw.value, raw.unit), shown, raw.as_of, raw.source, how

    def _raw(self, factor: Factor) -> Raw | None:
        found = self.inputs.get(factor)
        return found if isinstance(found, Raw) else None

    @property
    def _limits(self) -> Cuts | None:
        return self.found.limits.get(self.customer.segment)

    def _money(self, amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, self.rules.company.base_currency)

    def _why(self) -> Iterator[Text]:
        rules = self.rules.tiers
        yield text(
            "Within the segment, value is high from the percentile {high} and middle from "
            "{middle}; potential is high from {potential}.",
            "在同行业内，价值达到 {high} 分位为高，{middle} 分位为中；"
            "潜力达到 {potential} 分位为高。",
            high=Percent(rules.value_high),
            middle=Percent(rules.value_middle),
            potential=Percent(rules.potential_high),
        )

    def _changes(self) -> Iterator[Text]:
        found, limits = self.classified, self._limits
        if found is None or limits is None:
            return
        for near in found.nearest:
            changes = [part for part in (_value(near, self), _potential(near, self)) if part]
            yield text(
                "{tier} would take {changes}.",
                "要成为{tier}，需要：{changes}。",
                tier=TIERS[near.tier],
                changes=listing(changes),
            )

    def _missing(self) -> Iterator[Text]:
        yield from (COLLECT[factor] for factor in self.found.missing(self.customer))
        if self.customer.segment is None:
            yield text(
                "Segment: not recorded; it is compared with the other accounts without one.",
                "行业：未登记，与其他未登记行业的客户比较。",
            )
        for factor in (Factor.REVENUE, Factor.POTENTIAL):
            raw = self._raw(factor)
            if raw and raw.gap:
                yield raw.gap


def tier(deps: Deps, account: str, on: date | None = None) -> AccountTier:
    """Answers which tier an account is in, how it is treated, and what would change the tier.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (tiers, treatment), house (cut-offs).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        company = customers(session, sandbox=found.sandbox)
        columns = factor_columns(session, day, rules, company, practice=found.sandbox)
        customer = company[found.id or 0]
        inputs = factor_inputs(session, day, rules, [customer.id]).get(customer.id, {})
    known = tiering(columns, rules.tiers)
    peers = sum(other.segment == customer.segment for other in company.values())
    return AccountTier(customer, day, known.tier(customer), known, inputs, peers, rules)


def _value(near: Near, shown: AccountTier) -> Text | None:
    limits = shown.found.limits.get(shown.customer.segment)
    if near.value is None or limits is None:
        return None
    base = shown.rules.company.base_currency
    high, middle = Money(limits.value_high, base), Money(limits.value_middle, base)
    return {
        Standing.HIGH: text("a value from {high}", "价值达到 {high}", high=high),
        Standing.MIDDLE: text(
            "a value from {middle} to under {high}",
            "价值在 {middle} 至不足 {high} 之间",
            middle=middle,
            high=high,
        ),
        Standing.LOW: text("a value below {middle}", "价值低于 {middle}", middle=middle),
    }[near.value]


def _potential(near: Near, shown: AccountTier) -> Text | None:
    limits = shown.found.limits.get(shown.customer.segment)
    if near.potential is None or limits is None:
        return None
    limit = Money(limits.potential_high, shown.rules.company.base_currency)
    if near.potential is Standing.HIGH:
        return text("a potential from {limit}", "潜力达到 {limit}", limit=limit)
    return text("a potential below {limit}", "潜力低于 {limit}", limit=limit)
