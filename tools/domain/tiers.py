"""Tiers (K4) by value and potential; the cut-offs are house, per segment.

K4 defines four combinations. Every other one is unclassified, with the tiers next to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.domain.percentiles import percentile_of
from tools.domain.rules import TierRules


class Tier(StrEnum):
    VIP = "vip"
    GROWTH = "growth"
    STABLE = "stable"
    BASIC = "basic"


class Standing(StrEnum):
    """Where a figure lies among those of its segment."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


_TIERS = {
    Tier.VIP: (Standing.HIGH, Standing.HIGH),
    Tier.GROWTH: (Standing.MIDDLE, Standing.HIGH),
    Tier.STABLE: (Standing.HIGH, Standing.LOW),
    Tier.BASIC: (Standing.LOW, Standing.LOW),
}
_STEPS = {Standing.LOW: 0, Standing.MIDDLE: 1, Standing.HIGH: 2}


@dataclass(frozen=True)
class Cuts:
    """The limits of one segment; a figure on its limit is above it."""

    value_high: Decimal
    value_middle: Decimal
    potential_high: Decimal


@dataclass(frozen=True)
class Near:
    """A tier one change away: the standing that would have to be reached."""

    tier: Tier
    value: Standing | None
    potential: Standing | None


@dataclass(frozen=True)
class Classified:
    """The tier, or None with the nearest tiers where the combination is not defined."""

    tier: Tier | None
    value: Standing
    potential: Standing
    nearest: tuple[Near, ...] = ()


def cuts(values: Sequence[Decimal], potentials: Sequence[Decimal], rules: TierRules) -> Cuts | None:
    """The limits from the figures of a segment, which rise; None where there are none of one."""
    high = percentile_of(values, rules.value_high)
    middle = percentile_of(values, rules.value_middle)
    potential = percentile_of(potentials, rules.potential_high)
    if high is None or middle is None or potential is None:
        return None
    return Cuts(high, middle, potential)


def classify(value: Decimal, potential: Decimal, limits: Cuts) -> Classified:
    """The tier of an account with this value and potential."""
    worth = (
        Standing.HIGH
        if value >= limits.value_high
        else Standing.MIDDLE
        if value >= limits.value_middle
        else Standing.LOW
    )
    outlook = Standing.HIGH if potential >= limits.potential_high else Standing.LOW
    tier = next((tier for tier, pair in _TIERS.items() if pair == (worth, outlook)), None)
    return Classified(tier, worth, outlook, () if tier else _nearest(worth, outlook))


def _nearest(value: Standing, potential: Standing) -> tuple[Near, ...]:
    """The tiers with the fewest steps between, each with what differs."""
    steps = {
        tier: abs(_STEPS[value] - _STEPS[worth]) + (potential is not outlook)
        for tier, (worth, outlook) in _TIERS.items()
    }
    fewest = min(steps.values())
    return tuple(
        Near(
            tier,
            None if _TIERS[tier][0] is value else _TIERS[tier][0],
            None if _TIERS[tier][1] is potential else _TIERS[tier][1],
        )
        for tier in Tier
        if steps[tier] == fewest
    )
