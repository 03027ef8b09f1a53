"""What a role of key account management has to do, as the sources have it."""

from dataclasses import dataclass

from kam_knowledge.practice import RoleDuties, practice
from tools.cards import Card, Column, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.practice import mentioned, said
from tools.text import text

EXAMPLES = Examples(
    en=(
        "What are the duties of the key account director?",
        "What does an account manager have to do?",
        "Duties of the executive sponsor",
        "What is the sales head responsible for?",
        "What does the sponsor owe the account?",
        "The eleven duties of the regional key account director",
        "What does the account manager owe the customer?",
        "List the duties of a sales head",
        "What is an executive sponsor supposed to do?",
        "Job of the key account director",
        "what is a key account director responsible for",
        "what is an account manager responsible for",
    ),
    zh=(
        "大客户总监的职责有哪些？",
        "客户经理要做什么？",
        "高层赞助人的职责",
        "销售负责人负责什么？",
        "赞助人对客户有什么责任？",
        "大区大客户总监的十一项职责",
        "客户经理对客户有哪些责任？",
        "客户经理的岗位职责",
        "大客户总监的职责是什么",
        "赞助人要承担什么职责",
        "大区总监的岗位责任",
        "销售负责人要管哪些事",
        "大客户总监负责什么",
    ),
)


@dataclass(frozen=True)
class DutiesShown:
    """The duties of one role."""

    role: RoleDuties

    def card(self) -> Card:
        found = self.role
        return Card(
            title=text("Duties: {name}", "职责：{name}", name=said(found.name)),
            headline=text(
                "{name}: {count} duties, from {first} to {last}.",
                "{name}：共 {count} 项职责，从“{first}”到“{last}”。",
                name=said(found.name),
                count=len(found.duties),
                first=said(found.duties[0]),
                last=said(found.duties[-1]),
            ),
            table=Table(
                (Column(text("No.", "序号"), "right"), Column(text("Duty", "职责"))),
                tuple((place, said(duty)) for place, duty in enumerate(found.duties, 1)),
                len(found.duties),
            ),
            basis=(text("Source: {origin}.", "来源：{origin}。", origin=found.origin),),
            missing=(
                text(
                    "The methodology does not say how many accounts a person can carry, nor who "
                    "decides where two roles disagree.",
                    "方法论没有说明一个人能负责多少客户，也没有说明角色意见不一时由谁决定。",
                ),
            ),
        )


def role_duties(deps: Deps, question: str) -> DutiesShown:  # noqa: ARG001
    """Answers which duties a role has: director, account manager, sponsor or sales head.

    Args:
        question: The question with the role's name, e.g. "what does the sponsor do".

    Source: K2, K3.
    """
    return DutiesShown(mentioned(question, practice().roles, text("role", "角色")))
