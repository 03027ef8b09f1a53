"""Readiness of a newcomer: lessons and answers count equally."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.learning import Taken, progress

DAY = date(2018, 1, 15)
PATH = (("a", 4), ("b", 4), ("c", 4), ("d", 4), ("e", 4))


@pytest.mark.parametrize(
    ("finished", "points", "readiness", "ready"),
    [
        (0, (), "0", False),
        (4, (4, 4, 4, 4), "0.8", True),  # (80 % + 16/20) / 2
        (4, (4, 4, 4, 3), "0.775", False),
        (5, (4, 4, 4, 3, 3), "0.95", True),  # (100 % + 18/20) / 2
        (5, (0, 0, 0, 0, 0), "0.5", False),
    ],
)
def test_readiness(finished: int, points: tuple[int, ...], readiness: str, *, ready: bool) -> None:
    keys = [key for key, _ in PATH]
    taken = {
        key: Taken(DAY if n < finished else None, points[n] if n < len(points) else None)
        for n, key in enumerate(keys)
    }

    found = progress(taken, PATH)

    assert (found.readiness, found.ready) == (Decimal(readiness), ready)


@given(st.dictionaries(st.sampled_from("abcdexyz"), st.integers(-5, 50)))
def test_readiness_stays_within_bounds(points: dict[str, int]) -> None:
    found = progress({key: Taken(DAY, given) for key, given in points.items()}, PATH)

    assert 0 <= found.readiness <= 1
