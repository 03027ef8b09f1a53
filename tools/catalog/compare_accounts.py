"""Several accounts side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Chart, Column, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.errors import BadInput
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import PLAN_STATUS
from tools.summary import Summary, summarise
from tools.summary_labels import CONCERNS, TIERS
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "Compare {accounts}",
        "Compare {accounts} side by side",
        "{accounts}: which one is better?",
        "How do {accounts} differ?",
        "Put {accounts} next to each other",
        "Comparison of {accounts} on {on}",
        "{accounts} versus each other",
        "Show score, tier and revenue of {accounts} in one table",
        "Which is the better customer, {accounts}?",
        "which of {accounts} scores higher",
        "which is bigger, {accounts}",
    ),
    zh=(
        "比较{accounts}",
        "把{accounts}放在一起对比",
        "{accounts}哪个更好？",
        "{accounts}有什么差别？",
        "对比一下{accounts}",
        "{accounts}在{on}的对比",
        "{accounts}横向比较",
        "用一张表看{accounts}的积分、等级和收入",
        "{accounts}比一比",
        "{accounts}哪个客户更好",
        "{accounts}哪个分高",
        "{accounts}哪个大",
        "{accounts}谁更重要",
        "把{accounts}放一起比一下",
    ),
)
_MOST = 5


@dataclass(frozen=True)
class Comparison:
    """The accounts in the order asked."""

    on: date
    accounts: tuple[Summary, ...]
    rules: RuleSet

    def card(self) -> Card:
        names = listing(found.account.name for found in self.accounts)
        return Card(
            title=text("Comparison: {names}", "客户对比：{names}", names=names),
            headline=self._headline(),
            table=self._table(),
            chart=self._chart(),
            basis=(
                *basis(
                    self.rules,
                    text("score, tier, revenue and closeness", "积分、等级、收入与紧密度"),
                    "K3",
                    {
                        "tiers": text("Tier cut-offs", "等级界限"),
                        "closeness": text("Closeness formula", "紧密度公式"),
                        **DERIVED_OWNER,
                    },
                ),
                text(
                    "Needs, risks and plan as recorded now; the rest as of {on}.",
                    "需求、风险和计划为当前记录，其余截至 {on}。",
                    on=self.on,
                ),
            ),
            missing=tuple(_lacks(f) for f in self.accounts if f.standing is None),
            next=(text("Ask for the summary of one of them.", "可以查看其中某个客户的概况。"),),
        )

    def _headline(self) -> Text:
        scored = [found for found in self.accounts if found.standing is not None]
        sold = max(self.accounts, key=lambda found: found.trade.year[1].total.amount)
        if not scored:
            return text(
                "None of the {count} has a full score on {on}; {sold} won the most in 12 months "
                "({amount}).",
                "{on} 这 {count} 家都没有完整积分；近 12 个月赢单最多的是{sold}（{amount}）。",
                count=len(self.accounts),
                on=self.on,
                sold=sold.account.name,
                amount=sold.trade.year[1].total,
            )
        best = max(scored, key=lambda found: found.score.known)
        return text(
            "{best} scores highest on {on} ({points}, rank {rank}); {sold} won the most in 12 "
            "months ({amount}).",
            "{on} 积分最高的是{best}（{points}，第 {rank} 名）；近 12 个月赢单最多的是{sold}"
            "（{amount}）。",
            best=best.account.name,
            on=self.on,
            points=best.score.known,
            rank=best.standing.rank if best.standing else None,
            sold=sold.account.name,
            amount=sold.trade.year[1].total,
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Measure", "指标")),
            *(
                Column(text("{name}", "{name}", name=found.account.name), "right")
                for found in self.accounts
            ),
        )
        rows = tuple(
            (label, *(read(found) for found in self.accounts)) for label, read in _MEASURES
        )
        return Table(columns, rows, len(rows))

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Won in 12 months", "近 12 个月赢单"),
            tuple(found.account.name for found in self.accounts),
            tuple(float(found.trade.year[1].total.amount) for found in self.accounts),
            text("{base}", "{base}", base=self.rules.company.base_currency),
        )


def compare_accounts(deps: Deps, accounts: list[str], on: date | None = None) -> Comparison:
    """Answers how accounts differ, side by side: score, tier, revenue, closeness, plan, needs.

    Args:
        accounts: Two to five customers, by any of their names, e.g. ["Merrowick", "Zoomit"].
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3, K4, house.
    """
    day = on or deps.today
    with deps.sessions() as session:
        found = {a.id: a for a in (opened(session, deps, name) for name in accounts)}
        if not 1 < len(found) <= _MOST:
            raise BadInput(
                text(
                    "Name two to {most} different accounts to compare; these are {count}.",
                    "请给出 2 到 {most} 个不同的客户进行对比，目前为 {count} 个。",
                    most=_MOST,
                    count=len(found),
                )
            )
        summaries = tuple(summarise(session, deps.rules, a, day) for a in found.values())
    return Comparison(day, summaries, deps.rules)


def _lacks(found: Summary) -> Text:
    return text(
        "{name}: the score is incomplete, it can be {low} to {high}.",
        "{name}：积分不完整，可能在 {low} 到 {high} 之间。",
        name=found.account.name,
        low=found.score.lowest,
        high=found.score.highest,
    )


def _rank(found: Summary) -> Value:
    place = found.standing
    if place is None:
        return None
    return text("{rank} of {of}", "第 {rank} 名（共 {of} 家）", rank=place.rank, of=place.of)


def _tier(found: Summary) -> Value:
    if found.tier is None:
        return None
    return TIERS[found.tier.tier] if found.tier.tier else text("unclassified", "未分级")


def _owner(found: Summary) -> Value:
    owners = found.coverage.owners
    named = listing(owner.name for owner in owners) if owners else None
    if found.coverage.is_derived:
        return text("{who} (derived)", "{who}（推定）", who=named)
    return named


def _closeness(found: Summary) -> Value:
    near = found.closeness
    if near.total is not None:
        return near.total
    return text("{low} to {high}", "{low} 到 {high}", low=near.lowest, high=near.highest)


def _growth(found: Summary) -> Value:
    return None if found.growth is None else Percent(found.growth)


def _risk(found: Summary) -> Value:
    return max((Decimal(r.likelihood * r.impact) for r in found.risks), default=None)


def _plan(found: Summary) -> Value:
    return PLAN_STATUS[found.plan.status] if found.plan else None


def _first_concern(found: Summary) -> Value:
    return CONCERNS[found.concerns[0]][0] if found.concerns else None


_MEASURES: tuple[tuple[Text, Callable[[Summary], Value]], ...] = (
    (text("Segment", "行业"), lambda found: found.account.segment),
    (text("Composite score", "综合积分"), lambda found: found.score.total),
    (text("Rank", "排名"), _rank),
    (text("Tier", "等级"), _tier),
    (text("Owner", "负责人"), _owner),
    (text("Won in 12 months", "近 12 个月赢单"), lambda found: found.trade.year[1].total),
    (text("Growth", "增长"), _growth),
    (text("Open deals", "未关闭商机"), lambda found: found.trade.open.count),
    (text("Closeness", "关系紧密度"), _closeness),
    (text("Last contact", "最近联系"), lambda found: found.last.held_on if found.last else None),
    (text("Open needs", "未关闭需求"), lambda found: len(found.needs)),
    (text("Open risks", "未关闭风险"), lambda found: len(found.risks)),
    (text("Gravest risk (likelihood × impact)", "最大风险（可能性 × 影响）"), _risk),
    (text("Plan", "客户计划"), _plan),
    (text("Needs attention first", "首要关注"), _first_concern),
)
