"""How the command fails: one line that says why, the details in a log file."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler

import click

LOG_NAME = "kam.log"


@contextmanager
def told() -> Iterator[None]:
    """Ends the process with exit code 1 and one line for any failure but a usage error."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  (the outermost frame of the command)
        click.echo(f"kam: {_line(error)}", err=True)
        sys.exit(1)


def _line(error: Exception) -> str:
    from sqlalchemy.exc import OperationalError

    from bot.references import new_reference
    from kam_knowledge.lock import Unavailable
    from tools.errors import KamError

    if isinstance(error, KamError):
        return str(error)
    reference = new_reference()
    logging.getLogger("bot").error("failed, reference %s", reference, exc_info=error)
    if isinstance(error, OperationalError):
        return f"the database cannot be used: {error.orig} (reference {reference})"
    if isinstance(error, Unavailable):
        return f"the index cannot be used for now: {error} (reference {reference})"
    return f"failed inside, see {LOG_NAME} in KAM_HOME, reference {reference}"


def log_to_home(home: "object") -> None:
    """Writes warnings and failures to the log file under `KAM_HOME`."""
    from pathlib import Path

    folder = Path(str(home))
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_NAME, maxBytes=5_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
