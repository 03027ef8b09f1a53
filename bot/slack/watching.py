"""A web server of a serving process; and the one that tells of its health and figures."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy import text as sql

from bot.health import health_routes, metrics_route
from bot.metrics import Metrics
from bot.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from bot.slack.desk import Desk


@asynccontextmanager
async def watched(settings: Settings, desk: "Desk", metrics: Metrics) -> AsyncIterator[None]:
    """Serves health and metrics on the port of the settings, if there is one."""
    if settings.health_port is None:
        yield
        return
    from starlette.applications import Starlette

    async def database() -> None:
        await asyncio.to_thread(_asked, desk)

    async def index() -> None:
        async with aiohttp.ClientSession() as asking:
            address = f"{str(settings.chroma_url).rstrip('/')}/api/v2/heartbeat"
            async with asking.get(address) as answer:
                answer.raise_for_status()

    # Not Slack: where it cannot be reached, no replica is better off than another.
    checks = {"database": database} | ({"index": index} if settings.chroma_url else {})
    routes = [*health_routes(checks), metrics_route(metrics)]
    async with web_server(Starlette(routes=routes), settings.http_host, settings.health_port):
        yield


@asynccontextmanager
async def web_server(app: "Starlette", host: str, port: int) -> AsyncIterator[str]:
    """Serves the application; yields its address. Raises `OSError` where the port is taken."""
    import uvicorn

    class Server(uvicorn.Server):
        """As uvicorn's, which would end the process on a signal before answers have ended."""

        def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
            return nullcontext()

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve())
    try:
        while not server.started and not task.done():
            await asyncio.sleep(0.02)
        if task.done():
            raise OSError(f"{host}:{port} cannot be listened to")
        yield f"http://{host}:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


def _asked(desk: "Desk") -> None:
    with desk.sessions() as session:
        session.connection().execute(sql("SELECT 1"))
