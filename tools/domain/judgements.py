"""Points that people gave an account: the selection criteria (K4) and the health check (K4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tools.domain.rules import CriteriaRules, HealthRules
from tools.domain.vocabulary import Dimension
from tools.errors import BadInput
from tools.text import text


class Judged(NamedTuple):
    """Points from 0 to 100 in one dimension; `judged` by a person, else computed."""

    points: Decimal
    held_on: date
    by: str | None
    note: str | None
    judged: bool = True


CRITERIA = {
    Dimension.CRITERION_REVENUE: "revenue",
    Dimension.CRITERION_LOYALTY: "loyalty",
    Dimension.CRITERION_SYNERGY: "synergy",
    Dimension.CRITERION_RISK: "risk",
}
HEALTH = (Dimension.SATISFACTION, Dimension.FULFILMENT, Dimension.TECHNICAL_FIT)


@dataclass(frozen=True)
class Criteria:
    """The four subscores, None while not judged, and their weights."""

    subscores: Mapping[Dimension, Judged | None]
    weights: Mapping[Dimension, Decimal]

    @property
    def missing(self) -> tuple[Dimension, ...]:
        return tuple(key for key, found in self.subscores.items() if found is None)

    @property
    def total(self) -> Decimal | None:
        """The weighted average; None while a subscore is missing."""
        known = {key: found.points for key, found in self.subscores.items() if found}
        if len(known) < len(self.subscores):
            return None
        return sum((self.weights[key] * points for key, points in known.items()), Decimal(0))

    @property
    def weakest(self) -> tuple[Dimension, Judged] | None:
        """The lowest known subscore, the first in order between equals."""
        known = [(key, found) for key, found in self.subscores.items() if found]
        return min(known, key=lambda item: item[1].points) if known else None


def criteria(latest: Mapping[Dimension, Judged], rules: CriteriaRules) -> Criteria:
    """The selection criteria from the newest judgements; refuses weights not summing to 1."""
    weights = {key: getattr(rules, name) for key, name in CRITERIA.items()}
    total = sum(weights.values(), Decimal(0))
    if total != 1 or min(weights.values()) < 0:
        raise BadInput(
            text(
                "The weights of the selection criteria must not be negative and must sum to 1; "
                "they sum to {total}. Sales operations can correct the rules under criteria.",
                "选择标准的权重不能为负，且合计必须等于 1，目前合计为 {total}。"
                "请销售运营修改规则 criteria。",
                total=str(total),
            )
        )
    return Criteria({key: latest.get(key) for key in CRITERIA}, weights)


@dataclass(frozen=True)
class Checked:
    """One measure of the health check: the newest points, and those before."""

    dimension: Dimension
    now: Judged | None
    before: Judged | None
    weak: bool
    warning: bool

    @property
    def change(self) -> Decimal | None:
        if self.now is None or self.before is None:
            return None
        return self.now.points - self.before.points


def health(
    history: Mapping[Dimension, Sequence[Judged]], rules: HealthRules
) -> tuple[Checked, ...]:
    """The three measures from their judgements, newest first.

    Below the limit a measure is weak; a fall of the given size or more warns.
    """
    return tuple(_checked(key, history.get(key, ()), rules) for key in HEALTH)


def _checked(dimension: Dimension, history: Sequence[Judged], rules: HealthRules) -> Checked:
    now = history[0] if history else None
    before = history[1] if len(history) > 1 else None
    weak = now is not None and now.points < rules.weak_below
    warning = (
        now is not None and before is not None and before.points - now.points >= rules.warning_fall
    )
    return Checked(dimension, now, before, weak, warning)
