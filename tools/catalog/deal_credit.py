"""How an account's deals and revenue are credited: counted twice, shared, or not settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import sales
from tools.data.coverage import colleagues, coverage_on
from tools.data.credit import parties
from tools.data.deals import Where
from tools.deps import Deps
from tools.domain.credit import Credit, Credited, Crediting, Fault, Party, credit
from tools.domain.periods import Period, last_months
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, fold, total
from tools.domain.vocabulary import CoverageRole
from tools.labels import COVERAGE_ROLES, deals, listing
from tools.opened import opened
from tools.phrases import assumptions, gaps, in_period, period_of
from tools.sourced import not_set
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "How is the revenue of {account} credited?",
        "Who gets credit for the deals with {account}?",
        "Is the revenue of {account} counted twice?",
        "How is the profit of {account} shared between the sides?",
        "What share of {account} is credited to whom?",
        "Credit split for {account} since {since}",
        "Do the shares of {account} sum to 100 percent?",
        "Which credit rule holds for {product} at {account}?",
        "Double counting or sharing for {account}?",
        "how is {account}'s revenue credited",
        "who gets the credit for {account}'s deals",
    ),
    zh=(
        "{account}的业绩怎么算？",
        "{account}的单子算谁的业绩？",
        "{account}的收入是双算吗？",
        "{account}怎么分利？",
        "{account}的分成比例是多少？",
        "{account}自{since}以来的业绩归属",
        "{account}的分利比例合计是百分之百吗？",
        "{account}的{product}业绩归谁？",
        "{account}是双算还是分利？",
        "{account}的业绩算谁的",
        "{account}的单子怎么分业绩",
    ),
)


@dataclass(frozen=True)
class DealCredit:
    """The rule with those it credits, and the revenue of the period; `sold` is each seller's."""

    name: str
    product: str | None
    period: Period
    on: date
    credit: Credit
    revenue: Tally
    sold: Mapping[int, tuple[str, Tally]]
    rules: RuleSet

    def card(self) -> Card:
        rows = (*(self._row(item) for item in self.credit.credited), *self._others())
        return Card(
            title=text(
                "Credit: {name}{product}",
                "业绩归属：{name}{product}",
                name=self.name,
                product=text(" ({product})", "（{product}）", product=self.product)
                if self.product
                else "",
            ),
            headline=self._headline(),
            facts=(
                Fact(text("Rule", "规则"), RULES[self.credit.rule]),
                Fact(
                    text("Won revenue", "赢单收入"),
                    self.revenue.known,
                    text(
                        "{deals}, {period}",
                        "{deals}，{period}",
                        deals=deals(self.revenue.count),
                        period=in_period(self.period),
                    ),
                ),
                Fact(
                    text("Credited in all", "合计归属"),
                    None if self.credit.total is None else Percent(self.credit.total),
                ),
            ),
            table=Table(_COLUMNS, rows, len(rows)) if rows else None,
            why=(
                text(
                    "Counted twice: in full for the salesperson and for the key account side. "
                    "Shared: by the shares recorded with the coverage, which sum to 100 %.",
                    "双算：销售和大客户一方各按全额计算。分利：按客户分工中登记的比例，"
                    "合计为 100%。",
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("crediting of revenue", "业绩归属"),
                    "K3",
                    {"credit.mode": text("Rule without recorded shares", "未登记比例时的规则")},
                ),
                text(
                    "No source gives a ratio. Who counts on which side is house; sub-units are "
                    "settled by sales support (K5). Coverage as of {on}.",
                    "资料没有给出比例。各方归属为内部规则；下级单位由销售支持部确定（K5）。"
                    "客户分工截至 {on}。",
                    on=self.on,
                ),
                *assumptions(self.revenue),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        if self.credit.rule is Crediting.NOT_SET:
            return text(
                "How {name}'s revenue is credited is not set: no share is recorded and the company "
                "has no rule; won {period}: {money}.",
                "{name}的业绩归属未设定：没有登记比例，公司也没有规则；{period}赢单 {money}。",
                name=self.name,
                period=in_period(self.period),
                money=self.revenue.known,
            )
        if self.credit.faults:
            return text(
                "{name}'s revenue is {rule}, but not settled: {faults}; won {period}: {money}.",
                "{name}的业绩按{rule}，但尚未落实：{faults}；{period}赢单 {money}。",
                name=self.name,
                rule=RULES[self.credit.rule],
                faults=FAULTS[self.credit.faults[0]],
                period=in_period(self.period),
                money=self.revenue.known,
            )
        shares = [
            text("{who} {share}", "{who} {share}", who=c.party.name, share=Percent(c.share))
            for c in self.credit.credited
            if c.share is not None
        ]
        return text(
            "{name}'s revenue is {rule}: {money} won {period}, credited to {shares}.",
            "{name}的业绩按{rule}：{period}赢单 {money}，归属：{shares}。",
            name=self.name,
            rule=RULES[self.credit.rule],
            money=self.revenue.known,
            period=in_period(self.period),
            shares=listing(shares),
        )

    def _row(self, item: Credited) -> tuple[Value, ...]:
        party, known = item.party, self.revenue.known
        amount = None
        if item.share is not None and known is not None:
            amount = Money(known.amount * item.share, known.currency)
        role = COVERAGE_ROLES[party.role]
        if party.derived:
            role = text("{role} (derived)", "{role}（推导）", role=role)
        own = self.sold.get(party.person_id)
        return (
            party.name,
            role,
            None if party.share is None else Percent(party.share),
            None if item.share is None else Percent(item.share),
            amount,
            own[1].known if own else None,
        )

    def _others(self) -> Iterator[tuple[Value, ...]]:
        covering = {item.party.person_id for item in self.credit.credited}
        for person, (name, tally) in self.sold.items():
            if person not in covering:
                sold = text("sold, no coverage", "有销售，无分工")
                yield name, sold, None, None, None, tally.known

    def _missing(self) -> Iterator[Text]:
        if self.credit.rule is Crediting.NOT_SET:
            yield not_set("credit.mode")
            yield text(
                "Or record a share of the credit with each person's coverage of the account.",
                "或在客户分工中为每个人登记分成比例。",
            )
        for fault in self.credit.faults:
            yield text("To settle: {fault}.", "待落实：{fault}。", fault=FAULTS[fault])
        yield from gaps(self.revenue)


def deal_credit(
    deps: Deps,
    account: str,
    *,
    product: str = "",
    since: date | None = None,
    until: date | None = None,
) -> DealCredit:
    """Answers how an account's deals and revenue are credited: to whom, by which rule, how much.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        product: Only deals of this product, e.g. "MX-40".
        since: The first day, e.g. "January"; 12 months before the last one when left out.
        until: The last day, e.g. "end of 2017"; today when left out.

    Source: K3 (double counting, sharing), K5 (sub-units), house (sides).
    """
    day = until or deps.today
    period = period_of(since or last_months(day, 12).since, day)
    base = deps.rules.company.base_currency
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        item = resolve.product(session, product) if product else None
        where = Where(
            period=period,
            accounts=(key,),
            products=(item.id or 0,) if item else None,
            sandbox=True,
        )
        slices = sales.won(session, base, ("person",), where)
        covering = _parties(session, deps.rules, key, day)
        tallies = fold(slices, base, lambda part: part[0])
        names = _names(session, tallies)
    return DealCredit(
        found.name,
        item.name if item else None,
        period,
        day,
        credit(covering, deps.rules.credit),
        total(tallies.values(), base),
        {person: (names[person], tallies[person]) for person in names},
        deps.rules,
    )


def _parties(session: Session, rules: RuleSet, key: int, day: date) -> list[Party]:
    """Recorded coverage, with the derived owner where none is recorded."""
    found = parties(session, key, day)
    derived = coverage_on(session, day, rules, [key])[key]
    if derived.is_derived and derived.derived is not None:
        owner = derived.derived
        found.insert(0, Party(owner.id, owner.name, CoverageRole.OWNER, derived=True))
    return found


def _names(session: Session, tallies: Mapping[object, Tally]) -> dict[int, str]:
    known = colleagues(session)
    people = [person for person in tallies if isinstance(person, int)]
    ordered = sorted(people, key=lambda person: (-tallies[person].total.amount, known[person].name))
    return {person: known[person].name for person in ordered}


_COLUMNS = (
    Column(text("Who", "人员")),
    Column(text("Role", "角色")),
    Column(text("Share recorded", "登记比例"), "right"),
    Column(text("Share credited", "归属比例"), "right"),
    Column(text("Revenue credited", "归属收入"), "right"),
    Column(text("Sold in person", "本人赢单"), "right"),
)
RULES: Mapping[Crediting, Text] = {
    Crediting.SHARED: text("shared", "分利"),
    Crediting.COUNTED_TWICE: text("counted twice", "双算"),
    Crediting.NOT_SET: text("not set", "未设定"),
}
FAULTS: Mapping[Fault, Text] = {
    Fault.SUM: text("the recorded shares do not sum to 100 %", "登记的比例合计不是 100%"),
    Fault.NO_SALES_SIDE: text("no owner on the sales side", "销售一方没有负责人"),
    Fault.NO_KEY_ACCOUNT_SIDE: text("no key account director is recorded", "没有登记大客户总监"),
    Fault.SEVERAL: text("a role has several holders", "同一角色有多人"),
    Fault.NO_RATIO: text("no share is recorded", "没有登记比例"),
}
