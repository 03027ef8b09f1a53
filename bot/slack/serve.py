"""Running until told to stop: taking events, looking after what is open, ending in order.

On SIGTERM or SIGINT nothing new is taken, running answers get some time to end, and what has
not ended is handed back for another process or the next start.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.allocator import give_back_memory
from bot.logs import log_turn
from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack.app import make_app, open_desk
from bot.slack.inbox import LEASE_SECONDS
from bot.slack.install import open_installing
from bot.slack.upkeep import keep_up
from bot.slack.watching import watched, web_server
from bot.slack.workspaces import OneWorkspace
from bot.upkeep import run_daily

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.desk import Desk

log = logging.getLogger(__name__)

GRACE_SECONDS = 20.0
_PING_SECONDS = 5


async def serve(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    ready: Callable[[str], None] = lambda _: None,
    grace: float = GRACE_SECONDS,
    upkeep_every: float = 10.0,
    lease: float = LEASE_SECONDS,
) -> None:
    """Serves Slack until `stop` is set, or a signal says so; `ready` is told where it listens.

    Raises `NotAuthorized` where Slack does not take the bot token.
    """
    give_back_memory()
    stop = stop or asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.enter_context(_signals(stop))
        installing = stack.enter_context(open_installing(settings))
        metrics = Metrics()
        desk = await stack.enter_async_context(
            open_desk(
                settings,
                installations=installing.installations if installing else None,
                observers=(metrics.turn, log_turn),
                lease=lease,
                ahead=True,
            )
        )
        metrics.gauge("kam_tasks_running", "Work under way", lambda: len(desk.tasks))
        await stack.enter_async_context(watched(settings, desk, metrics))
        if isinstance(desk.workspaces, OneWorkspace):
            await desk.workspaces.identity()
        app = make_app(desk, installing.flow if installing else None)
        async with _looked_after(desk, upkeep_every), _taking(settings, app) as address:
            ready(address)
            await stop.wait()
        await _ended(desk, grace)


async def _ended(desk: "Desk", grace: float) -> None:
    await desk.tasks.drain(grace)
    await desk.inbox.release()


@asynccontextmanager
async def _looked_after(desk: "Desk", every: float) -> AsyncIterator[None]:
    beside = (
        keep_up(desk, every=every),
        run_daily(desk.settings, desk.sessions, desk.clock),
    )
    tasks = [asyncio.create_task(work) for work in beside]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def _taking(settings: Settings, app: "AsyncApp") -> AsyncIterator[str]:
    """Takes events while the context lasts; yields where from."""
    taking = _over_http if settings.slack_mode == "http" else _over_socket
    async with taking(settings, app) as address:
        yield address


@asynccontextmanager
async def _over_socket(settings: Settings, app: "AsyncApp") -> AsyncIterator[str]:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

    token = settings.slack_app_token
    handler = AsyncSocketModeHandler(
        app, token.get_secret_value() if token else "", ping_interval=_PING_SECONDS
    )
    await handler.client.connect()  # type: ignore[no-untyped-call]
    try:
        yield "Socket Mode"
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _over_http(settings: Settings, app: "AsyncApp") -> AsyncIterator[str]:
    from bot.slack.http import web_app

    async with web_server(web_app(app), settings.http_host, settings.http_port) as address:
        yield address


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Lets SIGTERM and SIGINT set the event; without a main thread there are no signals."""
    loop = asyncio.get_running_loop()
    told: tuple[signal.Signals, ...] = (signal.SIGTERM, signal.SIGINT)
    try:
        for one in told:
            loop.add_signal_handler(one, stop.set)
    except (NotImplementedError, RuntimeError, ValueError):
        told = ()
    try:
        yield
    finally:
        for one in told:
            loop.remove_signal_handler(one)
