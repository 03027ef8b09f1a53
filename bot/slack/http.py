"""Slack over HTTP, for several replicas behind one address."""

from typing import TYPE_CHECKING

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.install import INSTALL_PATH, REDIRECT_PATH
from bot.slack.manifest import EVENTS_PATH

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


def web_app(app: "AsyncApp") -> Starlette:
    """The web application: events, clicks and commands in one place, installation beside it."""
    handler = AsyncSlackRequestHandler(app)

    async def slack(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route(EVENTS_PATH, slack, methods=["POST"])]
    if app.oauth_flow is not None:
        routes += [
            Route(INSTALL_PATH, slack, methods=["GET"]),
            Route(REDIRECT_PATH, slack, methods=["GET"]),
        ]
    return Starlette(routes=routes)
