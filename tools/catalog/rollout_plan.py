"""The plan that introduces key account management: phases, activities, where they stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools.access import scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.rollout import activities
from tools.deps import Deps
from tools.domain.rollout import Activity, Progress, elapsed, progress
from tools.errors import NotAllowed
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "Show the roll-out plan",
        "Where does the roll-out stand?",
        "Which roll-out activities are late?",
        "Timeline of the roll-out of key account management",
        "Who owns the roll-out activities?",
        "Roll-out plan as of {on}",
        "What are the phases of our roll-out?",
        "What comes next in the roll-out?",
        "Is the roll-out on schedule?",
    ),
    zh=(
        "看一下推广计划",
        "推广进展到哪里了？",
        "哪些推广活动延期了？",
        "大客户管理推广的时间表",
        "推广活动由谁负责？",
        "{on}的推广计划",
        "我们的推广分哪些阶段？",
        "推广计划下一步是什么？",
        "推广按计划进行吗",
        "推广计划有没有延误",
    ),
)
_STATES = {
    Progress.DONE: text("done", "已完成"),
    Progress.LATE: text("late", "延期"),
    Progress.RUNNING: text("running", "进行中"),
    Progress.PLANNED: text("planned", "未开始"),
    Progress.UNDATED: text("undated", "未定日期"),
}


@dataclass(frozen=True)
class RolloutPlan:
    """The activities in the order of the plan."""

    on: date
    activities: tuple[Activity, ...]

    def card(self) -> Card:
        counts = Counter(progress(found, self.on) for found in self.activities)
        return Card(
            title=text("Roll-out plan", "推广计划"),
            headline=self._headline(counts),
            facts=tuple(Fact(_STATES[state], counts[state]) for state in Progress),
            table=self._table() if self.activities else None,
            why=(
                text(
                    "Late: the end has passed and it is not done. Time passed counts both ends.",
                    "延期：结束日已过但未完成。已用时间含首尾两天。",
                ),
            ),
            basis=(
                text(
                    "Roll-out plan with phases, activities, owners, resources, deliverables and "
                    "dates: K1; phases and states are house.",
                    "推广计划的阶段、活动、负责人、资源、交付物与日期依据 K1；"
                    "阶段划分与状态为内部规则。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self, counts: Counter[Progress]) -> Text:
        if not self.activities:
            return text("No roll-out plan is recorded.", "没有登记推广计划。")
        late = [a for a in self.activities if progress(a, self.on) is Progress.LATE]
        return text(
            "{done} of {count} roll-out activities are done on {on}, {running} running{late}.",
            "{on} 推广活动共 {count} 项，已完成 {done} 项，进行中 {running} 项{late}。",
            done=counts[Progress.DONE],
            count=len(self.activities),
            on=self.on,
            running=counts[Progress.RUNNING],
            late=text(
                ", {n} late, first “{what}”",
                "，延期 {n} 项，首先是“{what}”",
                n=len(late),
                what=late[0].activity,
            )
            if late
            else "",
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Phase", "阶段")),
            Column(text("Activity", "活动")),
            Column(text("Owner", "负责人")),
            Column(text("Resources", "资源")),
            Column(text("Deliverable", "交付物")),
            Column(text("From", "起")),
            Column(text("To", "止")),
            Column(text("Done on", "完成日")),
            Column(text("Time passed", "已用时间"), "right"),
            Column(text("State", "状态")),
        )
        rows = tuple(self._row(found) for found in self.activities)
        return Table(columns, rows, len(rows))

    def _row(self, found: Activity) -> tuple[Value, ...]:
        passed = elapsed(found, self.on)
        time = None if passed is None else Percent(passed)
        return (*found, time, _STATES[progress(found, self.on)])

    def _missing(self) -> Iterator[Text]:
        for label, lacking in (
            (text("an owner", "负责人"), [a for a in self.activities if a.owner is None]),
            (text("an end", "结束日"), [a for a in self.activities if a.ends is None]),
        ):
            if lacking:
                yield text(
                    "Activities without {what}: {count}, first “{first}”.",
                    "没有{what}的活动：{count} 项，首先是“{first}”。",
                    what=label,
                    count=len(lacking),
                    first=lacking[0].activity,
                )


def rollout_plan(deps: Deps, on: date | None = None) -> RolloutPlan:
    """Answers where the roll-out of key account management stands: phases, owners, what is late.

    Args:
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1.
    """
    with deps.sessions() as session:
        if scope_of(session, deps.asker, deps.today).elsewhere < 1:
            raise NotAllowed(
                text(
                    "The roll-out plan is for members of the sales organisation.",
                    "推广计划只对销售组织成员开放。",
                )
            )
        return RolloutPlan(on or deps.today, tuple(activities(session)))
