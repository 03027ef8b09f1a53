"""The second lens on an account: four selection criteria beside its composite score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.evaluations import judged
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.judgements import CRITERIA, Criteria, Judged, criteria
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Dimension
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import DIMENSION
from tools.scoring import scoreboard
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What are the selection criteria of {account}?",
        "Selection criteria for {account}",
        "Show the four subscores of {account}",
        "How loyal and how risky is {account} as a partner?",
        "What kind of partner is {account}?",
        "How does {account} stand on strategic synergy and risk control?",
        "Stability and loyalty subscore of {account}",
        "The second lens on {account} as of {on}",
        "Does {account} meet the selection criteria?",
        "How do we rate {account} on the selection criteria?",
    ),
    zh=(
        "{account}的选择标准得分",
        "{account}的四项选择标准是多少？",
        "看看{account}的四个子分",
        "{account}是怎样的合作伙伴？",
        "{account}的战略协同和风险控制怎么样？",
        "{account}的稳定性与忠诚度评分",
        "{account}在{on}的选择标准",
        "{account}符合选择标准吗？",
        "从第二视角看{account}",
    ),
)
_LOOKED_AT: Mapping[Dimension, Text] = {
    Dimension.CRITERION_REVENUE: text(
        "scale, share, position in its industry, spending on innovation",
        "规模、份额、行业地位、创新投入",
    ),
    Dimension.CRITERION_LOYALTY: text(
        "history, renewal rate, how efficiently it responds", "合作历史、续约率、响应效率"
    ),
    Dimension.CRITERION_SYNERGY: text(
        "fit of supply chain, research and markets", "供应链、研发与市场的契合"
    ),
    Dimension.CRITERION_RISK: text(
        "financial, compliance and industry risk; more points mean less risk",
        "财务、合规与行业风险；分高表示风险小",
    ),
}


@dataclass(frozen=True)
class SelectionCriteria:
    """The criteria; `score` and `standing` (None while incomplete) are shown apart."""

    customer: Customer
    on: date
    criteria: Criteria
    score: Decimal | None
    standing: Standing | None
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Selection criteria: {name}", "选择标准：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=(
                Fact(text("Selection criteria", "选择标准"), self._total()),
                Fact(
                    text("Composite score (kept apart)", "综合积分（单独列示）"), self._composite()
                ),
            ),
            table=_table(self.criteria),
            chart=_chart(self.criteria),
            why=(
                text(
                    "The criteria are a lens of their own: they are never added to the "
                    "composite score.",
                    "选择标准是独立的视角，不与综合积分相加。",
                ),
            ),
            basis=basis(
                self.rules,
                text("four selection criteria", "四项选择标准"),
                "K4",
                {"criteria": text("Scale 0 to 100 and weights", "0 到 100 分制与权重")},
            ),
            missing=tuple(_to_judge(key) for key in self.criteria.missing),
        )

    def _headline(self) -> Text:
        weakest = self.criteria.weakest
        if self.criteria.total is None or weakest is None:
            return text(
                "{name} has no full selection criteria on {on}: not judged are {missing}. "
                "Composite score, kept apart: {score}.",
                "{name}在 {on} 的选择标准不完整：未评价{missing}。综合积分（单独列示）：{score}。",
                name=self.customer.name,
                on=self.on,
                missing=listing(DIMENSION[key] for key in self.criteria.missing),
                score=self._composite(),
            )
        return text(
            "{name} has {total} of 100 on the selection criteria on {on}; the weakest is "
            "{weakest} ({points}). Composite score, kept apart: {score}.",
            "{name}在 {on} 的选择标准为 {total}（满分 100），最弱项为{weakest}（{points}）。"
            "综合积分（单独列示）：{score}。",
            name=self.customer.name,
            on=self.on,
            total=self.criteria.total,
            weakest=DIMENSION[weakest[0]],
            points=weakest[1].points,
            score=self._composite(),
        )

    def _total(self) -> Value:
        return self.criteria.total if not self.criteria.missing else text("incomplete", "不完整")

    def _composite(self) -> Text:
        if self.standing is None:
            return text("incomplete", "不完整")
        return text(
            "{score}, rank {rank} of {of}",
            "{score}，第 {rank} 名（共 {of} 家）",
            score=self.score,
            rank=self.standing.rank,
            of=self.standing.of,
        )


def selection_criteria(deps: Deps, account: str, on: date | None = None) -> SelectionCriteria:
    """Answers what kind of partner an account is: the four selection criteria, beside its score.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (criteria), house (points, weights).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        history = judged(session, day, CRITERIA, [key]).get(key, {})
        company = customers(session, sandbox=found.sandbox)
        board = scoreboard(
            session, rules, day, company, rules.score.top_share, practice=found.sandbox
        )
    latest = {dimension: points[0] for dimension, points in history.items()}
    return SelectionCriteria(
        company[key],
        day,
        criteria(latest, rules.criteria),
        board.places[key].total,
        board.standing(key),
        rules,
    )


def _table(found: Criteria) -> Table:
    columns = (
        Column(text("Criterion", "标准")),
        Column(text("Looks at", "考察内容")),
        Column(text("Points", "得分"), "right"),
        Column(text("Weight", "权重"), "right"),
        Column(text("Judged on", "评价日期")),
        Column(text("By", "评价人")),
        Column(text("State", "状态")),
        Column(text("Reason", "理由")),
    )
    rows = tuple(
        (DIMENSION[key], _LOOKED_AT[key], *_cells(given, found.weights[key]))
        for key, given in found.subscores.items()
    )
    return Table(columns, rows, len(rows))


def _cells(given: Judged | None, weight: Decimal) -> tuple[Value, ...]:
    if given is None:
        return None, Percent(weight), None, None, text("missing", "缺失"), None
    how = text("judged", "人工评价") if given.judged else text("computed", "系统计算")
    return given.points, Percent(weight), given.held_on, given.by, how, given.note


def _chart(found: Criteria) -> Chart | None:
    known = [(key, given) for key, given in found.subscores.items() if given]
    if not known:
        return None
    return Chart(
        "bar",
        text("Selection criteria", "选择标准"),
        tuple(DIMENSION[key] for key, _ in known),
        tuple(float(given.points) for _, given in known),
        text("points", "分"),
    )


def _to_judge(dimension: Dimension) -> Text:
    return text(
        "{criterion}: not judged; give 0 to 100 with day, name and reason.",
        "{criterion}：尚未评价；请按 0 到 100 分评价，并注明日期、评价人和理由。",
        criterion=DIMENSION[dimension],
    )
