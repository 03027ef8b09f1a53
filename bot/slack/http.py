"""Slack over HTTP, for several replicas behind one address."""

import logging
import re
from typing import TYPE_CHECKING

from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.install import INSTALL_PATH, REDIRECT_PATH
from bot.slack.manifest import EVENTS_PATH
from bot.slack.shape import misfit

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

log = logging.getLogger(__name__)

LARGEST = 1 << 20
"""Bytes of a request; Slack's own are a few ten thousand at most."""

_STAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_SEAL = re.compile(r"[0-9]{1,12} v0=[0-9a-f]{64}")


def web_app(app: "AsyncApp") -> Starlette:
    """The web application: events, clicks and commands in one place, installation beside it."""
    handler = AsyncSlackRequestHandler(app)

    async def slack(request: Request) -> Response:
        return await _taken(app, request)

    async def install(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route(EVENTS_PATH, slack, methods=["POST"])]
    if app.oauth_flow is not None:
        routes += [
            Route(INSTALL_PATH, install, methods=["GET"]),
            Route(REDIRECT_PATH, install, methods=["GET"]),
        ]
    return Starlette(routes=routes)


async def _taken(app: "AsyncApp", request: Request) -> Response:
    """Hands a request to the app; what is no request of Slack's is refused before."""
    body = await _body(request)
    if body is None:
        return Response(status_code=413)
    if not _SEAL.fullmatch(f"{request.headers.get(_STAMP)} {request.headers.get(_SIGNATURE)}"):
        return Response(status_code=401)
    try:
        read = to_async_bolt_request(request, body)
    except Exception:  # noqa: BLE001  (the body is read before its signature is: from anybody)
        return Response(status_code=400)
    try:
        return to_starlette_response(await app.async_dispatch(read))
    except Exception as error:
        # Past the signature, and before any listener: it would fail again each time it is sent.
        strange = misfit(read.body)
        if strange is None:
            raise
        log.warning("a request is not of Slack's form at %s: %r", strange, error)
        return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The body, or None where it is too large: no more of it is read than may be."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)
