"""Why a composite score (K3) changed between two days: what the rules did, what the values did.

The earlier values are scored once more with the later rules; that separates the two effects
(house).
"""

from dataclasses import dataclass
from decimal import Decimal

from tools.domain.score import Part, Score
from tools.domain.vocabulary import Factor


@dataclass(frozen=True)
class FactorChange:
    """One factor then and now, and what it adds to the change of the score.

    The effects are None while the factor is missing on one of the days.
    """

    factor: Factor
    then: Part
    now: Part
    by_rules: Decimal | None
    by_values: Decimal | None

    @property
    def effect(self) -> Decimal | None:
        if self.by_rules is None or self.by_values is None:
            return None
        return self.by_rules + self.by_values


def explain(then: Score, rescored: Score, now: Score) -> tuple[FactorChange, ...]:
    """The change factor by factor; `rescored` has the values of then and the rules of now."""
    parts = zip(then.parts, rescored.parts, now.parts, strict=True)
    return tuple(
        FactorChange(before.factor, before, after, _step(before, between), _step(between, after))
        for before, between, after in parts
    )


def largest(changes: tuple[FactorChange, ...]) -> FactorChange | None:
    """The factor that moved the score most, the first in order between equals; None if none did."""
    moved = [change for change in changes if change.effect]
    return max(moved, key=lambda change: abs(change.effect or Decimal(0)), default=None)


def _step(before: Part, after: Part) -> Decimal | None:
    if before.contribution is None or after.contribution is None:
        return None
    return after.contribution - before.contribution
