"""Composite score: bands, weights, gaps, and what must hold for any input."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.rules import Band, Bands, ScoreRules, SegmentBands, Weights
from tools.domain.score import Inputs, Raw, Scorer, Unusable
from tools.domain.vocabulary import Factor
from tools.errors import BadInput
from tools.text import text

DAY = date(2018, 1, 1)
RULES = ScoreRules()


def raw(value: str | int | Decimal) -> Raw:
    return Raw(Decimal(value), "USD", DAY, "survey", confirmed=True)


def inputs(revenue: object, potential: object, demonstration: object, ability: object) -> Inputs:
    given_values = (revenue, potential, demonstration, ability)
    return {
        factor: raw(str(value))
        for factor, value in zip(Factor, given_values, strict=True)
        if value is not None
    }


def test_a_full_score_is_the_weighted_sum_of_its_points() -> None:
    score = Scorer(RULES).score("medical", inputs(600_000, 9_000_000, 85, 50))
    assert [part.points for part in score.parts] == [60, 80, 100, 60]
    assert [part.contribution for part in score.parts] == [18, 24, 20, 12]
    assert score.total == 74
    assert score.missing == ()


@pytest.mark.parametrize(
    ("revenue", "points"),
    [
        ("-0.01", 0),
        (0, 20),
        ("99999.9999", 20),
        (100_000, 40),
        ("499999.9999", 40),
        (500_000, 60),
        (2_000_000, 80),
        (10_000_000, 100),
        (10**12, 100),
    ],
)
def test_a_band_holds_from_its_lower_limit_on(revenue: object, points: int) -> None:
    part = Scorer(RULES).score(None, inputs(revenue, 0, 0, 0)).parts[0]
    assert part.points == points


def test_a_missing_factor_leaves_a_range_and_no_score() -> None:
    score = Scorer(RULES).score(None, inputs(600_000, None, 85, None))
    assert score.total is None
    assert [part.factor for part in score.missing] == [Factor.POTENTIAL, Factor.ABILITY]
    assert score.known == 38
    assert (score.lowest, score.highest) == (38 + 6 + 4, 38 + 30 + 20)


def test_an_input_that_cannot_be_used_is_missing_with_its_reason() -> None:
    reason = text("no rate", "没有汇率")
    score = Scorer(RULES).score(None, {**inputs(1, 1, 1, 1), Factor.POTENTIAL: Unusable(reason)})
    assert [(part.factor, part.reason) for part in score.missing] == [(Factor.POTENTIAL, reason)]


def test_a_segment_may_have_its_own_bands() -> None:
    own = SegmentBands("Medical", "revenue", (Band(Decimal(0), Decimal(10)),))
    scorer = Scorer(replace(RULES, segment_bands=(own,)))
    assert scorer.score("medical", inputs(10**9, 0, 0, 0)).parts[0].points == 10
    assert scorer.score("retail", inputs(10**9, 0, 0, 0)).parts[0].points == 100
    assert scorer.score(None, inputs(10**9, 0, 0, 0)).parts[0].points == 100


@pytest.mark.parametrize("revenue", ["0.31", "0.2999", "-0.30"])
def test_weights_that_do_not_sum_to_one_are_refused(revenue: str) -> None:
    rules = replace(RULES, weights=replace(Weights(), revenue=Decimal(revenue)))
    with pytest.raises(BadInput, match="sum to 1"):
        Scorer(rules)


def test_negative_weights_are_refused_even_if_they_sum_to_one() -> None:
    weights = Weights(Decimal("-0.1"), Decimal("0.7"), Decimal("0.2"), Decimal("0.2"))
    with pytest.raises(BadInput, match="negative"):
        Scorer(replace(RULES, weights=weights))


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band(Decimal(5), Decimal(20)), Band(Decimal(5), Decimal(40))),
        (Band(Decimal(9), Decimal(20)), Band(Decimal(5), Decimal(40))),
        (Band(Decimal(0), Decimal(101)),),
        (Band(Decimal(0), Decimal(-1)),),
    ],
)
def test_bands_out_of_order_or_range_are_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(BadInput, match="bands of the factor ability"):
        Scorer(replace(RULES, bands=replace(Bands(), ability=bands)))


def test_the_lowest_score_counts_nothing_where_the_first_band_starts_above_zero() -> None:
    bands = replace(Bands(), ability=(Band(Decimal(50), Decimal(80)),))
    score = Scorer(replace(RULES, bands=bands)).score(None, inputs(0, 0, 0, None))
    assert (score.lowest, score.highest) == (16, 32)


amounts = st.decimals(0, 10**9, places=2)
points = st.decimals(0, 100, places=2)
full = st.tuples(amounts, amounts, points, points)


@given(full)
def test_a_score_lies_between_0_and_100_and_in_every_range_that_hides_inputs(
    values: tuple[Decimal, Decimal, Decimal, Decimal],
) -> None:
    scorer = Scorer(RULES)
    total = scorer.score(None, inputs(*values)).total
    assert total is not None
    assert 0 <= total <= 100
    for hidden in range(4):
        partial = [None if i == hidden else v for i, v in enumerate(values)]
        score = scorer.score(None, inputs(*partial))
        assert score.lowest <= total <= score.highest
        assert score.total is None


@given(full, st.integers(0, 3), points)
def test_a_higher_input_never_lowers_the_score(
    values: tuple[Decimal, Decimal, Decimal, Decimal], which: int, more: Decimal
) -> None:
    scorer = Scorer(RULES)
    raised = [v + more if i == which else v for i, v in enumerate(values)]
    before, after = (scorer.score(None, inputs(*given)).total for given in (values, raised))
    assert before is not None
    assert after is not None
    assert after >= before
