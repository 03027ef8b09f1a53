"""The Web API: keeps what the app sends as Slack would show it, and refuses what Slack would."""

import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.slack.limits import view_violations, violations
from tests.scenario.slack.peer.conversations import Call, Conversations
from tests.scenario.slack.peer.workspace import APP_TOKEN, BOT, BOT_TOKEN, BOT_USER, TEAM, Json

Said = Json | web.Response | None
Scripted = Callable[[Json], Said | Awaitable[Said]]


class WebApi(Conversations):
    """Answers calls, as scripted or as Slack does. `violations` are the documented limits that
    blocks and views broke."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.answers: list[Json] = []
        self.violations: list[str] = []
        self.downloads: list[str] = []
        self.withheld: set[str] = set()
        self._scripts: dict[str, list[Scripted]] = defaultdict(list)

    def routes(self) -> list[web.RouteDef]:
        """Where the app finds it."""
        return [
            web.route("*", "/api/{method}", self._api),
            web.post("/respond/{ts}", self._respond),
            web.get("/files/{id}/{path:.*}", self._file),
        ]

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
            return view_violations(view)
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

    def _views_open(self, _call: Call) -> Json:
        return {"view": {"id": f"V{next(self._numbers)}", "hash": "h"}}


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
