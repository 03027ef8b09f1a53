"""Installing the app in more than one workspace: OAuth, kept in the configured database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.settings import Settings
from bot.slack.manifest import bot_scopes
from bot.slack.threaded import ThreadedInstallations, ThreadedStates
from bot.slack.workspaces import base_client
from tools.data.database import open_engine

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
_STATE_SECONDS = 600


@dataclass(frozen=True)
class Installing:
    """How workspaces install the app, and where it is kept that they did."""

    flow: AsyncOAuthFlow
    installations: ThreadedInstallations


def is_shared(settings: Settings) -> bool:
    """Whether the app is for more than one workspace."""
    return bool(settings.slack_client_id and settings.slack_client_secret)


@contextmanager
def open_installing(settings: Settings) -> Iterator[Installing | None]:
    """The installations in the configured database; None for an app of one workspace."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        yield None
        return
    engine = open_engine(settings.database)
    try:
        installations = SQLAlchemyInstallationStore(settings.slack_client_id, engine)
        states = SQLAlchemyOAuthStateStore(_STATE_SECONDS, engine)
        installations.metadata.create_all(engine)
        states.metadata.create_all(engine)
        kept = ThreadedInstallations(installations)
        oauth = AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=sorted(bot_scopes()),
            installation_store=kept,
            installation_store_bot_only=True,
            state_store=ThreadedStates(states),
            state_expiration_seconds=_STATE_SECONDS,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
        )
        yield Installing(AsyncOAuthFlow(client=base_client(settings), settings=oauth), kept)
    finally:
        engine.dispose()
