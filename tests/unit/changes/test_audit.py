"""The audit trail: a chain in which every alteration shows."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from tools import audit
from tools.data.database import Sessions
from tools.data.models import AuditEntry

AT = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def trail(sessions: Sessions) -> Sessions:
    """Three entries."""
    for n in range(3):
        with sessions() as session:
            audit.append(
                session,
                at=AT,
                actor_id=n,
                actor="Anna",
                surface="terminal",
                thread="t",
                action="change applied",
                subject=f"change:{n}",
                detail={"title": "改名", "rows": [{"after": {"city": "Lyon"}}]},
                rules_version=0,
            )
            session.commit()
    return sessions


def test_an_untouched_trail_holds(trail: Sessions) -> None:
    with trail() as session:
        assert audit.verify(session).sound


def entry(session: Session, number: int) -> AuditEntry:
    return session.exec(select(AuditEntry).where(AuditEntry.actor_id == number)).one()


def reworded(session: Session) -> None:
    entry(session, 1).detail = {"title": "nothing to see"}


def redated(session: Session) -> None:
    entry(session, 1).at = AT.replace(year=2025)


def renamed(session: Session) -> None:
    entry(session, 1).actor = "Ben"


def rehashed(session: Session) -> None:
    changed = entry(session, 1)
    changed.actor = "Ben"
    changed.hash = audit.digest(changed)


def removed(session: Session) -> None:
    session.delete(entry(session, 1))


@pytest.mark.parametrize("tamper", [reworded, redated, renamed, rehashed, removed])
def test_tampering_shows(trail: Sessions, tamper: Callable[[Session], None]) -> None:
    with trail() as session:
        tamper(session)
        session.commit()
    with trail() as session:
        assert not audit.verify(session).sound
