"""How a company's accounts stand by value and closeness, and what explains a few of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools.data.closeness import contacts
from tools.data.closeness_columns import contact_columns
from tools.data.spend import addressable_spend, habits
from tools.data.value_columns import value_columns
from tools.domain.closeness import Closeness, Contacts, closeness
from tools.domain.closeness_columns import totals
from tools.domain.customers import Customer
from tools.domain.percentiles import percentile
from tools.domain.priority import Placed, Quadrant, by_quadrant
from tools.domain.rules import RuleSet
from tools.domain.value import ValueEstimate, estimate
from tools.domain.value_columns import values
from tools.selection import Selection
from tools.text import Money


@dataclass(frozen=True)
class Assessed:
    """An account with its value (None: spend not known) and closeness."""

    customer: Customer
    value: ValueEstimate | None
    closeness: Closeness


@dataclass(frozen=True)
class Placing:
    """The chosen accounts by quadrant, and by name those that lack value or closeness.

    `limit` is the value from which an account counts as high, None where no value is known;
    `unadjusted` counts the values that lack a multiplier.
    """

    limit: Money | None
    quadrants: Mapping[Quadrant, Sequence[Placed]]
    incomplete: Sequence[Customer]
    unadjusted: int


def placing(session: Session, day: date, chosen: Selection, rules: RuleSet) -> Placing:
    """Where the chosen accounts stand against the values of the company."""
    ids = {customer.id for customer in chosen.chosen}
    spent = value_columns(session, day, rules, chosen.company.keys(), practice=chosen.practice)
    worth = values(spent, rules.value)
    near = totals(contact_columns(session, day, rules.closeness, ids), rules.closeness)
    limit = percentile(worth.values(), rules.priority.value_percentile)
    known = worth.keys() & near.keys()
    placed = (Placed(c.id, c.name, worth[c.id], near[c.id]) for c in chosen.chosen if c.id in known)
    return Placing(
        None if limit is None else Money(limit, rules.company.base_currency),
        by_quadrant(placed, limit or Decimal(0), rules.priority),
        [customer for customer in chosen.chosen if customer.id not in known],
        len(spent.with_open_traits() & ids),
    )


def assessments(
    session: Session, day: date, customers: list[Customer], rules: RuleSet
) -> dict[int, Assessed]:
    """What explains where these accounts stand."""
    ids = [customer.id for customer in customers]
    spends = addressable_spend(session, day, rules.company.base_currency, ids)
    behaviour = habits(session, day, ids)
    logged = contacts(session, day, rules.closeness, ids)
    return {
        c.id: Assessed(
            c,
            estimate(spends.get(c.id), behaviour.get(c.id, {}), rules.value),
            closeness(logged.get(c.id, Contacts()), day, rules.closeness),
        )
        for c in customers
    }
