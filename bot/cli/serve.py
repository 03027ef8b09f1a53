"""`kam serve`: answer in Slack until told to stop."""

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings

_APPS = "https://api.slack.com/apps"
_BOT_TOKEN = (
    "SLACK_BOT_TOKEN",
    "xoxb-…",
    "OAuth & Permissions → Bot User OAuth Token, after “Install to Workspace”",
)
_APP_TOKEN = (
    "SLACK_APP_TOKEN",
    "xapp-…",
    "Basic Information → App-Level Tokens → Generate, with the scope connections:write",
)
_SECRET = (
    "SLACK_SIGNING_SECRET",
    "32 characters",
    "Basic Information → App Credentials → Signing Secret",
)

HINT = "Put it into .env; `kam manifest` prints what to create the app from."


@click.command()
def command() -> None:
    """Answer in Slack: over Socket Mode, or over HTTP where KAM_SLACK_MODE is http."""
    from aiohttp import ClientConnectionError

    from bot.cli.failures import log_to_home
    from bot.logs import log_to_stream
    from bot.settings import Settings
    from bot.slack.serve import serve

    settings = Settings()
    missing = missing_settings(settings)
    if missing:
        raise click.ClickException("\n".join([*missing, HINT]))
    log_to_home(settings.home)
    log_to_stream(settings.log)
    try:
        asyncio.run(
            serve(settings, ready=lambda where: click.echo(f"Answering in Slack, {where}."))
        )
    except ClientConnectionError as error:
        where = settings.slack_api_url
        raise click.ClickException(f"Slack cannot be reached at {where}: {error}") from error
    click.echo("Stopped.")


def missing_settings(settings: "Settings") -> list[str]:
    """What has to be set before Slack can be served: which, what it looks like, where it is."""
    shared = bool(settings.slack_client_id and settings.slack_client_secret)
    needed = [] if shared else [(settings.slack_bot_token, _BOT_TOKEN)]
    if settings.slack_mode == "http":
        needed.append((settings.slack_signing_secret, _SECRET))
    else:
        needed.append((settings.slack_app_token, _APP_TOKEN))
    lines = [
        f"{name} is not set ({form}). It is at {_APPS}, your app, {where}."
        for value, (name, form, where) in needed
        if value is None
    ]
    return [*lines, *_misplaced(settings)]


def _misplaced(settings: "Settings") -> list[str]:
    """Tokens of another kind than their setting takes, which are easily mixed up."""
    given = (
        (settings.slack_bot_token, "xoxb-", _BOT_TOKEN),
        (settings.slack_app_token, "xapp-", _APP_TOKEN),
    )
    return [
        f"{name} has to begin with {form[:5]}, which the one given does not. "
        f"It is at {_APPS}, your app, {where}."
        for value, prefix, (name, form, where) in given
        if value is not None and not value.get_secret_value().startswith(prefix)
    ]
