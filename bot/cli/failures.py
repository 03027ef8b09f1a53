"""How the command fails: one line that says why, the details in a log file."""

import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pydantic import ValidationError

LOG_NAME = "kam.log"


@contextmanager
def told() -> Iterator[None]:
    """Ends the process with exit code 1 and one line for any failure but a usage error."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  (the outermost frame of the command)
        click.echo(f"kam: {_line(error)}", err=True)
        sys.exit(1)


def wrong_settings(error: "ValidationError") -> list[str]:
    """What is wrong with which setting. Values are left out: they may be secrets."""
    return [
        f"{fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors(include_url=False, include_input=False)
    ]


def _line(error: Exception) -> str:
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError

    from bot.references import new_reference
    from kam_knowledge.lock import Unavailable
    from tools.errors import KamError

    if isinstance(error, KamError):
        return str(error)
    if isinstance(error, ValidationError) and error.title == "Settings":
        return "; ".join(wrong_settings(error)) + ". The settings are in the environment or .env."
    reference = new_reference()
    log = _logged(error, reference)
    if isinstance(error, OperationalError):
        reason = first_line(error.orig)
        return (
            f"the database cannot be used: {reason} (kam doctor tells more; reference {reference})"
        )
    if isinstance(error, Unavailable):
        return f"the index cannot be used for now: {error} (reference {reference})"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or first_line(error)} (reference {reference})"
    return f"failed inside, see {log}, reference {reference}"


def first_line(error: object) -> str:
    """What went wrong, without the advice that drivers add on further lines."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _logged(error: Exception, reference: str) -> str:
    """Writes the details to the log, and says where that is; to the standard error stream where
    there is no log to write to."""
    home = Path(os.environ.get("KAM_HOME") or ".kam")
    with suppress(Exception):
        from bot.settings import Settings

        home = Settings().home
    log = logging.getLogger("bot")
    try:
        if not _logs_to_file():
            log_to_home(home)
        log.error("failed, reference %s", reference, exc_info=error)
    except OSError:
        return f"the log: {home} cannot be written to"
    return str(home / LOG_NAME)


def _logs_to_file() -> bool:
    return any(isinstance(h, RotatingFileHandler) for h in logging.getLogger().handlers)


def log_to_home(home: Path) -> None:
    """Writes warnings and failures to the log file under `KAM_HOME`."""
    home.mkdir(parents=True, exist_ok=True)
    if not os.access(home, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(home))
    handler = RotatingFileHandler(
        home / LOG_NAME, maxBytes=5_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
