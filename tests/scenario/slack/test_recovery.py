"""Nothing that came in is lost: dead processes, stops, and what is too old to answer."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.main import open_records
from bot.settings import Settings
from bot.slack.inbound import asked
from bot.slack.sending import metadata_of
from bot.turn import Reply, Turn
from tests.scenario.slack.conftest import Staff, Start
from tests.scenario.slack.models import answering, plain_reply
from tests.scenario.slack.peer import BOT_USER, Message, SlackPeer
from tools.data.models import InboundEvent
from tools.domain.vocabulary import InboundState

ASK = "What is share of wallet?"


async def _fast(_turn: Turn, _step: Any, _say: Any) -> Reply:
    return plain_reply("Here it is.")


def _left(settings: Settings, body: dict[str, Any], **more: Any) -> None:
    """The event as a process left it that died two minutes ago."""
    said = asked(body, BOT_USER)
    assert said is not None
    then = datetime.now(UTC) - timedelta(minutes=2)
    with closing(open_records(settings)) as sessions, sessions() as session:
        event = {
            "surface": "slack",
            "event_id": said.event_id,
            "place": said.where.place,
            "moment": said.where.moment,
            "conversation": said.conversation,
            "payload": said.payload(),
            "claimed_by": "dead",
            "claimed_at": then,
            "received_at": then,
        }
        session.add(InboundEvent(**{**event, **more}))
        session.commit()


def _state(settings: Settings, body: dict[str, Any]) -> InboundEvent:
    with closing(open_records(settings)) as sessions, sessions() as session:
        return session.get_one(InboundEvent, ("slack", body["event_id"]))


async def test_answers_what_a_dead_process_left(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    body = peer.said(ASK, staff.operations)
    _left(slack_settings, body)
    with answering(_fast):
        async with start(slack_settings):
            [answer] = await peer.answered(body)
    assert "Here it is." in answer.words()
    event = _state(slack_settings, body)
    assert (event.state, event.attempts, event.payload) == (InboundState.ANSWERED, 2, {})


async def test_does_not_answer_again_what_stands_there(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    body = peer.said(ASK, staff.operations)
    _left(slack_settings, body, state=InboundState.SENDING)
    root, mark = body["event"]["ts"], metadata_of(body["event_id"], 1, 1)
    peer.messages.append(Message("D1", peer.ts(), root, "Here.", [], metadata=mark))
    with answering(_fast) as turns:
        async with start(slack_settings):
            await peer.until(lambda: peer.named("conversations.replies"))
            await peer.quiet()
    assert turns.turns == []
    assert _state(slack_settings, body).state is InboundState.ANSWERED


async def test_answers_what_was_about_to_be_sent_and_was_not(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    body = peer.said(ASK, staff.operations)
    _left(slack_settings, body, state=InboundState.SENDING)
    with answering(_fast):
        async with start(slack_settings):
            assert len(await peer.answered(body)) == 1


@pytest.mark.parametrize(
    "more",
    [{"received_at": datetime.now(UTC) - timedelta(hours=1)}, {"attempts": 3}],
    ids=["old", "failed"],
)
async def test_apologises_for_what_is_too_old_or_failed_too_often(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer, more: dict[str, Any]
) -> None:
    body = peer.said(ASK, staff.operations)
    _left(slack_settings, body, **more)
    with answering(_fast) as turns:
        async with start(slack_settings):
            [answer] = await peer.answered(body)
            await peer.quiet(0.2)
    assert "ask again" in answer.text
    assert turns.turns == []
    assert _state(slack_settings, body).state is InboundState.GIVEN_UP


async def test_leaves_alone_what_a_living_process_works_on(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    body = peer.said(ASK, staff.operations)
    _left(slack_settings, body, claimed_at=datetime.now(UTC))
    with answering(_fast) as turns:
        async with start(slack_settings):
            await peer.quiet()
    assert turns.turns == []


async def test_a_stop_hands_back_what_has_not_ended_and_the_next_start_answers(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    async def endless(_turn: Turn, _step: Any, _say: Any) -> Reply:
        await asyncio.sleep(3600)
        raise AssertionError

    body = peer.said(ASK, staff.operations)
    with answering(endless) as turns:
        async with start(slack_settings, grace=0.1):
            await peer.deliver(body)
            await peer.until(lambda: turns.turns or None)
    assert peer.messages == []
    with answering(_fast):
        async with start(slack_settings):
            assert len(await peer.answered(body)) == 1


async def test_a_stop_lets_a_running_answer_end(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    async def slow(_turn: Turn, _step: Any, _say: Any) -> Reply:
        await asyncio.sleep(0.5)
        return plain_reply("Here it is.")

    body = peer.said(ASK, staff.operations)
    with answering(slow):
        async with start(slack_settings):
            await peer.deliver(body)
    assert len(await peer.answered(body)) == 1


async def test_who_lost_the_claim_says_nothing_and_leaves_the_event_open(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    taken = asyncio.Event()

    async def until_taken(_turn: Turn, step: Any, _say: Any) -> Reply:
        step("risks", {})
        await taken.wait()
        return plain_reply("Here it is.")

    body = peer.said(ASK, staff.operations)
    with answering(until_taken):
        async with start(slack_settings):
            await peer.deliver(body)
            await peer.until(lambda: peer.named("chat.startStream"))
            with closing(open_records(slack_settings)) as sessions, sessions() as session:
                event = session.get_one(InboundEvent, ("slack", body["event_id"]))
                event.claimed_by = "another"
                session.add(event)
                session.commit()
            taken.set()
            await peer.until(lambda: peer.named("chat.delete"))
    assert peer.messages == []
    assert _state(slack_settings, body).answered_at is None
