"""Two languages in one list, and when to abstain."""

import pytest

from kam_knowledge.ranking import Leg, merged, supported, with_both

STRONG = Leg({1: 8.0, 2: 4.0, 3: 4.0}, possible=10.0)
WEAK = Leg({1: 1.0, 2: 1.0, 3: 1.0}, possible=10.0)
FAR = Leg({11: 3.0, 12: 1.0}, possible=10.0)
NOTHING = Leg({}, possible=10.0)


def test_a_leg_knows_how_much_it_covers_and_how_far_its_best_leads() -> None:
    assert STRONG.covered == pytest.approx(0.8)
    assert STRONG.lead == pytest.approx(2.0)
    assert NOTHING.covered == 0
    assert NOTHING.lead == 1


def test_where_the_own_tongue_covers_the_question_it_comes_first() -> None:
    assert next(iter(merged(STRONG, FAR, "zh", {}))) == 1


def test_where_the_own_tongue_covers_little_the_other_comes_first() -> None:
    assert next(iter(merged(WEAK, FAR, "zh", {}))) == 11


def test_the_order_within_a_tongue_never_changes() -> None:
    order = list(merged(WEAK, FAR, "en", {}))

    assert [number for number in order if number < 10] == [1, 2, 3]
    assert [number for number in order if number > 10] == [11, 12]


def test_other_legs_add_their_score_and_their_passages() -> None:
    scores = merged(STRONG, NOTHING, "en", {3: 5.0, 20: 0.5})

    assert scores == {3: 9.0, 1: 8.0, 2: 4.0, 20: 0.5}
    assert list(scores) == [3, 1, 2, 20]


@pytest.mark.parametrize(
    ("ranked", "limit", "expected"),
    [
        ([1, 2, 3, 4, 5, 6, 11, 12], 5, [1, 2, 3, 4, 11]),
        ([1, 2, 3, 4, 5, 6, 11, 12], 8, [1, 2, 3, 4, 11, 5, 6, 12]),
        ([1, 11, 2, 3, 4, 5, 12], 5, [1, 11, 2, 3, 4]),
        ([1, 2, 3, 4, 5, 11], 3, [1, 2, 3]),
        ([1, 2, 3, 4, 5, 6], 5, [1, 2, 3, 4, 5]),
        ([], 5, []),
    ],
)
def test_the_fifth_place_is_kept_for_the_other_tongue(
    ranked: list[int], limit: int, expected: list[int]
) -> None:
    assert with_both(ranked, {11, 12}, limit) == expected


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_support_comes_from_a_passage_that_covers_the_question(tongue: str) -> None:
    assert supported(STRONG, NOTHING, tongue, only_far=False)
    assert not supported(WEAK, NOTHING, tongue, only_far=False)
    assert not supported(NOTHING, NOTHING, tongue, only_far=True)


def test_the_other_tongue_supports_only_what_stands_in_it_alone() -> None:
    assert supported(WEAK, FAR, "en", only_far=True)
    assert not supported(WEAK, FAR, "en", only_far=False)
