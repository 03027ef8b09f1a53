"""The tier of an account within its segment."""

from collections.abc import Mapping
from decimal import Decimal

from tools.domain.customers import Customer
from tools.domain.rules import TierRules
from tools.domain.score import Inputs, Raw
from tools.domain.tiers import Classified, classify, cuts
from tools.domain.vocabulary import Factor


def tier_of(
    customer: Customer,
    company: Mapping[int, Customer],
    inputs: Mapping[int, Inputs],
    rules: TierRules,
) -> Classified | None:
    """The tier by revenue (value) and potential against the accounts of the same segment.

    None where the account lacks one of the two. That our revenue stands for the value is
    house.
    """
    peers = [key for key, other in company.items() if other.segment == customer.segment]
    revenues = [value for key in peers if (value := _raw(inputs, key, Factor.REVENUE)) is not None]
    potentials = [
        value for key in peers if (value := _raw(inputs, key, Factor.POTENTIAL)) is not None
    ]
    limits = cuts(revenues, potentials, rules)
    revenue = _raw(inputs, customer.id, Factor.REVENUE)
    potential = _raw(inputs, customer.id, Factor.POTENTIAL)
    if limits is None or revenue is None or potential is None:
        return None
    return classify(revenue, potential, limits)


def _raw(inputs: Mapping[int, Inputs], account: int, factor: Factor) -> Decimal | None:
    found = inputs.get(account, {}).get(factor)
    return found.value if isinstance(found, Raw) else None
