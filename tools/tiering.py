"""The tiers of accounts within their segments."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tools.domain.customers import Customer
from tools.domain.rules import TierRules
from tools.domain.score import Inputs, Raw
from tools.domain.tiers import Classified, Cuts, classify, cuts
from tools.domain.vocabulary import Factor

_NEEDED = (Factor.REVENUE, Factor.POTENTIAL)


@dataclass(frozen=True)
class Tiering:
    """The limits of each segment, and the inputs they were taken from.

    Our revenue stands for the value (house). Accounts without a segment are compared with
    each other.
    """

    inputs: Mapping[int, Inputs]
    limits: Mapping[str | None, Cuts | None]

    def raw(self, customer: Customer, factor: Factor) -> Raw | None:
        """The account's revenue or potential; None where it is not known."""
        found = self.inputs.get(customer.id, {}).get(factor)
        return found if isinstance(found, Raw) else None

    def missing(self, customer: Customer) -> tuple[Factor, ...]:
        """What the account lacks to be classified."""
        return tuple(factor for factor in _NEEDED if self.raw(customer, factor) is None)

    def tier(self, customer: Customer) -> Classified | None:
        """The account's tier; None where it lacks revenue or potential."""
        limits = self.limits.get(customer.segment)
        revenue, potential = (self.raw(customer, factor) for factor in _NEEDED)
        if limits is None or revenue is None or potential is None:
            return None
        return classify(revenue.value, potential.value, limits)


def tiering(
    company: Mapping[int, Customer], inputs: Mapping[int, Inputs], rules: TierRules
) -> Tiering:
    """The limits of every segment of the company."""
    figures: dict[str | None, dict[Factor, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for customer in company.values():
        for factor in _NEEDED:
            found = inputs.get(customer.id, {}).get(factor)
            if isinstance(found, Raw):
                figures[customer.segment][factor].append(found.value)
    limits = {
        segment: cuts(known[Factor.REVENUE], known[Factor.POTENTIAL], rules)
        for segment, known in figures.items()
    }
    return Tiering(inputs, limits)


def tier_of(
    customer: Customer,
    company: Mapping[int, Customer],
    inputs: Mapping[int, Inputs],
    rules: TierRules,
) -> Classified | None:
    """The tier of one account against those of the same segment."""
    return tiering(company, inputs, rules).tier(customer)
