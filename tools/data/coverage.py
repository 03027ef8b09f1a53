"""Coverage: who is recorded for an account on a day, and the deals an owner is derived from."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import Session, col

from tools.data.models import Coverage, Opportunity, Person
from tools.domain.coverage import Derivation, WonDeal, derive_owners
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import CoverageRole, Stage

DEFAULTS = RuleSet()


def accounts_of(
    session: Session, person_ids: set[int], today: date, rules: RuleSet = DEFAULTS
) -> set[int]:
    """The accounts these people cover that day, in any recorded role or as derived owners."""
    if not person_ids:
        return set()
    recorded = select(col(Coverage.account_id)).where(
        col(Coverage.person_id).in_(person_ids), _covers(today)
    )
    sold_to = select(col(Opportunity.account_id)).where(
        col(Opportunity.person_id).in_(person_ids), col(Opportunity.stage) == Stage.WON
    )
    derived = derivations(session, today, rules, among=sold_to)
    return set(session.execute(recorded).scalars()) | {
        account_id for account_id, found in derived.items() if found.owner_id in person_ids
    }


def derivations(
    session: Session,
    day: date,
    rules: RuleSet,
    among: Select[Any] | Collection[int] | None = None,
) -> dict[int, Derivation]:
    """What an owner is derived from, per account without a recorded owner on that day.

    `among` limits the accounts. An account where nothing was won by then is not in the result;
    deals without a currency count in the base currency, deals without a value as nothing.
    """
    owned = select(col(Coverage.account_id)).where(
        col(Coverage.role) == CoverageRole.OWNER, _covers(day)
    )
    query = select(
        col(Opportunity.account_id),
        col(Opportunity.person_id),
        col(Opportunity.closed_on),
        col(Opportunity.value),
        col(Opportunity.currency),
    ).where(
        col(Opportunity.stage) == Stage.WON,
        col(Opportunity.account_id).is_not(None),
        col(Opportunity.person_id).is_not(None),
        col(Opportunity.closed_on) <= day,
        col(Opportunity.account_id).not_in(owned),
    )
    if among is not None:
        query = query.where(col(Opportunity.account_id).in_(among))
    base = rules.company.base_currency
    deals = (
        WonDeal(account, person, closed, value or Decimal(0), currency or base)
        for account, person, closed, value, currency in session.execute(query)
    )
    return derive_owners(deals, _names(session), rules.coverage.derive_months)


def _names(session: Session) -> dict[int, str]:
    people = select(col(Person.id), col(Person.name))
    return {row.id: row.name for row in session.execute(people)}


def _covers(day: date) -> ColumnElement[bool]:
    """The condition that a coverage is in force on a day; an open end always is."""
    starts, ends = col(Coverage.starts_on), col(Coverage.ends_on)
    return and_(or_(starts.is_(None), starts <= day), or_(ends.is_(None), ends >= day))
