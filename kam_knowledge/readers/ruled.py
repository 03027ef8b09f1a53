"""Tables drawn with lines: the lines of a page in, grids out that say which cell a point is in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


_Line = tuple[float, tuple[Rule, ...]]


@dataclass(frozen=True)
class Grid:
    """A table's lines: columns from the left, rows from the top."""

    columns: tuple[_Line, ...]
    rows: tuple[_Line, ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column at a point, None outside. Where a line is missing cells are merged,
        and the point is in the first of them."""
        if not self.columns[0][0] <= x <= self.columns[-1][0]:
            return None
        if not self.rows[-1][0] <= y <= self.rows[0][0]:
            return None
        return _before(self.rows, -y, x, sign=-1), _before(self.columns, x, y, sign=1)

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


def _before(lines: Sequence[_Line], along: float, across: float, *, sign: int) -> int:
    """The index of the last line before a point, among those drawn beside it."""
    passed = [
        index
        for index, (place, rules) in enumerate(lines[:-1])
        if sign * place <= along and any(rule.covers(across) for rule in rules)
    ]
    return passed[-1] if passed else 0


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
    rows = _lines([rule for rule in rules if not rule.upright])[::-1]
    if len(rows) < 3 or not 3 <= len(columns) <= _COLUMNS + 1:
        return None
    return Grid(tuple(columns), tuple(rows))


def _lines(rules: Iterable[Rule]) -> list[_Line]:
    """Lines at the same place taken together, in the order of their places."""
    found: list[_Line] = []
    for rule in sorted(rules, key=lambda rule: rule.place):
        if found and rule.place - found[-1][0] <= _TOUCH:
            found[-1] = (found[-1][0], (*found[-1][1], rule))
        else:
            found.append((rule.place, (rule,)))
    return found
