"""Reminders: to those who wish them, once a day, in their own time, never twice."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.blocks import home as views
from bot.slack.reminding import EVENT_TYPE, Reminding
from bot.slack.serve import serve
from tests.scenario.slack.acting import clicked, has
from tests.scenario.slack.peer import Message
from tests.scenario.slack.town import DAY, HOUR, TUESDAY, Town
from tools.data import reminders
from tools.domain.reminding import Wishes

# What the database has no part in is tried on one.
on_one = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_who_has_something_urgent_hears_of_it_once(town: Town) -> None:
    town.person("UBUSY")
    town.person("UFREE", busy=False)
    assert await town.run() == 1
    [message] = town.sent()
    assert message.channel == "DUBUSY"
    assert "Call back for UBUSY" in message.words()
    for action in (views.SNOOZE, views.STOP, views.SETTINGS):
        assert has(message, action)
    for later in (HOUR, 2 * HOUR, 8 * HOUR):
        assert await town.run(TUESDAY + later) == 0
    assert len(town.sent()) == 1
    assert [row.moment for row in town.rows()] == [message.ts, None]
    assert await town.run(TUESDAY + DAY) == 1


@on_one
async def test_a_thing_that_comes_up_later_waits_for_tomorrow(town: Town) -> None:
    town.person("UFREE", busy=False)
    assert await town.run() == 0
    town.task("UFREE")
    assert await town.run(TUESDAY + HOUR) == 0
    assert await town.run(TUESDAY + DAY) == 1


async def test_two_processes_at_once_send_one(town: Town) -> None:
    for number in range(5):
        town.person(f"U{number}")
    async with AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(town.open()) for _ in range(3)]
        counts = await asyncio.gather(*(Reminding(desk).run() for desk in desks))
    assert sum(counts) == len(town.sent()) == 5


async def test_a_process_that_died_before_sending_is_made_up_for_once(town: Town) -> None:
    town.person("UBUSY")
    town.claimed("UBUSY", TUESDAY)
    assert await town.run(TUESDAY + timedelta(minutes=14)) == 0
    assert await town.run(TUESDAY + timedelta(minutes=16)) == 1
    assert await town.run(TUESDAY + HOUR) == 0
    assert len(town.sent()) == 1


async def test_a_process_that_died_after_sending_is_not_repeated(town: Town) -> None:
    town.person("UBUSY")
    number = town.claimed("UBUSY", TUESDAY)
    standing = Message("DUBUSY", town.slack.ts(), None, "2 things wait", [])
    standing.metadata = {"event_type": EVENT_TYPE, "event_payload": {"reminder": number}}
    other = Message("DUBUSY", town.slack.ts(), None, "another day's", [])
    other.metadata = {"event_type": EVENT_TYPE, "event_payload": {"reminder": number + 1}}
    town.slack.messages += [standing, other]
    assert await town.run(TUESDAY + HOUR) == 0
    assert len(town.sent()) == 2
    [row] = town.rows()
    assert row.moment == standing.ts
    assert row.sent_at is not None


async def test_a_process_that_dies_between_two_people_leaves_the_rest(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in ("UONE", "UTWO", "UTHREE"):
        town.person(user)
    # The second message stands when the process ends before it could mark that.
    mark, marks = reminders.sent, iter([True, False])

    def sent(*given: Any) -> None:
        if not next(marks):
            raise asyncio.CancelledError
        mark(*given)

    monkeypatch.setattr(reminders, "sent", sent)
    with pytest.raises(asyncio.CancelledError):
        await town.run()
    monkeypatch.setattr(reminders, "sent", mark)
    assert len(town.sent()) == 2
    assert await town.run(TUESDAY + HOUR) == 1
    assert sorted(m.channel for m in town.sent()) == ["DUONE", "DUTHREE", "DUTWO"]
    assert all(row.sent_at for row in town.rows())


async def test_a_process_with_a_long_queue_leaves_what_another_took_over(town: Town) -> None:
    for user in ("UONE", "UTWO", "UTHREE"):
        town.person(user)
    counts = []

    async def slow(_given: Any) -> None:
        town.now = TUESDAY + timedelta(minutes=14)

    async def slower(_given: Any) -> None:
        town.now = TUESDAY + timedelta(minutes=16)
        async with town.open() as other:
            counts.append(await Reminding(other).run())

    town.slack.script("conversations.open", slow, slower)
    counts.append(await town.run())
    assert counts == [1, 2]
    assert sorted(m.channel for m in town.sent()) == ["DUONE", "DUTHREE", "DUTWO"]


@on_one
async def test_what_slack_refused_is_tried_again(town: Town) -> None:
    town.person("UBUSY")
    town.slack.refuse("conversations.open", "fatal_error")
    assert await town.run() == 0
    assert await town.run(TUESDAY + timedelta(minutes=5)) == 0
    assert await town.run(TUESDAY + timedelta(minutes=20)) == 1


@on_one
@pytest.mark.parametrize("later", [timedelta(hours=11), DAY])
async def test_what_was_left_is_not_sent_at_night_or_another_day(
    town: Town, later: timedelta
) -> None:
    town.person("UBUSY")
    town.claimed("UBUSY", TUESDAY)
    sent = await town.run(TUESDAY + later)
    rows = town.rows()
    assert rows[0].sent_at is not None
    assert rows[0].moment is None
    assert sent == len(rows) - 1


@on_one
async def test_what_was_left_is_dropped_when_it_is_not_wished_any_more(town: Town) -> None:
    town.person("UBUSY")
    town.claimed("UBUSY", TUESDAY)
    town.wish("UBUSY", reminders=False, digest=False)
    assert await town.run(TUESDAY + HOUR) == 0
    assert [row.moment for row in town.rows()] == [None]


@on_one
async def test_each_has_their_own_hours(town: Town) -> None:
    """Quiet until nine: at 9:00 in Berlin it is 16:00 in Shanghai and 3:00 in New York."""
    town.person("UBERLIN", time_zone="Europe/Berlin")
    town.person("USHANGHAI", time_zone="Asia/Shanghai")
    town.person("UNEWYORK", time_zone="America/New_York")
    town.person("USLACK")
    town.slack.users["USLACK"]["tz"] = "America/New_York"
    at = datetime(2018, 1, 2, 8, tzinfo=UTC)
    reached = []
    for hour in (-8, -7, 0, 5, 6):
        await town.run(at + hour * HOUR)
        reached.append(sorted({m.channel for m in town.sent()}))
    assert reached == [
        [],
        ["DUSHANGHAI"],
        ["DUBERLIN", "DUSHANGHAI"],
        ["DUBERLIN", "DUSHANGHAI"],
        ["DUBERLIN", "DUNEWYORK", "DUSHANGHAI", "DUSLACK"],
    ]


@on_one
async def test_a_zone_that_slack_does_not_tell_is_waited_for(town: Town) -> None:
    town.person("UBUSY")
    town.slack.refuse("users.info", "fatal_error")
    assert await town.run() == 0
    assert town.rows() == []
    assert await town.run(TUESDAY + HOUR) == 1


@on_one
async def test_weekends_are_free_and_mondays_have_the_overview(town: Town) -> None:
    town.person("UBUSY")
    sent = [await town.run(TUESDAY + days * DAY) for days in range(1, 7)]
    assert sent == [1, 1, 1, 0, 0, 1]
    assert "Your week" in town.sent()[-1].words()


@on_one
async def test_guests_and_strangers_get_nothing(town: Town) -> None:
    town.person("UGUEST")
    town.slack.users["UGUEST"]["is_restricted"] = True
    town.person("UGONE")
    town.slack.users["UGONE"]["deleted"] = True
    town.person("ULEFT", active=False)
    assert await town.run() == 0
    assert town.sent() == []


@on_one
async def test_speaks_the_language_of_the_reader(town: Town) -> None:
    town.person("UBUSY", language="zh-Hant")
    await town.run()
    [message] = town.sent()
    assert "一週內不提醒" in message.words() or "一周內不提醒" in message.words()


@on_one
async def test_snooze_and_stop_by_the_buttons_of_the_message(town: Town) -> None:
    town.now = datetime.now(UTC)
    town.person("UBUSY")
    town.person("UDONE")
    with town.sessions() as session:
        for user in town.people:
            reminders.wish(session, town.people[user], Wishes(quiet_from=0, quiet_until=0))
    await town.run(TUESDAY)
    stop, ready = asyncio.Event(), asyncio.Event()

    def is_ready(address: str) -> None:
        town.slack.web_url = address
        ready.set()

    running = asyncio.create_task(serve(town.settings, stop=stop, ready=is_ready, grace=5))
    await ready.wait()
    try:
        for user, action, words in (
            ("UBUSY", views.SNOOZE, "before"),
            ("UDONE", views.STOP, "not write to you unasked"),
        ):
            [message] = town.sent(user)[:1]
            await town.slack.click(clicked(town.slack, message, action, user))
            await town.slack.until(
                lambda words=words: any(words in a["text"] for a in town.slack.answers)
            )
    finally:
        stop.set()
        await running
    with town.sessions() as session:
        snoozed = reminders.wishes_of(session, town.people["UBUSY"])
        stopped = reminders.wishes_of(session, town.people["UDONE"])
    today = datetime.now(UTC).astimezone().date()
    assert snoozed.snoozed_until is not None
    assert timedelta(days=6) <= snoozed.snoozed_until - today <= timedelta(days=8)
    assert (stopped.reminders, stopped.digest) == (False, False)
    assert await town.run(TUESDAY + DAY) == 0
