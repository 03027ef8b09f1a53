"""How the accounts of a scope are kept on a day, read and put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.data import upkeep as data
from tools.data.coverage import coverage_on
from tools.data.evaluations import last_held
from tools.data.portfolio import customers
from tools.domain.coverage import AccountCoverage
from tools.domain.customers import Customer
from tools.domain.review import evaluated
from tools.domain.rules import RuleSet
from tools.domain.tiers import Tier
from tools.domain.upkeep import Upkeep
from tools.domain.vocabulary import CoverageRole, Line
from tools.scoring import Scoreboard, scoreboard
from tools.tiering import Tiering, tiering


@dataclass(frozen=True)
class Kept:
    """The upkeep of each account, with the scores and tiers it was judged against."""

    accounts: Mapping[int, Upkeep]
    board: Scoreboard
    tiers: Tiering

    def tier(self, customer: Customer) -> Tier | None:
        found = self.tiers.tier(customer)
        return found.tier if found else None


def upkeep(
    session: Session,
    rules: RuleSet,
    accounts: Sequence[Customer],
    on: date,
    *,
    practice: bool = False,
) -> Kept:
    """The upkeep of these accounts; scores and tiers are taken over the whole company."""
    ids = [customer.id for customer in accounts]
    company = customers(session, sandbox=practice)
    board = scoreboard(session, rules, on, company, rules.score.top_share, practice=practice)
    tiers = tiering(board.columns, rules.tiers)
    covered = coverage_on(session, on, rules, ids)
    lines = data.lines_of_people(session, on)
    held = last_held(session, on, ids)
    contacts = data.last_contacts(session, on, ids)
    plans = data.plan_states(session, ids)

    def of(customer: Customer) -> Upkeep:
        key = customer.id
        found = tiers.tier(customer)
        tight = rules.evaluation.vip_short_end and bool(found and found.tier is Tier.VIP)
        standing = board.standing(key)
        return Upkeep(
            standing.in_top if standing else None,
            covered[key],
            _lines(covered[key], lines),
            evaluated(held.get(key, {}), rules.evaluation.cadences, on, tight=tight),
            contacts.get(key),
            plans.get(key),
        )

    return Kept({customer.id: of(customer) for customer in accounts}, board, tiers)


def _lines(covered: AccountCoverage, lines: Mapping[int, frozenset[Line]]) -> frozenset[Line]:
    """The lines of the owners; a director recorded for the account is its dotted line (K3)."""
    found = {line for owner in covered.owners for line in lines.get(owner.id, ())}
    if covered.recorded.get(CoverageRole.DIRECTOR):
        found.add(Line.DOTTED)
    return frozenset(found)
