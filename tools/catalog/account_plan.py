"""The account plan: which edition holds, what stands in it, and what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.answers import sections
from tools.data.models import Person, Plan, PlanSection
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.plans import Validity, absent, validity
from tools.errors import NotFound
from tools.forms import pick
from tools.labels import listing
from tools.opened import opened
from tools.plan_labels import TOPICS, topic_named
from tools.record_labels import PLAN_STATUS
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Show the account plan of {account}",
        "Open the plan for {account}",
        "Is the plan of {account} approved and in force?",
        "Until when does the plan of {account} run?",
        "Who wrote and who approved the plan of {account}?",
        "Read me the {section} section of the plan of {account}",
        "Which sections does the plan of {account} leave out?",
        "Do we have an account plan for {account}?",
        "Which edition of the plan holds for {account}?",
        "has the plan of {account} been submitted",
        "who approved {account}'s plan",
        "do we have a plan for {account}",
        "is there an account plan for {account}",
    ),
    zh=(
        "打开{account}的客户计划",
        "{account}有客户计划吗？",
        "{account}的客户计划批准了吗，现在有效吗？",
        "{account}的计划有效期到什么时候？",
        "{account}客户计划的编写人和批准人",
        "读一下{account}客户计划里的{section}",
        "{account}的计划缺哪些章节？",
        "{account}现在用的是第几版计划？",
        "给我看{account}的客户计划",
        "{account}的计划提交了吗",
        "{account}的计划谁批的",
        "{account}的计划批了没有",
        "{account}有没有客户计划",
        "{account}的计划写了什么",
    ),
)
_OPENING = 80


@dataclass(frozen=True)
class AccountPlan:
    """The edition that counts; `chosen` is the section asked for."""

    name: str
    on: date
    plan: Plan | None
    people: Mapping[int, str]
    sections: tuple[PlanSection, ...]
    chosen: PlanSection | None

    @property
    def validity(self) -> Validity | None:
        plan = self.plan
        if plan is None:
            return None
        return validity(plan.period_start, plan.period_end, plan.status, self.on)

    def card(self) -> Card:
        if self.plan is None:
            return self._none()
        rows = tuple(
            (place, s.title, _opening(s.body), s.level) for place, s in enumerate(self.sections, 1)
        )
        return Card(
            title=text("Account plan: {name}", "客户计划：{name}", name=self.name),
            headline=self._headline(self.plan),
            facts=tuple(self._facts(self.plan)),
            table=Table(_COLUMNS, rows, len(rows)) if rows and not self.chosen else None,
            basis=(
                text(
                    "The account plan is K2; the topics that it should cover are house. As "
                    "recorded now.",
                    "客户计划依据 K2；应包含的主题为内部规则。为当前记录。",
                ),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _none(self) -> Card:
        return Card(
            title=text("Account plan: {name}", "客户计划：{name}", name=self.name),
            headline=text(
                "No account plan is recorded for {name}.",
                "{name}没有登记客户计划。",
                name=self.name,
            ),
            basis=(text("The account plan is K2.", "客户计划依据 K2。"),),
            next=(text("Write an account plan.", "编制客户计划。"),),
        )

    def _headline(self, plan: Plan) -> Text:
        if self.chosen is not None:
            return text(
                "“{section}” in the plan of {name}, edition {edition}: {words}",
                "{name}客户计划第 {edition} 版“{section}”：{words}",
                section=self.chosen.title,
                name=self.name,
                edition=plan.edition,
                words=self.chosen.body,
            )
        return text(
            "The plan of {name}, edition {edition}, is {state} on {on}: {status}, {since} to "
            "{until}, {count} sections.",
            "{name}的客户计划第 {edition} 版在 {on} {state}：{status}，"
            "期间 {since} 至 {until}，共 {count} 章。",
            name=self.name,
            edition=plan.edition,
            state=VALIDITIES[self.validity] if self.validity else None,
            on=self.on,
            status=PLAN_STATUS[plan.status],
            since=plan.period_start,
            until=plan.period_end,
            count=len(self.sections),
        )

    def _facts(self, plan: Plan) -> Iterator[Fact]:
        yield Fact(text("Title", "标题"), plan.title)
        yield Fact(text("State", "状态"), PLAN_STATUS[plan.status])
        runs = text("{a} to {b}", "{a} 至 {b}", a=plan.period_start, b=plan.period_end)
        yield Fact(text("Period", "期间"), runs)
        yield Fact(text("Author", "编制人"), self.people.get(plan.author_id or 0))
        approver = self.people.get(plan.approver_id or 0)
        yield Fact(text("Approved by", "批准人"), approver, plan.approved_on)
        yield Fact(text("Updated on", "更新日"), plan.updated_on)

    def _missing(self) -> Iterator[Text]:
        if self.chosen is not None:
            return
        lacking = absent([section.key for section in self.sections])
        if lacking:
            yield text(
                "No section on: {topics}.",
                "没有章节：{topics}。",
                topics=listing(TOPICS[topic] for topic in lacking),
            )
        empty = [section.title for section in self.sections if not section.body.strip()]
        if empty:
            yield text("Empty sections: {titles}.", "空白章节：{titles}。", titles=listing(empty))

    def _next(self) -> Iterator[Text]:
        if self.validity in _MEND:
            yield _MEND[self.validity]


def account_plan(
    deps: Deps, account: str, section: str = "", on: date | None = None
) -> AccountPlan:
    """Answers what the account plan is: edition, state, period, people, sections, what it lacks.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        section: One section to read in full, by title or topic, e.g. "strategy"; all in short
            when left out.
        on: The day on which the plan should hold, e.g. "end of 2017"; today when left out.

    Source: K2 (account plan), house (topics).
    """
    with deps.sessions() as session:
        found = opened(session, deps, account)
        plan = current_plan(session, found.id or 0)
        written = sections(session, plan.id or 0) if plan else []
        people = _people(session, plan)
    if section and plan is None:
        raise NotFound(text("{name} has no plan.", "{name}还没有客户计划。", name=found.name))
    chosen = _chosen(written, section) if section else None
    return AccountPlan(found.name, on or deps.today, plan, people, tuple(written), chosen)


def _people(session: Session, plan: Plan | None) -> dict[int, str]:
    ids = (plan.author_id, plan.approver_id) if plan else ()
    found = {key: session.get(Person, key) for key in ids if key}
    return {key: person.name for key, person in found.items() if person}


def _chosen(written: Sequence[PlanSection], said: str) -> PlanSection:
    """The section of that topic, whatever its title; else the one of that title."""
    topic = topic_named(said)
    named = [section for section in written if topic and section.key == topic.value]
    return named[0] if named else pick(written, said, lambda s: s.title, "section")


def _opening(body: str) -> Value:
    """The first line of a section, cut where it is long."""
    first = next((line.strip("#*- ") for line in body.splitlines() if line.strip()), "")
    return (first if len(first) <= _OPENING else first[: _OPENING - 1].rstrip() + "…") or None


_COLUMNS = (
    Column(text("No.", "序号"), "right"),
    Column(text("Section", "章节")),
    Column(text("Begins", "开头")),
    Column(text("Level", "信息级别"), "right"),
)
VALIDITIES: Mapping[Validity, Text] = {
    Validity.IN_FORCE: text("in force", "有效"),
    Validity.NOT_APPROVED: text("not approved", "尚未批准"),
    Validity.NOT_BEGUN: text("not in force yet", "尚未生效"),
    Validity.EXPIRED: text("expired", "已过期"),
}
_MEND: Mapping[Validity | None, Text] = {
    Validity.NOT_APPROVED: text("Have the plan approved.", "提请批准客户计划。"),
    Validity.EXPIRED: text("Write the next edition of the plan.", "编制新一版客户计划。"),
}
