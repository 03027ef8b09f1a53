"""The index brought up to date by another process: to build it takes several hundred megabytes,
which a process that serves would keep.

Run as a module, this is that other process.
"""

import logging
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from bot.references import new_reference
from bot.settings import Settings

log = logging.getLogger(__name__)

_REST_SECONDS = 60.0
_TURN_SECONDS = 6 * 3600.0
_LINES = 40
_NICE = 10
_COMMAND = [sys.executable, "-P", "-X", "utf8", "-m", "bot.building"]
_ANEW = "anew"


class Builder:
    """Starts the other process, one at a time, and tells how it ended; safe to use from many
    threads. One that failed is not followed by another for `rest` seconds."""

    def __init__(self, settings: Settings, *, rest: float = _REST_SECONDS) -> None:
        self._settings = settings
        self._rest = rest
        self._lock = Lock()
        self._closed = False
        self._process: subprocess.Popen[str] | None = None
        self._watching: Thread | None = None
        self._failed_at = -math.inf
        self._failure = ""
        self._unseen = False

    @property
    def running(self) -> bool:
        """Whether a process is at work."""
        return self._watching is not None and self._watching.is_alive()

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def failure(self) -> str:
        """The reference under which the log tells why the last process failed; empty where it
        did not."""
        return self._failure

    @property
    def unseen(self) -> bool:
        """Whether a process has ended well and `seen` was not called since."""
        return self._unseen

    def seen(self) -> None:
        """What the last process did is known."""
        self._unseen = False

    def start(self) -> None:
        """Starts the process, unless one is at work, or failed just now, or all is closed."""
        with self._lock:
            if self._closed or self.running or time.monotonic() < self._failed_at + self._rest:
                return
            self._failure = ""
            self._process = _started(self._settings)
            self._watching = Thread(target=self._watch, args=[self._process], name="building")
            self._watching.start()

    def wait(self) -> None:
        """Returns when no process is at work."""
        watching = self._watching
        if watching is not None:
            watching.join()

    def close(self) -> None:
        """Ends the process at once: the index bears that, and the next one goes on from there."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None and process.poll() is None:
            # Its own helper too, which would otherwise first finish what it was asked.
            os.killpg(process.pid, signal.SIGKILL)
        self.wait()

    def _watch(self, process: subprocess.Popen[str]) -> None:
        began = time.monotonic()
        said = process.communicate()[1].splitlines()[-_LINES:]
        if process.returncode == 0:
            self._unseen = True
            log.info("the index is up to date after %.0f s", time.monotonic() - began)
        elif not self._closed:
            self._failure, self._failed_at = new_reference(), time.monotonic()
            log.error(
                "the index was not brought up to date, reference %s: its process ended with %s\n%s",
                self._failure,
                process.returncode,
                "\n".join(said),
            )


def lock_of(home: Path) -> Path:
    """The lock that the other process holds while it is at work."""
    return home / "index" / "building"


def write_anew(settings: Settings) -> None:
    """Writes the whole index anew in another process: what this one has read, and must be gone,
    would go into the new files with the memory that Chroma leaves unset in them. Raises
    `Unavailable` where that failed."""
    from kam_knowledge.lock import Unavailable

    process = _started(settings, _ANEW)
    said = process.communicate()[1].strip().splitlines()
    if process.returncode:
        raise Unavailable(said[-1] if said else f"ended with {process.returncode}")


def build(settings: Settings, *, anew: bool = False) -> None:
    """Brings the index up to date with documents and records, once no other process does; or
    writes what is indexed `anew`."""
    from contextlib import closing

    from bot.main import open_index, open_records
    from kam_knowledge.lock import locked

    with (
        locked(lock_of(settings.home), wait=_TURN_SECONDS),
        closing(open_records(settings)) as sessions,
    ):
        library, feed = open_index(settings, sessions)
        with closing(library.index):
            if anew:
                library.index.rewrite()
                return
            for reason in library.sync().faulty:
                log.warning("not read: %s", reason)
            feed.catch_up()


def _started(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """The other process, in a group of its own; what it says of failures can be read."""
    return subprocess.Popen(  # noqa: S603
        [*_COMMAND, *arguments],
        env=os.environ | _environment(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        process_group=0,
    )


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as another process reads them."""
    values = {
        str(field.validation_alias): getattr(settings, name)
        for name, field in type(settings).model_fields.items()
    }
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> str:
    reveal: Callable[[], str] | None = getattr(value, "get_secret_value", None)
    if reveal is not None:
        return reveal()
    return "" if value is None else str(value)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    os.nice(_NICE)
    build(Settings(), anew=_ANEW in sys.argv)
