"""`kam doctor`: what is configured, what works, what to do."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings

_SECONDS = 10.0
_LATER = "kam serve does that beside its answers when it starts, kam index does it now"
_DEVELOPERS = ("KAM_TEST_", "KAM_SOAK_")


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
    findings = []
    for finding in examine():
        findings.append(finding)
        mark = "ok  " if finding.ok else "FAIL"
        click.echo(f"{mark} {finding.subject:10} {finding.detail}")
        if finding.advice:
            click.echo(f"{'':15} → {finding.advice}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def examine() -> Iterator[Finding]:
    """Looks at each part in turn; what fails is a finding and hides nothing after it that does
    not need it."""
    from pydantic import ValidationError

    from bot.settings import Settings

    yield from _names()
    try:
        settings = Settings()
    except ValidationError as error:
        from bot.cli.failures import wrong_settings

        for wrong in wrong_settings(error):
            yield Finding("settings", False, wrong, "mend it in the environment or .env")
        return
    home = _looked("home", _home, settings, "KAM_HOME names a folder that this user may write to")
    yield home
    database = _looked(
        "database",
        _database,
        settings,
        "does the server run, and are host, user, password and name in DATABASE_URL right?"
        if settings.database_url
        else "records are in kam.db in KAM_HOME",
    )
    yield database
    if home.ok and database.ok:
        place = f"is the server at {settings.chroma_url} running?" if settings.chroma_url else ""
        yield _looked("index", _index, settings, place or "kam index --check tells more")
    else:
        yield Finding("index", False, "not looked at without home and database")
    advice = "check KAM_MODEL, OPENAI_API_KEY and OPENAI_BASE_URL; built-in needs none of them"
    yield _looked("model", _model, settings, advice)
    yield from _slack(settings)


def _looked(
    subject: str, check: "Callable[[Settings], Finding]", settings: "Settings", advice: str
) -> Finding:
    from sqlalchemy.exc import DBAPIError

    from bot.cli.failures import first_line

    try:
        return check(settings)
    except DBAPIError as error:
        return Finding(subject, False, first_line(error.orig), advice)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return Finding(subject, False, f"{where}{error.strerror or first_line(error)}", advice)
    except Exception as error:  # noqa: BLE001  (a doctor reports what it finds)
        return Finding(subject, False, first_line(error), advice)


def _names() -> Iterator[Finding]:
    """Names that look like settings and are none: they would be passed over in silence."""
    from bot.settings import Settings

    known = [str(field.validation_alias) for field in Settings.model_fields.values()]
    named = {name for name in os.environ if name.upper().startswith("KAM_")} | set(_in_file())
    for name in sorted(named):
        if name.upper() in known or name.startswith(_DEVELOPERS):
            continue
        near = get_close_matches(name.upper(), known, 1, 0.75)
        if near or name.upper().startswith("KAM_"):
            advice = f"did you mean {near[0]}?" if near else ".env.example lists what there is"
            yield Finding("settings", False, f"{name} is no setting", advice)


def _in_file() -> list[str]:
    from dotenv import dotenv_values

    return list(dotenv_values(".env")) if Path(".env").is_file() else []


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

    with closing(open_records(settings)) as sessions, sessions() as session:
        held = accounts.count(session)
    address = make_url(settings.database).render_as_string(hide_password=True)
    advice = "" if held else "kam demo loads a demo company, kam import PATH your own records"
    return Finding("database", True, f"{address}, {held:,} accounts", advice)


def _index(settings: "Settings") -> Finding:
    """Asks the index and its vectors; where much is not indexed yet, says so and builds nothing."""
    from bot.main import open_index, open_records
    from kam_knowledge.lexicon import lexicon_file
    from kam_knowledge.lock import Behind
    from kam_knowledge.search import Readable

    where = f"Chroma at {settings.chroma_url}" if settings.chroma_url else "embedded"
    if not lexicon_file(settings.home / "index").exists():
        return Finding("index", True, f"{where}, not built yet", _LATER)
    everything = Readable(None, 4)
    with closing(open_records(settings)) as sessions:
        library, feed = open_index(settings, sessions)
        with closing(library.index):
            near = library.index.nearest("key account", everything, 1)
            try:
                library.sync(at_most=0)
                feed.catch_up(0)
            except Behind as behind:
                return Finding("index", True, f"{where}, {behind}", _LATER)
            count = library.index.lexical.count()
    if not near:
        return Finding("index", False, f"{where}, {count:,} passages without vectors", "kam index")
    return Finding("index", True, f"{where}, {count:,} passages, embedding {settings.embedding}")


def _model(settings: "Settings") -> Finding:
    from bot.agent.models import BUILT_IN, provider_model

    if settings.model == BUILT_IN:
        return Finding("model", True, "built-in (no language model)")
    reply = provider_model(settings).invoke("Reply with the word ok.")
    return Finding("model", True, f"{settings.model} answered {reply.text[:40]!r}")


def _slack(settings: "Settings") -> Iterator[Finding]:
    """What is missing for `kam serve`, if anything is set for it; and whom Slack says it is."""
    from bot.cli.serve import HINT, missing_settings

    given = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    if not any(given) and not settings.slack_client_id:
        yield Finding("Slack", True, "not configured; kam manifest starts that")
        return
    missing = missing_settings(settings)
    for line in missing:
        yield Finding("Slack", False, line, HINT if line == missing[-1] else "")
    if missing:
        return
    if settings.slack_bot_token is None:
        yield Finding("Slack", True, f"{settings.slack_mode}, workspaces install it themselves")
        return
    advice = f"does the token belong to this app, and can {settings.slack_api_url} be reached?"
    yield _looked("Slack", _identity, settings, advice)


def _identity(settings: "Settings") -> Finding:
    from bot.slack.workspaces import OneWorkspace, base_client

    async def asked() -> str | None:
        token = settings.slack_bot_token
        secret = token.get_secret_value() if token else ""
        workspace = OneWorkspace(base_client(settings), secret, frozenset())
        found = await asyncio.wait_for(workspace.identity(), _SECONDS)
        return found.team

    return Finding("Slack", True, f"{settings.slack_mode}, workspace {asyncio.run(asked())}")
