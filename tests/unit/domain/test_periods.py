"""Periods, both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.periods import Period, before, last_months, month_label, quarter_label
from tools.domain.periods import months_before as earlier

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("today", "months", "since"),
    [
        (date(2017, 12, 31), 12, date(2017, 1, 1)),
        (date(2018, 1, 1), 12, date(2017, 1, 2)),
        (date(2016, 2, 29), 12, date(2015, 3, 1)),
        (date(2017, 3, 31), 1, date(2017, 3, 1)),
        (date(2017, 1, 15), 1, date(2016, 12, 16)),
    ],
)
def test_the_last_months(today: date, months: int, since: date) -> None:
    assert last_months(today, months) == Period(since, today)


@pytest.mark.parametrize(
    ("period", "earlier_one"),
    [
        ((date(2017, 1, 1), date(2017, 12, 31)), (date(2016, 1, 1), date(2016, 12, 31))),
        ((date(2017, 4, 1), date(2017, 6, 30)), (date(2017, 1, 1), date(2017, 3, 31))),
        ((date(2016, 3, 1), date(2016, 3, 31)), (date(2016, 2, 1), date(2016, 2, 29))),
        ((date(2017, 1, 2), date(2018, 1, 1)), (date(2016, 1, 2), date(2017, 1, 1))),
        ((date(2017, 5, 10), date(2017, 5, 12)), (date(2017, 5, 7), date(2017, 5, 9))),
    ],
)
def test_the_period_before(period: tuple[date, date], earlier_one: tuple[date, date]) -> None:
    assert before(Period(*period)) == Period(*earlier_one)


def test_an_open_period_has_none_before_it() -> None:
    with pytest.raises(ValueError, match="open period"):
        before(Period(None, date(2017, 1, 1)))


@given(DAYS, st.integers(1, 400))
def test_the_period_before_ends_the_day_before(since: date, length: int) -> None:
    period = Period(since, since + timedelta(days=length))
    found = before(period)
    assert found.until == since - timedelta(days=1)
    assert found.since is not None
    assert not found.empty


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_months_go_back_in_order(day: date, months: int, more: int) -> None:
    assert earlier(day, months + more) <= earlier(day, months) <= day
    assert earlier(day, 0) == day


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2017, 1, 1), True),
        (date(2017, 12, 31), True),
        (date(2016, 12, 31), False),
        (date(2018, 1, 1), False),
    ],
)
def test_both_ends_are_inside(day: date, inside: bool) -> None:
    assert (day in Period(date(2017, 1, 1), date(2017, 12, 31))) is inside
    assert day in Period()


def test_labels() -> None:
    assert month_label(2017, 3) == "2017-03"
    assert [quarter_label(2017, month) for month in (1, 3, 4, 12)] == [
        "2017-Q1",
        "2017-Q1",
        "2017-Q2",
        "2017-Q4",
    ]
