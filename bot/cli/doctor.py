"""`kam doctor`: what is configured, what works, what to do."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` says what to do about it."""

    subject: str
    ok: bool
    detail: str
    advice: str = ""


@click.command()
def command() -> None:
    """Check the settings, the database, the index and the model."""
    from bot.settings import Settings

    settings = Settings()
    findings = list(examine(settings))
    for finding in findings:
        mark = "ok  " if finding.ok else "FAIL"
        click.echo(f"{mark} {finding.subject:10} {finding.detail}")
        if finding.advice:
            click.echo(f"{'':15} → {finding.advice}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def examine(settings: "Settings") -> Iterator[Finding]:
    """Looks at each part in turn; what fails is a finding and hides nothing after it."""
    checks: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
        ("home", _home),
        ("database", _database),
        ("index", _index),
        ("model", _model),
        ("Slack", _slack),
    )
    for subject, check in checks:
        try:
            yield check(settings)
        except Exception as error:  # noqa: BLE001  (a doctor reports what it finds)
            first = str(error).strip().splitlines() or [type(error).__name__]
            yield Finding(subject, False, first[0], f"check the settings for the {subject}")


def _home(settings: "Settings") -> Finding:
    settings.home.mkdir(parents=True, exist_ok=True)
    probe = settings.home / ".writable"
    probe.touch()
    probe.unlink()
    return Finding("home", True, f"KAM_HOME is {settings.home.resolve()}")


def _database(settings: "Settings") -> Finding:
    from sqlalchemy.engine import make_url

    from bot.main import open_records
    from tools.data import accounts

    with open_records(settings)() as session:
        held = accounts.count(session)
    address = make_url(settings.database).render_as_string(hide_password=True)
    advice = "" if held else "kam demo loads a demo company, kam import PATH your own records"
    return Finding("database", True, f"{address}, {held:,} accounts", advice)


def _index(settings: "Settings") -> Finding:
    from bot.main import open_library, open_records
    from kam_knowledge.search import Readable

    with (
        closing(open_records(settings)) as sessions,
        closing(open_library(settings, sessions)) as library,
    ):
        found = library.search("key account", Readable(None, 4), language="en", limit=1)
    where = settings.chroma_url or "embedded"
    if not found.hits:
        return Finding("index", False, f"{where}, nothing found", "run kam index")
    return Finding("index", True, f"{where}, embedding {settings.embedding}")


def _model(settings: "Settings") -> Finding:
    from bot.agent.models import BUILT_IN, provider_model

    if settings.model == BUILT_IN:
        return Finding("model", True, "built-in (no language model)")
    reply = provider_model(settings).invoke("Reply with the word ok.")
    return Finding("model", True, f"{settings.model} answered {reply.text[:40]!r}")


def _slack(settings: "Settings") -> Finding:
    given = [
        name
        for name, value in (
            ("SLACK_BOT_TOKEN", settings.slack_bot_token),
            ("SLACK_APP_TOKEN", settings.slack_app_token),
            ("SLACK_SIGNING_SECRET", settings.slack_signing_secret),
        )
        if value is not None
    ]
    return Finding("Slack", True, f"set: {', '.join(given)}" if given else "not configured")
