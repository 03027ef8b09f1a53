"""Plays Slack on this machine: the Web API, Socket Mode, and signed requests.

It keeps what the app sends as Slack would show it, refuses what Slack would refuse, and holds
every block and view to the documented limits.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from bot.slack.limits import view_violations
from tests.scenario.slack.peer.connections import Connections
from tests.scenario.slack.peer.conversations import Call
from tests.scenario.slack.peer.web_api import WebApi
from tests.scenario.slack.peer.workspace import (
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    BOT_USER,
    SECRET,
    TEAM,
    Json,
    Message,
)

__all__ = [
    "APP_TOKEN",
    "BOT",
    "BOT_TOKEN",
    "BOT_USER",
    "SECRET",
    "TEAM",
    "Call",
    "Json",
    "Message",
    "SlackPeer",
    "slack_peer",
]


class SlackPeer(WebApi, Connections):
    """The workspace that the app talks to, and what people do in it."""

    def said(
        self,
        text: str,
        user: str,
        channel: str = "D1",
        *,
        thread: str | None = None,
        kind: str = "message",
        ts: str | None = None,
        event_id: str | None = None,
        **more: Any,
    ) -> Json:
        """The body of a message event."""
        event = {
            "type": kind,
            "user": user,
            "text": text,
            "channel": channel,
            "ts": ts or self.ts(),
            "team": TEAM,
            **({"thread_ts": thread} if thread else {}),
            **({} if kind == "app_mention" else {"channel_type": _channel_type(channel)}),
            **more,
        }
        self.spoken.append(event)
        return self.event(event, event_id=event_id)

    def event(self, event: Json, event_id: str | None = None) -> Json:
        """The body of any event."""
        return {
            "token": "unused",
            "team_id": TEAM,
            "api_app_id": "A0KAM",
            "type": "event_callback",
            "event": event,
            "event_id": event_id or f"Ev{next(self._numbers):08d}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }

    async def answer(self, body: Json, count: int = 1) -> list[Message]:
        """Hands a message to the app; its answer in the thread, once that is complete."""
        await self.deliver(body)
        return await self.answered(body, count)

    async def answered(self, body: Json, count: int = 1) -> list[Message]:
        """What was said in the thread after this message, once that is complete."""
        event = body["event"]
        root = event.get("thread_ts") or event["ts"]

        def complete() -> list[Message]:
            found = [m for m in self.messages if m.thread == root and m.ts > event["ts"]]
            found += [
                m
                for m in self.messages
                if m.only == event["user"] and m.thread is None and m.ts > event["ts"]
            ]
            done = len(found) >= count and not any(m.streaming for m in found)
            return found if done else []

        found: list[Message] = await self.until(complete)
        return found

    async def deliver(self, body: Json, **how: Any) -> "Json | None":
        """The same, with the modal that it may be answered with held to the limits."""
        answer = await super().deliver(body, **how)
        if answer and "view" in answer:
            found = view_violations(answer["view"])
            self.violations += [f"answer to a modal: {violation}" for violation in found]
        return answer

    async def click(self, body: Json) -> "Json | None":
        """A click, a submitted or closed modal, a shortcut or a request for options."""
        return await self.deliver(body, kind="interactive")

    async def command(self, body: Json) -> "Json | None":
        """A slash command."""
        return await self.deliver(body, kind="slash_commands")


def _channel_type(channel: str) -> str:
    return {"D": "im", "G": "mpim"}.get(channel[0], "channel")


@asynccontextmanager
async def slack_peer() -> AsyncIterator[SlackPeer]:
    """The peer on a free port of this machine; whoever opens it learns of broken limits."""
    peer = SlackPeer()
    application = web.Application(client_max_size=2**24)
    application.add_routes([*peer.routes(), web.get("/socket", peer.socket)])
    runner = web.AppRunner(application, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    peer.url = f"http://127.0.0.1:{port}"
    try:
        # A kept connection may end while this machine is busy, and a lost request is no test's.
        each_anew = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=each_anew) as session:
            peer.session = session
            yield peer
        assert peer.violations == [], "nothing that breaks a documented limit is sent"
    finally:
        await runner.cleanup()
