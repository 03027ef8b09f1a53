"""Lines of a page to the cells of a table."""

import pytest

from kam_knowledge.readers.ruled import Grid, Rule, grids

ACROSS = [Rule(False, place, 0, 90) for place in (0, 60)]
DOWN = [Rule(True, place, 0, 60) for place in (0, 30, 90)]


@pytest.fixture
def grid() -> Grid:
    """Rows above and below 20 and 40; below 40 the second and third column are parted at 60,
    and the first column's two lower rows are one cell."""
    inner = [Rule(False, 40, 0, 90), Rule(False, 20, 30, 90), Rule(True, 60, 0, 40)]
    (found,) = grids([*ACROSS, *DOWN, *inner])
    return found


@pytest.mark.parametrize(
    ("x", "y", "cell"),
    [
        (10, 50, (0, 0)),
        (40, 50, (0, 1)),
        (80, 50, (0, 1)),
        (10, 30, (1, 0)),
        (10, 10, (1, 0)),
        (40, 10, (2, 1)),
        (80, 30, (1, 2)),
        (95, 30, None),
        (10, 70, None),
        (-5, 30, None),
    ],
)
def test_which_cell_a_point_is_in(
    grid: Grid, x: float, y: float, cell: tuple[int, int] | None
) -> None:
    assert grid.shape == (3, 3)
    assert grid.cell(x, y) == cell


def test_frames_and_separate_lines_are_no_tables() -> None:
    assert grids([*ACROSS, *DOWN[:1], *DOWN[2:]]) == []
    assert grids([Rule(False, 300, 0, 90), Rule(True, 200, 0, 90)]) == []
