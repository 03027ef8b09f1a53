"""The reference of a turn: every line of the log that a turn leads to carries it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """The reference of the turn that is running, else a short new one: it ties a message to the
    log."""
    return _current.get() or secrets.token_hex(4)


def current_reference() -> str:
    """The reference of the turn that is running; empty outside of one."""
    return _current.get()


@contextmanager
def turn_reference() -> Iterator[str]:
    """Gives all that runs within, in threads and tasks started there too, one reference."""
    reference = secrets.token_hex(4)
    token = _current.set(reference)
    try:
        yield reference
    finally:
        _current.reset(token)
