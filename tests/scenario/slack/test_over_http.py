"""Slack over HTTP: signatures, every event of the manifest, installation by other workspaces."""

import json
from contextlib import closing

import aiohttp
import pytest
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.manifest import events
from tests.scenario.slack.conftest import Staff, Start, settings_for
from tests.scenario.slack.peer import BOT_TOKEN, BOT_USER, TEAM, SlackPeer
from tools.data.models import Installation, Installing

pytestmark = pytest.mark.parametrize("transport", ["http"], indirect=True)
MENTION = f"<@{BOT_USER}>"


async def test_answers_over_http(slack: SlackPeer, staff: Staff) -> None:
    assert slack.web_url
    assert await slack.answer(slack.said("Who are our key accounts?", staff.operations))


async def test_takes_every_event_of_the_manifest(slack: SlackPeer, staff: Staff) -> None:
    user, root = staff.operations, slack.ts()
    bodies = {
        "message.im": slack.said("What is a tier?", user),
        "message.mpim": slack.said(f"{MENTION} What is a tier?", user, "G1"),
        "message.channels": slack.said(f"{MENTION} What is a tier?", user, "C1"),
        "message.groups": slack.said(f"{MENTION} What is a tier?", user, "C2"),
        "app_mention": slack.said(f"{MENTION} What is RFM?", user, "C3", kind="app_mention"),
        "app_home_opened": slack.event(
            {"type": "app_home_opened", "tab": "messages", "user": user, "channel": "D1"}
        ),
        "app_context_changed": slack.event(
            {"type": "app_context_changed", "user": user, "channel": "D1", "context": {}}
        ),
        "agent_session_stopped": slack.event(
            {
                "type": "agent_session_stopped",
                "channel": "D1",
                "thread_ts": root,
                "user": user,
                "streaming_message_ts": [],
                "event_ts": slack.ts(),
            }
        ),
    }
    for channel in ("G1", "C1", "C2", "C3"):
        slack.channels[channel] = [user, BOT_USER]
    known = set(events()) - {"file_shared"}
    assert known <= set(bodies)
    for name, body in bodies.items():
        assert await slack.deliver(body) is None, name
    for name in ("message.im", "message.mpim", "message.channels", "message.groups", "app_mention"):
        assert await slack.answered(bodies[name]), name


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "1531420618"},
    ],
    ids=str,
)
async def test_refuses_what_slack_did_not_sign(
    slack: SlackPeer, staff: Staff, headers: dict[str, str]
) -> None:
    data = json.dumps(slack.said("Who are our key accounts?", staff.operations))
    sort = {"Content-Type": "application/json"}
    status, _ = await slack.signed("/slack/events", data, {**sort, **headers})
    assert status == 401
    await slack.quiet(0.3)
    assert slack.messages == []


async def test_answers_the_challenge(slack: SlackPeer) -> None:
    data = json.dumps({"type": "url_verification", "challenge": "abc", "token": "unused"})
    status, said = await slack.signed("/slack/events", data, {"Content-Type": "application/json"})
    assert (status, json.loads(said)["challenge"]) == (200, "abc")


@pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")
async def test_another_workspace_installs_the_app(
    start: Start, demo: Settings, staff: Staff, peer: SlackPeer
) -> None:
    shared = settings_for(
        demo,
        peer,
        "http",
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="secret",
        SLACK_BOT_TOKEN="",
        KAM_SLACK_TEAMS=TEAM,
    )
    peer.script(
        "oauth.v2.access",
        {
            "ok": True,
            "app_id": "A0KAM",
            "authed_user": {"id": "U1"},
            "access_token": BOT_TOKEN,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": BOT_USER,
            "team": {"id": TEAM, "name": "Peer"},
        },
    )
    async with start(shared), aiohttp.ClientSession() as browser:
        assert peer.web_url
        async with browser.get(f"{peer.web_url}/slack/install") as page:
            assert "users%3Aread" in await page.text() or "users:read" in await page.text()
        with closing(open_records(shared)) as sessions, sessions() as session:
            state = session.exec(select(Installing)).one().state
        cookies = {"slack-app-oauth-state": state}
        address = f"{peer.web_url}/slack/oauth_redirect?code=1&state={state}"
        async with browser.get(address, cookies=cookies) as page:
            assert page.status == 200
        async with browser.get(address, cookies=cookies) as page:
            assert page.status != 200
        with closing(open_records(shared)) as sessions, sessions() as session:
            assert session.exec(select(Installation)).one().team == TEAM
        [answer] = await peer.answer(peer.said("What is a tier?", staff.operations))
    assert answer.blocks
