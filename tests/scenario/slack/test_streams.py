"""What is seen while an answer is made: steps, sentences, the session, the button that stops it."""

import asyncio
from typing import Any
from unittest.mock import patch

import pytest

from bot.assistant import Assistant
from bot.slack import stream
from bot.turn import Reply, Turn
from tests.scenario.slack.conftest import Staff
from tests.scenario.slack.models import answering, plain_reply
from tests.scenario.slack.peer import BOT_USER, SlackPeer

SENTENCES = ("Kan-code leads. ", "它排名第一。", " That is *all* <!here>.")


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_PATIENCE", 0.0)
    monkeypatch.setattr(stream, "_PACE", 0.05)


async def _slowly(_turn: Turn, step: Any, say: Any) -> Reply:
    step("composite_score", {"account": "Secret Ltd"})
    await asyncio.sleep(0.3)
    step("risks", {"account": "Secret Ltd"})
    await asyncio.sleep(0.3)
    for sentence in SENTENCES:
        say(sentence)
        await asyncio.sleep(0.2)
    return plain_reply("".join(SENTENCES))


async def test_shows_steps_in_words_then_the_sentences_once(slack: SlackPeer, staff: Staff) -> None:
    with answering(_slowly):
        [answer] = await slack.answer(slack.said("score and risks?", staff.operations))
    titles = [chunk["title"] for chunk in answer.steps.values()]
    assert titles == ["Working out the score", "Looking up risks"]
    assert {chunk["status"] for chunk in answer.steps.values()} == {"complete"}
    assert answer.text.count("Kan-code leads.") == 1
    assert answer.text.count("它排名第一。") == 1
    assert "Kan-code" not in str(answer.blocks)
    assert "Secret" not in str(slack.named("chat.startStream")) + answer.words()
    assert "*all*" not in answer.text
    assert "<!here>" not in answer.text


async def test_says_who_the_stream_is_for(slack: SlackPeer, staff: Staff) -> None:
    with answering(_slowly):
        await slack.answer(slack.said("score?", staff.operations))
    [call] = slack.named("chat.startStream")
    assert call["recipient_user_id"] == staff.operations
    assert call["recipient_team_id"]


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
async def test_a_stream_that_expired_is_replaced_by_the_whole_answer(
    slack: SlackPeer, staff: Staff, method: str
) -> None:
    slack.refuse(method, "message_not_in_streaming_state")

    async def in_steps(_turn: Turn, step: Any, say: Any) -> Reply:
        step("risks", {})
        await slack.until(lambda: slack.named("chat.startStream"))
        say(SENTENCES[0])
        if method == "chat.appendStream":
            await slack.until(lambda: slack.named(method))
        return plain_reply(SENTENCES[0])

    with answering(in_steps):
        body = slack.said("score?", staff.operations)
        await slack.answer(body)
        await slack.until(lambda: slack.named("chat.update"))
    [answer] = slack.thread("D1", body["event"]["ts"])
    assert answer.text.count("Kan-code leads.") == 1


async def test_blocks_that_slack_refuses_at_the_end_of_a_stream_become_simpler(
    slack: SlackPeer, staff: Staff
) -> None:
    real = Assistant.answer

    async def streamed(assistant: Assistant, turn: Turn, step: Any, *_more: Any) -> Reply:
        step("key_accounts", {})
        await slack.until(lambda: slack.named("chat.startStream"))
        return await real(assistant, turn)

    slack.refuse("chat.stopStream", "invalid_blocks", times=2)
    with patch.object(Assistant, "answer", streamed):
        body = slack.said("Who are our key accounts?", staff.operations)
        [answer] = await slack.answer(body)
    assert len(slack.named("chat.stopStream")) == 3
    assert answer.text or answer.blocks
    assert "data_table" not in [block["type"] for block in answer.blocks]


async def test_a_stream_that_cannot_begin_leaves_a_plain_message(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.limit("chat.startStream", seconds=30)
    with answering(_slowly):
        [answer] = await slack.answer(slack.said("score?", staff.operations))
    assert answer.words().count("Kan-code leads.") >= 1
    assert not slack.named("chat.appendStream")


async def test_nothing_is_streamed_into_a_channel(slack: SlackPeer, staff: Staff) -> None:
    slack.channels["C1"] = [staff.operations, BOT_USER]
    with answering(_slowly):
        said = f"<@{BOT_USER}> score?"
        [answer] = await slack.answer(slack.said(said, staff.operations, "C1"))
    assert not slack.named("chat.startStream")
    assert answer.only == staff.operations


async def test_the_session_is_processing_then_active_and_named(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.refuse("chat.startStream", "not_allowed")
    real = Assistant.answer

    async def later(assistant: Assistant, turn: Turn, *_more: Any) -> Reply:
        await slack.until(lambda: slack.named("agents.sessions.setStatus"))
        return await real(assistant, turn)

    with patch.object(Assistant, "answer", later):
        body = slack.said("Who are our key accounts?", staff.operations)
        await slack.answer(body)
        await slack.until(lambda: slack.named("agents.sessions.rename"))
    first, last = slack.named("agents.sessions.setStatus")
    assert (first["status"], first["title"]) == ("processing", "Who are our key accounts?")
    assert (last["status"], last["title"]) == ("active", None)
    assert first["thread_ts"] == body["event"]["ts"]
    assert 0 < len(slack.named("agents.sessions.rename")[0]["title"]) <= 80


async def test_the_session_is_suspended_while_a_change_waits(
    slack: SlackPeer, staff: Staff
) -> None:
    async def proposing(_turn: Turn, _step: Any, _say: Any) -> Reply:
        return plain_reply("Please confirm.", pending={"id": 1})

    with answering(proposing):
        await slack.answer(slack.said("change it", staff.operations))
        await slack.until(lambda: slack.named("agents.sessions.setStatus"))
    [only] = slack.named("agents.sessions.setStatus")
    assert (only["status"], only["title"]) == ("suspended", "change it")


async def test_a_stream_ends_the_work_of_the_session_by_itself(
    slack: SlackPeer, staff: Staff
) -> None:
    with answering(_slowly):
        await slack.answer(slack.said("score and risks?", staff.operations))
        await slack.quiet()
    assert [one["status"] for one in slack.named("agents.sessions.setStatus")] == ["processing"]
    assert slack.named("chat.stopStream")[-1]["session_status"] == "active"


async def test_an_app_without_sessions_answers_all_the_same(slack: SlackPeer, staff: Staff) -> None:
    slack.refuse("agents.sessions.setStatus", "not_authorized", times=5)
    assert await slack.answer(slack.said("What is share of wallet?", staff.operations))


def _stopped(slack: SlackPeer, body: dict[str, Any], user: str) -> dict[str, Any]:
    return slack.event(
        {
            "type": "agent_session_stopped",
            "channel": body["event"]["channel"],
            "thread_ts": body["event"]["ts"],
            "user": user,
            "streaming_message_ts": [],
            "event_ts": slack.ts(),
        }
    )


async def test_stop_ends_the_work_and_says_so(slack: SlackPeer, staff: Staff) -> None:
    async def endless(_turn: Turn, step: Any, _say: Any) -> Reply:
        step("risks", {})
        await asyncio.sleep(3600)
        raise AssertionError

    with answering(endless) as asked:
        body = slack.said("risks?", staff.operations)
        await slack.deliver(body)
        await slack.until(lambda: slack.named("chat.startStream"))
        await slack.deliver(_stopped(slack, body, staff.operations))
        await slack.until(lambda: any("Stopped." in m.text for m in slack.messages))
        assert asked.cancelled == 1
    await slack.until(lambda: slack.named("agents.sessions.setStatus")[-1]["status"] == "active")


async def test_somebody_else_cannot_stop_it(slack: SlackPeer, staff: Staff) -> None:
    slack.channels["C1"] = [staff.operations, staff.manager, BOT_USER]
    go_on = asyncio.Event()

    async def patient(_turn: Turn, _step: Any, _say: Any) -> Reply:
        await go_on.wait()
        return plain_reply("Here it is.")

    with answering(patient) as asked:
        body = slack.said(f"<@{BOT_USER}> risks?", staff.operations, "C1")
        await slack.deliver(body)
        await slack.until(lambda: asked.turns)
        await slack.deliver(_stopped(slack, body, staff.manager))
        await slack.until(lambda: any(m.only == staff.manager for m in slack.messages))
        go_on.set()
        await slack.until(lambda: any("Here it is." in m.text for m in slack.messages))
        assert asked.cancelled == 0


async def test_stop_drops_what_the_turn_proposed(slack: SlackPeer, staff: Staff) -> None:
    real, proposed = Assistant.answer, asyncio.Event()

    async def proposing(assistant: Assistant, turn: Turn, *_more: Any) -> Reply:
        reply = await real(assistant, turn)
        assert reply.pending
        proposed.set()
        await asyncio.sleep(3600)
        raise AssertionError

    with patch.object(Assistant, "answer", proposing):
        said = "Merrowick Semiconductor is also known as Merry"
        body = slack.said(said, staff.owner)
        await slack.deliver(body)
        async with asyncio.timeout(30):
            await proposed.wait()
        await slack.deliver(_stopped(slack, body, staff.owner))
        await slack.until(lambda: any("Stopped" in m.text for m in slack.messages))
    assert "is dropped" in slack.messages[-1].text
