"""Which standard items of the information levels an account's records hold."""

from tools.domain.information import Item
from tools.domain.vocabulary import Layer, Measure
from tools.known import Known


def held_items(known: Known) -> frozenset[Item]:
    """The items that are recorded, whoever confirmed them."""
    found = _public(known) | _paid(known) | _private(known) | _from_the_top(known)
    return frozenset(item for item, held in found.items() if held)


def _public(known: Known) -> dict[Item, bool]:
    account = known.account
    return {
        Item.SEGMENT: account.segment is not None,
        Item.PLACE: any((account.city, account.country, account.region)),
        Item.EMPLOYEES: account.employees is not None,
        Item.FOUNDED: account.founded is not None,
        Item.WEBSITE: account.website is not None,
        Item.TURNOVER: Measure.COMPANY_REVENUE in known.figures,
    }


def _paid(known: Known) -> dict[Item, bool]:
    return {
        Item.PROFIT: Measure.COMPANY_PROFIT in known.figures,
        Item.MARKET: _answered(known, "market_"),
        Item.BARRIERS: _answered(known, "entry_") or _answered(known, "substitutes_"),
        Item.AIMS: _answered(known, "strategy_"),
    }


def _private(known: Known) -> dict[Item, bool]:
    return {
        Item.CONTACTS: bool(known.contacts),
        Item.NEEDS: bool(known.needs),
        Item.BUDGETS: any(need.amount is not None for need in known.needs),
        Item.SPEND: known.spend is not None,
        Item.SUPPLIERS: bool(known.wallet and known.wallet.competitors),
        Item.BUYING: bool(known.habits) or _answered(known, "structure_buying"),
    }


def _from_the_top(known: Known) -> dict[Item, bool]:
    return {
        Item.DECIDER: any(contact.decides for contact in known.contacts),
        Item.BUDGET_HOLDER: any(contact.holds_budget for contact in known.contacts),
        Item.REQUIREMENTS: any(
            need.confirmed and need.amount is not None and need.expected_on is not None
            for need in known.needs
        ),
        Item.DECISION_LAYER: any(contact.layer is Layer.DECISION for contact in known.contacts),
    }


def _answered(known: Known, prefix: str) -> bool:
    return any(question.startswith(prefix) for question in known.analysis)
