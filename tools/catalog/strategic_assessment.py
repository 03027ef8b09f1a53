"""The assessment of a strategic account: five parts, each answered or open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tools.access import scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.coverage import coverage_on
from tools.deps import Deps
from tools.domain.assessment import (
    Finding,
    Part,
    PartState,
    State,
    assess,
    part_state,
)
from tools.domain.rules import RuleSet
from tools.known import Known, known_of
from tools.labels import listing
from tools.opened import opened
from tools.phrases import rules_line
from tools.strategic import evidence_of
from tools.strategic_labels import QUESTIONS
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "Assess {account} as a strategic account",
        "Strategic account assessment of {account}",
        "Should {account} become a strategic account?",
        "SWOT of {account}",
        "How large is the whole system of {account}, and who is inside it?",
        "What IT does {account} have today?",
        "Which partners and rivals sit inside the {account} group?",
        "What do we still have to find out before we call {account} strategic?",
        "Strategic selection of {account} on {on}",
    ),
    zh=(
        "对{account}做战略客户评估",
        "{account}适合做战略客户吗？",
        "{account}的SWOT分析",
        "{account}全体系有多大，里面有谁？",
        "{account}的信息化现状如何？",
        "{account}体系里有哪些合作伙伴和对手？",
        "把{account}定为战略客户之前还要了解什么？",
        "{account}在{on}的战略客户评估",
        "战略客户遴选：{account}",
    ),
)


@dataclass(frozen=True)
class StrategicAssessment:
    """The five parts with what is recorded to each question."""

    known: Known
    parts: Mapping[Part, tuple[Finding, ...]]
    rules: RuleSet

    @property
    def findings(self) -> list[Finding]:
        return [finding for findings in self.parts.values() for finding in findings]

    def card(self) -> Card:
        name = self.known.account.name
        return Card(
            title=text("Strategic assessment: {name}", "战略客户评估：{name}", name=name),
            headline=self._headline(),
            facts=tuple(
                Fact(PARTS[part], _PART_STATES[part_state(findings)], _counted(findings))
                for part, findings in self.parts.items()
            ),
            table=self._table(),
            why=(
                text(
                    "Answered: somebody recorded the answer, or it is a record itself. Indicated: "
                    "other records point to it, nobody has written it down.",
                    "已回答：有人登记了答案，或记录本身就是答案。有线索：其他记录有所体现，"
                    "但没有人写明。",
                ),
                text(
                    "No points are formed: people decide who have seen all five parts.",
                    "不计算分数：由看过全部五个部分的人来决定。",
                ),
            ),
            basis=(
                text("Method: selection of strategic accounts (K5).", "方法：战略客户遴选（K5）。"),
                text(
                    "Five parts K5; which records answer a question is house. Contacts, needs, "
                    "risks and plan as recorded now.",
                    "五个部分依据 K5；用哪些记录作答为内部规则。"
                    "联系人、需求、风险和计划为当前记录。",
                ),
                rules_line(self.rules),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        states = {part: part_state(findings) for part, findings in self.parts.items()}
        answered = [part for part, state in states.items() if state is PartState.ANSWERED]
        open_ = [part for part, state in states.items() if state is PartState.OPEN]
        return text(
            "{name} on {on}: {answered} of 5 parts of the strategic assessment are answered, "
            "{open} open{first}.",
            "{name}在 {on}：战略客户评估的 5 个部分中 {answered} 个已回答，"
            "{open} 个未回答{first}。",
            name=self.known.account.name,
            on=self.known.on,
            answered=len(answered),
            open=len(open_),
            first=text(" ({parts})", "（{parts}）", parts=listing(PARTS[p] for p in open_))
            if open_
            else "",
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Part", "部分")),
            Column(text("Question", "问题")),
            Column(text("State", "状态")),
            Column(text("Evidence", "依据")),
        )
        rows = tuple(
            (
                PARTS[part],
                QUESTIONS[finding.question],
                _STATES[finding.state],
                listing(e.what for e in finding.evidence) if finding.evidence else None,
            )
            for part, findings in self.parts.items()
            for finding in findings
        )
        return Table(columns, rows, len(rows))

    def _missing(self) -> Iterator[Text]:
        for finding in self.findings:
            if finding.state is State.OPEN:
                yield text(
                    "Collect: {question}.",
                    "需收集：{question}。",
                    question=QUESTIONS[finding.question],
                )
        if self.known.wallet_fault:
            yield self.known.wallet_fault
        pointed = [f.question for f in self.findings if f.state is State.INDICATED]
        if pointed:
            yield text(
                "Write down, records point to it: {questions}.",
                "有线索，请写明：{questions}。",
                questions=listing(QUESTIONS[question] for question in pointed),
            )


def strategic_assessment(deps: Deps, account: str, on: date | None = None) -> StrategicAssessment:
    """Answers what is known for choosing a strategic account: system, needs, IT, rivals, SWOT.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K5 (five parts), house (evidence).
    """
    day = on or deps.today
    with deps.sessions() as session:
        found = opened(session, deps, account)
        scope = scope_of(session, deps.asker, deps.today)
        known = known_of(session, deps.rules, found, day, scope)
        covered = coverage_on(session, day, deps.rules, [unit.id for unit in known.units])
    bare = sum(not coverage.owners for coverage in covered.values())
    return StrategicAssessment(known, assess(evidence_of(known, bare)), deps.rules)


def _counted(findings: tuple[Finding, ...]) -> Text:
    return text(
        "{answered} of {of} questions answered",
        "{of} 个问题中 {answered} 个已回答",
        answered=sum(finding.state is State.ANSWERED for finding in findings),
        of=len(findings),
    )


PARTS: Mapping[Part, Text] = {
    Part.SYSTEM: text("size of the whole system", "全体系规模"),
    Part.NEEDS: text("business and IT needs", "业务与信息化需求"),
    Part.IT: text("present IT state", "信息化现状"),
    Part.RIVALS: text("competitors and partners inside", "体系内的对手与伙伴"),
    Part.SWOT: text("our SWOT", "我方 SWOT"),
}
_STATES: Mapping[State, Text] = {
    State.ANSWERED: text("answered", "已回答"),
    State.INDICATED: text("indicated", "有线索"),
    State.OPEN: text("open", "未回答"),
}
_PART_STATES: Mapping[PartState, Text] = {
    PartState.ANSWERED: text("answered", "已回答"),
    PartState.PARTLY: text("answered in part", "部分回答"),
    PartState.OPEN: text("open", "未回答"),
}
