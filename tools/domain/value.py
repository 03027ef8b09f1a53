"""Account value estimate (K1): addressable spend × attainable share × purchasing behaviour.

The share and the multipliers are house. An account without a known spend has no value; a
behaviour that is not recorded, or has no multiplier, changes nothing and is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod

from tools.domain.rules import ValueRules
from tools.text import Money


@dataclass(frozen=True, slots=True)
class Spend:
    """What a customer buys a year in our categories, from anybody, in the base currency."""

    amount: Money
    year: int | None
    as_of: date
    source: str
    confirmed: bool
    assumed_currency: bool = False


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer buys, in one trait."""

    trait: str
    value: str
    as_of: date
    source: str
    confirmed: bool


@dataclass(frozen=True)
class ValueEstimate:
    """The estimate with its factors; `multipliers` by trait, `open_traits` without one."""

    spend: Spend
    attainable_share: Decimal
    multipliers: Mapping[str, Decimal]
    open_traits: tuple[str, ...]

    @property
    def behaviour(self) -> Decimal:
        return prod(self.multipliers.values(), start=Decimal(1))

    @property
    def value(self) -> Money:
        spend = self.spend.amount
        return Money(spend.amount * (self.attainable_share * self.behaviour), spend.currency)


def estimate(
    spend: Spend | None, habits: Mapping[str, Habit], rules: ValueRules
) -> ValueEstimate | None:
    """The value of an account, None while its addressable spend is not known."""
    if spend is None:
        return None
    factors = {(m.trait, m.value): m.factor for m in rules.multipliers}
    traits = sorted({m.trait for m in rules.multipliers})
    found = {
        trait: factors[trait, habits[trait].value]
        for trait in traits
        if trait in habits and (trait, habits[trait].value) in factors
    }
    missing = tuple(trait for trait in traits if trait not in found)
    return ValueEstimate(spend, rules.attainable_share, found, missing)
