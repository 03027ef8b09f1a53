"""Coverage: who is recorded for an account on a day, and the deals an owner is derived from."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from tools.data.models import Coverage, Opportunity, Person
from tools.data.portfolio import MOST_BOUND, rows
from tools.domain.coverage import (
    AccountCoverage,
    Colleague,
    Derivation,
    WonDeal,
    derive_owners,
)
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import CoverageRole, Stage

DEFAULTS = RuleSet()

Among: TypeAlias = Select[*tuple[Any, ...]] | Collection[int]


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
    session: Session, day: date, rules: RuleSet, among: Among | None = None
) -> dict[int, Derivation]:
    """What an owner is derived from, per account without a recorded owner on that day.

    `among` limits the accounts. An account where nothing was won by then is not in the result.
    """
    owned = select(col(Coverage.account_id)).where(
        col(Coverage.role) == CoverageRole.OWNER, _covers(day)
    )
    conditions = [col(Opportunity.account_id).not_in(owned)]
    if among is not None:
        conditions.append(col(Opportunity.account_id).in_(among))
    return _derived(session, day, rules, conditions)


def sellers(session: Session, account_id: int, day: date, rules: RuleSet) -> Derivation | None:
    """Who sold to the account by that day, whether an owner is recorded or not."""
    this = [col(Opportunity.account_id) == account_id]
    return _derived(session, day, rules, this).get(account_id)


def deals_by_person(session: Session, account_id: int, day: date) -> dict[int, int]:
    """How many deals of any stage each person began with the account by that day."""
    begun = col(Opportunity.engaged_on)
    query = (
        select(col(Opportunity.person_id), func.count())
        .where(
            col(Opportunity.account_id) == account_id,
            col(Opportunity.person_id).is_not(None),
            or_(begun.is_(None), begun <= day),
        )
        .group_by(col(Opportunity.person_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def coverage_on(
    session: Session, day: date, rules: RuleSet, account_ids: Collection[int]
) -> dict[int, AccountCoverage]:
    """Who covers each of these accounts on that day."""
    people = colleagues(session)
    query = (
        select(col(Coverage.account_id), col(Coverage.role), col(Coverage.person_id))
        .where(_covers(day))
        .distinct()
    )
    wanted = set(account_ids)
    recorded: dict[int, dict[CoverageRole, list[Colleague]]] = defaultdict(dict)
    few = wanted if len(wanted) <= MOST_BOUND else None
    for account, role, person in rows(session, query, col(Coverage.account_id), few):
        if account in wanted:
            recorded[account].setdefault(role, []).append(people[person])
    derived = {
        account: people[found.owner_id]
        for account, found in derivations(session, day, rules, few).items()
        if found.owner_id is not None
    }
    return {
        account: AccountCoverage(account, _by_name(recorded[account]), derived.get(account))
        for account in sorted(wanted)
    }


def colleagues(session: Session) -> dict[int, Colleague]:
    """Everybody on our side by id, those who left included."""
    query = select(col(Person.id), col(Person.name), col(Person.active), col(Person.unit_id))
    return {row[0]: Colleague(*row) for row in session.execute(query)}


def _by_name(
    roles: dict[CoverageRole, list[Colleague]],
) -> dict[CoverageRole, tuple[Colleague, ...]]:
    return {
        role: tuple(sorted(people, key=lambda person: (person.name, person.id)))
        for role, people in roles.items()
    }


def _derived(
    session: Session, day: date, rules: RuleSet, conditions: Sequence[ColumnElement[bool]]
) -> dict[int, Derivation]:
    """Deals without a currency count in the base currency, deals without a value as nothing."""
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
        *conditions,
    )
    base = rules.company.base_currency
    deals = (
        WonDeal(account, person, closed, value or Decimal(0), currency or base)
        for account, person, closed, value, currency in rows(session, query)
    )
    return derive_owners(deals, _names(session), rules.coverage.derive_months)


def _names(session: Session) -> dict[int, str]:
    people = select(col(Person.id), col(Person.name))
    return {row.id: row.name for row in session.execute(people)}


def _covers(day: date) -> ColumnElement[bool]:
    """The condition that a coverage is in force on a day; an open end always is."""
    starts, ends = col(Coverage.starts_on), col(Coverage.ends_on)
    return and_(or_(starts.is_(None), starts <= day), or_(ends.is_(None), ends >= day))
