"""What waits for the one who asks today: reviews, tasks, checklists, changes, slipping accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from kam_knowledge.checklists import checklists
from tools.access import Right, rights_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import agenda
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.portfolio import Issue
from tools.domain.review import Evaluated, Timeliness
from tools.errors import NotAllowed
from tools.portfolio_issues import ISSUES, findings
from tools.portfolio_scope import looked_at
from tools.record_labels import DIMENSION
from tools.reviews import review_scope
from tools.scoring import check_top
from tools.selection import Filters, Selection, select
from tools.summary_labels import TIMELINESS
from tools.text import Text, Value, text


@dataclass(frozen=True)
class Entry:
    """One thing that waits. `by` is the day it should be done; past ones come first. What is
    `pressing` should not wait, though it has no day."""

    kind: Text
    account: str | None
    what: Value
    by: date | None
    pressing: bool = False


@dataclass(frozen=True)
class Day:
    """Everything that waits for a person, the most urgent first."""

    name: str
    on: date
    accounts: int
    entries: tuple[Entry, ...]
    top: int

    @property
    def late(self) -> int:
        """How many things should be done by now."""
        return sum(entry.by is not None and entry.by < self.on for entry in self.entries)

    def card(self) -> Card:
        shown = tuple((e.kind, e.account, e.what, e.by) for e in self.entries[: self.top])
        return Card(
            title=text("Your day, {name}", "{name}的今日事项", name=self.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, shown, len(self.entries)) if shown else None,
            basis=(
                text(
                    "What counts and its order: house. Evaluations by their cadence (K3).",
                    "纳入范围和排序：内部规则；评估按周期（K3）。",
                ),
            ),
        )

    def _headline(self) -> Text:
        if not self.entries:
            return text(
                "Nothing waits for you on {on}; you cover {accounts} accounts.",
                "{on} 没有待办事项，您覆盖 {accounts} 家客户。",
                on=self.on,
                accounts=self.accounts,
            )
        return text(
            "{count} things wait for you on {on}, {late} of them late; you cover {accounts} "
            "accounts.",
            "{on} 有 {count} 项待办，其中 {late} 项已逾期；您覆盖 {accounts} 家客户。",
            on=self.on,
            count=len(self.entries),
            late=self.late,
            accounts=self.accounts,
        )

    def _facts(self) -> Iterator[Fact]:
        for kind in _KINDS:
            count = sum(entry.kind is kind for entry in self.entries)
            if count:
                yield Fact(kind, count)


def my_day(deps: Deps, *, top: int = 20) -> Day:
    """Answers what waits for the one who asks: reviews due, tasks, checklists, changes to confirm.

    Also plans to approve, and the accounts covered that slip.

    Args:
        top: How many rows to show, e.g. 20.

    Source: K3 (cadences), house (what counts).
    """
    check_top(top)
    if deps.asker.person_id is None:
        raise NotAllowed(
            text(
                "A day belongs to a person; ask as one of them.",
                "待办事项属于具体人员，请以某位人员的身份提问。",
            )
        )
    person, now = deps.asker.person_id, deps.clock()
    with deps.sessions() as session:
        mine = select(session, deps, deps.today, Filters(person="me"))
        entries = [
            *_changes(session, person, now),
            *_plans(session, deps),
            *_tasks(session, person),
            *_upkeep(session, deps, mine),
            *_checklists(session, mine.chosen),
        ]
    entries.sort(key=lambda entry: entry.by or date.max)
    return Day(deps.asker.name, deps.today, len(mine.chosen), tuple(entries), top)


def _changes(session: Session, person: int, now: datetime) -> Iterator[Entry]:
    for change in agenda.changes_waiting(session, person, now):
        what = text("#{id}: {title}", "#{id}：{title}", id=str(change.id), title=change.title)
        yield Entry(_CHANGE, None, what, change.expires_at.astimezone(now.tzinfo).date())


def _plans(session: Session, deps: Deps) -> Iterator[Entry]:
    rights = rights_of(session, deps.asker, deps.today)
    if Right.APPROVE not in rights.held:
        return
    led = select(session, deps, deps.today, Filters())
    ids = [customer.id for customer in led.chosen]
    for plan in agenda.plans_submitted(session, ids, deps.asker.person_id):
        by = text("by {author}", "{author}编制", author=plan.author) if plan.author else None
        yield Entry(_PLAN, plan.account, by, None, pressing=True)


def _tasks(session: Session, person: int) -> Iterator[Entry]:
    for task in agenda.tasks_of(session, person):
        yield Entry(_TASK, task.account, task.what, task.due_on)


def _upkeep(session: Session, deps: Deps, mine: Selection) -> Iterator[Entry]:
    """Evaluations that are due, and whatever else stands out among the accounts covered."""
    if not mine.chosen:
        return
    reviews = review_scope(session, deps, "", deps.today)
    scope, _, _ = looked_at(session, deps, deps.today, mine, reviews)
    for customer in mine.chosen:
        key = scope.is_key(customer)
        for item in scope.kept.accounts[customer.id].evaluations:
            if _waits(item, key=key):
                yield _evaluation(customer, item)
    for finding in findings(scope):
        if finding.issue is not Issue.OVERDUE_REVIEW:
            what = text("{point}: {what}", "{point}：{what}", point=ISSUES[finding.issue],
                        what=finding.what)  # fmt: skip
            stale = finding.issue is Issue.STALE_PLAN
            yield Entry(_SLIPPING, finding.customer.name, what, None, pressing=stale)


def _waits(item: Evaluated, *, key: bool) -> bool:
    """Never held ones wait only where the account is a key account."""
    if item.timeliness is Timeliness.NEVER:
        return key
    return item.timeliness is not Timeliness.CURRENT


def _evaluation(customer: Customer, item: Evaluated) -> Entry:
    what = text("{dimension}: {state}", "{dimension}：{state}", dimension=DIMENSION[item.dimension],
                state=TIMELINESS[item.timeliness])  # fmt: skip
    return Entry(_EVALUATION, customer.name, what, item.next_by)


def _checklists(session: Session, mine: Sequence[Customer]) -> Iterator[Entry]:
    for run in agenda.checklists_under_way(session, [customer.id for customer in mine]):
        found = checklists().get(run.checklist)
        name = text("{en}", "{zh}", en=found.en, zh=found.zh) if found else run.checklist
        what = text(
            "{name}: {decided} of {items} decided, since {day}",
            "{name}：已处理 {decided} / {items}，始于 {day}",
            name=name,
            decided=run.decided,
            items=len(found.items) if found else run.decided,
            day=run.started_on,
        )
        yield Entry(_CHECKLIST, run.account, what, None)


_CHANGE = text("Change to confirm", "待确认的修改")
_PLAN = text("Plan to approve", "待批准的计划")
_TASK = text("Task", "任务")
_EVALUATION = text("Evaluation", "评估")
_SLIPPING = text("Slipping account", "需要关注的客户")
_CHECKLIST = text("Open checklist", "进行中的清单")
_KINDS = (_CHANGE, _PLAN, _TASK, _EVALUATION, _SLIPPING, _CHECKLIST)
_COLUMNS = (
    Column(text("What", "事项")),
    Column(text("Account", "客户")),
    Column(text("Details", "内容")),
    Column(text("By", "截止")),
)

EXAMPLES = Examples(
    en=(
        "what is on my plate today",
        "what should I do today",
        "my to-do list",
        "what do I have to do",
        "show my day",
        "what is waiting for me",
        "which of my accounts are slipping",
        "what do I need to confirm",
        "anything urgent for me",
        "my open tasks",
        "what should I work on first",
        "what should I get done today",
    ),
    zh=(
        "我今天要做什么",
        "我的待办事项",
        "今天有什么要处理的",
        "有什么在等我处理",
        "我有哪些任务没完成",
        "我今天的安排",
        "我该先做什么",
        "有没有紧急的事要我处理",
        "我名下哪些客户在下滑",
        "我有什么待确认的",
        "看看我的一天",
    ),
)
