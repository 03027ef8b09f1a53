"""Coverage: who is recorded for an account on a day, and the deals an owner is derived from."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlmodel import Session, col

from tools.data.models import Coverage, Opportunity, Person
from tools.data.portfolio import few, rows
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


def accounts_of(
    session: Session, person_ids: set[int], today: date, rules: RuleSet = DEFAULTS
) -> set[int]:
    """The accounts these people cover that day, in any recorded role or as derived owners."""
    if not person_ids:
        return set()
    recorded = select(col(Coverage.account_id)).where(
        col(Coverage.person_id).in_(person_ids), _covers(today)
    )
    owned = _owned(today).where(col(Coverage.account_id) == col(Opportunity.account_id))
    sold_to = select(col(Opportunity.account_id)).where(
        col(Opportunity.person_id).in_(person_ids),
        col(Opportunity.stage) == Stage.WON,
        col(Opportunity.account_id).is_not(None),
        ~owned.exists(),
    )
    unowned = {row[0] for row in rows(session, sold_to)}
    derived = _derived(session, today, rules, (), unowned) if unowned else {}
    return {row[0] for row in rows(session, recorded)} | {
        account_id for account_id, found in derived.items() if found.owner_id in person_ids
    }


def derivations(
    session: Session, day: date, rules: RuleSet, among: Collection[int] | None = None
) -> dict[int, Derivation]:
    """What an owner is derived from, per account without a recorded owner on that day.

    `among` limits the accounts. An account where nothing was won by then is not in the result.
    """
    unowned = [col(Opportunity.account_id).not_in(_owned(day))]
    return _derived(session, day, rules, unowned, among)


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
    query = (
        select(col(Coverage.account_id), col(Coverage.role), col(Coverage.person_id))
        .where(_covers(day))
        .distinct()
    )
    wanted = set(account_ids)
    found = rows(session, query, col(Coverage.account_id), few(wanted))
    held = [(account, role, person) for account, role, person in found if account in wanted]
    unowned = wanted - {account for account, role, _ in held if role is CoverageRole.OWNER}
    owners = {
        account: found.owner_id
        for account, found in derivations(session, day, rules, unowned).items()
        if found.owner_id is not None
    }
    people = colleagues(session, {*(person for *_, person in held), *owners.values()})
    derived = {account: people[owner] for account, owner in owners.items()}
    recorded: dict[int, dict[CoverageRole, list[Colleague]]] = defaultdict(dict)
    for account, role, person in held:
        recorded[account].setdefault(role, []).append(people[person])
    return {
        account: AccountCoverage(account, _by_name(recorded[account]), derived.get(account))
        for account in sorted(wanted)
    }


def soundly_covered(
    session: Session, day: date, single_roles: Collection[CoverageRole]
) -> dict[int, bool]:
    """The accounts with a recorded owner where no owner has left and nobody shares one of the
    `single_roles`, each with whether it has a stand-in."""
    owns = col(Coverage.role) == CoverageRole.OWNER
    stands_in = col(Coverage.role) == CoverageRole.STAND_IN
    shared = [
        func.count(case((col(Coverage.role) == role, col(Coverage.person_id))).distinct()) > 1
        for role in single_roles
    ]
    query = (
        select(col(Coverage.account_id), func.count(case((stands_in, 1))))
        .join(Person, col(Person.id) == col(Coverage.person_id))
        .where(_covers(day))
        .group_by(col(Coverage.account_id))
        .having(
            func.count(case((owns, 1))) > 0,
            func.count(case((owns & col(Person.active).is_(False), 1))) == 0,
            ~or_(false(), *shared),
        )
    )
    return {account: stand_ins > 0 for account, stand_ins in rows(session, query)}


def colleagues(session: Session, people: Collection[int] | None = None) -> dict[int, Colleague]:
    """Everybody on our side by id, or at least these people; those who left are among them."""
    query = select(col(Person.id), col(Person.name), col(Person.active), col(Person.unit_id))
    return {row[0]: Colleague(*row) for row in rows(session, query, col(Person.id), few(people))}


def _by_name(
    roles: dict[CoverageRole, list[Colleague]],
) -> dict[CoverageRole, tuple[Colleague, ...]]:
    return {
        role: tuple(sorted(people, key=_name) if len(people) > 1 else people)
        for role, people in roles.items()
    }


def _derived(
    session: Session,
    day: date,
    rules: RuleSet,
    conditions: Sequence[ColumnElement[bool]],
    among: Collection[int] | None = None,
) -> dict[int, Derivation]:
    """Deals without a currency count in the base currency, deals without a value as nothing.

    The day is compared here: as a condition, it makes SQLite read all deals by closing day
    where it should read those of few accounts.
    """
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
        *conditions,
    )
    base = rules.company.base_currency
    wanted = None if among is None else set(among)
    found = rows(session, query, col(Opportunity.account_id), few(wanted))
    deals = [
        WonDeal(account, person, closed, value or Decimal(0), currency or base)
        for account, person, closed, value, currency in found
        if (wanted is None or account in wanted) and closed is not None and closed <= day
    ]
    people = colleagues(session, {deal.person_id for deal in deals})
    names = {person.id: person.name for person in people.values()}
    return derive_owners(deals, names, rules.coverage.derive_months)


def _name(person: Colleague) -> tuple[str, int]:
    return person.name, person.id


def _owned(day: date) -> Select[int]:
    return select(col(Coverage.account_id)).where(
        col(Coverage.role) == CoverageRole.OWNER, _covers(day)
    )


def _covers(day: date) -> ColumnElement[bool]:
    """The condition that a coverage is in force on a day; an open end always is."""
    starts, ends = col(Coverage.starts_on), col(Coverage.ends_on)
    return and_(or_(starts.is_(None), starts <= day), or_(ends.is_(None), ends >= day))
