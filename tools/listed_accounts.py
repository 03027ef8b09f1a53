"""Accounts with what lists of them show: region, status, first day as a customer, plan."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.access import Scope
from tools.data import organisation
from tools.data.account_facts import AccountFacts, facts_of, first_sales
from tools.data.coverage import coverage_on
from tools.data.upkeep import plan_states
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.upkeep import PlanState


@dataclass(frozen=True)
class Listed:
    """An account with its region (of its owner's unit where none is recorded) and since when it
    is a customer: as recorded, or from its first sale where the asker may read that."""

    customer: Customer
    facts: AccountFacts
    region: str | None
    first_sale: date | None
    plan: PlanState | None

    @property
    def since(self) -> date | None:
        return self.facts.customer_since or self.first_sale

    def group(self, by: str) -> str | None:
        if by == "status":
            return self.facts.status.value
        return self.region if by == "region" else self.customer.segment


def read_listed(
    session: Session, deps: Deps, scope: Scope, chosen: tuple[Customer, ...]
) -> list[Listed]:
    """These accounts; first sales and plans of those only that the scope reads in full."""
    ids = {customer.id for customer in chosen}
    full = {account for account in ids if scope.reads_fully(account)}
    facts, sold = facts_of(session, ids), first_sales(session, full)
    plans, regions = plan_states(session, full), _owners_regions(session, deps, chosen)
    return [
        Listed(c, facts[c.id], c.region or regions.get(c.id), sold.get(c.id), plans.get(c.id))
        for c in chosen
    ]


def _owners_regions(
    session: Session, deps: Deps, chosen: tuple[Customer, ...]
) -> dict[int, str | None]:
    """The regions of the owners' units, for the accounts that name none themselves."""
    unplaced = {customer.id for customer in chosen if customer.region is None}
    if not unplaced:
        return {}
    covered = coverage_on(session, deps.today, deps.rules, unplaced)
    regions = organisation.regions_of_people(session)
    return {
        account: next((regions[o.id] for o in found.owners if o.id in regions), None)
        for account, found in covered.items()
    }
