"""One page on an account for whoever is responsible for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools import resolve
from tools.access import scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.review import urgency
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Horizon, Layer
from tools.formulas import unknown_aspects
from tools.labels import listing
from tools.phrases import assumptions, gaps, in_period, rules_line
from tools.record_labels import DIMENSION, HORIZON, LAYER, PLAN_STATUS, RISK
from tools.scoring import to_collect
from tools.summary import Summary, summarise
from tools.summary_labels import CONCERNS, TIERS, TIMELINESS, URGENCY
from tools.text import Percent, Text, Value, text


@dataclass(frozen=True)
class AccountSummary:
    """A page on one account: figures, relationship, plans, and what needs attention first."""

    summary: Summary
    rules: RuleSet

    def card(self) -> Card:
        known = self.summary
        return Card(
            title=text("Summary of {name}", "{name}概况", name=known.account.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._concerns(),
            why=(
                text(
                    "Order: act now, soon, later; a risk is grave from likelihood × impact 15, "
                    "revenue falls from −20 % (house).",
                    "排序：立即、尽快、随后；可能性 × 影响达到 15 为重大风险，"
                    "收入下降 20% 起提示（内部规则）。",
                ),
            ),
            basis=(
                rules_line(self.rules),
                text(
                    "Score K3; tier K4 with house cut-offs on revenue and potential; cadences K3.",
                    "综合积分依据 K3；分级依据 K4，按收入与潜力分档（内部规则）；评估周期依据 K3。",
                ),
                text(
                    "Deals, score and evaluations as of {on}; contacts, needs, risks and plan as "
                    "recorded now.",
                    "商机、积分和评估截至 {on}；联系人、需求、风险和计划为当前记录。",
                    on=known.on,
                ),
                *assumptions(known.trade.ever),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        known = self.summary
        first = known.concerns[0] if known.concerns else None
        return text(
            "{name}: {score}; {money} won {period}{trend}; {attention}.",
            "{name}：{score}；{period}赢单收入 {money}{trend}；{attention}。",
            name=known.account.name,
            score=self._score(),
            money=known.trade.year[1].total,
            period=in_period(known.trade.year[0]),
            trend=self._trend(),
            attention=text(
                "points that need attention: {count}, first: {first}",
                "{count} 项需要关注，首要：{first}",
                count=len(known.concerns),
                first=CONCERNS[first][0],
            )
            if first
            else text("nothing needs attention", "没有需要关注的事项"),
        )

    def _score(self) -> Text:
        known = self.summary
        if known.standing is None:
            return text("score incomplete", "综合积分不完整")
        return text(
            "score {total}, rank {rank} of {of}",
            "综合积分 {total}，第{rank}名（共 {of} 家）",
            total=known.score.total,
            rank=known.standing.rank,
            of=known.standing.of,
        )

    def _trend(self) -> Text:
        change = self.summary.growth
        if change is None:
            return text("", "")
        return text(
            " ({sign}{change} on the 12 months before)",
            "（较前 12 个月 {sign}{change}）",
            sign="+" if change > 0 else "",
            change=Percent(change),
        )

    def _facts(self) -> Iterator[Fact]:
        known, trade = self.summary, self.summary.trade
        yield Fact(text("Score", "综合积分"), self._score())
        yield Fact(text("Tier", "等级"), self._tier())
        yield Fact(text("Owner", "负责人"), self._owner())
        period, earlier = trade.year, trade.year_before
        yield Fact(
            text("Won in 12 months", "近 12 个月赢单"), period[1].total, in_period(period[0])
        )
        yield Fact(
            text("12 months before", "前 12 个月赢单"), earlier[1].total, in_period(earlier[0])
        )
        yield Fact(text("Open deals", "未关闭商机"), trade.open.count, trade.open.known)
        yield from self._needs()
        yield Fact(text("Closeness", "关系紧密度"), self._closeness())
        yield Fact(
            text("Last contact", "最近联系"),
            known.last.held_on if known.last else None,
            known.last.summary if known.last else None,
        )
        yield Fact(text("Contacts by layer", "各层级联系人"), self._layers())
        yield from self._risks()
        yield Fact(text("Plan", "客户计划"), *self._plan())
        yield from self._evaluations()
        for checklist, done in known.checklists:
            label = text("Checklist: {name}", "清单：{name}", name=text(checklist.en, checklist.zh))
            share = None if done.share is None else Percent(done.share)
            yield Fact(label, share, text("{open} open", "{open} 项未完成", open=done.open))

    def _tier(self) -> Value:
        tier = self.summary.tier
        if tier is None:
            return None
        if tier.tier is not None:
            return TIERS[tier.tier]
        near = listing(TIERS[found.tier] for found in tier.nearest)
        return text("unclassified, nearest: {near}", "未分级，最接近：{near}", near=near)

    def _owner(self) -> Value:
        covered = self.summary.coverage
        who = listing(owner.name for owner in covered.owners)
        if covered.is_derived:
            return text("{who} (derived)", "{who}（推导）", who=who)
        return who if covered.owners else None

    def _needs(self) -> Iterator[Fact]:
        for horizon in Horizon:
            mine = [need for need in self.summary.needs if need.horizon is horizon]
            lacking = sum(bool(need.capability_gap or need.resource_gap) for need in mine)
            note = text("{n} with a gap on our side", "其中 {n} 项我方有差距", n=lacking)
            label = text("Needs, {horizon}", "需求（{horizon}）", horizon=HORIZON[horizon])
            yield Fact(label, len(mine), note if lacking else None)

    def _closeness(self) -> Value:
        found = self.summary.closeness
        if found.total is not None:
            return found.total
        return text(
            "incomplete: {low} to {high}",
            "不完整：{low} 到 {high}",
            low=found.lowest,
            high=found.highest,
        )

    def _layers(self) -> Text:
        counts = self.summary.layers
        return listing(
            text("{layer} {n}", "{layer} {n} 人", layer=LAYER[layer], n=counts.get(layer, 0))
            for layer in Layer
        )

    def _risks(self) -> Iterator[Fact]:
        risks = self.summary.risks
        yield Fact(text("Open risks", "未关闭风险"), len(risks))
        if risks:
            gravest = risks[0]
            yield Fact(
                text("Gravest risk: {kind}", "最大风险：{kind}", kind=RISK[gravest.kind]),
                gravest.description,
                text(
                    "likelihood {likelihood} × impact {impact}, as of {on}",
                    "可能性 {likelihood} × 影响 {impact}，截至 {on}",
                    likelihood=gravest.likelihood,
                    impact=gravest.impact,
                    on=gravest.as_of,
                ),
            )

    def _plan(self) -> tuple[Value, Value]:
        plan = self.summary.plan
        if plan is None:
            return None, None
        age = (self.summary.on - plan.updated_on).days
        value = text(
            "edition {edition}, {status}",
            "第 {edition} 版，{status}",
            edition=plan.edition,
            status=PLAN_STATUS[plan.status],
        )
        note = text(
            "{since} to {until}, updated {age} days ago",
            "{since} 至 {until}，{age} 天前更新",
            since=plan.period_start,
            until=plan.period_end,
            age=age,
        )
        return value, note

    def _evaluations(self) -> Iterator[Fact]:
        for found in self.summary.evaluations:
            label = text("Evaluation: {name}", "评估：{name}", name=DIMENSION[found.dimension])
            note = text("last on {day}", "上次 {day}", day=found.last) if found.last else None
            yield Fact(label, TIMELINESS[found.timeliness], note)

    def _concerns(self) -> Table | None:
        found = self.summary.concerns
        if not found:
            return None
        columns = (
            Column(text("when", "紧急度")),
            Column(text("what", "事项")),
            Column(text("do", "行动")),
        )
        rows = tuple((URGENCY[urgency(concern)], *CONCERNS[concern]) for concern in found)
        return Table(columns, rows, len(rows))

    def _missing(self) -> Iterator[Text]:
        known = self.summary
        yield from (to_collect(part) for part in known.score.missing)
        if known.tier is None:
            yield text("Tier: revenue or potential is not known.", "等级：缺少收入或潜力数据。")
        lacking = unknown_aspects(known.closeness)
        if lacking:
            yield text(
                "Closeness lacks: {aspects}", "关系紧密度缺少：{aspects}", aspects=listing(lacking)
            )
        if not known.needs:
            yield text("No needs are recorded.", "没有登记客户需求。")
        if not known.risks:
            yield text("No risks are recorded.", "没有登记风险。")
        yield from gaps(known.trade.ever)

    def _next(self) -> Iterator[Text]:
        for step in self.summary.steps[:3]:
            day = step.due_on
            unsaid = day is not None and day.isoformat() not in step.description
            due = text(" by {day}", "（{day} 前）", day=day) if unsaid else ""
            yield text("{what}{due}", "{what}{due}", what=step.description, due=due)
        for concern in self.summary.concerns[:3]:
            yield CONCERNS[concern][1]


def account_summary(deps: Deps, account: str, on: date | None = None) -> AccountSummary:
    """One page on an account: score, tier, owner, revenue trend, needs, risks, plan, next steps.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (account review), K3, K4, house.
    """
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        scope.require_full(found.id or 0, found.name)
        return AccountSummary(summarise(session, deps.rules, found, on or deps.today), deps.rules)


EXAMPLES = Examples(
    en=(
        "summary of {account}",
        "one-pager for {account}",
        "brief me on {account}",
        "how is {account} doing",
        "status of {account}",
        "account overview {account}",
        "what needs attention at {account}",
        "I have a meeting with {account} tomorrow, what should I know",
        "give me the big picture of {account}",
        "health of {account} on {on}",
        "what are the next steps with {account}",
        "what should I worry about at {account}",
        "is there anything to worry about at {account}",
        "has the plan of {account} been approved",
        "status of the account plan of {account}",
        "I am visiting {account} tomorrow",
        "what should we do next at {account}",
        "next steps for {account}",
        "sum up {account} for me",
    ),
    zh=(
        "{account}概况",
        "给我一页{account}的总结",
        "{account}最近怎么样",
        "{account}现在什么情况",
        "汇报一下{account}",
        "{account}有什么需要关注的",
        "明天要见{account}，我该知道什么",
        "{account}在{on}的情况",
        "{account}下一步做什么",
        "请帮我梳理一下{account}",
        "{account}健康度如何",
        "明天要去拜访{account}",
        "{account}的客户计划批准了吗",
        "{account}有什么要担心的",
        "{account}下一步该做什么",
        "{account}接下来怎么推进",
        "用两句话总结{account}",
    ),
)
