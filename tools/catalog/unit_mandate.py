"""What a unit of our organisation is there for: recorded mandate, and the method's view."""

from dataclasses import dataclass

from kam_knowledge.practice import Phrase, practice
from tools import resolve
from tools.access import scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.models import Unit
from tools.deps import Deps
from tools.domain.vocabulary import UnitKind
from tools.labels import listing
from tools.practice import said
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "What is the mandate of {unit}?",
        "What is {unit} there for?",
        "Which resources does {unit} have?",
        "Metrics that {unit} is measured by",
        "Mandate and metrics of {unit}",
        "Tell me the mandate of {unit}",
        "Is a mandate recorded for {unit}?",
        "What is the purpose of {unit}?",
        "What is {unit} measured by?",
    ),
    zh=(
        "{unit}的使命是什么？",
        "{unit}是做什么的？",
        "{unit}有哪些资源？",
        "{unit}用哪些指标考核？",
        "{unit}的使命与指标",
        "{unit}的定位是什么？",
        "{unit}的使命登记了吗？",
        "说明一下{unit}的使命",
        "{unit}有什么资源",
        "{unit}考核什么指标",
    ),
)
_LEVELS = {
    UnitKind.HEADQUARTERS: text("headquarters", "总部"),
    UnitKind.REGION: text("region", "大区"),
    UnitKind.BRANCH: text("branch", "分公司"),
}


@dataclass(frozen=True)
class UnitMandate:
    """A unit as recorded, with the method's units of its level and the common metrics."""

    unit: Unit
    parent: str | None
    alike: tuple[Phrase, ...]
    metrics: tuple[Phrase, ...]

    def card(self) -> Card:
        found = self.unit
        unset = text("not recorded", "未登记")
        return Card(
            title=text("Mandate: {name}", "使命：{name}", name=found.name),
            headline=self._headline(),
            facts=(
                Fact(text("Level", "级别"), _LEVELS[found.kind]),
                Fact(text("Belongs to", "上级"), self.parent),
                Fact(text("Function", "职能"), found.function or unset),
                Fact(text("Mandate", "使命"), found.mandate or unset),
                Fact(text("Resources", "资源"), found.resources or unset),
                Fact(
                    text("Units of this level in the method", "方法中的同级部门"),
                    listing(said(phrase) for phrase in self.alike),
                    text("K5", "K5"),
                ),
            ),
            table=Table(
                (Column(text("Metric of units", "部门指标")), Column(text("Origin", "来源"))),
                tuple((said(metric), "K5") for metric in self.metrics),
                len(self.metrics),
            ),
            basis=(
                text(
                    "Units, mandates and metrics: K5. Which metrics count for a unit follows "
                    "from its mandate.",
                    "部门、使命与指标依据 K5；适用哪些指标取决于部门使命。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self) -> Text:
        if self.unit.mandate is None:
            return text(
                "The mandate of {name} is not recorded; sales operations can enter it.",
                "{name}的使命未登记，可由销售运营录入。",
                name=self.unit.name,
            )
        return text(
            "{name} ({level}) is there for: {mandate}.",
            "{name}（{level}）的使命：{mandate}。",
            name=self.unit.name,
            level=_LEVELS[self.unit.kind],
            mandate=self.unit.mandate,
        )

    def _missing(self) -> list[Text]:
        found = []
        if self.unit.resources is None:
            found.append(text("Resources: not recorded.", "资源：未登记。"))
        found.append(
            text(
                "The methodology leaves open how many people a unit has and whether some units "
                "get delivery staff.",
                "方法论没有说明部门人数，也没有说明某些部门是否配备交付人员。",
            )
        )
        return found


def unit_mandate(deps: Deps, unit: str) -> UnitMandate:
    """Answers what a unit is there for: its mandate, resources, and the metrics of units.

    Args:
        unit: The unit, e.g. "East China" or "my team".

    Source: K5.
    """
    with deps.sessions() as session:
        scope_of(session, deps.asker, deps.today)
        found = resolve.unit(session, unit, deps.asker)
        parent = session.get(Unit, found.parent_id) if found.parent_id else None
    known = practice()
    return UnitMandate(
        found, parent.name if parent else None, known.units[found.kind.value], known.metrics
    )
