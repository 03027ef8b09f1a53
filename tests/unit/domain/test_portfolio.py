"""Plans that do not serve, and our place among the suppliers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.portfolio import Bought, Staleness, position, staleness
from tools.domain.upkeep import PlanState
from tools.domain.vocabulary import PlanStatus

D = Decimal
DAY = date(2018, 1, 1)


def plan(starts: date, ends: date) -> PlanState:
    return PlanState(1, starts, ends, PlanStatus.APPROVED, starts)


@pytest.mark.parametrize(
    ("found", "key", "expected"),
    [
        (None, True, Staleness.NO_PLAN),
        (None, False, None),
        (plan(date(2017, 1, 1), date(2017, 12, 31)), False, Staleness.EXPIRED),
        (plan(date(2017, 1, 1), DAY), True, None),
        (plan(DAY, DAY), True, None),
        (plan(date(2018, 1, 2), date(2018, 12, 31)), False, Staleness.NOT_BEGUN),
    ],
)
def test_plans(found: PlanState | None, *, key: bool, expected: Staleness | None) -> None:
    assert staleness(found, DAY, key_account=key) is expected


def test_the_newest_year_counts_and_a_supplier_is_summed() -> None:
    found = position(
        [
            Bought(2016, "Old", False, D(900)),
            Bought(2017, "A", False, D(30)),
            Bought(2017, "A", False, D(40)),
            Bought(2017, "B", False, D(60)),
            Bought(2017, "We", True, D(20)),
        ]
    )
    assert found is not None
    assert (found.year, found.ours, found.rival, found.theirs, found.gap) == (2017, 20, "A", 70, 50)


def test_what_is_not_recorded_is_no_gap_of_zero() -> None:
    assert position([]) is None
    alone = position([Bought(2017, "We", True, D(20))])
    assert alone is not None
    assert (alone.rival, alone.gap) == (None, None)
    without_us = position([Bought(2017, "A", False, D(20))])
    assert without_us is not None
    assert (without_us.ours, without_us.gap) == (None, None)


bought = st.builds(
    Bought,
    st.integers(2015, 2018),
    st.sampled_from("ABC"),
    st.booleans(),
    st.integers(0, 99).map(D),
)


@given(st.lists(bought, min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(rows: list[Bought], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = position(rows)
    assert found == position(shuffled)
    assert found is not None
    newest = [row for row in rows if row.year == found.year]
    assert found.year == max(row.year for row in rows)
    assert (found.ours is None) is not any(row.ours for row in newest)
    assert (found.theirs or 0) >= max((r.amount for r in newest if not r.ours), default=D(0))
