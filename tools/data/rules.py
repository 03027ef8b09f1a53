"""The rule set in force, from the company's recorded versions."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, select

from tools.data.models import RuleSetRow
from tools.domain.overrides import with_overrides
from tools.domain.rules import RuleSet


def current_rules(session: Session) -> RuleSet:
    """The newest version; the defaults are version 0."""
    row = session.exec(select(RuleSetRow).order_by(col(RuleSetRow.version).desc())).first()
    return with_overrides(row.version, row.overrides) if row else RuleSet()


def rules_on(session: Session, day: date) -> RuleSet:
    """The version in force at the end of that day (UTC); the defaults before the first one."""
    ended = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    query = select(RuleSetRow).where(col(RuleSetRow.created_at) < ended)
    row = session.exec(query.order_by(col(RuleSetRow.version).desc())).first()
    return with_overrides(row.version, row.overrides) if row else RuleSet()


def rules_of(session: Session, version: int) -> RuleSet:
    """The rules of that version, to compute an old result again; KeyError if there is none."""
    if version == 0:
        return RuleSet()
    row = session.get(RuleSetRow, version)
    if row is None:
        raise KeyError(f"no rules of version {version}")
    return with_overrides(row.version, row.overrides)
