"""Plays Slack on this machine: the Web API, Socket Mode, and signed requests.

It keeps what the app sends as Slack would show it, refuses what Slack would refuse, and holds
every block and view to the documented limits.
"""

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from bot.slack.limits import violations

Json = dict[str, Any]
TEAM, BOT_USER, BOT = "T0KAM", "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN = "xoxb-peer", "xapp-peer"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
_VIEWS = {"modal": "modal", "home": "home"}
_ACK_SECONDS = 10.0


@dataclass(frozen=True)
class Call:
    """One call of the Web API, as it came."""

    method: str
    given: Json
    at: float
    token: str

    def __getitem__(self, name: str) -> Any:
        return self.given.get(name)


@dataclass
class Message:
    """A message as it stands; `only` is the user who alone sees it."""

    channel: str
    ts: str
    thread: str | None
    text: str
    blocks: list[Json]
    only: str | None = None
    metadata: Json | None = None
    streaming: bool = False
    steps: dict[str, Json] = field(default_factory=dict)
    complete_at: float = field(default_factory=time.monotonic)

    def words(self) -> str:
        """All that it says."""
        return " ".join([self.text, json.dumps(self.blocks, ensure_ascii=False)])


Said = Json | web.Response | None
Scripted = Callable[[Json], Said | Awaitable[Said]]


class SlackPeer:
    """The workspace that the app talks to."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: list[Message] = []
        self.spoken: list[Json] = []
        self.answers: list[Json] = []
        self.violations: list[str] = []
        self.users: dict[str, Json] = {}
        self.channels: dict[str, list[str]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.files: dict[str, tuple[Json, bytes]] = {}
        self.downloads: list[str] = []
        self.withheld: set[str] = set()
        self.acks: dict[str, Json | None] = {}
        self.ack_times: list[float] = []
        self.url = ""
        self.web_url: str | None = None
        self._scripts: dict[str, list[Scripted]] = defaultdict(list)
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._news = asyncio.Condition()
        self._session: aiohttp.ClientSession | None = None

    # What the workspace holds

    def add_user(self, user: str, email: str | None = None, **more: Any) -> str:
        """A member of the workspace; `more` overrides what `users.info` says."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "is_bot": False,
            "deleted": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "locale": "en-US",
            "tz": "Europe/Berlin",
            "profile": {"email": email} if email else {},
            **more,
        }
        return user

    def add_file(self, name: str, content: bytes, user: str, **more: Any) -> Json:
        """A file that somebody uploaded; `more` overrides what `files.info` says."""
        number = f"F{next(self._numbers):06d}"
        described = {
            "id": number,
            "name": name,
            "title": name,
            "size": len(content),
            "mode": "hosted",
            "user": user,
            "is_external": False,
            "url_private": f"{self.url}/files/{number}/{name}",
            "url_private_download": f"{self.url}/files/{number}/download/{name}",
            **more,
        }
        self.files[number] = described, content
        return described

    def script(self, method: str, *answers: Scripted | Json) -> None:
        """The next calls of that method get these answers; None stands for the usual one."""
        for answer in answers:
            fixed = answer if callable(answer) else (lambda _given, said=answer: said)
            self._scripts[method].append(fixed)

    def limit(self, method: str, seconds: int = 1, times: int = 1) -> None:
        """The next calls of that method come too soon."""

        def limited(_given: Json) -> web.Response:
            headers = {"Retry-After": str(seconds)}
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers=headers)

        self.script(method, *[limited] * times)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """The next calls of that method fail with this error."""
        self.script(method, *[{"ok": False, "error": error}] * times)

    def named(self, method: str) -> list[Call]:
        """The calls of that method."""
        return [call for call in self.calls if call.method == method]

    def thread(self, channel: str, root: str) -> list[Message]:
        """What stands in a thread for everybody."""
        return [
            m for m in self.messages if m.channel == channel and m.thread == root and not m.only
        ]

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

    async def quiet(self, seconds: float = 0.6) -> None:
        """Lets some time pass in which something could be said."""
        await asyncio.sleep(seconds)

    async def until(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """What the condition returns, once it is true; it is asked again after each call."""
        async with asyncio.timeout(seconds), self._news:
            while not (found := condition()):
                await self._news.wait()
            return found

    # What people do

    def ts(self) -> str:
        """A timestamp after all others."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

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

    async def deliver(
        self,
        body: Json,
        *,
        retry: int = 0,
        kind: str = "events_api",
        seconds: float = _ACK_SECONDS,
    ) -> "Json | None":
        """Hands something to the app, over HTTP where it serves that, else over a socket;
        returns what it answered. Raises TimeoutError where it does not in time."""
        begun = time.monotonic()
        hand = self._envelope if self.web_url is None else self._request
        async with asyncio.timeout(seconds):
            answer = await hand(body, retry, kind)
        self.ack_times.append(time.monotonic() - begun)
        return answer

    async def click(self, body: Json) -> "Json | None":
        """A click, a submitted or closed modal, a shortcut or a request for options."""
        return await self.deliver(body, kind="interactive")

    async def command(self, body: Json) -> "Json | None":
        """A slash command."""
        return await self.deliver(body, kind="slash_commands")

    async def drop_sockets(self) -> None:
        """Breaks every open socket without a word."""
        for socket in list(self._sockets):
            transport = socket._req.transport if socket._req else None
            if transport is not None:
                transport.abort()
        self._sockets.clear()

    async def connected(self, count: int = 1, seconds: float = 30.0) -> None:
        """Waits until so many sockets are open."""
        await self.until(lambda: len(self._sockets) >= count, seconds)

    def seal(self, data: str | bytes, at: int) -> dict[str, str]:
        """The headers that make Slack's signature of this body at that time."""
        raw = data.encode() if isinstance(data, str) else data
        base = f"v0:{at}:".encode() + raw
        sign = "v0=" + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": sign}

    async def signed(self, path: str, data: str | bytes, headers: Mapping[str, str]) -> Any:
        """Posts to the app as Slack does; `headers` may override any header."""
        own = {**self.seal(data, int(time.time())), **headers}
        raw = io.BytesIO(data.encode() if isinstance(data, str) else data)
        assert self._session is not None
        async with self._session.post(f"{self.web_url}{path}", data=raw, headers=own) as answer:
            return answer.status, await answer.text()

    # How it is played

    async def _request(self, body: Json, retry: int, kind: str) -> "Json | None":
        retries = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        headers = retries if retry else {}
        if kind == "events_api":
            data, sort = json.dumps(body, ensure_ascii=False), "application/json"
        elif kind == "interactive":
            data, sort = urlencode({"payload": json.dumps(body)}), _FORM
        else:
            data, sort = urlencode(body), _FORM
        status, said = await self.signed("/slack/events", data, {"Content-Type": sort, **headers})
        if status != 200:
            raise TimeoutError(f"answered {status}")
        return json.loads(said) if said.startswith("{") else None

    async def _envelope(self, body: Json, retry: int, kind: str) -> "Json | None":
        await self.connected()
        number = f"env-{next(self._numbers)}"
        envelope = {
            "envelope_id": number,
            "type": kind,
            "payload": body,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
        }
        answered = asyncio.get_running_loop().create_future()
        self._waiting[number] = answered
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        try:
            await socket.send_json(envelope)
        except (ConnectionError, aiohttp.ClientError) as error:
            raise TimeoutError("the socket is gone") from error
        return await answered

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        await self._tell()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        if socket in self._sockets:
            self._sockets.remove(socket)
        return socket

    def _acknowledged(self, said: Json) -> None:
        number = said.get("envelope_id", "")
        self.acks[number] = said.get("payload")
        waiting = self._waiting.pop(number, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _given(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call = Call(method, given, time.monotonic(), token or given.get("token", ""))
        self.calls.append(call)
        answer = await self._answered(call)
        await self._tell()
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)

    async def _answered(self, call: Call) -> "Json | web.StreamResponse":
        if self._scripts[call.method]:
            scripted = self._scripts[call.method].pop(0)(call.given)
            said = await scripted if isinstance(scripted, Awaitable) else scripted
            if said is not None:
                return said
        if call.token not in {BOT_TOKEN, APP_TOKEN} and not call.method.startswith("oauth."):
            return {"ok": False, "error": "invalid_auth"}
        found = self._misfits(call)
        if found:
            self.violations += [f"{call.method}: {violation}" for violation in found]
            return {"ok": False, "error": "invalid_blocks"}
        usual = getattr(self, "_" + call.method.replace(".", "_"), None)
        said_usually: Json | None = usual(call) if usual else {}
        return {"ok": True, **(said_usually or {})} if said_usually is not False else {}

    def _misfits(self, call: Call) -> list[str]:
        view = call["view"]
        if view is not None:
            return violations(view.get("blocks", []), view=_VIEWS[view["type"]])
        blocks = call["blocks"]
        return violations(blocks, view="message") if blocks else []

    async def _respond(self, request: web.Request) -> web.Response:
        """The address that comes with an interaction."""
        given: Json = await request.json()
        blocks = given.get("blocks") or []
        found = violations(blocks, view="message") if blocks else []
        self.violations += [f"response_url: {violation}" for violation in found]
        if found:
            return web.Response(status=400, text="invalid_blocks")
        if given.get("replace_original"):
            message = next(m for m in self.messages if m.ts == request.match_info["ts"])
            message.text, message.blocks = given["text"], blocks
        self.answers.append(given)
        await self._tell()
        return web.Response(text="ok")

    async def _file(self, request: web.Request) -> web.Response:
        """A file's content for whoever shows the token, else the page to sign in."""
        number = request.match_info["id"]
        self.downloads.append(number)
        signed_in = request.headers.get("Authorization") == f"Bearer {BOT_TOKEN}"
        if not signed_in or number in self.withheld:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.files[number][1], content_type="application/octet-stream")

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    # The methods

    def _auth_test(self, _call: Call) -> Json:
        return {
            "url": "https://peer.slack.com/",
            "team": "Peer",
            "user": "kam",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
        }

    def _apps_connections_open(self, _call: Call) -> Json:
        return {"url": self.url.replace("http", "ws") + "/socket"}

    def _files_info(self, call: Call) -> Json:
        found = self.files.get(call["file"])
        return {"file": found[0]} if found else {"ok": False, "error": "file_not_found"}

    def _users_info(self, call: Call) -> Json:
        user = self.users.get(call["user"])
        return {"user": user} if user else {"ok": False, "error": "user_not_found"}

    def _conversations_members(self, call: Call) -> Json:
        return {"members": self.channels[call["channel"]], "response_metadata": {}}

    def _conversations_info(self, call: Call) -> Json:
        channel = call["channel"]
        return {"channel": {"id": channel, "name": self.names.get(channel, "general")}}

    def _conversations_replies(self, call: Call) -> Json:
        channel, root = call["channel"], call["ts"]
        own = [
            {
                "ts": m.ts,
                "text": m.text,
                "user": BOT_USER,
                **({"metadata": m.metadata} if m.metadata else {}),
            }
            for m in self.thread(channel, root)
        ]
        said = [
            {"ts": event["ts"], "text": event["text"], "user": event["user"]}
            for event in self.spoken
            if event["channel"] == channel and root in (event["ts"], event.get("thread_ts"))
        ]
        return {"messages": sorted([*own, *said], key=lambda message: message["ts"])}

    def _conversations_history(self, call: Call) -> Json:
        """What stands in the conversation itself, the newest first."""
        own = [m for m in self.messages if m.channel == call["channel"] and not m.thread]
        shown = [
            {
                "ts": m.ts,
                "text": m.text,
                "user": BOT_USER,
                **({"metadata": m.metadata} if m.metadata and call["include_all_metadata"] else {}),
            }
            for m in own
            if not m.only
        ]
        return {"messages": shown[::-1][: int(call["limit"] or 100)]}

    def _conversations_open(self, call: Call) -> Json:
        return {"channel": {"id": "D" + call["users"]}}

    def _chat_postMessage(self, call: Call) -> Json:  # noqa: N802
        return self._posted(call)

    def _chat_postEphemeral(self, call: Call) -> Json:  # noqa: N802
        members = self.channels.get(call["channel"])
        if members is not None and call["user"] not in members:
            return {"ok": False, "error": "user_not_in_channel"}
        return {"message_ts": self._posted(call, only=call["user"])["ts"]}

    def _posted(self, call: Call, only: str | None = None) -> Json:
        message = Message(
            call["channel"],
            self.ts(),
            call["thread_ts"],
            call["text"] or "",
            call["blocks"] or [],
            only,
            call["metadata"],
        )
        self.messages.append(message)
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_update(self, call: Call) -> Json:
        message = self._at(call)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        message.text, message.blocks = call["text"] or "", call["blocks"] or []
        message.metadata = call["metadata"] or message.metadata
        message.streaming = False
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_startStream(self, call: Call) -> Json:  # noqa: N802
        if not call["thread_ts"]:
            return {"ok": False, "error": "invalid_arguments"}
        message = Message(call["channel"], self.ts(), call["thread_ts"], "", [], streaming=True)
        self.messages.append(message)
        _grow(message, call["chunks"])
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_appendStream(self, call: Call) -> Json:  # noqa: N802
        message = self._at(call)
        if message is None or not message.streaming:
            return {"ok": False, "error": "message_not_in_streaming_state"}
        _grow(message, call["chunks"])
        return {"ts": message.ts}

    def _chat_stopStream(self, call: Call) -> Json:  # noqa: N802
        message = self._at(call)
        if message is None or not message.streaming:
            return {"ok": False, "error": "message_not_in_streaming_state"}
        _grow(message, call["chunks"])
        message.blocks = call["blocks"] or []
        message.metadata = call["metadata"]
        message.streaming = False
        message.complete_at = time.monotonic()
        return {"ts": message.ts}

    def _chat_delete(self, call: Call) -> Json:
        message = self._at(call)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        self.messages.remove(message)
        return {}

    def _views_open(self, _call: Call) -> Json:
        return {"view": {"id": f"V{next(self._numbers)}", "hash": "h"}}

    def _at(self, call: Call) -> Message | None:
        same = (m for m in self.messages if m.channel == call["channel"] and m.ts == call["ts"])
        return next(same, None)


_FORM = "application/x-www-form-urlencoded"


def _grow(message: Message, chunks: list[Json] | None) -> None:
    for chunk in chunks or ():
        if chunk["type"] == "markdown_text":
            message.text += chunk["text"]
        elif chunk["type"] == "task_update":
            message.steps[chunk["id"]] = chunk


def _channel_type(channel: str) -> str:
    return {"D": "im", "G": "mpim"}.get(channel[0], "channel")


async def _given(request: web.Request) -> Json:
    """The arguments, whichever way the SDK sent them."""
    if request.content_type == "application/json":
        given: Json = json.loads(await request.text() or "{}")
        return given
    form = {**request.query, **dict(await request.post())}
    return {name: _decoded(str(value)) for name, value in form.items()}


def _decoded(value: str) -> Any:
    if value[:1] in "[{":
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return {"true": True, "false": False}.get(value, value)


@asynccontextmanager
async def slack_peer() -> AsyncIterator[SlackPeer]:
    """The peer on a free port of this machine."""
    peer = SlackPeer()
    application = web.Application(client_max_size=2**24)
    application.router.add_route("*", "/api/{method}", peer._api)
    application.router.add_get("/socket", peer._socket)
    application.router.add_post("/respond/{ts}", peer._respond)
    application.router.add_get("/files/{id}/{path:.*}", peer._file)
    runner = web.AppRunner(application, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    peer.url = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession() as session:
            peer._session = session
            yield peer
    finally:
        await runner.cleanup()
