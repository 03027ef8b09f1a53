"""The key accounts: the top share by composite score, and the accounts that cannot be ranked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.score import Score
from tools.domain.vocabulary import Factor
from tools.labels import FACTORS, accounts
from tools.scoring import Scoreboard, check_top, score_basis, scoreboard, top_share, unranked_line
from tools.selection import Filters, select
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "Which accounts are key accounts?",
        "Show the top {percent} percent of accounts by score",
        "Who are the key accounts in {segment}?",
        "Rank the accounts of {person} by composite score",
        "Key accounts in {region}",
        "Which accounts of {unit} are key accounts on {on}?",
        "Key accounts per segment",
        "Top {top} accounts by composite score",
        "Accounts with the highest score",
        "The {top} accounts with the best score in {segment}",
        "Which accounts count as key accounts?",
        "Which segment has the most key accounts?",
    ),
    zh=(
        "哪些是大客户？",
        "积分排前{percent}%的客户有哪些？",
        "{segment}行业的大客户有哪些？",
        "{person}的客户按综合积分排名",
        "{region}区域的大客户名单",
        "{unit}在{on}有哪些大客户？",
        "按行业列出大客户",
        "积分前{top}的客户",
        "综合积分最高的客户有哪些",
        "得分最高的{top}家客户",
        "哪些客户算大客户",
        "{person}有哪些大客户",
        "哪个行业的大客户多",
    ),
)
_NAMED = 5


@dataclass(frozen=True)
class RankedAccount:
    customer: Customer
    score: Score
    overall: Standing
    place: Standing


@dataclass(frozen=True)
class KeyAccounts:
    """`count` is how many key accounts there are, `key` the first of them, best first.

    `ranked` and `unranked` count the accounts asked for with and without a score;
    `incomplete` are the first without one.
    """

    named: Text
    on: date
    share: Decimal
    by_segment: bool
    count: int
    key: tuple[RankedAccount, ...]
    ranked: int
    company: int
    unranked: int
    lacks: tuple[tuple[Factor, int], ...]
    incomplete: tuple[tuple[Customer, Score], ...]
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Key accounts: {named}", "大客户：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(self.key, self.count) if self.key else None,
            chart=_chart(self.key) if self.key else None,
            why=(self._rule(),),
            basis=score_basis(self.rules),
            missing=self._missing(),
            next=self._next(),
        )

    def _headline(self) -> Text:
        if not self.key:
            return text(
                "{named}: no key account on {on}; with a score: {ranked}, without: {unranked}.",
                "{named}：{on} 没有大客户；有积分：{ranked}，暂无积分：{unranked}。",
                named=self.named,
                on=self.on,
                ranked=accounts(self.ranked),
                unranked=accounts(self.unranked),
            )
        first = self.key[0]
        return text(
            "{named}: {count} on {on} (top {share}), led by {first} with {score} points; without a "
            "score: {unranked}.",
            "{named}：{on} 有{count}（前 {share}），第一名是{first}，{score} 分；"
            "暂无积分：{unranked}。",
            named=self.named,
            count=self._counted(),
            on=self.on,
            share=Percent(self.share),
            first=first.customer.name,
            score=first.score.total,
            unranked=accounts(self.unranked),
        )

    def _counted(self) -> Text:
        if self.count == 1:
            return text("1 key account", " 1 家大客户")
        return text("{count} key accounts", " {count} 家大客户", count=self.count)

    def _facts(self) -> tuple[Fact, ...]:
        facts = [
            Fact(text("Key accounts", "大客户数"), self.count),
            Fact(text("Accounts with a score", "有积分的客户"), self.ranked),
            Fact(text("Accounts without a score", "无积分的客户"), self.unranked),
            Fact(text("Ranked in the company", "公司内参与排名"), self.company),
        ]
        return (
            *facts,
            *(
                Fact(
                    text("Missing {factor}", "缺少{factor}", factor=FACTORS[factor]),
                    accounts(count),
                )
                for factor, count in self.lacks
            ),
        )

    def _rule(self) -> Text:
        if self.by_segment:
            return text(
                "In each segment, the top {share} of the accounts with a score, rounded up; "
                "accounts that tie with the last one are in.",
                "在每个行业内，取有积分客户的前 {share}，数量向上取整；与末位同分的都算。",
                share=Percent(self.share),
            )
        return text(
            "The top {share} of all {of} accounts with a score in the company, rounded up; "
            "accounts that tie with the last one are in.",
            "在全公司 {of} 家有积分的客户中取前 {share}，数量向上取整；与末位同分的都算。",
            share=Percent(self.share),
            of=self.company,
        )

    def _missing(self) -> tuple[Text, ...]:
        lines = [unranked_line(customer, score) for customer, score in self.incomplete]
        rest = self.unranked - len(lines)
        if rest:
            lines.append(
                text(
                    "Further accounts without a score: {rest}.",
                    "其余暂无积分的客户：{rest} 家。",
                    rest=rest,
                )
            )
        return tuple(lines)

    def _next(self) -> tuple[Text, ...]:
        if not self.unranked:
            return ()
        return (
            text(
                "Ask for the score gaps to see what to collect.",
                "可查询积分缺口，了解要补什么数据。",
            ),
        )


def key_accounts(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    percent: Decimal | None = None,
    top: int = 20,
    on: date | None = None,
    by_segment: bool = False,
) -> KeyAccounts:
    """Answers which accounts are key accounts: the top share by composite score, ranked.

    Args:
        segment: Only this segment, ranked within it, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        percent: How many percent count as key accounts, e.g. 10; the rule's share by default.
        top: How many rows to show, e.g. 20.
        on: The day as of which to rank, e.g. "end of 2017"; today when left out.
        by_segment: Whether each segment has its own top share, e.g. "per segment".

    Source: K3 (method), house (numbers).
    """
    check_top(top)
    day, share = on or deps.today, top_share(deps.rules, percent)
    grouped = by_segment or bool(segment)
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(segment, region, person, unit))
        board = scoreboard(
            session, deps.rules, day, chosen.company, share, practice=chosen.practice
        )
        key = _key(chosen.chosen, board, within=grouped)
        open_ = [c for c in chosen.chosen if board.places[c.id].missing]
        scores = board.scores(session, [*(c for c, _, _ in key[:top]), *open_[:_NAMED]])
    lacks = Counter(chain.from_iterable(board.places[c.id].missing for c in open_))
    return KeyAccounts(
        chosen.named,
        day,
        share,
        grouped,
        len(key),
        tuple(RankedAccount(c, scores[c.id], overall, place) for c, overall, place in key[:top]),
        len(chosen.chosen) - len(open_),
        len(board.totals),
        len(open_),
        tuple((factor, lacks[factor]) for factor in Factor if lacks[factor]),
        tuple((c, scores[c.id]) for c in open_[:_NAMED]),
        deps.rules,
    )


def _key(
    customers: Iterable[Customer], board: Scoreboard, *, within: bool
) -> list[tuple[Customer, Standing, Standing]]:
    """Those in the top share, of the company or each `within` its segment, with the place in
    the company and the place that counts; best first."""
    found = []
    for customer in customers:
        known = board.places[customer.id]
        place = known.within if within else known.overall
        if known.overall and place and place.in_top:
            found.append((customer, known.overall, place))
    return sorted(found, key=lambda item: (item[1].rank, item[0].name))


def _table(shown: tuple[RankedAccount, ...], total: int) -> Table:
    columns = (
        Column(text("Company rank", "公司排名"), "right"),
        Column(text("Account", "客户")),
        Column(text("Segment", "行业")),
        Column(text("Place in the list asked for", "所在范围名次")),
        Column(text("Score", "积分"), "right"),
        *(Column(label, "right") for label in FACTORS.values()),
    )
    return Table(columns, tuple(_row(item) for item in shown), total)


def _row(item: RankedAccount) -> tuple[Value, ...]:
    place = text("{rank} of {of}", "{rank}/{of}", rank=item.place.rank, of=item.place.of)
    return (
        item.overall.rank,
        item.customer.name,
        item.customer.segment,
        place,
        item.score.total,
        *(part.contribution for part in item.score.parts),
    )


def _chart(shown: tuple[RankedAccount, ...]) -> Chart:
    return Chart(
        "bar",
        text("Composite score", "综合积分"),
        tuple(item.customer.name for item in shown),
        tuple(float(item.score.total or 0) for item in shown),
        text("points", "分"),
    )
