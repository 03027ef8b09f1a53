"""The workspaces that the app is installed in, and a client for each."""

import asyncio
from typing import TYPE_CHECKING, Protocol

from bot.settings import Settings
from tools.errors import KamError
from tools.text import text

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from slack_bolt.authorization import AuthorizeResult
    from slack_sdk.oauth.installation_store.async_installation_store import (
        AsyncInstallationStore,
    )
    from slack_sdk.web.async_client import AsyncWebClient

_TIMEOUT_SECONDS = 30
_LONGEST_WAIT = 120


def base_client(settings: Settings, session: "ClientSession | None" = None) -> "AsyncWebClient":
    """A client that tries again when the connection or Slack fails, and waits out rate limits
    for up to two minutes."""
    from slack_sdk.http_retry.builtin_async_handlers import (
        AsyncConnectionErrorRetryHandler,
        AsyncServerErrorRetryHandler,
    )
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.limited import BoundedRateLimitRetryHandler

    return AsyncWebClient(
        base_url=settings.slack_api_url.rstrip("/") + "/",
        timeout=_TIMEOUT_SECONDS,
        session=session,
        retry_handlers=[
            AsyncConnectionErrorRetryHandler(max_retry_count=2),
            AsyncServerErrorRetryHandler(max_retry_count=2),
            BoundedRateLimitRetryHandler(_LONGEST_WAIT),
        ],
    )


def with_token(client: "AsyncWebClient", token: str | None) -> "AsyncWebClient":
    """A client for the workspace of that token, which shares connections with this one."""
    from slack_sdk.web.async_client import AsyncWebClient

    return AsyncWebClient(
        token=token,
        base_url=client.base_url,
        timeout=client.timeout,
        session=client.session,
        retry_handlers=list(client.retry_handlers),
    )


class Workspaces(Protocol):
    """Where the app is installed."""

    @property
    def base(self) -> "AsyncWebClient":
        """The client that the others are made from; it has no token."""
        ...

    async def client(self, team: str) -> "AsyncWebClient":
        """A client for that workspace; raises `KamError` where the app is not installed."""
        ...

    async def authorize(
        self, enterprise_id: str | None, team_id: str | None
    ) -> "AuthorizeResult | None":
        """Who the app is in the workspace that an event comes from; None where it is nobody.

        Raises where Slack or the database does not tell, so that Slack sends the event again.
        """
        ...

    def is_ours(self, team: str) -> bool:
        """Whether e-mail addresses of that workspace's profiles can be trusted."""
        ...


class OneWorkspace:
    """The workspace of the configured bot token."""

    def __init__(self, base: "AsyncWebClient", token: str, also_ours: frozenset[str]) -> None:
        self.base = base
        self._client = with_token(base, token)
        self._token = token
        self._known: AuthorizeResult | None = None
        self._asking = asyncio.Lock()
        self._also_ours = also_ours

    async def client(self, team: str) -> "AsyncWebClient":  # noqa: ARG002
        return self._client

    async def authorize(
        self,
        enterprise_id: str | None,  # noqa: ARG002
        team_id: str | None,  # noqa: ARG002
    ) -> "AuthorizeResult | None":
        return await self.identity()

    async def identity(self) -> "AuthorizeResult":
        """Who the token belongs to; Slack is asked once."""
        from slack_bolt.authorization import AuthorizeResult

        async with self._asking:
            if self._known is None:
                self._known = AuthorizeResult.from_auth_test_response(
                    bot_token=self._token, auth_test_response=await self._told()
                )
            return self._known

    def is_ours(self, team: str) -> bool:
        own = self._known.team_id if self._known is not None else None
        return team == own or team in self._also_ours

    async def _told(self) -> object:
        from slack_sdk.errors import SlackApiError

        try:
            return await self._client.auth_test()
        except SlackApiError as error:
            # Bolt would answer an event with success after this error, and lose it.
            raise NotAuthorized(str(error.response.get("error"))) from error


class InstalledWorkspaces:
    """The workspaces that installed the app, as the database has them."""

    def __init__(
        self, base: "AsyncWebClient", store: "AsyncInstallationStore", ours: frozenset[str]
    ) -> None:
        self.base = base
        self._store = store
        self._ours = ours

    async def client(self, team: str) -> "AsyncWebClient":
        found = await self.authorize(None, team)
        if found is None:
            raise NotAuthorized(f"the app is not installed in {team}")
        return with_token(self.base, found.bot_token)

    async def authorize(
        self, enterprise_id: str | None, team_id: str | None
    ) -> "AuthorizeResult | None":
        from slack_bolt.authorization import AuthorizeResult

        bot = await self._store.async_find_bot(enterprise_id=enterprise_id, team_id=team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    def is_ours(self, team: str) -> bool:
        return team in self._ours


class NotAuthorized(KamError):
    """Slack does not take the token, or there is none for a workspace."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            text(
                "Slack does not accept the bot token: {reason}.",
                "Slack 不接受机器人令牌：{reason}。",
                reason=reason,
            )
        )


def teams_of(settings: Settings) -> frozenset[str]:
    """The workspaces that `KAM_SLACK_TEAMS` names as the company's own."""
    return frozenset(filter(None, settings.slack_teams.replace(",", " ").split()))
