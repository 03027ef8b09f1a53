"""Our share of what a customer spends in our categories, now and forecast."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.wallet import Purse, purses
from tools.deps import Deps
from tools.domain.figures import Figure
from tools.domain.rules import RuleSet
from tools.domain.wallet import Gap, Portion, Supplier, Wallet, growth, wallet
from tools.labels import listing
from tools.opened import opened
from tools.sourced import origin_note, state
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What is our share of wallet at {account}?",
        "Share of wallet of {account} now and forecast",
        "How much of {account}'s spend do we have?",
        "Which competitors share the wallet of {account}?",
        "Who else does {account} buy from?",
        "How far are we behind the largest supplier of {account}, in points and in money?",
        "What share of wallet do we expect at {account}?",
        "Wallet gap at {account}",
        "Share of wallet at {account} on {on}",
        "Which suppliers sell to {account}?",
        "Who competes with us at {account}?",
        "What share of {account}'s purchases comes from us?",
    ),
    zh=(
        "我们在{account}的钱包份额是多少？",
        "{account}现在和预测的钱包份额",
        "{account}的采购额里我们占多少？",
        "{account}的钱包里有哪些竞争对手？",
        "{account}还向谁采购？",
        "我们比{account}最大的供应商差多少点、多少钱？",
        "预计我们在{account}的份额会是多少？",
        "{account}的钱包份额差距",
        "{account}在{on}的钱包份额",
        "{account}有哪些供应商",
        "{account}的采购我们占几成",
        "在{account}谁跟我们竞争",
    ),
)
_WE = text("we", "我方")


@dataclass(frozen=True)
class ShareOfWallet:
    """The wallets of the newest known year and of the next forecast; None where unknown."""

    name: str
    on: date
    now: Wallet | None
    later: Wallet | None
    purses: tuple[Purse, ...]
    rules: RuleSet

    def card(self) -> Card:
        shown = [found for found in (self.now, self.later) if found]
        return Card(
            title=text("Share of wallet: {name}", "钱包份额：{name}", name=self.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=_table(self.now, self.later) if shown else None,
            chart=_chart(self.now) if self.now and self.now.suppliers else None,
            why=tuple(self._why()),
            basis=(
                *basis(self.rules, text("share of wallet", "钱包份额"), "K1", {}),
                text(
                    "The unknown rest and the two parts of growth are house.",
                    "“未知”余额和增长的两部分拆分为内部规则。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        if self.now is None or self.now.ours is None:
            return text(
                "Our share of wallet at {name} is not known on {on}: {missing}.",
                "{on} 我们在{name}的钱包份额未知：{missing}。",
                name=self.name,
                on=self.on,
                missing=self._lacking(self.now),
            )
        return text(
            "We have {share} of {name}'s {year} wallet: {ours} of {spend}{gap}{later}.",
            "{year} 年我们占{name}钱包的 {share}：{spend} 中的 {ours}{gap}{later}。",
            share=Percent(self.now.ours.share),
            name=self.name,
            year=str(self.now.year),
            ours=self.now.ours.amount,
            spend=self.now.spend.amount,
            gap=_distance(self.now.gap) if self.now.gap else "",
            later=self._expected(),
        )

    def _expected(self) -> Value:
        if self.later is None or self.later.ours is None:
            return ""
        return text(
            "; {share} are forecast for {year}",
            "；预测 {year} 年为 {share}",
            share=Percent(self.later.ours.share),
            year=str(self.later.year),
        )

    def _lacking(self, found: Wallet | None) -> Text:
        if found is None:
            return text("the customer's spend is not recorded", "客户采购额未登记")
        return text("our own sales are not recorded", "我方销售额未登记")

    def _facts(self) -> Iterator[Fact]:
        for label, found in (
            (text("Share now", "当前份额"), self.now),
            (text("Share forecast", "预测份额"), self.later),
        ):
            ours = found.ours if found else None
            year = text("year {year}", "{year} 年", year=str(found.year)) if found else None
            yield Fact(label, Percent(ours.share) if ours else text("not known", "未知"), year)
        if self.now is not None:
            yield Fact(text("Wallet", "钱包"), self.now.spend.amount, _origin(self.now.spend))
            if self.now.gap is not None:
                gap = self.now.gap
                to = text("to {name}", "对{name}", name=gap.to.name)
                yield Fact(text("Gap in points", "差距（百分点）"), gap.points * 100, to)
                yield Fact(text("Gap in money", "差距（金额）"), gap.money, to)

    def _why(self) -> Iterator[Text]:
        yield text(
            "Share = our sales ÷ the customer's spend in our categories, of the same year.",
            "份额 = 我方销售额 ÷ 客户同年在我们品类上的采购额。",
        )
        found = growth(self.now, self.later) if self.now and self.later else None
        if found is not None:
            yield text(
                "Forecast growth {total} = {wallet} from a larger wallet at today's share + "
                "{share} from {points} points of share.",
                "预测增长 {total} = 钱包变化带来 {wallet}（份额不变）+ 份额变化 {points} 个百分点"
                "带来 {share}。",
                total=found.total,
                wallet=found.by_wallet,
                share=found.by_share,
                points=found.points * 100,
            )

    def _missing(self) -> Iterator[Text]:
        if self.now is None:
            yield text(
                "Addressable spend: enter what the customer spends a year in our categories, "
                "with year, day and source.",
                "可争取采购额：请录入客户一年在我们品类上的采购额，注明年份、日期和来源。",
            )
        elif self.now.ours is None:
            yield _own(self.now.year)
        if self.later is None:
            yield text(
                "Forecast: enter the spend and our sales that are expected for the next year.",
                "预测：请录入下一年的预计采购额和我方预计销售额。",
            )
        elif self.later.ours is None:
            yield _own(self.later.year)
        if self.now is not None and not self.now.competitors:
            yield text(
                "Competitors: no supplier but us is recorded.", "竞争对手：未登记其他供应商。"
            )
        for purse in self.purses:
            for supplier, amount in purse.lost:
                yield text(
                    "{supplier} {year}: {amount} is left out, no exchange rate is known.",
                    "{supplier}（{year} 年）：{amount} 未计入，缺少汇率。",
                    supplier=supplier,
                    year=str(purse.year),
                    amount=amount,
                )


def share_of_wallet(deps: Deps, account: str, on: date | None = None) -> ShareOfWallet:
    """Answers which part of a customer's spend goes to us and to competitors, now and forecast.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1.
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        known = purses(session, found.id or 0, day, rules.company.base_currency)
    past = [purse for purse in known if purse.spend and not purse.forecast]
    now = past[-1] if past else None
    coming = [p for p in known if p.spend and p.forecast and (now is None or p.year > now.year)]
    later = coming[0] if coming else None
    used = tuple(purse for purse in (now, later) if purse)
    return ShareOfWallet(found.name, day, _wallet(now), _wallet(later), used, rules)


def _wallet(purse: Purse | None) -> Wallet | None:
    if purse is None or purse.spend is None:
        return None
    return wallet(purse.year, purse.spend, purse.portions)


def _distance(gap: Gap) -> Text:
    ahead = gap.points < 0
    return text(
        ", {points} points ({money} a year) {side} {name}",
        "，{side}{name} {points} 个百分点（每年 {money}）",
        points=abs(gap.points) * 100,
        money=Money(abs(gap.money.amount), gap.money.currency),
        side=text("ahead of", "领先") if ahead else text("behind", "落后"),
        name=gap.to.name,
    )


def _table(now: Wallet | None, later: Wallet | None) -> Table:
    columns = (
        Column(text("Year", "年份")),
        Column(text("Supplier", "供应商")),
        Column(text("Share", "份额"), "right"),
        Column(text("Amount", "金额"), "right"),
        Column(text("As of", "截至")),
        Column(text("Source", "来源")),
        Column(text("State", "状态")),
    )
    rows = [row for found in (now, later) if found for row in _rows(found)]
    return Table(columns, tuple(rows), len(rows))


def _rows(found: Wallet) -> Iterator[tuple[Value, ...]]:
    year = str(found.year)
    for item in found.suppliers:
        yield year, _called(item), Percent(item.share), item.amount, *_sources(item.portions)
    rest = found.unknown
    yield year, text("not known", "未知"), Percent(1 - found.known), rest, None, None, None
    spend = found.spend
    yield (
        year,
        text("whole spend", "全部采购额"),
        Percent(Decimal(1)),
        spend.amount,
        spend.as_of,
        spend.source,
        state(spend.confirmed),
    )


def _called(item: Supplier) -> Value:
    return _WE if item.ours else item.name


def _sources(portions: tuple[Portion, ...]) -> tuple[Value, Value, Value]:
    figures = [portion.figure for portion in portions]
    oldest = min(figure.as_of for figure in figures)
    all_sources = [figure.source for figure in figures]
    sources = [s for place, s in enumerate(all_sources) if s not in all_sources[:place]]
    if all(figure.computed for figure in figures):
        return oldest, listing(sources), text("computed", "系统计算")
    return oldest, listing(sources), state(all(figure.confirmed for figure in figures))


def _chart(found: Wallet) -> Chart:
    rest = [(text("not known", "未知"), 1 - found.known)] if found.known < 1 else []
    parts = [*((_called(item), item.share) for item in found.suppliers), *rest]
    return Chart(
        "pie",
        text("Wallet {year}", "{year} 年钱包", year=str(found.year)),
        tuple(label for label, _ in parts),
        tuple(float(share * 100) for _, share in parts),
        text("%", "%"),
    )


def _origin(figure: Figure) -> Text:
    return origin_note(figure.source, figure.as_of, confirmed=figure.confirmed)


def _own(year: int) -> Text:
    return text(
        "Our sales {year}: not recorded and not counted as zero.",
        "我方 {year} 年销售额：未登记，不按零计算。",
        year=str(year),
    )
