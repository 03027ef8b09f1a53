"""Who does which step of a playbook, as the source has it."""

from dataclasses import dataclass

from kam_knowledge.practice import Playbook, practice
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.labels import listing
from tools.practice import mentioned, said
from tools.text import text

EXAMPLES = Examples(
    en=(
        "Who does which step of the strategic account playbook?",
        "Steps of the strategic account playbook",
        "Show the industry playbook",
        "Who is responsible for selling at scale in the industry playbook?",
        "Who organises joint activities with a customer?",
        "Which steps of the playbook are open?",
        "Who does step 6 of the strategic account playbook?",
        "Who invites to joint events?",
        "What are the ten steps of the industry playbook?",
    ),
    zh=(
        "战略客户打法的每一步由谁负责？",
        "战略客户打法有哪些步骤？",
        "看一下行业打法",
        "行业打法里规模化销售由谁负责？",
        "联合活动由谁组织？",
        "打法中哪些步骤未明确？",
        "打法第6步由哪个部门负责？",
        "联合活动由谁邀请？",
        "十步行业打法",
    ),
)


@dataclass(frozen=True)
class PlaybookSteps:
    """A playbook as the method has it."""

    playbook: Playbook

    def card(self) -> Card:
        found = self.playbook
        open_steps = [place for place, step in enumerate(found.steps, 1) if not step.by]
        return Card(
            title=said(found.name),
            headline=text(
                "The {name} has {count} steps; the source names who is responsible for {named} of "
                "them and leaves {open} open.",
                "{name}共 {count} 步；来源明确了其中 {named} 步的负责部门，{open} 步未明确。",
                name=said(found.name),
                count=len(found.steps),
                named=len(found.steps) - len(open_steps),
                open=len(open_steps),
            ),
            facts=(
                Fact(
                    text("Open steps", "未明确的步骤"),
                    listing(open_steps) if open_steps else text("none", "无"),
                ),
            ),
            table=self._table(),
            basis=(
                text(
                    "Source {origin}: responsible departments, not a full division of roles.",
                    "来源 {origin}：给出负责部门，并非完整的职责分工。",
                    origin=found.origin,
                ),
            ),
            missing=tuple(
                text(
                    "Step {place}: the methodology does not say who is responsible; the company "
                    "decides.",
                    "第 {place} 步：方法论没有说明由谁负责，由公司自行确定。",
                    place=place,
                )
                for place in open_steps
            ),
        )

    def _table(self) -> Table:
        columns = (
            Column(text("Step", "步骤"), "right"),
            Column(text("What", "内容")),
            Column(text("Responsible", "负责部门")),
        )
        rows = tuple(
            (
                place,
                said(step.what),
                listing(said(name) for name in step.by) if step.by else text("open", "未明确"),
            )
            for place, step in enumerate(self.playbook.steps, 1)
        )
        return Table(columns, rows, len(rows))


def playbook_steps(deps: Deps, question: str) -> PlaybookSteps:  # noqa: ARG001
    """Answers who does which step of a playbook, and which steps the source leaves open.

    Args:
        question: The question with the playbook's name, e.g. "who does what in the industry
            playbook"; also "strategic account" or "joint activities".

    Source: K5.
    """
    return PlaybookSteps(mentioned(question, practice().playbooks, text("playbook", "打法")))
