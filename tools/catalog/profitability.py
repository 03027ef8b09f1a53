"""What is left of an account's revenue after cost of goods and cost to serve."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.rates import rates
from tools.data.yearly import own_sales, recorded
from tools.deps import Deps
from tools.domain.figures import Figure
from tools.domain.profit import COSTS, Profit
from tools.domain.rates import Rates
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Measure
from tools.labels import listing
from tools.measure_labels import MEASURE
from tools.opened import opened
from tools.sourced import state
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "How profitable is {account}?",
        "What profit do we make with {account}?",
        "Profitability of {account}",
        "What does it cost us to serve {account}?",
        "Cost to serve of {account}",
        "Do we earn money with {account}?",
        "Which costs are not known of {account}?",
        "What margin is left at {account} after sales, delivery and service?",
        "Profit of {account} as known on {on}",
        "Do we make money with {account}?",
        "Our margin at {account}",
        "Do we lose money on {account}?",
    ),
    zh=(
        "{account}的盈利能力怎么样？",
        "我们在{account}赚了多少利润？",
        "{account}的盈利情况",
        "服务{account}要花多少成本？",
        "{account}的服务成本",
        "我们做{account}赚钱吗？",
        "{account}的利润还缺哪几项成本？",
        "扣除销售、交付和服务后，{account}还剩多少利润率？",
        "{account}截至{on}的利润",
        "{account}给我们带来多少利润",
        "{account}的利润率",
        "做{account}亏钱吗",
    ),
)


@dataclass(frozen=True)
class Profitability:
    """One year of an account; `lost` are figures that no exchange rate converts."""

    name: str
    on: date
    year: int
    profit: Profit
    lost: tuple[tuple[Measure, Money], ...]
    rules: RuleSet

    def card(self) -> Card:
        known = self.profit.revenue or any(self.profit.costs.values())
        return Card(
            title=text(
                "Profitability: {name}, {year}",
                "盈利能力：{name}，{year} 年",
                name=self.name,
                year=str(self.year),
            ),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._table() if known else None,
            chart=self._chart() if self.profit.revenue else None,
            why=(
                text(
                    "Profit = revenue − cost of goods − cost to serve (sales, presales, delivery, "
                    "service, rebates, financing of receivables).",
                    "利润 = 销售额 − 产品成本 − 服务成本（销售、售前、交付、服务、返利、"
                    "应收账款资金成本）。",
                ),
            ),
            basis=(
                *basis(self.rules, text("profitability", "盈利能力"), "K1", {}),
                text("The period of a year is house.", "以一年为期是内部规则。"),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        found, year = self.profit, str(self.year)
        if found.profit is not None:
            return text(
                "{name} left a profit of {profit} in {year}, {share} of {revenue} revenue.",
                "{name} {year} 年利润为 {profit}，占销售额 {revenue} 的 {share}。",
                name=self.name,
                profit=found.profit,
                year=year,
                share=_share(found, found.profit),
                revenue=found.revenue.amount if found.revenue else None,
            )
        missing = listing(MEASURE[measure] for measure in found.missing)
        if found.remains is None:
            return text(
                "The profit of {name} in {year} is not known: missing are {missing}.",
                "{name} {year} 年的利润未知：缺少{missing}。",
                name=self.name,
                year=year,
                missing=missing,
            )
        return text(
            "The profit of {name} in {year} is incomplete: before {missing}, which are not "
            "known, {remains} remain.",
            "{name} {year} 年的利润不完整：未扣除{missing}（未知），剩余 {remains}。",
            name=self.name,
            year=year,
            missing=missing,
            remains=found.remains,
        )

    def _facts(self) -> Iterator[Fact]:
        found = self.profit
        for label, amount in (
            (text("Gross profit", "毛利"), found.gross),
            (text("Cost to serve", "服务成本"), found.to_serve),
            (text("Profit", "利润"), found.profit),
        ):
            shown = amount if amount is not None else text("incomplete", "不完整")
            yield Fact(label, shown, _share(found, amount))

    def _table(self) -> Table:
        columns = (
            Column(text("Item", "项目")),
            Column(text("Amount", "金额"), "right"),
            Column(text("Of revenue", "占销售额"), "right"),
            Column(text("As of", "截至")),
            Column(text("Source", "来源")),
            Column(text("State", "状态")),
        )
        lines = [
            (Measure.OUR_REVENUE, self.profit.revenue),
            *((cost, self.profit.costs.get(cost)) for cost in COSTS),
        ]
        rows = tuple((MEASURE[measure], *self._cells(figure)) for measure, figure in lines)
        return Table(columns, rows, len(rows))

    def _cells(self, figure: Figure | None) -> tuple[Value, ...]:
        if figure is None:
            return text("missing", "缺失"), None, None, None, None
        share = _share(self.profit, figure.amount)
        how = text("computed", "系统计算") if figure.computed else state(figure.confirmed)
        return figure.amount, share, figure.as_of, figure.source, how

    def _chart(self) -> Chart | None:
        known = [(cost, f) for cost in COSTS if (f := self.profit.costs.get(cost))]
        if not known:
            return None
        return Chart(
            "bar",
            text("Where the revenue goes", "销售额的去向"),
            tuple(MEASURE[cost] for cost, _ in known),
            tuple(float(figure.amount.amount) for _, figure in known),
            text("{base}", "{base}", base=self.profit.currency),
        )

    def _missing(self) -> Iterator[Text]:
        for measure, amount in self.lost:
            yield text(
                "{measure}: {amount} is left out, no exchange rate to {base} is known.",
                "{measure}：{amount} 未计入，缺少兑 {base} 的汇率。",
                measure=MEASURE[measure],
                amount=amount,
                base=self.profit.currency,
            )
        unusable = {measure for measure, _ in self.lost}
        for measure in self.profit.missing:
            if measure not in unusable:
                yield text(
                    "{measure} {year}: not known and not counted as zero; enter it with day and "
                    "source.",
                    "{measure}（{year} 年）：未知，不按零计算；请录入并注明日期和来源。",
                    measure=MEASURE[measure],
                    year=str(self.year),
                )


def profitability(deps: Deps, account: str, on: date | None = None) -> Profitability:
    """Answers what profit an account leaves: revenue − cost of goods − cost to serve.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out. The newest
            year with cost figures known by that day is shown.

    Source: K1.
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        return _of_year(session, found.id or 0, found.name, day, rules)


def _of_year(
    session: Session, account_id: int, name: str, day: date, rules: RuleSet
) -> Profitability:
    base = rules.company.base_currency
    figures = recorded(session, account_id, day, base)
    years = [year for year, forecast, m in figures if m in COSTS and not forecast]
    year = max(years, default=day.year - 1)
    entered = {m: f for (y, forecast, m), f in figures.items() if y == year and not forecast}
    sold = own_sales(session, account_id, day, year, base) or entered.get(Measure.OUR_REVENUE)
    wanted = {measure: entered.get(measure) for measure in COSTS} | {Measure.OUR_REVENUE: sold}
    known = rates(session)
    used = {measure: _in_base(figure, base, known) for measure, figure in wanted.items()}
    lost = tuple((m, f.amount) for m, f in wanted.items() if f and used[m] is None)
    costs = {measure: used[measure] for measure in COSTS}
    return Profitability(
        name, day, year, Profit(base, used[Measure.OUR_REVENUE], costs), lost, rules
    )


def _in_base(figure: Figure | None, base: str, known: Rates) -> Figure | None:
    amount = known.convert(figure.amount, base, figure.as_of) if figure else None
    return figure._replace(amount=amount) if figure and amount else None


def _share(found: Profit, amount: Money | None) -> Percent | None:
    share = found.on_revenue(amount)
    return None if share is None else Percent(share)
