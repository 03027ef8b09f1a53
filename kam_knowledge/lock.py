"""One process at a time: a lock on a file, freed by the system when its holder dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unavailable(Exception):
    """The index cannot be read or written for now: its store does not answer, the disk is
    full, or another process is at work. Trying again later may do."""


class Busy(Unavailable):
    """Another process holds the lock and did not let go in time."""


class Behind(Exception):
    """More is to be indexed than the caller was ready to wait for; nothing was."""

    def __init__(self, documents: int) -> None:
        super().__init__(f"{documents} documents are to be indexed")


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Holds the lock; after `wait` seconds without it raises `Busy`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with path.open("a") as file:
        while not _taken(file.fileno()):
            if time.monotonic() >= until:
                raise Busy(f"{path}: another process is writing to this index")
            time.sleep(0.02)
        yield


def held(path: Path) -> bool:
    """Whether somebody holds the lock right now. Any number may look at the same time."""
    if not path.exists():
        return False
    with path.open("a") as file:
        return not _taken(file.fileno(), fcntl.LOCK_SH)


def _taken(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
