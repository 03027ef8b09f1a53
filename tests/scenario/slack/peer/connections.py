"""How Slack reaches the app: envelopes over its sockets, or signed requests."""

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.scenario.slack.peer.pushed import push
from tests.scenario.slack.peer.workspace import SECRET, Json, Workspace

_ACK_SECONDS = 10.0
_FORM = "application/x-www-form-urlencoded"


class Connections(Workspace):
    """The open sockets, or the address `web_url` that takes requests."""

    def __init__(self) -> None:
        super().__init__()
        self.acks: dict[str, Json | None] = {}
        self.ack_times: list[float] = []
        self.web_url: str | None = None
        self.session: aiohttp.ClientSession | None = None
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._turn = itertools.count()

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
        push(body, "socket" if self.web_url is None else "http")
        async with asyncio.timeout(seconds):
            answer = await hand(body, retry, kind)
        self.ack_times.append(time.monotonic() - begun)
        return answer

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
        assert self.session is not None
        async with self.session.post(f"{self.web_url}{path}", data=raw, headers=own) as answer:
            return answer.status, await answer.text()

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

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """A connection of the app's, until it ends."""
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
