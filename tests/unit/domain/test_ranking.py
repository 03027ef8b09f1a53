"""Ranks, the top share and ties."""

from collections import Counter
from decimal import Decimal
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.percentiles import percentile
from tools.domain.ranking import Standing, places, top_count
from tools.errors import BadInput

D = Decimal


def standings(given_scores: dict[int, Decimal], top: Decimal) -> dict[int, Standing]:
    found = places(Counter(given_scores.values()), top)
    return {key: found[score] for key, score in given_scores.items()}


def scores(*values: int) -> dict[int, Decimal]:
    return {key: D(value) for key, value in enumerate(values)}


@pytest.mark.parametrize(
    ("number", "share", "count"),
    [(0, "0.2", 0), (1, "0.2", 1), (5, "0.2", 1), (6, "0.2", 2), (10, "0", 0), (10, "1", 10)],
)
def test_the_top_share_is_rounded_up(number: int, share: str, count: int) -> None:
    assert top_count(number, D(share)) == count


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_a_share_outside_0_to_1_is_refused(share: str) -> None:
    with pytest.raises(BadInput, match="between 0 % and 100 %"):
        top_count(5, D(share))


def test_equal_scores_share_the_better_rank() -> None:
    ranks = {key: place.rank for key, place in standings(scores(70, 90, 70, 50), D("0.25")).items()}
    assert ranks == {0: 2, 1: 1, 2: 2, 3: 4}


def test_all_that_tie_at_the_cut_are_in() -> None:
    found = standings(scores(90, 70, 70, 70, 10), D("0.4"))
    assert [found[key].in_top for key in range(5)] == [True, True, True, True, False]


def test_no_share_takes_nobody_and_no_scores_give_no_places() -> None:
    assert not standings(scores(90), D(0))[0].in_top
    assert standings({}, D("0.2")) == {}


def test_a_single_account_is_first_and_in() -> None:
    place = standings(scores(1), D("0.2"))[0]
    assert (place.rank, place.of, place.in_top) == (1, 1, True)


many = st.dictionaries(st.integers(0, 50), st.integers(0, 20).map(D), min_size=1)
share = st.decimals(0, 1, places=2)


@given(many, share, st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_the_accounts(
    given_scores: dict[int, Decimal], top: Decimal, random: Random
) -> None:
    shuffled = list(given_scores.items())
    random.shuffle(shuffled)
    assert standings(dict(shuffled), top) == standings(given_scores, top)


@given(many, share)
def test_the_top_holds_the_highest_and_at_least_its_count(
    given_scores: dict[int, Decimal], top: Decimal
) -> None:
    found = standings(given_scores, top)
    inside = {key for key, place in found.items() if place.in_top}
    assert len(inside) >= ceil(len(given_scores) * top)
    outside = [given_scores[key] for key in found.keys() - inside]
    assert all(given_scores[key] > max(outside) for key in inside) if outside else True
    above = {key: sum(s > given_scores[key] for s in given_scores.values()) for key in found}
    assert {key: place.rank - 1 for key, place in found.items()} == above


@pytest.mark.parametrize(
    ("values", "at", "expected"),
    [
        ([1, 2, 3, 4], "0.5", "2.5"),
        ([4, 1, 3, 2], "0.5", "2.5"),
        ([7], "0.8", "7"),
        ([1, 2, 3, 4, 5], "0.8", "4.2"),
        ([1, 2], "0", "1"),
        ([1, 2], "1", "2"),
    ],
)
def test_percentiles_are_interpolated(values: list[int], at: str, expected: str) -> None:
    assert percentile([D(value) for value in values], D(at)) == D(expected)


def test_nothing_has_no_percentile() -> None:
    assert percentile([], D("0.5")) is None


@given(st.lists(st.integers(0, 1000).map(D), min_size=1), share)
def test_a_percentile_lies_within_its_values(values: list[Decimal], at: Decimal) -> None:
    found = percentile(values, at)
    assert found is not None
    assert min(values) <= found <= max(values)
