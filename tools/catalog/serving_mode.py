"""How an account should be served: the dearest mode that its expected revenue pays for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.factors import with_sales
from tools.data.rates import rates
from tools.data.sales import won_by_account
from tools.data.yearly import recorded
from tools.deps import Deps
from tools.domain.figures import Figure
from tools.domain.periods import last_months
from tools.domain.rules import RuleSet
from tools.domain.sales import nothing
from tools.domain.serving import Choice, Economy, choose, economies
from tools.domain.vocabulary import Measure
from tools.measure_labels import MODE
from tools.opened import opened
from tools.sourced import not_set, origin_note
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "Which serving mode fits {account}?",
        "Does {account} justify a dedicated team?",
        "In which mode do we serve {account}?",
        "Break-even of a dedicated team for {account}",
        "What revenue would {account} need for its own team?",
        "Should {account} be served by a channel partner?",
        "Serving mode of {account}",
        "Which mode of serving pays for {account}?",
        "How far is {account} from the next dearer way of serving?",
        "Can we afford a dedicated account manager for {account}?",
        "Direct sales or a channel partner for {account}?",
    ),
    zh=(
        "{account}适合哪种服务模式？",
        "{account}值得配专属团队吗？",
        "我们应该怎样服务{account}？",
        "为{account}配专属团队的盈亏平衡点",
        "{account}要多少销售额才养得起专属团队？",
        "{account}应该交给渠道伙伴服务吗？",
        "{account}的服务模式",
        "我们负担得起给{account}配大客户经理吗？",
        "{account}离更高一档的服务模式还差多少？",
        "{account}要不要配专属团队",
        "给{account}配专职的人划算吗",
    ),
)


@dataclass(frozen=True)
class ServingMode:
    """The modes, the expected yearly revenue (None: not known) and the choice it leads to."""

    name: str
    on: date
    expected: Figure | None
    modes: tuple[Economy, ...]
    choice: Choice | None
    rules: RuleSet

    def card(self) -> Card:
        margin = self.rules.serving.contribution_margin
        return Card(
            title=text("Serving mode: {name}", "服务模式：{name}", name=self.name),
            headline=self._headline(),
            facts=(
                Fact(
                    text("Expected revenue a year", "预计年销售额"),
                    self.expected.amount if self.expected else text("not known", "未知"),
                    _origin(self.expected),
                ),
                Fact(
                    text("Contribution margin", "边际贡献率"),
                    text("not set", "未设置") if margin is None else Percent(margin),
                ),
            ),
            table=self._table(),
            why=(
                text(
                    "Break-even revenue = yearly cost of the mode ÷ contribution margin; the "
                    "dearest mode that the expected revenue covers is recommended.",
                    "盈亏平衡销售额 = 该模式年度成本 ÷ 边际贡献率；"
                    "推荐预计销售额能够覆盖的最贵模式。",
                ),
            ),
            basis=basis(
                self.rules,
                text("serving mode by break-even", "按盈亏平衡选择服务模式"),
                "K1",
                {
                    "serving.costs": text("List and costs of the modes", "模式清单与成本"),
                    "serving.contribution_margin": text(
                        "Formula and contribution margin", "公式与边际贡献率"
                    ),
                },
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        if self.choice is None or self.expected is None:
            return text(
                "No serving mode can be recommended for {name} on {on}: {lacking}.",
                "{on} 无法为{name}推荐服务模式：{lacking}。",
                name=self.name,
                on=self.on,
                lacking=self._lacking(),
            )
        chosen = self.choice.mode
        if chosen is None:
            return text(
                "No known serving mode pays for {name}: expected are {expected} a year{dearer}.",
                "已知的服务模式都不适合{name}：预计年销售额 {expected}{dearer}。",
                name=self.name,
                expected=self.expected.amount,
                dearer=self._dearer(),
            )
        return text(
            "{name} carries a {mode}: {expected} a year are {over} above its break-even of "
            "{limit}{dearer}.",
            "{name}适合{mode}：预计年销售额 {expected}，超出盈亏平衡点 {limit} 达 {over}{dearer}。",
            name=self.name,
            mode=MODE[chosen.mode],
            expected=self.expected.amount,
            over=self._distance(chosen),
            limit=self._money(chosen.break_even),
            dearer=self._dearer(),
        )

    def _lacking(self) -> Text:
        if self.expected is None:
            return text("its expected revenue is not known", "预计销售额未知")
        return text(
            "the costs of the modes or the contribution margin are not set",
            "模式成本或边际贡献率未设置",
        )

    def _dearer(self) -> Value:
        dearer = self.choice.dearer if self.choice else None
        if dearer is None:
            return ""
        return text(
            "; a {mode} is {distance} out of reach",
            "；距{mode}还差 {distance}",
            mode=MODE[dearer.mode],
            distance=self._distance(dearer),
        )

    def _distance(self, mode: Economy) -> Money | None:
        """The expected revenue's distance from a break-even, without sign."""
        if self.expected is None or mode.break_even is None:
            return None
        return self._money(abs(self.expected.amount.amount - mode.break_even))

    def _money(self, amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, self.rules.company.base_currency)

    def _table(self) -> Table:
        columns = (
            Column(text("Mode, dearest first", "模式（由贵到省）")),
            Column(text("Cost a year", "年度成本"), "right"),
            Column(text("Break-even revenue", "盈亏平衡销售额"), "right"),
            Column(text("Expected − break-even", "预计 − 平衡点"), "right"),
            Column(text("Result", "结果")),
        )
        rows = tuple(self._row(mode) for mode in self.modes)
        return Table(columns, rows, len(rows))

    def _row(self, mode: Economy) -> tuple[Value, ...]:
        unset = text("not set", "未设置")
        cost, limit = self._money(mode.cost) or unset, self._money(mode.break_even)
        if self.expected is None or limit is None:
            return MODE[mode.mode], cost, limit or unset, None, None
        distance = self.expected.amount - limit
        chosen = self.choice is not None and self.choice.mode == mode
        if chosen:
            result = text("recommended", "推荐")
        elif distance.amount >= 0:
            result = text("covered", "可覆盖")
        else:
            result = text("out of reach", "未达到")
        return MODE[mode.mode], cost, limit, distance, result

    def _missing(self) -> Iterator[Text]:
        if self.expected is None:
            yield text(
                "Expected revenue: enter a forecast of our revenue, or import deals.",
                "预计销售额：请录入我方销售预测，或导入商机。",
            )
        if self.rules.serving.contribution_margin is None:
            yield not_set("serving.contribution_margin")
        for mode in self.modes:
            if mode.cost is None:
                yield not_set(f"serving.costs.{mode.mode.value}")


def serving_mode(deps: Deps, account: str, on: date | None = None) -> ServingMode:
    """Answers how to serve an account: whether a dedicated team, a manager or less pays.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (principle), house (modes, break-even).
    """
    day, rules = on or deps.today, deps.rules
    modes = economies(rules.serving)
    with deps.sessions() as session:
        found = opened(session, deps, account)
        expected = _forecast(session, found.id or 0, day, rules) or _won(
            session, found.id or 0, day, rules
        )
    known = expected is not None and any(mode.break_even is not None for mode in modes)
    choice = choose(modes, expected.amount.amount) if expected and known else None
    return ServingMode(found.name, day, expected, modes, choice, rules)


def _forecast(session: Session, account_id: int, day: date, rules: RuleSet) -> Figure | None:
    """Our revenue as forecast for the next year that has a forecast."""
    base = rules.company.base_currency
    found = {
        year: figure
        for (year, forecast, m), figure in recorded(session, account_id, day, base).items()
        if forecast and m is Measure.OUR_REVENUE and year >= day.year
    }
    if not found:
        return None
    year = min(found)
    amount = rates(session).convert(found[year].amount, base, found[year].as_of)
    source = text(
        "forecast for {year} ({source})",
        "{year} 年预测（{source}）",
        year=str(year),
        source=found[year].source,
    )
    return found[year]._replace(amount=amount, source=source) if amount else None


def _won(session: Session, account_id: int, day: date, rules: RuleSet) -> Figure | None:
    """What was won in the last 12 months, where deals are recorded and all can be summed."""
    base = rules.company.base_currency
    if not with_sales(session, day, [account_id]):
        return None
    sold = won_by_account(session, base, last_months(day, 12), [account_id])
    tally = sold.get(account_id, nothing(base))
    if tally.unconverted or tally.valueless:
        return None
    source = text("won in the last 12 months", "近 12 个月赢单")
    return Figure(tally.total, day, source, confirmed=True, computed=True)


def _origin(figure: Figure | None) -> Text | None:
    if figure is None:
        return None
    return origin_note(figure.source, figure.as_of, confirmed=figure.confirmed)
