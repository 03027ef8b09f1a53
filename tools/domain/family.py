"""A customer and its sub-units as a tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A sub-unit and how deep below the head it stands: 1 for a direct one."""

    id: int
    name: str
    depth: int


def tree(head: int, units: Iterable[tuple[int, str, int | None]]) -> list[Member]:
    """Sub-units (id, name, parent) in reading order: each one before those below it, by name."""
    children: dict[int | None, list[tuple[int, str]]] = {}
    for unit, name, parent in units:
        children.setdefault(parent, []).append((unit, name))
    return list(_walk(head, children, 1, {head}))


def _walk(
    head: int, children: dict[int | None, list[tuple[int, str]]], depth: int, seen: set[int]
) -> Iterator[Member]:
    for unit, name in sorted(children.get(head, ()), key=lambda child: (child[1], child[0])):
        if unit not in seen:
            seen.add(unit)
            yield Member(unit, name, depth)
            yield from _walk(unit, children, depth + 1, seen)
