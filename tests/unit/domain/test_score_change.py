"""What moved a score."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.domain.rules import ScoreRules, Weights
from tools.domain.score import Raw, Score, Scorer
from tools.domain.score_change import explain, largest
from tools.domain.vocabulary import Factor

D = Decimal
EVEN = ScoreRules(weights=Weights(D("0.25"), D("0.25"), D("0.25"), D("0.25")))


def score(values: dict[Factor, int], rules: ScoreRules | None = None) -> Score:
    raws = {
        factor: Raw(D(value), "points", date(2018, 1, 1), "survey", True)
        for factor, value in values.items()
    }
    return Scorer(rules or ScoreRules()).score(None, raws)


def points(demonstration: int, ability: int) -> dict[Factor, int]:
    return {
        Factor.REVENUE: 600_000,
        Factor.POTENTIAL: 9_000_000,
        Factor.DEMONSTRATION: demonstration,
        Factor.ABILITY: ability,
    }


def test_an_effect_is_the_change_in_points_times_the_weight() -> None:
    then, now = score(points(50, 50)), score(points(90, 10))
    effects = [change.effect for change in explain(then, then, now)]
    assert effects == [0, 0, D(8), D(-8)]
    most = largest(explain(then, then, now))
    assert most is not None
    assert most.factor is Factor.DEMONSTRATION


def test_rules_and_values_are_told_apart() -> None:
    then, between = score(points(50, 50)), score(points(50, 50), EVEN)
    now = score(points(90, 50), EVEN)
    found = explain(then, between, now)[2]
    assert (found.by_rules, found.by_values, found.effect) == (D(3), D(10), D(13))


def test_a_factor_that_was_missing_has_no_effect() -> None:
    then = score({Factor.ABILITY: 50})
    found = explain(then, then, score(points(50, 50)))
    assert [change.effect for change in found] == [None, None, None, 0]
    assert largest(found) is None


values = st.fixed_dictionaries(
    {
        Factor.REVENUE: st.integers(0, 20_000_000),
        Factor.POTENTIAL: st.integers(0, 50_000_000),
        Factor.DEMONSTRATION: st.integers(0, 100),
        Factor.ABILITY: st.integers(0, 100),
    }
)


@given(values, values)
def test_effects_sum_to_the_change_of_the_score(
    before: dict[Factor, int], after: dict[Factor, int]
) -> None:
    then, between, now = score(before), score(before, EVEN), score(after, EVEN)
    found = explain(then, between, now)
    assert then.total is not None
    assert now.total is not None
    assert sum(change.effect or 0 for change in found) == now.total - then.total
    back = explain(now, now, now)
    assert largest(back) is None
