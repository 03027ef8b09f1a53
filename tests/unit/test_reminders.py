"""Reminders in the database: claimed once, taken over, forgotten; and what one says."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from tests.unit.catalog.world import TODAY, World, table_rows
from tools.data import reminders
from tools.data.database import Sessions
from tools.data.models import Person, Reminder, StrategyItem
from tools.domain.reminding import Kind, Wishes
from tools.domain.vocabulary import Role
from tools.reminding import reminder

NOW = datetime(2018, 1, 2, 10, tzinfo=UTC)
DAY, LEASE = NOW.date(), timedelta(minutes=15)


@pytest.fixture
def world(sessions: Sessions) -> World:
    return World(sessions)


def claim(world: World, person: int, by: str, day: date = DAY, at: datetime = NOW) -> int | None:
    with world.sessions() as session:
        return reminders.claim(session, person, day, Kind.DAILY, by=by, at=at)


def left(world: World, by: str, at: datetime) -> list[int | None]:
    with world.sessions() as session:
        return [row.id for row in reminders.left(session, by=by, at=at, lease=LEASE)]


def test_of_two_claims_one_wins(world: World) -> None:
    person = world.person("Anna Berg")
    first = claim(world, person, "one")
    assert first is not None
    assert claim(world, person, "two") is None
    assert claim(world, person, "one") is None
    assert claim(world, person, "two", DAY + timedelta(days=1)) is not None


def test_of_claims_at_the_same_time_one_wins(world: World) -> None:
    person, together = world.person("Anna Berg"), Barrier(4)

    def claimed(number: int) -> int | None:
        together.wait(10)
        return claim(world, person, f"process {number}")

    with ThreadPoolExecutor(4) as threads:
        won = [number for number in threads.map(claimed, range(4)) if number is not None]
    assert len(won) == 1


def test_what_is_claimed_or_done_counts_as_reminded(world: World) -> None:
    anna, ben = world.person("Anna Berg"), world.person("Ben Okafor")
    claim(world, anna, "one")
    with world.sessions() as session:
        assert reminders.reminded(session, [DAY]) == {(anna, DAY)}
        assert reminders.reminded(session, [DAY + timedelta(days=1)]) == set()
    assert ben


def test_what_a_process_left_is_taken_over_once(world: World) -> None:
    people = [world.person(name) for name in ("Anna Berg", "Ben Okafor", "Chen Wei")]
    numbers = [claim(world, person, "one") for person in people]
    with world.sessions() as session:
        reminders.sent(session, numbers[2] or 0, NOW, "1.2")
    later = NOW + LEASE + timedelta(seconds=1)
    assert left(world, "two", NOW + LEASE) == []
    assert left(world, "two", later) == numbers[:2]
    assert left(world, "three", later) == []
    assert left(world, "three", later + LEASE + timedelta(seconds=1)) == numbers[:2]


def test_of_takeovers_at_the_same_time_one_wins(world: World) -> None:
    numbers = [claim(world, world.person(f"Person {n}"), "one") for n in range(5)]
    later, together = NOW + timedelta(hours=1), Barrier(4)

    def taken(number: int) -> list[int | None]:
        together.wait(10)
        return left(world, f"process {number}", later)

    with ThreadPoolExecutor(4) as threads:
        found = [number for some in threads.map(taken, range(4)) for number in some]
    assert sorted(map(str, found)) == sorted(map(str, numbers))


def test_a_claim_is_held_until_it_is_taken_over_or_done(world: World) -> None:
    number = claim(world, world.person("Anna Berg"), "one") or 0
    later = NOW + timedelta(minutes=14)
    with world.sessions() as session:
        assert reminders.hold(session, number, by="one", at=later)
        assert not reminders.hold(session, number, by="two", at=later)
    assert left(world, "two", NOW + LEASE + timedelta(seconds=1)) == []
    assert left(world, "two", later + LEASE + timedelta(seconds=1)) == [number]
    with world.sessions() as session:
        assert not reminders.hold(session, number, by="one", at=later)
        reminders.sent(session, number, later, None)
        assert not reminders.hold(session, number, by="two", at=later)


def test_old_reminders_are_forgotten(world: World) -> None:
    person = world.person("Anna Berg")
    for back in range(4):
        claim(world, person, "one", DAY - timedelta(days=back))
    with world.sessions() as session:
        reminders.purge(session, DAY - timedelta(days=1))
        days = session.exec(select(Reminder.day).order_by(Reminder.day)).all()
    assert days == [DAY - timedelta(days=1), DAY]


def test_only_active_people_in_slack_are_reachable(world: World) -> None:
    linked = world.person("Anna Berg")
    gone = world.person("Ben Okafor", active=False)
    world.person("Chen Wei")
    with world.sessions() as session:
        for person in (linked, gone):
            session.get_one(Person, person).slack_user = f"T:U{person}"
        session.commit()
        assert [person.id for person in reminders.reachable(session)] == [linked]


def test_wishes_are_kept(world: World) -> None:
    person = world.person("Anna Berg")
    wished = Wishes(False, True, 20, 7, date(2018, 2, 1))
    with world.sessions() as session:
        assert reminders.wishes_of(session, person) == Wishes()
        reminders.wish(session, person, wished)
        reminders.wish(session, person, wished)
        assert reminders.wishes_of(session, person) == wished


def task(world: World, person: int, account: int, what: str, due: date | None) -> None:
    world.add(
        StrategyItem(
            account_id=account,
            kind="service",
            stage="1",
            description=what,
            due_on=due,
            owner_id=person,
        )
    )


def test_a_daily_reminder_has_what_is_due_by_tomorrow(world: World) -> None:
    person, account = world.person("Anna Berg"), world.account("Tarnwell Ltd")
    for what, days in (("late", -3), ("today", 0), ("tomorrow", 1), ("after", 2)):
        task(world, person, account, what, TODAY + timedelta(days=days))
    task(world, person, account, "whenever", None)
    [card] = reminder(world.deps(world.asker(person)), Kind.DAILY)
    assert [row[2] for row in table_rows(card)] == ["late", "today", "tomorrow"]


def test_nothing_urgent_needs_no_reminder(world: World) -> None:
    person, account = world.person("Anna Berg"), world.account("Tarnwell Ltd")
    deps = world.deps(world.asker(person))
    assert reminder(deps, Kind.DAILY) == reminder(deps, Kind.DIGEST) == ()
    task(world, person, account, "after", TODAY + timedelta(days=2))
    assert reminder(deps, Kind.DAILY) == ()
    [week] = reminder(deps, Kind.DIGEST)
    assert week.title.en == "Your week"
    assert [row[2] for row in table_rows(week)] == ["after"]


@pytest.mark.parametrize(
    ("role", "cards"), [(Role.REP, 0), (Role.MANAGER, 1), (Role.SALES_OPERATIONS, 1)]
)
def test_those_who_lead_get_their_portfolio_once_a_week(
    world: World, role: Role, cards: int
) -> None:
    unit = world.unit("East")
    lead, rep = world.person("Chen Wei", role, unit), world.person("Anna Berg", unit=unit)
    account = world.account("Tarnwell Ltd", classification=None)
    world.covers(rep, account)
    world.scored(account, 1_000, 50, 50)
    world.deal(account, rep, 5_000, date(2017, 1, 5))
    found = reminder(world.deps(world.asker(lead)), Kind.DIGEST)
    overviews = [card for card in found if card.title.en != "Your week"]
    assert len(overviews) == cards
