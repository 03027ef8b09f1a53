"""WHCSE of one account: which of the five parts are in place, with evidence and gaps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import profile
from tools.data.checklists import runs_of
from tools.deps import Deps
from tools.domain.checklists import Run
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import ItemState, Line
from tools.domain.whcse import SCORE_DAYS, Evidence, Part, State
from tools.domain.whcse import whcse as judged
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import DIMENSION
from tools.text import Percent, Text, text
from tools.upkeep import upkeep

EXAMPLES = Examples(
    en=(
        "WHCSE of {account}",
        "Which of the five WHCSE parts are in place at {account}?",
        "WHCSE check for {account}",
        "Who, coverage, how, strategy, evaluate at {account}",
        "Where are the WHCSE gaps of {account}?",
        "Is the WHCSE frame complete for {account}?",
        "Run WHCSE on {account} as of {on}",
        "Which letter of WHCSE is weak at {account}?",
    ),
    zh=(
        "{account}的WHCSE",
        "{account}的WHCSE五个部分哪些到位了？",
        "对{account}做WHCSE检查",
        "{account}的WHCSE缺口在哪里？",
        "{account}的WHCSE完整吗？",
        "{account}在{on}的WHCSE情况",
        "{account}的WHCSE哪一项薄弱？",
        "用WHCSE看看{account}",
    ),
)
_PARTS: Mapping[Part, Text] = {
    Part.WHO: text("Who", "谁是大客户（Who）"),
    Part.COVERAGE: text("Coverage", "谁负责（Coverage）"),
    Part.HOW: text("How", "怎么管（How）"),
    Part.STRATEGY: text("Strategy", "策略（Strategy）"),
    Part.EVALUATE: text("Evaluate", "评估（Evaluate）"),
}
_STATES: Mapping[State, Text] = {
    State.IN_PLACE: text("in place", "到位"),
    State.PARTLY: text("partly", "部分到位"),
    State.MISSING: text("missing", "缺失"),
}
_LEVELS = ("level_1", "level_2")


@dataclass(frozen=True)
class Whcse:
    """The state of each part with its evidence."""

    customer: Customer
    on: date
    evidence: Evidence
    standing: Standing | None
    states: Mapping[Part, State]
    rules: RuleSet

    def card(self) -> Card:
        rows = tuple((_PARTS[part], _STATES[self.states[part]], self._proof(part)) for part in Part)
        return Card(
            title=text("WHCSE: {name}", "WHCSE：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=tuple(
                Fact(_STATES[state], sum(found is state for found in self.states.values()))
                for state in State
            ),
            table=Table(
                (
                    Column(text("Part", "部分")),
                    Column(text("State", "状态")),
                    Column(text("Evidence", "证据")),
                ),
                rows,
                len(rows),
            ),
            why=(
                text(
                    "Gaps are closed from left to right: ownership first, because every later "
                    "gap needs somebody to close it.",
                    "从左到右补缺：先明确负责人，因为之后的每个缺口都需要有人来补。",
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("WHCSE", "WHCSE"),
                    "K3",
                    {
                        "score.top_share": text("Top share", "前列比例"),
                        "evaluation.cadences": text("Cadences", "评估周期"),
                        **DERIVED_OWNER,
                    },
                ),
                text(
                    "The tests of the five parts are house; plan, needs and checklists as "
                    "recorded now.",
                    "五个部分的判断标准为内部规则；计划、需求和清单为当前记录。",
                ),
            ),
            missing=tuple(self._gaps()),
        )

    def _headline(self) -> Text:
        placed = [part for part in Part if self.states[part] is State.IN_PLACE]
        first = next((part for part in Part if part not in placed), None)
        return text(
            "{name} has {count} of the five WHCSE parts in place on {on}{first}.",
            "{name}在 {on} 的 WHCSE 五个部分中有 {count} 个到位{first}。",
            name=self.customer.name,
            count=len(placed),
            on=self.on,
            first=text("; close first: {part}", "；首先补：{part}", part=_PARTS[first])
            if first
            else "",
        )

    def _proof(self, part: Part) -> Text:
        known = self.evidence.upkeep
        if part is Part.WHO:
            return self._rank()
        if part is Part.COVERAGE:
            return text(
                "owner {who}, recorded: {recorded}; solid line: {solid}; dotted line: {dotted}",
                "负责人 {who}，已登记：{recorded}；实线：{solid}；虚线：{dotted}",
                who=listing(o.name for o in known.coverage.owners)
                if known.coverage.owners
                else None,
                recorded=known.recorded,
                solid=Line.SOLID in known.lines,
                dotted=Line.DOTTED in known.lines,
            )
        if part is Part.HOW:
            return text(
                "checklists started: {count}; information level 1: {one}, level 2: {two}",
                "已启动清单：{count}；信息一级：{one}，二级：{two}",
                count=self.evidence.processes,
                one=self.evidence.levels[0],
                two=self.evidence.levels[1],
            )
        if part is Part.STRATEGY:
            return text(
                "open needs with a planned answer: {needs}; plan until {until}",
                "已有应对措施的未关闭需求：{needs}；计划至 {until}",
                needs=self.evidence.answered_needs,
                until=known.plan.ends if known.plan else None,
            )
        return text(
            "overdue or never held: {late}",
            "逾期或从未评估：{late}",
            late=listing(DIMENSION[item.dimension] for item in known.late)
            if known.late
            else text("none", "无"),
        )

    def _rank(self) -> Text:
        if self.standing is None:
            return text("score incomplete", "积分不完整")
        return text(
            "rank {rank} of {of}, top {share}; oldest input {day}",
            "第 {rank} 名（共 {of} 家），前 {share}；最早的数据 {day}",
            rank=self.standing.rank,
            of=self.standing.of,
            share=Percent(self.rules.score.top_share),
            day=min(self.evidence.inputs),
        )

    def _gaps(self) -> Iterator[Text]:
        found, plan = self.evidence, self.evidence.upkeep.plan
        for gap, there in (
            (text("Who: complete the score.", "Who：补齐积分。"), not found.scored),
            (
                text(
                    "Who: refresh inputs older than {days} days.",
                    "Who：更新超过 {days} 天的数据。",
                    days=SCORE_DAYS,
                ),
                found.scored and self.states[Part.WHO] is not State.IN_PLACE,
            ),
            (
                text("Coverage: record the owner.", "Coverage：登记负责人。"),
                not found.upkeep.recorded,
            ),
            (
                text("Coverage: name both lines.", "Coverage：明确实线和虚线。"),
                len(found.upkeep.lines) < len(Line),
            ),
            (text("How: start a process.", "How：启动一个流程。"), not found.processes),
            (
                text("How: complete information to level 2.", "How：补齐二级及以下信息。"),
                not all(found.levels),
            ),
            (
                text(
                    "Strategy: plan an answer to an open need.", "Strategy：为未关闭需求安排应对。"
                ),
                not found.answered_needs,
            ),
            (
                text("Strategy: write a plan that covers today.", "Strategy：编制当前有效的计划。"),
                plan is None or not plan.covers(self.on),
            ),
            (
                text("Evaluate: hold the late evaluations.", "Evaluate：完成逾期的评估。"),
                bool(found.upkeep.late),
            ),
        ):
            if there:
                yield gap


def whcse(deps: Deps, account: str, on: date | None = None) -> Whcse:
    """Answers which of Who, Coverage, How, Strategy, Evaluate are in place for an account.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3 (frame), house (evidence).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        customer = Customer(key, found.name, found.segment, found.region)
        kept = upkeep(session, rules, (customer,), day, practice=found.sandbox)
        runs = runs_of(session, key)
        needs = profile.open_needs(session, key)
        steps = profile.open_steps(session, key)
        score = kept.board.score(session, customer)
    place = kept.board.standing(key)
    evidence = Evidence(
        kept.accounts[key],
        place is not None,
        tuple(part.raw.as_of for part in score.parts if part.raw),
        sum(run.checklist != "information_levels" for run in runs),
        _levels(runs),
        len(needs) if steps else 0,
    )
    return Whcse(customer, day, evidence, place, judged(evidence, day), rules)


def _levels(runs: list[Run]) -> tuple[bool, bool]:
    """Whether information levels 1 and 2 are done in the latest run of their checklist."""
    run = next((run for run in runs if run.checklist == "information_levels"), None)
    done = (
        {key for key, item in run.items.items() if item.state is ItemState.DONE} if run else set()
    )
    return _LEVELS[0] in done, _LEVELS[1] in done
