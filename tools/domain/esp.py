"""ESP+ (K3): the stage of an account, the route of a deal, and the two duties of a project.

Routes and duties are K3; the stages, what proves one, and the amount of a large deal are house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.domain.names import name_key
from tools.domain.rules import EspRules
from tools.domain.vocabulary import Layer
from tools.errors import BadInput
from tools.text import text


class EspStage(StrEnum):
    """The stages of the process (house)."""

    IDENTIFY = "identify"
    UNDERSTAND = "understand"
    STRATEGY = "strategy"
    RELATIONSHIP = "relationship"
    CONVERT = "convert"
    MONITOR = "monitor"


class Route(StrEnum):
    """How a deal is run (K3), or why that cannot be told."""

    SIMPLIFIED = "simplified"
    LARGE_PROJECT = "large_project"
    FAST_TRACK = "fast_track"
    NOT_SCORED = "not_scored"
    NOT_SET = "not_set"
    NO_AMOUNT = "no_amount"


def stages(rules: EspRules) -> tuple[EspStage, ...]:
    """The stages in the company's order; refuses an unknown or repeated one, and none at all."""
    known = set(EspStage)
    if not rules.stages or set(rules.stages) - known or len(set(rules.stages)) < len(rules.stages):
        raise BadInput(
            text(
                "The ESP+ stages must be some of {known}, each at most once. Sales operations can "
                "correct the rules under esp.stages.",
                "ESP+ 阶段须取自 {known}，且不得重复。请销售运营修改规则 esp.stages。",
                known=", ".join(EspStage),
            )
        )
    return tuple(EspStage(name) for name in rules.stages)


def stage_of(proven: Mapping[EspStage, bool], order: Sequence[EspStage]) -> EspStage:
    """The first stage that is not proven; the last one where all are, for it never ends."""
    return next((stage for stage in order if not proven[stage]), order[-1])


def limit_of(segment: str | None, rules: EspRules) -> Decimal | None:
    """From which amount a deal of the segment is large; None where that is not set."""
    limits = {name_key(entry.segment): entry.amount for entry in rules.large_deals}
    return limits.get(name_key(segment or ""), limits.get(""))


def route_of(key_account: bool | None, amount: Decimal | None, limit: Decimal | None) -> Route:
    """The route of a deal: first by the customer, then by the amount.

    `key_account` is None while the customer has no full score.
    """
    if key_account is None:
        return Route.NOT_SCORED
    if not key_account:
        return Route.SIMPLIFIED
    if limit is None:
        return Route.NOT_SET
    if amount is None:
        return Route.NO_AMOUNT
    return Route.LARGE_PROJECT if amount >= limit else Route.FAST_TRACK


@dataclass(frozen=True)
class Relation:
    """The relationship on one day: the closeness, None while incomplete, and the layers met."""

    closeness: Decimal | None
    layers: frozenset[Layer]
    logged: bool


@dataclass(frozen=True)
class Duties:
    """What a project did besides revenue; `closer` is None where it cannot be told."""

    closer: bool | None
    deeper: bool

    @property
    def flagged(self) -> bool:
        """Whether neither duty is shown to be met."""
        return not self.closer and not self.deeper


def closer(begin: Relation | None, end: Relation) -> bool | None:
    """Whether a project raised the relationship: a higher closeness, or a new layer met.

    None where nothing tells: the day it began is not recorded, or no contact is logged.
    """
    if begin is None or not end.logged:
        return None
    raised = (
        begin.closeness is not None
        and end.closeness is not None
        and end.closeness > begin.closeness
    )
    return raised or bool(end.layers - begin.layers)
