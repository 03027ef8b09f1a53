"""Conversations in Slack: direct messages, mentions, threads, who is answered and who is not."""

import pytest

from tests.scenario.slack.conftest import Staff
from tests.scenario.slack.peer import BOT_USER, TEAM, SlackPeer

MENTION = f"<@{BOT_USER}>"


async def test_answers_a_direct_message_in_its_thread(slack: SlackPeer, staff: Staff) -> None:
    [answer] = await slack.answer(slack.said("Who are our key accounts?", staff.operations))
    assert "key account" in answer.words()
    assert answer.blocks
    assert answer.only is None


async def test_a_thread_goes_on_with_its_subject(slack: SlackPeer, staff: Staff) -> None:
    first = slack.said("Who are our key accounts?", staff.operations)
    await slack.answer(first)
    root = first["event"]["ts"]
    [answer] = await slack.answer(slack.said("why?", staff.operations, thread=root))
    assert answer.thread == root
    assert "score" in answer.words()


async def test_a_mention_that_also_comes_as_a_message_is_answered_once(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.channels["C1"] = [staff.operations, BOT_USER]
    said = f"{MENTION} What is share of wallet?"
    mention = slack.said(said, staff.operations, "C1", kind="app_mention")
    message = slack.said(said, staff.operations, "C1", ts=mention["event"]["ts"])
    await slack.deliver(message)
    await slack.deliver(mention)
    assert len(await slack.answered(mention)) == 1
    await slack.quiet()
    assert len(await slack.answered(mention)) == 1


@pytest.mark.parametrize("retry", [1, 3])
async def test_a_retry_is_not_answered_again(slack: SlackPeer, staff: Staff, retry: int) -> None:
    body = slack.said("What is share of wallet?", staff.operations)
    await slack.answer(body)
    await slack.deliver(body, retry=retry)
    await slack.quiet()
    assert len(slack.thread("D1", body["event"]["ts"])) == 1


async def test_a_retry_of_what_was_never_seen_is_answered(slack: SlackPeer, staff: Staff) -> None:
    body = slack.said("What is share of wallet?", staff.operations)
    await slack.deliver(body, retry=1)
    assert len(await slack.answered(body)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B9"},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"subtype": "message_changed", "message": {"text": "edited"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"user": BOT_USER},
        {"user": "USLACKBOT"},
    ],
    ids=str,
)
async def test_what_no_person_says_is_not_answered(
    slack: SlackPeer, staff: Staff, more: dict[str, str]
) -> None:
    body = slack.said("Who are our key accounts?", staff.operations)
    body["event"] |= more
    await slack.deliver(body)
    await slack.quiet()
    assert slack.messages == []


async def test_follows_a_thread_and_steps_back_when_people_talk(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.channels["C1"] = [staff.operations, staff.manager, BOT_USER]
    first = slack.said(f"{MENTION} What is share of wallet?", staff.operations, "C1")
    await slack.answer(first)
    root = first["event"]["ts"]

    async def is_answered(text: str, user: str, seconds: float = 2.0) -> bool:
        before = len(slack.messages)
        await slack.deliver(slack.said(text, user, "C1", thread=root))
        try:
            await slack.until(lambda: len(slack.messages) > before, seconds)
        except TimeoutError:
            return False
        return True

    # The one who asked goes on without a mention; a colleague's remark is not for the assistant,
    # and after it neither is what the first one answers, until the next mention.
    assert await is_answered("How is the composite score computed?", staff.operations, 20)
    assert not await is_answered("We should bring this up on Monday", staff.manager)
    assert not await is_answered("Good idea", staff.operations)
    assert await is_answered(f"{MENTION} What is a tier?", staff.operations, 20)
    assert not await is_answered(f"<@{staff.manager}> what is it?", staff.operations)
    assert not await is_answered("What is RFM?", staff.operations)


@pytest.mark.parametrize("words", ["stop following", "不用跟了", "不用跟了。"])
async def test_leaves_a_thread_on_request(slack: SlackPeer, staff: Staff, words: str) -> None:
    slack.channels["C1"] = [staff.operations, BOT_USER]
    first = slack.said(f"{MENTION} What is share of wallet?", staff.operations, "C1")
    await slack.answer(first)
    root = first["event"]["ts"]
    await slack.answer(slack.said(words, staff.operations, "C1", thread=root))
    before = len(slack.messages)
    await slack.deliver(slack.said("What is a tier?", staff.operations, "C1", thread=root))
    await slack.quiet()
    assert len(slack.messages) == before


async def test_hears_nothing_in_a_channel_without_a_mention(slack: SlackPeer, staff: Staff) -> None:
    body = slack.said("Who are our key accounts?", staff.operations, "C1")
    await slack.deliver(body)
    await slack.deliver(slack.said("why?", staff.operations, "C1", thread=body["event"]["ts"]))
    await slack.quiet()
    assert slack.messages == []


async def test_a_bare_mention_says_what_can_be_asked(slack: SlackPeer, staff: Staff) -> None:
    slack.channels["C1"] = [staff.operations, BOT_USER]
    body = slack.said(MENTION, staff.operations, "C1", kind="app_mention")
    assert "help" in (await slack.answer(body))[0].words()


async def test_answers_of_one_person_come_in_the_order_of_the_questions(
    slack: SlackPeer, staff: Staff
) -> None:
    first = slack.said("Who are our key accounts?", staff.operations)
    root = first["event"]["ts"]
    second = slack.said("What is share of wallet?", staff.operations, thread=root)
    await slack.deliver(first)
    await slack.deliver(second)
    await slack.until(lambda: len([m for m in slack.messages if not m.streaming]) == 2)
    one, two = slack.thread("D1", root)
    assert "key account" in one.words()
    assert "wallet" in two.words()


@pytest.mark.parametrize(
    ("profile", "part"),
    [
        ({"is_restricted": True}, "guests"),
        ({"is_ultra_restricted": True}, "guests"),
        ({"team_id": "T0OTHER", "is_stranger": True}, "other workspaces"),
        ({"deleted": True}, "not active"),
        ({"is_bot": True}, "not other apps"),
        ({"profile": {"email": "nobody@example.com"}}, "do not know you"),
        ({"profile": {}}, "do not know you"),
        ({"is_email_confirmed": False}, "do not know you"),
    ],
    ids=str,
)
async def test_refuses_politely_and_shows_nothing(
    slack: SlackPeer, staff: Staff, profile: dict[str, object], part: str
) -> None:
    email = slack.users[staff.manager]["profile"]["email"]
    user = slack.add_user("U9999", email, **profile)
    [answer] = await slack.answer(slack.said("Who are our key accounts?", user))
    assert part in answer.text
    assert answer.blocks == []


async def test_refuses_in_the_language_of_the_stranger(slack: SlackPeer, staff: Staff) -> None:
    user = slack.add_user("U9999", None, is_restricted=True, locale="zh-TW")
    [answer] = await slack.answer(slack.said("大客戶有哪些？", user))
    assert "公司成員" in answer.text


async def test_an_unknown_user_of_slack_is_refused(slack: SlackPeer, staff: Staff) -> None:
    [answer] = await slack.answer(slack.said("Who are our key accounts?", "U7777"))
    assert "other workspaces" in answer.text


async def test_a_stranger_in_a_channel_is_refused_alone(slack: SlackPeer, staff: Staff) -> None:
    user = slack.add_user("U9999", None, is_restricted=True)
    slack.channels["C1"] = [user, staff.operations, BOT_USER]
    [answer] = await slack.answer(slack.said(f"{MENTION} hello", user, "C1"))
    assert answer.only == user


async def test_prompts_fit_the_role(slack: SlackPeer, staff: Staff) -> None:
    offered = []
    for user in (staff.newcomer, staff.manager):
        opened = {"type": "app_home_opened", "tab": "messages", "user": user, "channel": "D1"}
        await slack.deliver(slack.event(opened))
        method = "assistant.threads.setSuggestedPrompts"
        count = len(offered) + 1
        await slack.until(lambda method=method, count=count: len(slack.named(method)) == count)
        call = slack.named(method)[-1]
        assert call["thread_ts"] is None
        assert 1 <= len(call["prompts"]) <= 4
        offered.append([prompt["message"] for prompt in call["prompts"]])
    assert offered[0] != offered[1]


async def test_prompts_take_up_the_account_that_a_channel_is_named_after(
    slack: SlackPeer, staff: Staff
) -> None:
    slack.names["C5"] = "acct-huaxin"
    entity = {"type": "slack#/types/channel_id", "value": "C5", "team_id": TEAM}
    context = {"entities": [entity]}
    moved = {"type": "app_context_changed", "user": staff.operations, "channel": "D1"}
    await slack.deliver(slack.event({**moved, "context": context}))
    await slack.until(lambda: slack.named("assistant.threads.setSuggestedPrompts"))
    [call] = slack.named("assistant.threads.setSuggestedPrompts")
    assert slack.named("conversations.info")
    assert len(call["prompts"]) == 4


async def test_acknowledges_what_nobody_listens_to(slack: SlackPeer) -> None:
    await slack.deliver(slack.event({"type": "emoji_changed"}))
    await slack.deliver(
        {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U1", "team_id": TEAM},
         "actions": [{"action_id": "unheard_of", "type": "button"}], "trigger_id": "1.2"},
        kind="interactive",
    )  # fmt: skip
