"""Composite score (综合积分法, K3): four factors become points, points become one score.

Weights, bands and the treatment of gaps are house: an account with a missing factor has no
score, only the range that its score can still take.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tools.domain.names import name_key
from tools.domain.rules import Band, ScoreRules, Weights
from tools.domain.vocabulary import Factor
from tools.errors import BadInput
from tools.text import Text, Value, text


class Raw(NamedTuple):
    """The raw value of a factor; `computed` from sales, else recorded, `confirmed` or assumed."""

    value: Decimal
    unit: str
    as_of: date
    source: Value
    confirmed: bool
    computed: bool = False
    gap: Text | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A factor that has records, but none that counts; `reason` says why."""

    reason: Text


Inputs = Mapping[Factor, Raw | Unusable]


@dataclass(frozen=True)
class Part:
    """One factor's way into the score; `points` and `contribution` are None while missing.

    `band` is the band that the raw value falls into; a value below the lowest has none and
    earns 0 points. `lowest` and `highest` bound the points that the factor can have.
    """

    factor: Factor
    weight: Decimal
    raw: Raw | None
    reason: Text | None
    band: Band | None
    upper: Decimal | None
    points: Decimal | None
    lowest: Decimal
    highest: Decimal

    @property
    def contribution(self) -> Decimal | None:
        return None if self.points is None else self.weight * self.points


@dataclass(frozen=True)
class Score:
    """A composite score with all its parts, 0 to 100."""

    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.points is None)

    @property
    def known(self) -> Decimal:
        """What the known factors contribute."""
        return sum((part.contribution or Decimal(0) for part in self.parts), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        """The score; None while a factor is missing."""
        return None if self.missing else self.known

    @property
    def lowest(self) -> Decimal:
        """The lowest score possible, whatever the missing factors turn out to be."""
        return self.known + sum((p.weight * p.lowest for p in self.missing), Decimal(0))

    @property
    def highest(self) -> Decimal:
        return self.known + sum((p.weight * p.highest for p in self.missing), Decimal(0))


class Scorer:
    """The score rules, checked once and ready for many accounts."""

    def __init__(self, rules: ScoreRules) -> None:
        check_weights(rules.weights)
        self._weights = {factor: getattr(rules.weights, factor.value) for factor in Factor}
        self._general = {factor: getattr(rules.bands, factor.value) for factor in Factor}
        self._own = {
            (name_key(own.segment), Factor(own.factor)): own.bands for own in rules.segment_bands
        }
        for factor, bands in [*self._general.items(), *((k[1], b) for k, b in self._own.items())]:
            check_bands(factor, bands)
        self._scales: dict[tuple[str | None, Factor], _Scale] = {}

    def score(self, segment: str | None, inputs: Inputs) -> Score:
        """The score of an account of that segment, part by part."""
        return Score(tuple(self._part(factor, segment, inputs.get(factor)) for factor in Factor))

    def limits(self, factor: Factor, segment: str | None) -> Sequence[Decimal]:
        """Where the bands of the factor start in that segment, rising."""
        return self._scale(factor, segment).limits

    def total_of(self, segment: str | None, bands: Sequence[int | None]) -> Decimal | None:
        """The score of whoever has each factor in the band of that number: 0 is below the
        lowest, None missing."""
        total = Decimal(0)
        for factor, band in zip(Factor, bands, strict=True):
            if band is None:
                return None
            total += self._scale(factor, segment).weighted[band]
        return total

    def highest_of(self, segment: str | None, bands: Sequence[int | None]) -> Decimal:
        """The highest score still possible for them."""
        scales = [self._scale(factor, segment) for factor in Factor]
        return sum(
            (
                max(scale.weighted[1:]) if band is None else scale.weighted[band]
                for scale, band in zip(scales, bands, strict=True)
            ),
            Decimal(0),
        )

    def _scale(self, factor: Factor, segment: str | None) -> "_Scale":
        """The bands that hold for a factor in a segment: its own, or the general ones."""
        known = self._scales.get((segment, factor))
        if known is None:
            own = self._own.get((name_key(segment or ""), factor))
            known = _Scale(own or self._general[factor], self._weights[factor])
            self._scales[segment, factor] = known
        return known

    def _part(self, factor: Factor, segment: str | None, given: Raw | Unusable | None) -> Part:
        scale, weight = self._scale(factor, segment), self._weights[factor]
        bounds = scale.lowest, scale.highest
        if not isinstance(given, Raw):
            reason = given.reason if given else None
            return Part(factor, weight, None, reason, None, None, None, *bounds)
        band = scale.band(given.value)
        points = band.points if band else Decimal(0)
        return Part(factor, weight, given, None, band, scale.upper(given.value), points, *bounds)


class _Scale:
    """The bands of a factor and its weight, ready for look-up."""

    def __init__(self, bands: tuple[Band, ...], weight: Decimal) -> None:
        self._bands = bands
        self.weighted = [Decimal(0), *(weight * band.points for band in bands)]
        self.limits = [band.at_least for band in bands]
        zero = bisect_right(self.limits, 0) - 1
        # A raw value is 0 or more, so that bands wholly below 0 cannot be reached.
        self.lowest = min(b.points for b in bands[zero:]) if zero >= 0 else Decimal(0)
        self.highest = max(band.points for band in bands)

    def band(self, value: Decimal) -> Band | None:
        """The band that the value falls into; None below the lowest."""
        position = bisect_right(self.limits, value)
        return self._bands[position - 1] if position else None

    def upper(self, value: Decimal) -> Decimal | None:
        """Where the next band starts; None in the highest."""
        position = bisect_right(self.limits, value)
        return self.limits[position] if position < len(self.limits) else None


def check_weights(weights: Weights) -> None:
    """Refuses weights that are negative or do not sum to 1."""
    values = [getattr(weights, item.name) for item in fields(weights)]
    total = sum(values, Decimal(0))
    if total != 1 or min(values) < 0:
        raise BadInput(
            text(
                "The score weights must not be negative and must sum to 1; they sum to {total}. "
                "Sales operations can correct the rules under score.weights.",
                "积分权重不能为负，且合计必须等于 1，目前合计为 {total}。"
                "请销售运营修改规则 score.weights。",
                total=str(total),
            )
        )


def check_bands(factor: Factor, bands: tuple[Band, ...]) -> None:
    """Refuses bands that are absent, out of order, or have points outside 0 to 100."""
    limits = [band.at_least for band in bands]
    ordered = bool(bands) and all(low < high for low, high in pairwise(limits))
    if not ordered or any(not 0 <= band.points <= 100 for band in bands):
        raise BadInput(
            text(
                "The bands of the factor {factor} must rise and give 0 to 100 points. "
                "Sales operations can correct the rules under score.bands.",
                "因子 {factor} 的分档须由低到高，分值须在 0 到 100 之间。"
                "请销售运营修改规则 score.bands。",
                factor=factor.value,
            )
        )
