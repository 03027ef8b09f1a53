"""The workspaces that installed the app, in the configured database."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation as Installed
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlmodel import col, delete

from bot.slack.inbox import SURFACE
from tools.data.database import Sessions
from tools.data.models import Installation, Installing

_STATE_LASTS = timedelta(minutes=10)


class Installations(AsyncInstallationStore):
    """Which bot token belongs to which workspace. An organisation that installed the app as a
    whole has no workspace."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def async_save(self, installation: Installed) -> None:
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        team = None if bot.is_enterprise_install else bot.team_id
        key = _key(bot.enterprise_id, team)
        content = {**bot.to_dict(), "installed_at": bot.installed_at}

        def write() -> None:
            with self._sessions() as session:
                session.merge(
                    Installation(
                        surface=key[0],
                        organisation=key[1],
                        team=key[2],
                        content=content,
                        installed_at=datetime.fromtimestamp(bot.installed_at, UTC),
                    )
                )
                session.commit()

        await asyncio.to_thread(write)

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The bot of the workspace, else that of its organisation."""
        team = None if is_enterprise_install else team_id

        def read() -> Bot | None:
            with self._sessions() as session:
                found = session.get(Installation, _key(enterprise_id, team))
                if found is None and enterprise_id:
                    found = session.get(Installation, _key(enterprise_id, None))
                return _bot(found) if found else None

        return await asyncio.to_thread(read)

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002
        is_enterprise_install: bool | None = False,
    ) -> Installed | None:
        """What is known of the workspace; no user's own token is ever kept."""
        bot = await self.async_find_bot(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )
        if bot is None:
            return None
        return Installed(
            app_id=bot.app_id,
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_token=bot.bot_token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_scopes=bot.bot_scopes,
            user_id="",
            installed_at=bot.installed_at,
        )

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        def forget() -> None:
            with self._sessions() as session:
                found = session.get(Installation, _key(enterprise_id, team_id))
                if found is not None:
                    session.delete(found)
                    session.commit()

        await asyncio.to_thread(forget)

    async def async_delete_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
    ) -> None:
        """Nothing is kept of a single user."""


class InstallStates(AsyncOAuthStateStore):
    """What must come back from Slack when an installation ends; each is good once."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        state, now = secrets.token_urlsafe(24), self._clock()

        def write() -> None:
            with self._sessions() as session:
                session.exec(delete(Installing).where(col(Installing.expires_at) < now))
                session.add(Installing(state=state, expires_at=now + _STATE_LASTS))
                session.commit()

        await asyncio.to_thread(write)
        return state

    async def async_consume(self, state: str) -> bool:
        now = self._clock()

        def take() -> bool:
            fits = [col(Installing.state) == state, col(Installing.expires_at) >= now]
            with self._sessions() as session:
                taken = session.exec(delete(Installing).where(*fits)).rowcount
                session.commit()
                return taken == 1

        return await asyncio.to_thread(take)


def _key(organisation: str | None, team: str | None) -> tuple[str, str, str]:
    return (SURFACE, organisation or "", team or "")


def _bot(kept: Installation) -> Bot:
    content = kept.content
    return Bot(
        app_id=content["app_id"],
        enterprise_id=content["enterprise_id"],
        enterprise_name=content["enterprise_name"],
        team_id=content["team_id"],
        team_name=content["team_name"],
        bot_token=content["bot_token"],
        bot_id=content["bot_id"],
        bot_user_id=content["bot_user_id"],
        bot_scopes=content["bot_scopes"],
        is_enterprise_install=content["is_enterprise_install"],
        installed_at=float(content["installed_at"]),
    )
