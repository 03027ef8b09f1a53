"""The inputs that keep accounts from a full composite score."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.rules import RuleSet
from tools.domain.score import Score
from tools.domain.vocabulary import Factor
from tools.labels import FACTORS, accounts
from tools.scoring import COLLECT, check_top, lacking, score_basis, scoreboard
from tools.selection import Filters, select
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "Which inputs are missing for a full score?",
        "What keeps the accounts in {segment} from a full score?",
        "Which accounts of {person} cannot be scored?",
        "What data do we have to collect to score {unit}?",
        "Incomplete scores in {region}",
        "Which incomplete inputs keep these accounts from a full score?",
        "Which data is still needed before the accounts can be ranked?",
        "Which factors still lack a figure in {region}?",
    ),
    zh=(
        "哪些数据缺失导致无法完整评分？",
        "{segment}行业的客户缺少哪些评分数据？",
        "{person}的哪些客户无法评分？",
        "{unit}还要补哪些数据才能评分？",
        "{region}区域积分不完整的客户",
        "这些客户还缺什么数据才有完整积分？",
        "哪些客户还没有评分",
        "要给客户排名还需要收集什么",
        "哪些客户资料不全，没法评分",
    ),
)


@dataclass(frozen=True)
class ScoreGaps:
    """`lacks` counts the accounts that miss each factor, `count` those without a score;
    `incomplete` are the first of them: who misses least and could score highest."""

    named: Text
    on: date
    accounts: int
    lacks: tuple[tuple[Factor, int], ...]
    count: int
    incomplete: tuple[tuple[Customer, Score], ...]
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Score gaps: {named}", "积分缺口：{named}", named=self.named),
            headline=self._headline(),
            facts=self._facts(),
            table=_table(self.incomplete, self.count) if self.count else None,
            chart=self._chart() if self.count else None,
            why=(
                text(
                    "A score needs all four factors; a missing one is not counted as zero.",
                    "四个因子齐全才有积分，缺失的因子不按零计算。",
                ),
            ),
            basis=score_basis(self.rules),
            missing=tuple(COLLECT[factor] for factor, count in self.lacks if count),
        )

    def _headline(self) -> Text:
        if not self.accounts:
            return text(
                "{named}: there is no account to score.",
                "{named}：没有可评分的客户。",
                named=self.named,
            )
        if not self.count:
            return text(
                "{named}: nothing is missing on {on}; {accounts} with a full score.",
                "{named}：{on} 没有缺口，{accounts}积分完整。",
                named=self.named,
                accounts=accounts(self.accounts),
                on=self.on,
            )
        factor, count = max(self.lacks, key=lambda item: item[1])
        return text(
            "{named}: no full score for {count} of {accounts} on {on}; most often {factor} is "
            "missing ({missing}).",
            "{named}：截至 {on}，{accounts}中有 {count} 家没有完整积分；"
            "最常缺少的是{factor}（{missing}）。",
            named=self.named,
            count=self.count,
            accounts=accounts(self.accounts),
            on=self.on,
            factor=FACTORS[factor],
            missing=accounts(count),
        )

    def _facts(self) -> tuple[Fact, ...]:
        return tuple(
            Fact(
                text("Missing {factor}", "缺少{factor}", factor=FACTORS[factor]),
                text(
                    "{count} of {of}",
                    "{of}中的 {count} 家",
                    count=count,
                    of=accounts(self.accounts),
                ),
            )
            for factor, count in self.lacks
        )

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Accounts that miss a factor", "缺少各因子的客户数"),
            tuple(FACTORS[factor] for factor, _ in self.lacks),
            tuple(float(count) for _, count in self.lacks),
            text("accounts", "家"),
        )


def score_gaps(
    deps: Deps,
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> ScoreGaps:
    """Answers which inputs are missing so that accounts cannot be fully scored.

    Args:
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many accounts to list, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3, house.
    """
    check_top(top)
    day = on or deps.today
    with deps.sessions() as session:
        chosen = select(session, deps, day, Filters(segment, region, person, unit))
        board = scoreboard(
            session,
            deps.rules,
            day,
            chosen.company,
            deps.rules.score.top_share,
            practice=chosen.practice,
        )
        open_ = [(c, board.places[c.id]) for c in chosen.chosen if board.places[c.id].missing]
        open_.sort(key=lambda item: (len(item[1].missing), -item[1].highest, item[0].name))
        shown = [customer for customer, _ in open_[:top]]
        scores = board.scores(session, shown)
    lacks = Counter(chain.from_iterable(place.missing for _, place in open_))
    return ScoreGaps(
        chosen.named,
        day,
        len(chosen.chosen),
        tuple((factor, lacks[factor]) for factor in Factor),
        len(open_),
        tuple((customer, scores[customer.id]) for customer in shown),
        deps.rules,
    )


def _table(shown: tuple[tuple[Customer, Score], ...], total: int) -> Table:
    columns = (
        Column(text("Account", "客户")),
        Column(text("Segment", "行业")),
        Column(text("To collect", "要补的数据")),
        Column(text("Known points", "已知得分"), "right"),
        Column(text("Score can be", "积分范围")),
    )
    rows = tuple(
        (
            customer.name,
            customer.segment,
            lacking(score),
            score.known,
            text("{low} to {high}", "{low} 到 {high}", low=score.lowest, high=score.highest),
        )
        for customer, score in shown
    )
    return Table(columns, rows, total)
