"""Dates in cells: forms that leave nothing open, and columns that decide the others."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.data.importing.amounts import Unreadable
from tools.data.importing.dates import DateOrder, evidence, parse

FOURTH_OF_MARCH = date(2017, 3, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2017-03-04", "2017/3/4", "2017.3.4", "20170304", "2017-03-04T10:30:00Z",
        "2017-03-04 10:30", "2017年3月4日", "２０１７年３月４日", "2017 年 3 月 4 日",
        "2017年3月4号",
        "民国106年3月4日", "民國106年3月4日", "106年3月4日", "106/3/4",
        "4 Mar 2017",
        "4-Mar-2017", "Mar 4, 2017", "March 4th, 2017", "42798", "42798.5", 42798, 42798.0,
        FOURTH_OF_MARCH, datetime(2017, 3, 4, 9, 0, tzinfo=UTC),
    ],
)  # fmt: skip
def test_forms_that_mean_one_day(value: object) -> None:
    assert parse(value, None) == FOURTH_OF_MARCH


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("31/31/2017", "not a date"),
        ("2017-02-30", "no such day"),
        ("soon", "not a date"),
        ("3/4/17", "four digits"),
        ("17年3月4日", "four digits"),
        ("2017", "not a date"),
        ("4 Mrz 2017", "not a date"),
        (3, "not a date"),
        ("3/4/2017", "--date-order"),
    ],
)
def test_forms_that_mean_no_day(value: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(value, None)


def test_the_column_decides_between_day_and_month() -> None:
    assert evidence(["3/4/2017", "13/4/2017"]).order is DateOrder.DAY_FIRST
    assert evidence(["3/4/2017", "3/14/2017"]).order is DateOrder.MONTH_FIRST
    assert parse("3/4/2017", DateOrder.DAY_FIRST) == date(2017, 4, 3)
    assert parse("3/4/2017", DateOrder.MONTH_FIRST) == FOURTH_OF_MARCH


@pytest.mark.parametrize(
    "column",
    [
        ["3/4/2017", "5/6/2017"],
        ["13/4/2017", "3/14/2017", "3/4/2017"],
        ["2017-03-14", "3/4/2017"],
        ["31/31/2017", "3/4/2017"],
        ["31/2/2017", "3/4/2017"],
        [],
    ],
)
def test_columns_that_decide_nothing(column: list[str]) -> None:
    assert evidence(column).order is None


def test_a_stray_date_does_not_outweigh_a_column() -> None:
    column = ["3/14/2017"] * 60 + ["25/12/2017"]
    assert evidence(column).order is DateOrder.MONTH_FIRST
    with pytest.raises(Unreadable, match="month first"):
        parse("25/12/2017", DateOrder.MONTH_FIRST)


def test_a_date_that_reads_the_same_both_ways_is_not_ambiguous() -> None:
    assert parse("5/5/2017", None) == date(2017, 5, 5)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(list(DateOrder)))
def test_written_and_read_again(day: date, order: DateOrder) -> None:
    written = f"{day.day}/{day.month}/{day.year}"
    if order is DateOrder.MONTH_FIRST:
        written = f"{day.month}/{day.day}/{day.year}"
    assert parse(written, order) == day
    assert parse(day.isoformat(), order) == day
    assert parse(f"{day.year}年{day.month}月{day.day}日", order) == day
