"""Deals of a pipeline added up: per group, and per stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tools.data.deals import CLOSED
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, nothing, total
from tools.domain.vocabulary import Stage
from tools.groups import Group
from tools.text import Value

Tallies = dict[tuple[Group, Stage], Tally]


@dataclass(frozen=True)
class PipelineRow:
    """The deals of one group by state."""

    label: Value
    open: Tally
    won: Tally
    lost: Tally


def stage_of(value: object) -> Stage:
    """The stage that a row of the database names."""
    return Stage(str(value))


def size(group: Group, row: PipelineRow) -> tuple[bool, Decimal, int, str]:
    """Most open value first, then most open deals; deals of no group come last."""
    return group is None, -row.open.total.amount, -row.open.count, str(group)


def row_of(rules: RuleSet, group: Group, tallies: Tallies) -> PipelineRow:
    """The group's deals by state, labelled by the group itself."""
    mine = {stage: tallies[group, stage] for stage in Stage if (group, stage) in tallies}
    none = nothing(rules.company.base_currency)
    return PipelineRow(
        group,
        summed(rules, (found for stage, found in mine.items() if stage not in CLOSED)),
        mine.get(Stage.WON, none),
        mine.get(Stage.LOST, none),
    )


def by_stage(rules: RuleSet, tallies: Tallies) -> tuple[tuple[Stage, Tally], ...]:
    """All groups' deals by stage; stages without any are not in it."""
    found = {
        stage: summed(rules, (t for (_, at), t in tallies.items() if at is stage))
        for stage in Stage
    }
    return tuple((stage, tally) for stage, tally in found.items() if tally.count)


def summed(rules: RuleSet, tallies: Iterable[Tally]) -> Tally:
    """Tallies as one, in the base currency."""
    return total(tallies, rules.company.base_currency)
