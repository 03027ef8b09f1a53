"""How ready we are to win an account: the lines of the acquisition plan against the records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kam_knowledge.checklists import checklists
from tools.access import scope_of
from tools.acquisition import shown_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.checklists import runs_of
from tools.data.coverage import coverage_on
from tools.data.projects import projects
from tools.deps import Deps
from tools.domain.acquisition import Readiness, Ready, readiness
from tools.domain.checklists import Done
from tools.domain.periods import last_months
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import ItemState, Stage
from tools.known import Known, known_of
from tools.labels import listing
from tools.opened import opened
from tools.phrases import rules_line
from tools.record_labels import ITEM_STATE
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Are we ready to win {account}?",
        "Acquisition readiness of {account}",
        "What is missing before we go after {account}?",
        "How well prepared is our pursuit of {account}?",
        "Can we start the campaign for {account}?",
        "Which parts of the acquisition plan for {account} do the records already show?",
        "Do we know enough to attack {account}?",
        "Readiness check before acquiring {account}",
    ),
    zh=(
        "我们准备好拿下{account}了吗？",
        "{account}的获取准备度",
        "主攻{account}之前还缺什么？",
        "争取{account}的准备做得怎么样？",
        "可以启动{account}的攻关了吗？",
        "{account}的获取计划哪些内容已有记录支撑？",
        "我们对{account}了解得够不够，能不能出手？",
        "拓展{account}前的准备检查",
    ),
)
_CHECKLIST = "acquisition_plan"


@dataclass(frozen=True)
class AcquisitionReadiness:
    """The eleven lines; `items` is what the checklist's latest run holds, None without one."""

    known: Known
    lines: tuple[Ready, ...]
    items: Mapping[str, Done] | None
    rules: RuleSet

    def of(self, readiness: Readiness) -> list[Ready]:
        return [line for line in self.lines if line.readiness is readiness]

    def card(self) -> Card:
        rows = tuple(self._row(line) for line in self.lines)
        return Card(
            title=text(
                "Acquisition readiness: {name}",
                "获取准备度：{name}",
                name=self.known.account.name,
            ),
            headline=self._headline(),
            facts=tuple(Fact(READINESS[r], len(self.of(r))) for r in Readiness),
            table=Table(_COLUMNS, rows, len(rows)),
            why=(
                text(
                    "Ready: records show all of the line, or it is ticked off. Value hypothesis, "
                    "barriers and budget can only be ticked off.",
                    "就绪：记录能完整体现，或已勾选完成。价值假设、障碍和预算只能通过清单勾选。",
                ),
            ),
            basis=(
                text(
                    "The acquisition plan is K1, information levels K2; the eleven lines and what "
                    "shows them are house.",
                    "获取计划依据 K1，信息级别依据 K2；十一项内容及判断依据为内部规则。",
                ),
                text(
                    "Contacts, needs, risks, plan and checklist as recorded now; figures as of "
                    "{on}.",
                    "联系人、需求、风险、计划和清单为当前记录；数据截至 {on}。",
                    on=self.known.on,
                ),
                rules_line(self.rules),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        counted = [x for x in self.lines if x.readiness is not Readiness.NOT_APPLICABLE]
        open_ = self.of(Readiness.OPEN)
        first: Value = ""
        if open_:
            first = text("; first: {line}", "；首先：{line}", line=_called(open_[0]))
        return text(
            "{name} on {on}: {ready} of {of} lines of the acquisition plan are ready, {partly} in "
            "part, {open} open{first}.",
            "{name}在 {on}：获取计划 {of} 项中 {ready} 项就绪，{partly} 项部分就绪，"
            "{open} 项未完成{first}。",
            name=self.known.account.name,
            on=self.known.on,
            ready=len(self.of(Readiness.READY)),
            of=len(counted),
            partly=len(self.of(Readiness.PARTLY)),
            open=len(open_),
            first=first,
        )

    def _row(self, line: Ready) -> tuple[Value, ...]:
        done = (self.items or {}).get(line.line.value)
        return (
            _called(line),
            READINESS[line.readiness],
            line.shown.what if line.shown else None,
            ITEM_STATE[line.ticked] if line.ticked else None,
            done.evidence if done else None,
        )

    def _missing(self) -> Iterator[Text]:
        half = self.of(Readiness.PARTLY)
        if half:
            yield text(
                "Half way: {lines}.", "完成一部分：{lines}。", lines=listing(map(_called, half))
            )
        bare = [
            line
            for line in self.lines
            if line.ticked is ItemState.DONE
            and not line.shown
            and not (self.items or {})[line.line.value].evidence
        ]
        if bare:
            yield text(
                "Ticked off without evidence: {lines}.",
                "已勾选但没有依据：{lines}。",
                lines=listing(map(_called, bare)),
            )
        if self.items is None:
            yield text(
                "The checklist of the acquisition plan has not been started.",
                "尚未启动获取计划清单。",
            )
        if self.known.wallet_fault:
            yield self.known.wallet_fault

    def _next(self) -> Iterator[Text]:
        hints = {item.key: item for item in checklists()[_CHECKLIST].items}
        for line in self.of(Readiness.OPEN)[:3]:
            item = hints[line.line.value]
            yield text(
                "Next: {line} ({hint})",
                "下一步：{line}（{hint}）",
                line=_called(line),
                hint=text(item.hint_en.rstrip("."), item.hint_zh.rstrip("。")),
            )


def acquisition_readiness(deps: Deps, account: str, on: date | None = None) -> AcquisitionReadiness:
    """Answers how ready we are to win an account: what its acquisition plan has and lacks.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (acquisition plan), K2 (information levels), house (lines, evidence).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        known = known_of(session, rules, found, day, scope_of(session, deps.asker, deps.today))
        covered = coverage_on(session, day, rules, [key])[key]
        deals = projects(session, key, day, last_months(day, 12))
        runs = runs_of(session, key, _CHECKLIST)
    offers = [
        (deal.name or deal.external_id or str(deal.id), product)
        for deal, product in deals
        if deal.stage is not Stage.WON
    ]
    items = runs[0].items if runs else None
    ticked = {name: done.state for name, done in (items or {}).items()}
    shown = shown_of(known, covered, offers)
    return AcquisitionReadiness(known, readiness(shown, ticked), items, rules)


def _called(line: Ready) -> Text:
    item = next(i for i in checklists()[_CHECKLIST].items if i.key == line.line.value)
    return text(item.en, item.zh)


_COLUMNS = (
    Column(text("Line", "内容")),
    Column(text("State", "状态")),
    Column(text("Records show", "记录体现")),
    Column(text("Ticked", "清单状态")),
    Column(text("Evidence", "依据")),
)
READINESS: Mapping[Readiness, Text] = {
    Readiness.READY: text("ready", "就绪"),
    Readiness.PARTLY: text("in part", "部分就绪"),
    Readiness.OPEN: text("open", "未完成"),
    Readiness.NOT_APPLICABLE: text("not applicable", "不适用"),
}
