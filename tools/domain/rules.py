"""The rule set: every weight, band, cut-off and cadence, with where it comes from.

A company overrides values by their path ("score.weights.revenue"); each version is kept,
so that an old result can be computed again with the rules of its day.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tools.domain.vocabulary import CoverageRole, Dimension

HOUSE = "house"


def rule(default: Any, origin: str = HOUSE) -> Any:
    """A rule value and its origin: a source key (K1 to K5) or house."""
    return field(default=default, metadata={"origin": origin})


def group(kind: type[Any]) -> Any:
    return field(default_factory=kind)


@dataclass(frozen=True)
class Band:
    """Raw values from `at_least` on earn `points` (0 to 100)."""

    at_least: Decimal
    points: Decimal


def _bands(*limits: int) -> tuple[Band, ...]:
    points = (20, 40, 60, 80, 100)
    return tuple(
        Band(Decimal(limit), Decimal(point))
        for limit, point in zip((0, *limits), points, strict=True)
    )


@dataclass(frozen=True)
class Weights:
    """Weights of the composite score; they sum to 1."""

    revenue: Decimal = rule(Decimal("0.30"))
    potential: Decimal = rule(Decimal("0.30"))
    demonstration: Decimal = rule(Decimal("0.20"))
    ability: Decimal = rule(Decimal("0.20"))


@dataclass(frozen=True)
class Bands:
    """Raw value to points, per factor. Revenue and potential in the base currency."""

    revenue: tuple[Band, ...] = rule(_bands(100_000, 500_000, 2_000_000, 10_000_000))
    potential: tuple[Band, ...] = rule(_bands(500_000, 2_000_000, 8_000_000, 30_000_000))
    demonstration: tuple[Band, ...] = rule(_bands(20, 40, 60, 80))
    ability: tuple[Band, ...] = rule(_bands(20, 40, 60, 80))


@dataclass(frozen=True)
class SegmentBands:
    """Bands that replace the general ones of a factor for one segment."""

    segment: str
    factor: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class ScoreRules:
    """Composite score (K3 names the method; the numbers are house)."""

    weights: Weights = group(Weights)
    bands: Bands = group(Bands)
    segment_bands: tuple[SegmentBands, ...] = rule(())
    top_share: Decimal = rule(Decimal("0.20"))
    revenue_months: int = rule(12)


@dataclass(frozen=True)
class Cadence:
    """An evaluation is due after `due_days` and overdue after `overdue_days`."""

    dimension: Dimension
    due_days: int
    overdue_days: int


@dataclass(frozen=True)
class ClosenessRules:
    """Parts of the relationship closeness (the formula is house; K3 names the two parts)."""

    recency_weight: Decimal = rule(Decimal("0.20"))
    frequency_weight: Decimal = rule(Decimal("0.20"))
    breadth_weight: Decimal = rule(Decimal("0.20"))
    executive_weight: Decimal = rule(Decimal("0.10"))
    judged_weight: Decimal = rule(Decimal("0.30"))
    window_days: int = rule(180)
    target_days: int = rule(30)
    executive_days: int = rule(180)


@dataclass(frozen=True)
class Multiplier:
    """A purchasing behaviour that raises or lowers the account value."""

    trait: str
    value: str
    factor: Decimal


@dataclass(frozen=True)
class ValueRules:
    """Account value = addressable spend × attainable share × behaviour (K1; numbers house)."""

    attainable_share: Decimal = rule(Decimal("0.30"))
    multipliers: tuple[Multiplier, ...] = rule(
        (
            Multiplier("buying", "central", Decimal("1.1")),
            Multiplier("buying", "local", Decimal("0.9")),
            Multiplier("price_sensitivity", "high", Decimal("0.8")),
            Multiplier("price_sensitivity", "low", Decimal("1.1")),
            Multiplier("payment", "prompt", Decimal("1.0")),
            Multiplier("payment", "slow", Decimal("0.9")),
        )
    )


@dataclass(frozen=True)
class PriorityRules:
    """Quadrant limits: value at a percentile of the scope, closeness in points (house)."""

    value_percentile: Decimal = rule(Decimal("0.50"))
    closeness_points: Decimal = rule(Decimal("50"))


@dataclass(frozen=True)
class TierRules:
    """Tier cut-offs, per segment (tiers K4, cut-offs house)."""

    value_high: Decimal = rule(Decimal("0.80"))
    value_middle: Decimal = rule(Decimal("0.40"))
    potential_high: Decimal = rule(Decimal("0.50"))


@dataclass(frozen=True)
class EvaluationRules:
    """Cadences (K3); due at the short end, overdue past the long end.

    With `vip_short_end` a VIP account is overdue past the short end already (house).
    """

    cadences: tuple[Cadence, ...] = rule(
        (
            Cadence(Dimension.IMPORTANCE, 90, 180),
            Cadence(Dimension.NEEDS, 30, 90),
            Cadence(Dimension.RELATIONSHIP, 30, 31),
        ),
        "K3",
    )
    vip_short_end: bool = rule(True)


@dataclass(frozen=True)
class CoverageRules:
    """How an owner is found where no coverage is recorded (house)."""

    derive_months: int = rule(12)
    single_roles: tuple[CoverageRole, ...] = rule((CoverageRole.OWNER, CoverageRole.DIRECTOR))


@dataclass(frozen=True)
class CriteriaRules:
    """Weights of the four selection criteria (K4 names them; the weights are house)."""

    revenue: Decimal = rule(Decimal("0.25"))
    loyalty: Decimal = rule(Decimal("0.25"))
    synergy: Decimal = rule(Decimal("0.25"))
    risk: Decimal = rule(Decimal("0.25"))


@dataclass(frozen=True)
class ModeCosts:
    """What each serving mode costs a year for one account, in the base currency.

    No source gives a figure, so that a cost is not set until the company sets it.
    """

    dedicated_team: Decimal | None = rule(None)
    shared_manager: Decimal | None = rule(None)
    field_sales: Decimal | None = rule(None)
    channel_partner: Decimal | None = rule(None)
    remote: Decimal | None = rule(None)


@dataclass(frozen=True)
class ServingRules:
    """What the break-even of a serving mode needs (K1; formula and list house).

    `contribution_margin` is a fraction of revenue above 0, at most 1; not set by default.
    """

    costs: ModeCosts = group(ModeCosts)
    contribution_margin: Decimal | None = rule(None)


@dataclass(frozen=True)
class HealthRules:
    """When a measure of the health check is weak, and from which fall it warns (house)."""

    weak_below: Decimal = rule(Decimal("60"))
    warning_fall: Decimal = rule(Decimal("10"))


@dataclass(frozen=True)
class LargeDeal:
    """From `amount` in the base currency on, a deal of the segment is large.

    An entry without a segment holds for every segment that has none of its own.
    """

    segment: str
    amount: Decimal


@dataclass(frozen=True)
class EspRules:
    """ESP+ (K3 names the routes; its stages are lost, so that ours are house).

    No source gives an amount, so that no deal is large until the company sets one.
    """

    stages: tuple[str, ...] = rule(
        ("identify", "understand", "strategy", "relationship", "convert", "monitor")
    )
    large_deals: tuple[LargeDeal, ...] = rule(())


@dataclass(frozen=True)
class CreditRules:
    """How revenue is credited where an account records no shares (K3 names both rules).

    `mode` is "not_set", "counted_twice" or "shared"; no source gives a ratio.
    """

    mode: str = rule("not_set")


@dataclass(frozen=True)
class ChangeRules:
    """How long a proposed change waits for its confirmation (house)."""

    expiry_hours: int = rule(24)


@dataclass(frozen=True)
class CompanyRules:
    """Facts about ourselves that computations need (house)."""

    base_currency: str = rule("USD")


@dataclass(frozen=True)
class RuleSet:
    """All rules of one version. Version 0 is the defaults."""

    version: int = 0
    score: ScoreRules = group(ScoreRules)
    closeness: ClosenessRules = group(ClosenessRules)
    value: ValueRules = group(ValueRules)
    priority: PriorityRules = group(PriorityRules)
    tiers: TierRules = group(TierRules)
    evaluation: EvaluationRules = group(EvaluationRules)
    coverage: CoverageRules = group(CoverageRules)
    criteria: CriteriaRules = group(CriteriaRules)
    serving: ServingRules = group(ServingRules)
    health: HealthRules = group(HealthRules)
    esp: EspRules = group(EspRules)
    credit: CreditRules = group(CreditRules)
    changes: ChangeRules = group(ChangeRules)
    company: CompanyRules = group(CompanyRules)
