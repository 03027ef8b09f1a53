"""Where things stand in a text, and which of them give way."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with its place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def widest(placed: Sequence[P]) -> list[P]:
    """Those that lie in no longer one."""
    return [p for p in placed if not any(_lies_within(p, other) for other in placed)]


def _lies_within(inner: Placed, outer: Placed) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def without_overlap(masks: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The masks (start, end, kind) without those that touch an earlier one."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in masks:
        if not any(s < end and start < e for s, e, _ in kept):
            kept.append((start, end, kind))
    return kept


def overlaps(item: Placed, others: Iterable[Placed]) -> bool:
    """Whether it shares a character with one of the others."""
    return any(item.start < other.end and other.start < item.end for other in others)
