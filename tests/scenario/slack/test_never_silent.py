"""Failures are told once, with a reference that the log has; limits are waited out."""

import logging
import re
from typing import Any
from unittest.mock import patch

import pytest

from bot.settings import Settings
from bot.slack.inbox import Inbox
from bot.turn import Reply, Turn
from tests.scenario.slack.conftest import Staff, Start
from tests.scenario.slack.models import answering, plain_reply
from tests.scenario.slack.peer import BOT_USER, SlackPeer

ASK = "What is share of wallet?"


async def test_a_failure_has_a_reference_that_the_log_has(
    slack: SlackPeer, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_turn: Turn, _step: Any, _say: Any) -> Reply:
        raise RuntimeError("broken inside")

    with answering(broken), caplog.at_level(logging.ERROR):
        [told] = await slack.answer(slack.said(ASK, staff.operations))
    reference = re.search(r"quote (\w+) when", told.text)
    assert reference
    assert reference[1] in caplog.text
    assert "broken inside" in caplog.text
    assert "broken inside" not in told.text


async def test_a_failure_in_a_channel_is_told_to_the_asker_alone(
    slack: SlackPeer, staff: Staff
) -> None:
    async def broken(_turn: Turn, _step: Any, _say: Any) -> Reply:
        raise RuntimeError

    slack.channels["C1"] = [staff.operations, BOT_USER]
    with answering(broken):
        body = slack.said(f"<@{BOT_USER}> {ASK}", staff.operations, "C1")
        [told] = await slack.answer(body)
    assert told.only == staff.operations


@pytest.mark.parametrize("error", ["internal_error", "ratelimited"])
async def test_slack_that_does_not_tell_who_asks_is_a_failure(
    slack: SlackPeer, staff: Staff, error: str
) -> None:
    slack.refuse("users.info", error, times=9)
    [told] = await slack.answer(slack.said(ASK, staff.operations))
    assert "quote" in told.text


async def test_refused_blocks_become_text(slack: SlackPeer, staff: Staff) -> None:
    slack.refuse("chat.postMessage", "invalid_blocks")

    async def fast(_turn: Turn, _step: Any, _say: Any) -> Reply:
        return plain_reply("It is the part of a customer's spend that goes to us.")

    with answering(fast):
        [answer] = await slack.answer(slack.said(ASK, staff.operations))
    assert "goes to us" in answer.text
    assert answer.blocks == []


async def test_waits_as_long_as_slack_says(slack: SlackPeer, staff: Staff) -> None:
    async def fast(_turn: Turn, _step: Any, _say: Any) -> Reply:
        return plain_reply("Here.")

    slack.limit("chat.postMessage", seconds=1, times=2)
    with answering(fast):
        assert len(await slack.answer(slack.said(ASK, staff.operations))) == 1
    first, second, third = slack.named("chat.postMessage")
    assert second.at - first.at >= 1
    assert third.at - second.at >= 1


async def test_what_could_not_be_sent_at_all_is_sent_later(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> None:
    async def fast(_turn: Turn, _step: Any, _say: Any) -> Reply:
        return plain_reply("Here.")

    peer.refuse("chat.postMessage", "fatal_error", times=3)
    with answering(fast):
        async with start(slack_settings, upkeep_every=0.2):
            [answer] = await peer.answer(peer.said(ASK, staff.operations))
    assert "Here." in answer.words()


async def test_an_event_that_could_not_be_claimed_is_taken_when_slack_sends_it_again(
    slack: SlackPeer, staff: Staff
) -> None:
    body = slack.said(ASK, staff.operations)
    no_database = patch.object(Inbox, "claim", side_effect=OSError("no database"))
    with no_database, pytest.raises(TimeoutError):
        await slack.deliver(body, seconds=0.5)
    await slack.deliver(body, retry=1)
    assert len(await slack.answered(body)) == 1


async def test_a_person_who_is_not_in_the_channel_is_written_to(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.channels["C1"] = [BOT_USER]
    body = slack.said(f"<@{BOT_USER}> Who are our key accounts?", staff.operations, "C1")
    await slack.deliver(body)
    await slack.until(lambda: [m for m in slack.messages if m.channel == staff.operations])
