"""How far the strategy for an account is: service ladder, staged release, hedges, review."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tools.access import scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.strategy import steps
from tools.deps import Deps
from tools.domain.needs import gap_free
from tools.domain.rules import RuleSet
from tools.domain.strategy import (
    Device,
    Stage,
    State,
    Step,
    reached,
    skipped,
    stages,
    unplaced,
)
from tools.known import Known, known_of
from tools.labels import STRATEGY_DEVICES, STRATEGY_STAGES, listing
from tools.opened import opened
from tools.phrases import rules_line
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "How far is our strategy for {account}?",
        "On which rung of the service ladder is {account}?",
        "Service ladder of {account}",
        "Staged release at {account}: what is confirmed, tested, rolled out?",
        "Which hedging clauses do we have with {account}?",
        "Is the prototype for {account} tested yet?",
        "Which strategy steps for {account} are late?",
        "Is the renewal of {account} reviewed from economic, brand and technology sides?",
        "State of the strategy items of {account} on {on}",
    ),
    zh=(
        "{account}的策略进展如何？",
        "{account}在服务阶梯的哪一级？",
        "{account}的服务阶梯",
        "{account}的分阶段发布做到哪一步？",
        "我们和{account}有哪些对冲条款？",
        "{account}的样机测试通过了吗？",
        "{account}有哪些策略步骤延期了？",
        "{account}续约前从经济、品牌、技术三方面评审了吗？",
        "{account}在{on}的策略事项状态",
    ),
)


@dataclass(frozen=True)
class StrategyState:
    """All stages of the four devices; `others` are items that the method has no place for."""

    known: Known
    stages: tuple[Stage, ...]
    others: tuple[Step, ...]
    rules: RuleSet

    def card(self) -> Card:
        name = self.known.account.name
        rows = tuple(self._rows())
        return Card(
            title=text("Strategy: {name}", "客户策略：{name}", name=name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)),
            why=(
                text(
                    "A rung or gate is reached when it and all before it are done; a stage with "
                    "several items is done when all are.",
                    "某一级或关口及之前各级全部完成才算达到；一个阶段有多项时须全部完成。",
                ),
            ),
            basis=(
                text(
                    "Method: ladder, staged release, hedging clauses and the three sides of the "
                    "review (K4).",
                    "方法：服务阶梯、分阶段发布、对冲条款和三方面评审（K4）。",
                ),
                text(
                    "How a stage counts as done is house; needs and plan as recorded now.",
                    "阶段完成的判断为内部规则；需求和计划为当前记录。",
                ),
                rules_line(self.rules),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _of(self, state: State) -> list[Stage]:
        return [stage for stage in self.stages if stage.state is state]

    def _headline(self) -> Text:
        late = self._of(State.LATE)
        return text(
            "{name} on {on}: service ladder: {rung}; staged release: {gate}; stages done "
            "{done}, late {late}{which}, open {open}.",
            "{name}在 {on}：服务阶梯：{rung}；分阶段发布：{gate}；已完成 {done}，"
            "延期 {late}{which}，未安排 {open}。",
            name=self.known.account.name,
            on=self.known.on,
            rung=self._at(Device.LADDER),
            gate=self._at(Device.RELEASE),
            done=len(self._of(State.DONE)),
            late=len(late),
            which=text(
                " ({what})", "（{what}）", what=listing(STRATEGY_STAGES[s.name] for s in late)
            )
            if late
            else "",
            open=len(self._of(State.OPEN)),
        )

    def _at(self, device: Device) -> Text:
        found = reached(self.stages, device)
        return (
            STRATEGY_STAGES[found.name] if found else text("no stage reached", "尚未达到任何阶段")
        )

    def _facts(self) -> Iterator[Fact]:
        needs = self.known.needs
        gaps = sum(not gap_free(need) for need in needs)
        yield Fact(
            text("Needs to answer", "待应对的需求"),
            len(needs),
            text("with a gap: {n}", "有差距：{n}", n=gaps),
        )
        for label, checked in (
            (text("Checked with technology", "技术已核对"), [n.checked_technology for n in needs]),
            (text("Checked with sales", "销售已核对"), [n.checked_sales for n in needs]),
            (text("Checked with operations", "运营已核对"), [n.checked_operations for n in needs]),
        ):
            yield Fact(label, sum(checked), text("of {n}", "共 {n}", n=len(needs)))
        section = self.known.sections.get("strategy")
        yield Fact(text("Strategy in the plan", "计划中的策略章节"), section is not None)

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for stage in self.stages:
            label, name = STRATEGY_DEVICES[stage.device], STRATEGY_STAGES[stage.name]
            if not stage.steps:
                yield label, name, _STATES[State.OPEN], None, None, None, None
            for step in stage.steps:
                yield label, name, *self._cells(step)
        for step in self.others:
            yield step.kind, step.stage, *self._cells(step)

    def _cells(self, step: Step) -> tuple[Value, ...]:
        state = _STATES[step.state(self.known.on)]
        return state, step.what, step.due_on, step.done_on, step.owner

    def _missing(self) -> Iterator[Text]:
        for device in Device:
            open_ = [s.name for s in self._of(State.OPEN) if s.device is device]
            if open_:
                yield text(
                    "{device}: nothing recorded for {stages}.",
                    "{device}：{stages}没有记录。",
                    device=STRATEGY_DEVICES[device],
                    stages=listing(STRATEGY_STAGES[name] for name in open_),
                )
        for stage in skipped(self.stages):
            yield text(
                "{stage} is not done though a later stage is.",
                "{stage}尚未完成，但后续阶段已完成。",
                stage=STRATEGY_STAGES[stage.name],
            )

    def _next(self) -> Iterator[Text]:
        for stage in self._of(State.LATE):
            for step in stage.steps:
                if step.state(self.known.on) is State.LATE:
                    yield text(
                        "Finish or reschedule, due {day}: {what}.",
                        "完成或重新安排（应于 {day} 完成）：{what}。",
                        day=step.due_on,
                        what=step.what,
                    )


def strategy_state(deps: Deps, account: str, on: date | None = None) -> StrategyState:
    """Answers how far the strategy for an account is: ladder, staged release, hedges, review.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (devices), house (when a stage is done).
    """
    day = on or deps.today
    with deps.sessions() as session:
        found = opened(session, deps, account)
        scope = scope_of(session, deps.asker, deps.today)
        known = known_of(session, deps.rules, found, day, scope)
        items = steps(session, found.id or 0)
    return StrategyState(known, stages(items, day), unplaced(items), deps.rules)


_COLUMNS = (
    Column(text("Device", "手段")),
    Column(text("Stage", "阶段")),
    Column(text("State", "状态")),
    Column(text("What", "内容")),
    Column(text("Due", "到期")),
    Column(text("Done", "完成")),
    Column(text("Owner", "负责人")),
)
_STATES: Mapping[State, Text] = {
    State.DONE: text("done", "已完成"),
    State.LATE: text("late", "延期"),
    State.PLANNED: text("planned", "已安排"),
    State.OPEN: text("open", "未安排"),
}
