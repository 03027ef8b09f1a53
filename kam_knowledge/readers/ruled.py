"""Tables drawn with lines: the lines of a page in, grids out that say which cell a point is in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TOUCH = 2.5
_MOST = 1_500
_COLUMNS = 40


@dataclass(frozen=True)
class Rule:
    """A straight line along the page: at `place` across its direction, from `start` to `end`."""

    upright: bool
    place: float
    start: float
    end: float

    def covers(self, point: float) -> bool:
        return self.start - _TOUCH <= point <= self.end + _TOUCH


@dataclass(frozen=True)
class Grid:
    """A table's lines: columns from the left, rows from the foot of the page up. `owners`
    says of each field, by row from the top and column, which cell it belongs to: where a
    line between two fields is missing they are one cell, named by its first field."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owners: Mapping[tuple[int, int], tuple[int, int]]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside."""
        row = len(self.rows) - 1 - bisect_left(self.rows, y)
        return self.owners.get((row, bisect_right(self.columns, x) - 1))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows) - 1, len(self.columns) - 1


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables among the lines: two rows and two columns at least. A page with a great
    many lines is a drawing and has none."""
    distinct = list({_rounded(rule) for rule in rules})
    if len(distinct) > _MOST:
        return []
    found = (_grid(connected) for connected in _connected(distinct))
    return [grid for grid in found if grid is not None]


def _rounded(rule: Rule) -> Rule:
    return Rule(rule.upright, round(rule.place, 1), round(rule.start, 1), round(rule.end, 1))


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that cross or touch each other, directly or by others."""
    group = list(range(len(rules)))

    def leader(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    uprights = [index for index, rule in enumerate(rules) if rule.upright]
    for index, rule in enumerate(rules):
        if rule.upright:
            continue
        for other in uprights:
            if rules[other].covers(rule.place) and rule.covers(rules[other].place):
                group[leader(other)] = leader(index)
    found: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        found.setdefault(leader(index), []).append(rule)
    return list(found.values())


def _grid(rules: Sequence[Rule]) -> Grid | None:
    columns = _lines([rule for rule in rules if rule.upright])
    rows = _lines([rule for rule in rules if not rule.upright])
    if len(rows) < 3 or not 3 <= len(columns) <= _COLUMNS + 1:
        return None
    return Grid(tuple(columns), tuple(rows), _owners(columns, rows))


def _lines(rules: Iterable[Rule]) -> dict[float, list[Rule]]:
    """Lines at the same place taken together, in the order of their places."""
    found: dict[float, list[Rule]] = {}
    place = float("-inf")
    for rule in sorted(rules, key=lambda rule: rule.place):
        if rule.place - place > _TOUCH:
            place = rule.place
        found.setdefault(place, []).append(rule)
    return found


def _owners(
    columns: Mapping[float, list[Rule]], rows: Mapping[float, list[Rule]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each field the cell: that of the field on its left or above it, where no line parts
    them, else its own."""
    centres_x = [(left + right) / 2 for left, right in pairwise(columns)]
    centres_y = [(low + high) / 2 for low, high in pairwise(rows)][::-1]
    uprights, levels = list(columns.values()), list(rows.values())[::-1]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, y in enumerate(centres_y):
        for column, x in enumerate(centres_x):
            owner = (row, column)
            if column and not any(rule.covers(y) for rule in uprights[column]):
                owner = owners[row, column - 1]
            elif row and not any(rule.covers(x) for rule in levels[row]):
                owner = owners[row - 1, column]
            owners[row, column] = owner
    return owners
