"""Recency, frequency and money of the accounts of a scope, in quintiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.sales import won_by_account
from tools.deps import Deps
from tools.domain.periods import Period, last_months
from tools.domain.rfm import Bought, Rfm
from tools.domain.rfm import rfm as quintiles
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, nothing
from tools.labels import accounts, months
from tools.scoring import check_top
from tools.selection import Filters, Selection, select
from tools.text import Money, Text, Value, text

EXAMPLES = Examples(
    en=(
        "RFM of our accounts",
        "Show recency, frequency and money for {segment}",
        "RFM analysis of {person}'s accounts",
        "Which accounts buy often and recently?",
        "RFM quintiles in {region} on {on}",
        "Which accounts of {unit} have not bought for a long time?",
        "Whose RFM is the best?",
        "Who are the best customers by recency, frequency and value?",
        "When did the accounts of {person} last buy, how often and how much?",
    ),
    zh=(
        "我们客户的RFM分析",
        "{segment}行业客户的RFM",
        "{person}名下客户的RFM",
        "哪些客户最近买得勤？",
        "{region}区域在{on}的RFM五等分",
        "{unit}有哪些客户很久没买了？",
        "谁的RFM最高？",
        "按最近购买、频次和金额看，最好的客户是谁？",
        "哪些客户好久没下单了",
        "{region}客户的RFM得分",
    ),
)


@dataclass(frozen=True)
class RfmList:
    """`ranked` are the rows that the asker reads, best first, out of a scope of `of`."""

    named: Text
    on: date
    ranked: tuple[Rfm, ...]
    of: int
    never: int
    unpriced: tuple[str, ...]
    top: int
    rules: RuleSet

    def card(self) -> Card:
        shown = self.ranked[: self.top]
        return Card(
            title=text("RFM: {named}", "RFM 分析：{named}", named=self.named),
            headline=self._headline(),
            facts=(
                Fact(text("Accounts in the quintiles", "参与五等分的客户"), self.of),
                Fact(text("Never bought", "从未购买"), self.never),
            ),
            table=self._table(shown) if shown else None,
            chart=self._chart() if shown else None,
            why=(
                text(
                    "Recency: days since the last win or transaction. Frequency and money: wins "
                    "and transactions of {months}. 5 is the best fifth of the scope; equal "
                    "values share the lower quintile.",
                    "R：距最近一次赢单或交易的天数；F 和 M：最近 {months}的笔数和金额。"
                    "5 为范围内最好的五分之一，数值相同取较低档。",
                    months=months(self.rules.score.revenue_months),
                ),
            ),
            basis=basis(
                self.rules,
                text("RFM", "RFM"),
                "K4",
                {"score.revenue_months": text("Quintiles and period", "五等分与期间")},
            ),
            missing=tuple(
                text(
                    "{name}: left out, deals without an amount or an exchange rate.",
                    "{name}：未纳入，有商机缺少金额或汇率。",
                    name=name,
                )
                for name in self.unpriced[:5]
            ),
        )

    def _headline(self) -> Text:
        if not self.ranked:
            return text(
                "{named}: no account with a purchase by {on}.",
                "{named}：截至 {on} 没有购买过的客户。",
                named=self.named,
                on=self.on,
            )
        best = self.ranked[0]
        return text(
            "{named}: {name} leads {of} on {on} with RFM {code} (last bought {days} days ago, "
            "{times} times, {amount}).",
            "{named}：{on} 在 {of}中，{name}的 RFM 最高，为 {code}"
            "（{days} 天前购买，{times} 笔，{amount}）。",
            named=self.named,
            name=best.bought.name,
            of=accounts(self.of),
            on=self.on,
            code=best.code,
            days=best.bought.days,
            times=best.bought.times,
            amount=self._money(best),
        )

    def _money(self, item: Rfm) -> Money:
        return Money(item.bought.amount, self.rules.company.base_currency)

    def _table(self, shown: tuple[Rfm, ...]) -> Table:
        columns = (
            Column(text("Account", "客户")),
            Column(text("RFM", "RFM")),
            Column(text("Sum", "合计"), "right"),
            Column(text("Days since", "距今天数"), "right"),
            Column(text("Purchases", "购买笔数"), "right"),
            Column(text("Money", "金额"), "right"),
        )
        rows = tuple(self._row(item) for item in shown)
        return Table(columns, rows, len(self.ranked))

    def _row(self, item: Rfm) -> tuple[Value, ...]:
        bought = item.bought
        return bought.name, item.code, item.total, bought.days, bought.times, self._money(item)

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Sum of the three quintiles", "三项合计"),
            tuple(item.bought.name for item in self.ranked[: self.top]),
            tuple(float(item.total) for item in self.ranked[: self.top]),
            text("points", "分"),
        )


def rfm(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> RfmList:
    """Answers which accounts buy recently, often and much: RFM quintiles of a scope.

    Args:
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (RFM as a value model), house (quintiles).
    """
    check_top(top)
    day, rules = on or deps.today, deps.rules
    base = rules.company.base_currency
    filters = Filters(segment, region, person, unit)
    with deps.sessions() as session:
        scope = select(session, deps, day, filters, internal=False)
        mine = {c.id for c in select(session, deps, day, filters).chosen}
        among = [c.id for c in scope.chosen] if scope.practice else None
        ever = won_by_account(session, base, Period(None, day), among)
        recent = won_by_account(session, base, last_months(day, rules.score.revenue_months), among)
    bought, unpriced = _bought(scope, ever, recent, day, base)
    ranked = tuple(item for item in quintiles(bought) if item.bought.account_id in mine)
    never = sum(c.id not in ever for c in scope.chosen if c.id in mine)
    hidden = tuple(c.name for c in scope.chosen if c.id in unpriced & mine)
    return RfmList(scope.named, day, ranked, len(bought), never, hidden, top, rules)


def _bought(
    scope: Selection, ever: Mapping[int, Tally], recent: Mapping[int, Tally], day: date, base: str
) -> tuple[list[Bought], set[int]]:
    """What each account of the scope bought, and those whose amounts are not all known."""
    found, unpriced = [], set()
    for customer in scope.chosen:
        latest = ever[customer.id].latest if customer.id in ever else None
        period = recent.get(customer.id, nothing(base))
        if latest is None:
            continue
        if period.unconverted or period.valueless:
            unpriced.add(customer.id)
            continue
        days = (day - latest).days
        found.append(Bought(customer.id, customer.name, days, period.count, period.total.amount))
    return found, unpriced
