"""The tiers of accounts within their segments."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.domain.customers import Customer
from tools.domain.rules import TierRules
from tools.domain.score_columns import FactorColumns
from tools.domain.tier_columns import classified, limits_of
from tools.domain.tiers import Classified, Cuts
from tools.domain.vocabulary import Factor

_NEEDED = (Factor.REVENUE, Factor.POTENTIAL)


@dataclass(frozen=True)
class Tiering:
    """The limits of each segment, the figures they were taken from, and the tiers by id.

    Our revenue stands for the value (house). Accounts without a segment are compared with
    each other. `tiers` leaves out accounts without revenue or potential.
    """

    columns: FactorColumns
    limits: Mapping[str | None, Cuts | None]
    tiers: Mapping[int, Classified]

    def missing(self, customer: Customer) -> tuple[Factor, ...]:
        """What the account lacks to be classified."""
        return tuple(
            factor for factor in _NEEDED if self.columns.value(customer.id, factor) is None
        )

    def tier(self, customer: Customer) -> Classified | None:
        """The account's tier; None where it lacks revenue or potential."""
        return self.tiers.get(customer.id)


def tiering(columns: FactorColumns, rules: TierRules) -> Tiering:
    """The limits of every segment of the company, and the tiers."""
    limits = limits_of(columns, rules)
    return Tiering(columns, limits, classified(columns, limits))
