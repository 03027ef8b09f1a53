"""Reads in bulk of how accounts are kept: contacts, plans, reporting lines, reviews."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tools.data.models import Interaction, Plan, ReportingLine, ReviewEntry, ReviewPeriod
from tools.data.organisation import in_force
from tools.data.portfolio import rows
from tools.domain.upkeep import PlanState
from tools.domain.vocabulary import Line, PlanStatus


def last_contacts(
    session: Session, on: date, accounts: Collection[int] | None = None
) -> dict[int, date]:
    """The day of the newest contact logged by that day."""
    query = (
        select(col(Interaction.account_id), func.max(col(Interaction.held_on)))
        .where(col(Interaction.held_on) <= on)
        .group_by(col(Interaction.account_id))
    )
    return {row[0]: row[1] for row in rows(session, query, col(Interaction.account_id), accounts)}


def plan_states(session: Session, accounts: Collection[int] | None = None) -> dict[int, PlanState]:
    """The newest edition of each plan that is not superseded."""
    query = (
        select(
            col(Plan.account_id),
            col(Plan.edition),
            col(Plan.period_start),
            col(Plan.period_end),
            col(Plan.status),
            col(Plan.updated_on),
        )
        .where(col(Plan.status) != PlanStatus.SUPERSEDED)
        .order_by(col(Plan.edition))
    )
    return {
        row[0]: PlanState(*row[1:]) for row in rows(session, query, col(Plan.account_id), accounts)
    }


def lines_of_people(session: Session, on: date) -> dict[int, frozenset[Line]]:
    """The kinds of reporting line that each person has on that day."""
    query = select(col(ReportingLine.person_id), col(ReportingLine.line)).where(in_force(on))
    found: dict[int, set[Line]] = defaultdict(set)
    for person, line in rows(session, query):
        found[person].add(line)
    return {person: frozenset(lines) for person, lines in found.items()}


def last_key_accounts(session: Session, on: date) -> set[int]:
    """The accounts that the newest review they were part of, closed by that day, kept as key."""
    query = (
        select(col(ReviewEntry.account_id), col(ReviewEntry.key_account))
        .join(ReviewPeriod, col(ReviewPeriod.id) == col(ReviewEntry.review_id))
        .where(col(ReviewPeriod.closed_on) <= on)
        .order_by(col(ReviewPeriod.period_end), col(ReviewPeriod.id))
    )
    newest: dict[int, bool] = {row[0]: row[1] for row in rows(session, query)}
    return {account for account, key in newest.items() if key}
