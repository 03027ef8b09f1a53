"""The Slack app: its parts put together, its listeners registered."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.main import now, open_assistant, open_records
from bot.settings import Settings
from bot.slack.answer import Answering
from bot.slack.audience import SharedAudience
from bot.slack.desk import Desk
from bot.slack.inbox import LEASE_SECONDS, Inbox
from bot.slack.people import People
from bot.slack.shape import fit, misfit
from bot.slack.surfaces import SURFACES
from bot.slack.tasks import Tasks
from bot.slack.workspaces import (
    InstalledWorkspaces,
    OneWorkspace,
    Workspaces,
    base_client,
    teams_of,
)

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncBoltRequest
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.oauth.installation_store.async_installation_store import (
        AsyncInstallationStore,
    )

    from bot.assistant import Assistant, Observer
    from tools.data.database import SessionFactory

log = logging.getLogger(__name__)

# Tools compute under one lock of the interpreter: more threads would make nothing faster, and
# would keep the loop, which acknowledges events, waiting for its turn.
_THREADS = 8
_CONNECTIONS = 100


@asynccontextmanager
async def open_desk(
    settings: Settings,
    clock: Callable[[], datetime] = now,
    *,
    installations: "AsyncInstallationStore | None" = None,
    observers: "Sequence[Observer]" = (),
    lease: float = LEASE_SECONDS,
    ahead: bool = False,
) -> AsyncIterator[Desk]:
    """What the surfaces share, over the configured database, index, model and workspace.

    `installations` knows the workspaces; without it there is the one of the bot token.
    `observers` hear of each turn. After `lease` seconds without a sign of life, other processes
    take over what this one has claimed. With `ahead`, what the first question needs is loaded
    in the background.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, "work"))
    connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
    timeout = aiohttp.ClientTimeout(total=30)
    async with AsyncExitStack() as stack:
        sessions = stack.enter_context(closing(open_records(settings)))
        assistant = await stack.enter_async_context(
            open_assistant(settings, clock, observers, ahead=ahead, served=True)
        )
        connections = await stack.enter_async_context(
            aiohttp.ClientSession(connector=connector, timeout=timeout)
        )
        desk = _desk(
            settings,
            clock,
            assistant=assistant,
            sessions=sessions,
            workspaces=_workspaces(settings, connections, installations),
            lease=lease,
        )
        stack.callback(desk.inbox.close)
        yield desk


def _desk(
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    assistant: "Assistant",
    sessions: "SessionFactory",
    workspaces: Workspaces,
    lease: float,
) -> Desk:
    inbox = Inbox(sessions, clock, lease=lease)
    people = People(sessions, clock, workspaces.is_ours)
    audience = SharedAudience(sessions, assistant.library, clock, people)
    return Desk(
        settings=settings,
        assistant=assistant,
        sessions=sessions,
        library=assistant.library,
        clock=clock,
        people=people,
        inbox=inbox,
        answering=Answering(assistant, inbox, audience),
        tasks=Tasks(),
        workspaces=workspaces,
        trail=assistant.trail,
    )


def _workspaces(
    settings: Settings,
    connections: aiohttp.ClientSession,
    installations: "AsyncInstallationStore | None",
) -> Workspaces:
    client = base_client(settings, connections)
    if installations is not None:
        return InstalledWorkspaces(client, installations, teams_of(settings))
    token = settings.slack_bot_token
    return OneWorkspace(client, token.get_secret_value() if token else "", teams_of(settings))


class _Authorize(AsyncAuthorize):
    """Who the app is where an event comes from."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: Any,  # noqa: ARG002
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        **_actor: str | None,
    ) -> AuthorizeResult | None:
        return await self._workspaces.authorize(enterprise_id, team_id)


def make_app(desk: Desk, oauth: "AsyncOAuthFlow | None" = None) -> AsyncApp:
    """The app with every surface's listeners; it makes no call until an event comes.

    `oauth` is how other workspaces install it, if they may.
    """
    secret = desk.settings.slack_signing_secret
    app = AsyncApp(
        logger=logging.getLogger("bot.slack.bolt"),
        signing_secret=secret.get_secret_value() if secret else "",
        client=desk.workspaces.base,
        authorize=_Authorize(desk.workspaces),  # type: ignore[arg-type]
        oauth_flow=oauth,
        raise_error_for_unhandled_request=True,
    )
    if oauth is not None:
        app.enable_token_revocation_listeners()
    app.error(_failed)
    app.use(_fit)
    for surface in SURFACES:
        surface.register(app, desk)
    return app


async def _fit(
    req: "AsyncBoltRequest", next_: Callable[[], Awaitable[BoltResponse]]
) -> BoltResponse:
    """Makes every text in a request fit for the database before anybody reads it."""
    req.body = fit(req.body)
    return await next_()


async def _failed(
    error: Exception, body: dict[str, Any], response: BoltResponse | None
) -> BoltResponse | None:
    """What is not for us, or not of Slack's form, is acknowledged, so that Slack neither counts
    it as a failure nor sends it again; any other error before the acknowledgement makes it send
    the event again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    strange = misfit(body)
    if strange is not None:
        log.warning("a request is not of Slack's form at %s: %r", strange, error)
        return None if response is None else BoltResponse(status=200, body="")
    kind = body.get("event", {}).get("type") or body.get("type")
    log.error("a request of Slack failed: %s", kind, exc_info=error)
    return None if response is None else BoltResponse(status=500, body="")
