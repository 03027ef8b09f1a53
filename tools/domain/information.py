"""How complete our information on a customer is: by level and by domain of the analysis (K2).

The items of a level, the ages and the order of the next question are house.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tools.domain.periods import months_before
from tools.domain.vocabulary import Level


class Item(StrEnum):
    """A standard item of a level, by what is recorded."""

    SEGMENT = "segment"
    PLACE = "place"
    EMPLOYEES = "employees"
    FOUNDED = "founded"
    WEBSITE = "website"
    TURNOVER = "turnover"
    PROFIT = "profit"
    MARKET = "market"
    BARRIERS = "barriers"
    AIMS = "aims"
    CONTACTS = "contacts"
    NEEDS = "needs"
    BUDGETS = "budgets"
    SPEND = "spend"
    SUPPLIERS = "suppliers"
    BUYING = "buying"
    DECIDER = "decider"
    BUDGET_HOLDER = "budget_holder"
    REQUIREMENTS = "requirements"
    DECISION_LAYER = "decision_layer"


ITEMS: Mapping[Level, tuple[Item, ...]] = {
    Level.PUBLIC: (
        Item.SEGMENT,
        Item.PLACE,
        Item.EMPLOYEES,
        Item.FOUNDED,
        Item.WEBSITE,
        Item.TURNOVER,
    ),
    Level.PUBLIC_PAID: (Item.PROFIT, Item.MARKET, Item.BARRIERS, Item.AIMS),
    Level.PRIVATE: (
        Item.CONTACTS,
        Item.NEEDS,
        Item.BUDGETS,
        Item.SPEND,
        Item.SUPPLIERS,
        Item.BUYING,
    ),
    Level.PRIVATE_TOP: (
        Item.DECIDER,
        Item.BUDGET_HOLDER,
        Item.REQUIREMENTS,
        Item.DECISION_LAYER,
    ),
}


class Domain(StrEnum):
    """The five domains of the customer analysis (K2)."""

    STRUCTURE = "structure"
    INDUSTRY = "industry"
    STRATEGY = "strategy"
    DEMAND = "demand"
    PERFORMANCE = "performance"


_DOMAIN_OF = {
    "market": Domain.INDUSTRY,
    "entry": Domain.INDUSTRY,
    "substitutes": Domain.INDUSTRY,
    "buyers": Domain.INDUSTRY,
    "suppliers": Domain.INDUSTRY,
    "rivalry": Domain.INDUSTRY,
}
_MONTHS_FRESH = {Domain.DEMAND: 3}
_MONTHS_FRESH_ELSE = 12


def domain_of(question: str) -> Domain:
    """The domain of a question by the first word of its key; an unknown word is a ValueError."""
    first = question.partition("_")[0]
    return _DOMAIN_OF.get(first) or Domain(first)


@dataclass(frozen=True)
class Completeness:
    """What is known of a list, and what is open in its order."""

    known: int
    open: tuple[str, ...]

    @property
    def of(self) -> int:
        return self.known + len(self.open)

    @property
    def share(self) -> Decimal | None:
        """Known ÷ all; None of an empty list."""
        return Decimal(self.known) / self.of if self.of else None


def completeness(asked: Sequence[str], known: Collection[str]) -> Completeness:
    """How much of a list is known."""
    open_ = tuple(key for key in asked if key not in known)
    return Completeness(len(asked) - len(open_), open_)


def by_level(held: Collection[Item]) -> Mapping[Level, Completeness]:
    """The four levels with what is recorded."""
    return {level: completeness(items, held) for level, items in ITEMS.items()}


def complete_to(levels: Mapping[Level, Completeness]) -> int:
    """The highest level up to which no item is open; 0 where level 1 has a gap."""
    reached = 0
    for level in Level:
        if levels[level].open:
            break
        reached = int(level)
    return reached


def by_domain(questions: Sequence[str], answered: Collection[str]) -> Mapping[Domain, Completeness]:
    """The five domains with the questions answered in each."""
    return {
        domain: completeness([q for q in questions if domain_of(q) is domain], answered)
        for domain in Domain
    }


def next_questions(domains: Mapping[Domain, Completeness]) -> tuple[str, ...]:
    """Open questions, those of the least complete domain first, then in the order of the list."""
    order = list(Domain)
    ranked = sorted(domains, key=lambda d: (domains[d].share or Decimal(0), order.index(d)))
    return tuple(question for domain in ranked for question in domains[domain].open)


def outdated(question: str, as_of: date, on: date) -> bool:
    """Whether an answer is due for renewal: after 12 months, on demand after 3 (house)."""
    months = _MONTHS_FRESH.get(domain_of(question), _MONTHS_FRESH_ELSE)
    return as_of < months_before(on, months)
