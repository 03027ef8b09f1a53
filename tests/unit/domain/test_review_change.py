"""Movements between two reviews."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.review_change import NOWHERE, Movement, Place, inputs_of, movement
from tools.domain.score import Raw
from tools.domain.vocabulary import Factor

D = Decimal


def at(rank: int | None, score: int | None, *, key: bool = False) -> Place:
    return Place(rank, None if score is None else D(score), key)


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (at(4, 56), at(2, 72, key=True), Movement.ENTERED),
        (at(2, 68, key=True), at(3, 62), Movement.LEFT),
        (at(2, 68, key=True), at(None, None), Movement.LEFT),
        (at(3, 60), at(4, 60), Movement.OVERTAKEN),
        (at(3, 60), at(4, 61), Movement.OVERTAKEN),
        (at(3, 60), at(4, 59), Movement.FELL),
        (at(3, 60), at(2, 60), Movement.ROSE),
        (at(1, 76, key=True), at(1, 78, key=True), Movement.STAYED),
        (NOWHERE, at(5, 10), Movement.NEWLY_RANKED),
        (at(5, 10), NOWHERE, Movement.UNRANKED),
        (NOWHERE, NOWHERE, Movement.NEVER_RANKED),
    ],
)
def test_movements(then: Place, now: Place, expected: Movement) -> None:
    assert movement(then, now) is expected


def test_kept_values_become_inputs_and_absent_ones_stay_absent() -> None:
    place = Place(1, D(50), False, None, {"revenue": "1200.5", "ability": 70, "potential": None})
    found = inputs_of(place, "CNY", date(2017, 6, 30), "review")
    assert set(found) == {Factor.REVENUE, Factor.ABILITY}
    raw = found[Factor.REVENUE]
    assert isinstance(raw, Raw)
    assert (raw.value, raw.unit, raw.as_of) == (D("1200.5"), "CNY", date(2017, 6, 30))


_OPPOSITE = {
    Movement.ENTERED: {Movement.LEFT},
    Movement.LEFT: {Movement.ENTERED},
    Movement.ROSE: {Movement.FELL, Movement.OVERTAKEN},
    Movement.FELL: {Movement.ROSE},
    Movement.OVERTAKEN: {Movement.ROSE},
    Movement.UNRANKED: {Movement.NEWLY_RANKED},
    Movement.NEWLY_RANKED: {Movement.UNRANKED},
    Movement.STAYED: {Movement.STAYED},
    Movement.NEVER_RANKED: {Movement.NEVER_RANKED},
}
ranked = st.builds(at, st.integers(1, 9), st.integers(0, 100), key=st.booleans())
places = st.one_of(ranked, st.just(NOWHERE))


@given(places, places)
def test_the_way_back_is_the_opposite_movement(then: Place, now: Place) -> None:
    assert movement(now, then) in _OPPOSITE[movement(then, now)]


@given(places)
def test_nothing_moves_without_a_change(place: Place) -> None:
    assert movement(place, place) in (Movement.STAYED, Movement.NEVER_RANKED)
