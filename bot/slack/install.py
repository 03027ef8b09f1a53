"""Installing the app in more than one workspace: OAuth, kept in the configured database."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from bot.main import now, open_records
from bot.settings import Settings
from bot.slack.installations import Installations, InstallStates
from bot.slack.manifest import bot_scopes
from bot.slack.workspaces import base_client

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"


@dataclass(frozen=True)
class Installing:
    """How workspaces install the app, and where it is kept that they did."""

    flow: AsyncOAuthFlow
    installations: Installations


@contextmanager
def open_installing(
    settings: Settings, clock: Callable[[], datetime] = now
) -> Iterator[Installing | None]:
    """The installations in the configured database; None for an app of one workspace."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        yield None
        return
    with closing(open_records(settings)) as sessions:
        installations = Installations(sessions)
        oauth = AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=sorted(bot_scopes()),
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=InstallStates(sessions, clock),
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
        )
        flow = AsyncOAuthFlow(client=base_client(settings), settings=oauth)
        yield Installing(flow, installations)
