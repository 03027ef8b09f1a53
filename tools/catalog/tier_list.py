"""The accounts of a scope by tier."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.factor_columns import factor_columns
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.domain.tiers import Classified, Tier
from tools.domain.vocabulary import Factor
from tools.labels import FACTORS, accounts, listing
from tools.scoring import check_top
from tools.selection import Filters, select
from tools.summary_labels import STANDING, TIERS
from tools.text import Money, Text, Value, text
from tools.tiering import Tiering, tiering

EXAMPLES = Examples(
    en=(
        "Tiers of our accounts",
        "Which accounts are VIP?",
        "Tiers of the accounts in {segment}",
        "How many VIP, growth, stable and basic accounts does {unit} have?",
        "VIP and growth accounts of {person}",
        "Who is unclassified?",
        "Growth accounts in {region}",
        "Show the tiers as of {on}",
        "VIP accounts of {unit}",
        "How are the accounts of {segment} tiered?",
        "How many basic accounts does {unit} have?",
    ),
    zh=(
        "按等级列出客户",
        "哪些客户是VIP？",
        "{segment}行业客户的等级",
        "{unit}有多少VIP、成长型、稳定型和基础型客户？",
        "{person}的客户分级",
        "哪些客户没有分级？",
        "{region}区域的成长型客户",
        "{on}的客户分级情况",
        "{person}有几个VIP客户",
        "{region}有多少成长型客户",
        "客户分级名单",
    ),
)
_ORDER = (*Tier, None)


@dataclass(frozen=True)
class TierList:
    """`tiered` by tier, then value; `unknown` lack revenue or potential."""

    named: Text
    on: date
    tiered: tuple[tuple[Customer, Classified], ...]
    unknown: tuple[Customer, ...]
    found: Tiering
    top: int
    rules: RuleSet

    def card(self) -> Card:
        shown = self.tiered[: self.top]
        return Card(
            title=text("Tiers: {named}", "客户分级：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._table(shown) if shown else None,
            chart=self._chart() if shown else None,
            why=(
                text(
                    "Limits are taken per segment over the whole company; combinations that the "
                    "method does not define stay unclassified.",
                    "界限按行业取自全公司；方法未定义的组合不分级。",
                ),
            ),
            basis=basis(
                self.rules,
                text("four tiers by value and potential", "按价值与潜力分为四级"),
                "K4",
                {"tiers": text("Cut-offs per segment", "按行业的分级界限")},
            ),
            missing=tuple(self._missing()),
        )

    def _count(self, tier: Tier | None) -> int:
        return Counter(found.tier for _, found in self.tiered)[tier]

    def _headline(self) -> Text:
        if not self.tiered:
            return text(
                "{named}: no account can be put into a tier on {on}; without revenue or "
                "potential: {open}.",
                "{named}：{on} 没有可分级的客户；缺少销售额或潜力：{open}。",
                named=self.named,
                on=self.on,
                open=accounts(len(self.unknown)),
            )
        return text(
            "{named}: {vip} VIP, {growth} growth, {stable} stable, {basic} basic and {none} "
            "unclassified of {of} on {on}.",
            "{named}：截至 {on}，{of}中 VIP {vip} 家，成长型 {growth} 家，稳定型 {stable} 家，"
            "基础型 {basic} 家，未分级 {none} 家。",
            named=self.named,
            vip=self._count(Tier.VIP),
            growth=self._count(Tier.GROWTH),
            stable=self._count(Tier.STABLE),
            basic=self._count(Tier.BASIC),
            none=self._count(None),
            of=accounts(len(self.tiered)),
            on=self.on,
        )

    def _facts(self) -> Iterator[Fact]:
        for tier in _ORDER:
            yield Fact(_called(tier), self._count(tier))
        yield Fact(text("without revenue or potential", "缺少销售额或潜力"), len(self.unknown))

    def _table(self, shown: tuple[tuple[Customer, Classified], ...]) -> Table:
        columns = (
            Column(text("Account", "客户")),
            Column(text("Segment", "行业")),
            Column(text("Tier", "等级")),
            Column(text("Value", "价值"), "right"),
            Column(text("Standing", "档位")),
            Column(text("Potential", "潜力"), "right"),
            Column(text("Standing", "档位")),
        )
        rows = tuple(self._row(customer, found) for customer, found in shown)
        return Table(columns, rows, len(self.tiered))

    def _row(self, customer: Customer, found: Classified) -> tuple[Value, ...]:
        return (
            customer.name,
            customer.segment,
            _called(found.tier),
            self._money(customer, Factor.REVENUE),
            STANDING[found.value],
            self._money(customer, Factor.POTENTIAL),
            STANDING[found.potential],
        )

    def _money(self, customer: Customer, factor: Factor) -> Money | None:
        value = self.found.columns.value(customer.id, factor)
        return None if value is None else Money(value, self.rules.company.base_currency)

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Accounts per tier", "各等级客户数"),
            tuple(_called(tier) for tier in _ORDER),
            tuple(float(self._count(tier)) for tier in _ORDER),
            text("accounts", "家"),
        )

    def _missing(self) -> Iterator[Text]:
        for customer in self.unknown[:5]:
            yield text(
                "{name} lacks {missing}.",
                "{name}缺少{missing}。",
                name=customer.name,
                missing=listing(FACTORS[factor] for factor in self.found.missing(customer)),
            )
        if len(self.unknown) > 5:
            yield text(
                "Further without a tier: {n}.", "其余无法分级：{n} 家。", n=len(self.unknown) - 5
            )


def tier_list(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> TierList:
    """Answers which accounts are VIP, growth, stable, basic or unclassified.

    Args:
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (tiers), house (cut-offs).
    """
    check_top(top)
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(segment, region, person, unit))
        columns = factor_columns(session, day, rules, chosen.company, practice=chosen.practice)
    found = tiering(columns, rules.tiers)
    known = [(c, tier) for c in chosen.chosen if (tier := found.tier(c)) is not None]
    known.sort(key=lambda item: (_ORDER.index(item[1].tier), *_worth(found, item[0])))
    unknown = tuple(c for c in chosen.chosen if found.tier(c) is None)
    return TierList(chosen.named, day, tuple(known), unknown, found, top, rules)


def _worth(found: Tiering, customer: Customer) -> tuple[Decimal, str]:
    """Highest value first, then by name."""
    value = found.columns.value(customer.id, Factor.REVENUE)
    return -(value or Decimal(0)), customer.name


def _called(tier: Tier | None) -> Text:
    return TIERS[tier] if tier else text("unclassified", "未分级")
