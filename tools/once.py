"""What is worked out once in a turn, however many tools ask for it.

Nothing is kept beyond the turn, and turns share nothing: what is kept belongs to the context
(`contextvars`) that the turn runs in, and to the threads it hands work to.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


def once(key: Hashable, find: Callable[[], Found]) -> Found:
    """What was found for this key before in this turn, else what is found now. The key names
    all that the answer depends on but the records."""
    found = _kept.get()
    if found is None:
        return find()
    if key not in found:
        found[key] = find()
    kept_one: Found = found[key]
    return kept_one


def kept() -> AbstractContextManager[None]:
    """A turn: what is found in it is kept until it ends."""
    return _keeping({})


def fresh() -> AbstractContextManager[None]:
    """A part of a turn that may change records: in it nothing is kept, nor taken from before."""
    return _keeping(None)


@contextmanager
def _keeping(found: dict[Hashable, Any] | None) -> Iterator[None]:
    token = _kept.set(found)
    try:
        yield
    finally:
        _kept.reset(token)
