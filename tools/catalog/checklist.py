"""A checklist of the method, with its items."""

from dataclasses import dataclass

from kam_knowledge.checklists import Checklist
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.checklists import find
from tools.deps import Deps
from tools.text import Text, text


@dataclass(frozen=True)
class ChecklistShown:
    """A checklist as the method has it."""

    checklist: Checklist

    def card(self) -> Card:
        found = self.checklist
        own = sum(item.origin == "house" for item in found.items)
        return Card(
            title=text("Checklist: {name}", "清单：{name}", name=text(found.en, found.zh)),
            headline=text(
                "The checklist “{name}” has {count} items. {purpose}",
                "清单“{name}”共 {count} 项。{purpose}",
                name=text(found.en, found.zh),
                count=len(found.items),
                purpose=text(found.purpose_en, found.purpose_zh),
            ),
            facts=(Fact(text("Heading from", "标题来源"), _origin(found.origin)),),
            table=Table(
                (
                    Column(text("no.", "序号"), "right"),
                    Column(text("item", "条目")),
                    Column(text("how", "要点")),
                    Column(text("origin", "来源")),
                ),
                tuple(
                    (
                        position,
                        text(item.en, item.zh),
                        text(item.hint_en, item.hint_zh),
                        _origin(item.origin),
                    )
                    for position, item in enumerate(found.items, 1)
                ),
                len(found.items),
            ),
            basis=(
                text(
                    "{own} of {count} items are house: our wording where the source has a heading "
                    "only.",
                    "{count} 项中有 {own} 项为内部补充：资料只有标题，条目由我们编写。",
                    own=own,
                    count=len(found.items),
                ),
            )
            if own
            else (),
            next=(
                text(
                    "Ask for its state on an account to see what is done and open.",
                    "可以查询某个客户的清单进度，查看已完成和未完成的条目。",
                ),
            ),
        )


def checklist(deps: Deps, checklist: str) -> ChecklistShown:  # noqa: ARG001
    """A checklist of the method: its items, why each one counts, and where it comes from.

    Args:
        checklist: Which one, e.g. "acquisition plan", "handover" or "account review".

    Source: K1 (processes), K2 (analysis), house (items).
    """
    return ChecklistShown(find(checklist))


def _origin(key: str) -> Text:
    return text("house", "内部") if key == "house" else text("{key}", "{key}", key=key)


EXAMPLES = Examples(
    en=(
        "show the {checklist} checklist",
        "checklist for {checklist}",
        "what belongs in an acquisition plan",
        "what do I have to check for {checklist}",
        "{checklist} checklist please",
        "list the items of the {checklist} checklist",
        "what are the steps of {checklist}",
        "give me the handover checklist",
        "what should an account review cover",
        "which questions belong to the customer analysis",
        "what barriers should I check in a penetration plan",
        "I need a checklist for {checklist}",
        "which checklists are there",
        "show me which checklists exist",
        "what is on the {checklist}",
    ),
    zh=(
        "看一下{checklist}清单",
        "{checklist}的检查清单",
        "获取计划应该包含哪些内容",
        "{checklist}要检查什么",
        "给我{checklist}清单",
        "列出{checklist}的检查项",
        "{checklist}有哪些步骤",
        "客户交接清单",
        "客户评审要看哪些内容",
        "客户分析要问哪些问题",
        "渗透计划要检查哪些障碍",
        "麻烦发一下{checklist}的清单",
        "有哪些检查表",
        "都有什么清单",
        "{checklist}有哪些内容",
    ),
)
