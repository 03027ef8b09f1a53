"""The clock goes two hours back, or two days forward, between a proposal and its decision."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.unit.catalog.world import World
from tests.unit.changes.records import account, renamed
from tools import audit
from tools.changes import confirm, undo
from tools.data.database import Sessions
from tools.data.models import AuditEntry
from tools.deps import Deps

pytestmark = pytest.mark.long

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _at(world: World, moment: datetime) -> Deps:
    return replace(world.deps(), clock=lambda: moment)


@pytest.mark.parametrize(
    ("jump", "outcome", "city"),
    [
        (timedelta(hours=-2), "applied", "Paris"),
        (timedelta(days=-400), "applied", "Paris"),
        (timedelta(days=2), "expired", "Lyon"),
        (timedelta(days=400), "expired", "Lyon"),
    ],
)
def test_a_jump_before_the_decision(
    sessions: Sessions, jump: timedelta, outcome: str, city: str
) -> None:
    world = World(sessions)
    number = world.account("Alpha", city="Lyon")
    change = renamed(_at(world, NOON), number, city="Paris").change_id
    assert confirm(_at(world, NOON + jump), change).outcome == outcome
    assert confirm(_at(world, NOON), change).outcome == "already"
    assert account(sessions, number).city == city
    _in_order(sessions, 2)


def test_a_jump_back_before_an_undo(sessions: Sessions) -> None:
    world = World(sessions)
    number = world.account("Alpha", city="Lyon")
    change = renamed(_at(world, NOON), number, city="Paris").change_id
    assert confirm(_at(world, NOON), change).outcome == "applied"
    assert undo(_at(world, NOON - timedelta(hours=2)), change).outcome == "undone"
    assert account(sessions, number).city == "Lyon"
    _in_order(sessions, 3)


def _in_order(sessions: Sessions, entries: int) -> None:
    """The trail keeps the order of what happened, whatever the clock said."""
    with sessions() as session:
        kept = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert len(kept) == entries
        assert kept[0] == "change proposed"
        assert audit.verify(session).sound
