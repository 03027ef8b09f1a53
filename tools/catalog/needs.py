"""What customers need, by horizon, and what we lack to serve it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.models import Need
from tools.data.register import needs as open_needs
from tools.deps import Deps
from tools.domain.needs import Sum, gap_free, summed
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Horizon, NeedKind
from tools.labels import amounts, listing
from tools.opened import meant
from tools.record_labels import HORIZON
from tools.scoring import check_top
from tools.selection import Filters
from tools.sourced import state
from tools.text import Money, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What does {account} need?",
        "Needs of {account} by horizon",
        "Which needs of {account} can we not serve yet?",
        "What will {account} need in the next three years?",
        "Short, medium and long term needs in {segment}",
        "Capability and resource gaps of {person}'s accounts",
        "Hidden needs in {unit}",
        "Long term needs of customers in {region}",
        "What gaps stand between us and the needs of {account}?",
        "What does {account} want from us?",
        "What needs were recorded for {account}?",
    ),
    zh=(
        "{account}有哪些需求？",
        "{account}各时间段的需求",
        "{account}的哪些需求我们还满足不了？",
        "{account}未来三年需要什么？",
        "{segment}行业的短期、中期和长期需求",
        "{person}名下客户的能力差距和资源差距",
        "{unit}的客户有哪些隐性需求？",
        "{region}区域的需求与差距",
        "要满足{account}的需求，我们还差什么？",
        "{account}明年需要什么",
        "{account}想要什么",
    ),
)
_KINDS = {
    NeedKind.EXPLICIT: text("explicit", "显性"),
    NeedKind.HIDDEN: text("hidden", "隐性"),
}


@dataclass(frozen=True)
class Needs:
    """The open needs by horizon, then by expected day."""

    named: Text
    needs: tuple[tuple[str, Need], ...]
    top: int
    rules: RuleSet

    def card(self) -> Card:
        shown = self.needs[: self.top]
        return Card(
            title=text("Needs: {named}", "需求：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=_table(shown, len(self.needs)) if shown else None,
            chart=self._chart() if shown else None,
            why=(
                text(
                    "Sums are made within one currency only; a need without an amount is not "
                    "counted as zero.",
                    "只在同一币种内求和；没有金额的需求不按零计算。",
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("needs in three horizons, with gaps", "三个时间段的需求与差距"),
                    "K3",
                    {},
                ),
                text(
                    "Kinds and the three checks are K4. Needs as recorded now.",
                    "需求类型与三方核对依据 K4。需求为当前记录。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    @property
    def _rows(self) -> list[Need]:
        return [need for _, need in self.needs]

    def _headline(self) -> Text:
        if not self.needs:
            return text(
                "{named}: no open need is recorded; ask in a survey, an interview or look at "
                "behaviour data.",
                "{named}：没有登记未关闭的需求；可通过调研、访谈或行为数据了解。",
                named=self.named,
            )
        free = [need for need in self._rows if gap_free(need)]
        return text(
            "{named}: {count} open needs, {amount}; without a gap on our side: {free}, {open}.",
            "{named}：未关闭需求 {count} 项，{amount}；我方无差距：{free} 项，{open}。",
            named=self.named,
            count=len(self.needs),
            amount=_worth(summed(self._rows)),
            free=len(free),
            open=_worth(summed(free)),
        )

    def _facts(self) -> Iterator[Fact]:
        for horizon in Horizon:
            mine = [need for need in self._rows if need.horizon is horizon]
            yield Fact(HORIZON[horizon], len(mine), _worth(summed(mine)) if mine else None)
        capability = sum(bool(need.capability_gap) for need in self._rows)
        resource = sum(bool(need.resource_gap) for need in self._rows)
        yield Fact(text("With a capability gap", "有能力差距"), capability)
        yield Fact(text("With a resource gap", "有资源差距"), resource)

    def _chart(self) -> Chart:
        counts = [sum(n.horizon is horizon for n in self._rows) for horizon in Horizon]
        return Chart(
            "bar",
            text("Open needs by horizon", "各时间段未关闭需求"),
            tuple(HORIZON[horizon] for horizon in Horizon),
            tuple(float(count) for count in counts),
            text("needs", "项"),
        )

    def _missing(self) -> Iterator[Text]:
        found = summed(self._rows)
        if found.unvalued:
            yield text(
                "Needs without an amount: {count}.",
                "没有金额的需求：{count} 项。",
                count=found.unvalued,
            )
        unchecked = sum(len(_unchecked(need)) > 0 for need in self._rows)
        if unchecked:
            yield text(
                "Needs not yet checked from technology, sales and operations: {count}.",
                "尚未从技术、销售、运营三方核对的需求：{count} 项。",
                count=unchecked,
            )
        for horizon in Horizon:
            if self.needs and all(need.horizon is not horizon for need in self._rows):
                yield text(
                    "No need is recorded for {horizon}.",
                    "“{horizon}”没有登记需求。",
                    horizon=HORIZON[horizon],
                )


def needs(
    deps: Deps,
    account: str = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
) -> Needs:
    """Answers what customers need in the short, medium and long term, and what gaps we have.

    Args:
        account: Only this customer, e.g. "Merrowick"; all readable ones when left out.
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.

    Source: K3, K4 (horizons, gaps).
    """
    check_top(top)
    with deps.sessions() as session:
        filters = Filters(segment, region, person, unit)
        chosen = meant(session, deps, account, deps.today, filters)
        names = {customer.id: customer.name for customer in chosen.accounts}
        found = open_needs(session, chosen.ids)
    rows = [(names[need.account_id], need) for need in found]
    order = list(Horizon)
    rows.sort(
        key=lambda row: (
            order.index(row[1].horizon),
            row[1].expected_on is None,
            str(row[1].expected_on),
            row[0],
            row[1].id or 0,
        )
    )
    return Needs(chosen.named, tuple(rows), top, deps.rules)


def _worth(found: Sum) -> Value:
    return amounts(found.amounts) if found.amounts else text("no amount", "无金额")


def _table(shown: Sequence[tuple[str, Need]], total: int) -> Table:
    columns = (
        Column(text("Account", "客户")),
        Column(text("Horizon", "时间段")),
        Column(text("Kind", "类型")),
        Column(text("Need", "需求")),
        Column(text("Amount", "金额"), "right"),
        Column(text("Expected", "预计时间")),
        Column(text("Capability gap", "能力差距")),
        Column(text("Resource gap", "资源差距")),
        Column(text("Not checked by", "未核对")),
        Column(text("As of", "截至")),
        Column(text("Source", "来源")),
        Column(text("State", "状态")),
    )
    return Table(columns, tuple(_row(name, need) for name, need in shown), total)


def _row(name: str, need: Need) -> tuple[Value, ...]:
    amount: Value = need.amount
    if need.amount is not None and need.currency:
        amount = Money(Decimal(need.amount), need.currency)
    unchecked = _unchecked(need)
    return (
        name,
        HORIZON[need.horizon],
        _KINDS[need.kind],
        need.description,
        amount,
        need.expected_on,
        need.capability_gap,
        need.resource_gap,
        listing(unchecked) if unchecked else None,
        need.as_of,
        need.source,
        state(need.confirmed),
    )


def _unchecked(need: Need) -> list[Text]:
    sides = (
        (need.checked_technology, text("technology", "技术")),
        (need.checked_sales, text("sales", "销售")),
        (need.checked_operations, text("operations", "运营")),
    )
    return [label for done, label in sides if not done]
