"""Selection criteria and the health check."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.judgements import CRITERIA, HEALTH, Judged, criteria, health
from tools.domain.rules import CriteriaRules, HealthRules
from tools.domain.vocabulary import Dimension
from tools.errors import BadInput

D = Decimal
DAY = date(2018, 1, 1)
POINTS = st.decimals(0, 100, places=2)


def judged(points: object, days: int = 0) -> Judged:
    return Judged(D(str(points)), DAY - timedelta(days=days), None, None)


def test_the_average_of_four() -> None:
    found = criteria(
        {key: judged(points) for key, points in zip(CRITERIA, (85, 40, 70, 45), strict=True)},
        CriteriaRules(),
    )
    assert found.total == D(60)
    assert found.weakest is not None
    assert found.weakest[0] is Dimension.CRITERION_LOYALTY


def test_no_average_over_three() -> None:
    known = {key: judged(90) for key in list(CRITERIA)[:3]}
    found = criteria(known, CriteriaRules())
    assert found.total is None
    assert found.missing == (Dimension.CRITERION_RISK,)
    assert criteria({}, CriteriaRules()).weakest is None


@pytest.mark.parametrize("revenue", ["0.26", "0.24", "-0.25"])
def test_weights_that_do_not_sum_to_one_are_refused(revenue: str) -> None:
    with pytest.raises(BadInput, match="criteria"):
        criteria({}, CriteriaRules(revenue=D(revenue)))


@given(st.tuples(POINTS, POINTS, POINTS, POINTS))
def test_the_total_lies_between_the_weakest_and_the_strongest(points: tuple[Decimal, ...]) -> None:
    known = {key: judged(value) for key, value in zip(CRITERIA, points, strict=True)}
    total = criteria(known, CriteriaRules()).total
    assert total is not None
    assert min(points) <= total <= max(points)


@pytest.mark.parametrize(
    ("now", "before", "weak", "warning"),
    [
        (60, None, False, False),
        ("59.99", None, True, False),
        (75, 85, False, True),
        (75, "84.99", False, False),
        (55, 65, True, True),
        (90, 70, False, False),
    ],
)
def test_weak_below_the_limit_and_warned_from_a_fall(
    now: object, before: object, weak: bool, warning: bool
) -> None:
    history = [judged(now)] + ([judged(before, 90)] if before is not None else [])
    first = health({Dimension.SATISFACTION: history}, HealthRules())[0]
    assert (first.weak, first.warning) == (weak, warning)


def test_a_measure_never_taken_is_neither() -> None:
    measures = health({}, HealthRules())
    assert tuple(measure.dimension for measure in measures) == HEALTH
    assert all((m.now, m.weak, m.warning, m.change) == (None, False, False, None) for m in measures)
