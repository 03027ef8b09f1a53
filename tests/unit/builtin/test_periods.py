"""Days and periods as people write them; today is Sunday, 31 December 2017."""

import subprocess
import sys
from datetime import date

import pytest

from bot.agent.builtin.folding import fold
from bot.agent.builtin.periods import periods_of
from bot.agent.builtin.spans import months_back, number_of

TODAY = date(2017, 12, 31)

CASES = [
    ("revenue in 2017", "2017-01-01", "2017-12-31"),
    ("FY view 2016", "2016-01-01", "2016-12-31"),
    ("Q3 2017", "2017-07-01", "2017-09-30"),
    ("2017 Q3", "2017-07-01", "2017-09-30"),
    ("last year's Q3", "2016-07-01", "2016-09-30"),
    ("third quarter of 2016", "2016-07-01", "2016-09-30"),
    ("the last quarter of 2016", "2016-10-01", "2016-12-31"),
    ("last quarter", "2017-07-01", "2017-09-30"),
    ("this month", "2017-12-01", "2017-12-31"),
    ("next month", "2018-01-01", "2018-01-31"),
    ("last week", "2017-12-18", "2017-12-24"),
    ("H1 2017", "2017-01-01", "2017-06-30"),
    ("second half of last year", "2016-07-01", "2016-12-31"),
    ("in March", "2017-03-01", "2017-03-31"),
    ("March 2016", "2016-03-01", "2016-03-31"),
    ("on June 30, 2017", "2017-06-30", "2017-06-30"),
    ("5 Jan 2017", "2017-01-05", "2017-01-05"),
    ("2017-02-30", None, None),
    ("past 90 days", "2017-10-03", "2017-12-31"),
    ("the last 12 months", "2017-01-01", "2017-12-31"),
    ("past three months", "2017-10-01", "2017-12-31"),
    ("three weeks ago", "2017-12-10", "2017-12-10"),
    ("yesterday", "2017-12-30", "2017-12-30"),
    ("year to date", "2017-01-01", "2017-12-31"),
    ("since January", "2017-01-01", None),
    ("since the beginning of 2016", "2016-01-01", None),
    ("after March 2017", "2017-04-01", None),
    ("as of 2017-06-30", None, "2017-06-30"),
    ("by end of March", None, "2017-03-31"),
    ("until June 2017", None, "2017-06-30"),
    ("before July 2017", None, "2017-06-30"),
    ("from March to June 2017", "2017-03-01", "2017-06-30"),
    ("between May and August", "2017-05-01", "2017-08-31"),
    ("2017-03-01 to 2017-03-31", "2017-03-01", "2017-03-31"),
    ("from November to February 2017", "2016-11-01", "2017-02-28"),
    ("2017年", "2017-01-01", "2017-12-31"),
    ("2017年第三季度", "2017-07-01", "2017-09-30"),
    ("去年三季度", "2016-07-01", "2016-09-30"),
    ("上季度", "2017-07-01", "2017-09-30"),
    ("上個月", "2017-11-01", "2017-11-30"),
    ("上上个月", "2017-10-01", "2017-10-31"),
    ("本季度", "2017-10-01", "2017-12-31"),
    ("去年下半年", "2016-07-01", "2016-12-31"),
    ("12月", "2017-12-01", "2017-12-31"),
    ("2017年3月5日", "2017-03-05", "2017-03-05"),
    ("过去90天", "2017-10-03", "2017-12-31"),
    ("近三个月", "2017-10-01", "2017-12-31"),
    ("最近半年", "2017-07-01", "2017-12-31"),
    ("三个月前", "2017-09-30", "2017-09-30"),
    ("今年以来", "2017-01-01", "2017-12-31"),
    ("自2017年3月以来", "2017-03-01", None),
    ("截至2017年6月30日", None, "2017-06-30"),
    ("三月底", None, "2017-03-31"),
    ("2017年7月之前", None, "2017-06-30"),
    ("2017年3月到6月", "2017-03-01", "2017-06-30"),
    ("top 10 accounts", None, None),
    ("may I see the pipeline", None, None),
    ("the march of progress", None, None),
    ("2017 accounts", None, None),
    ("前三名", None, None),
    ("GTK 500", None, None),
]


@pytest.mark.parametrize(("text", "since", "until"), CASES)
def test_a_period_is_read(text: str, since: str | None, until: str | None) -> None:
    found = periods_of(fold(text).text, TODAY)
    if since is None and until is None:
        assert found == []
    else:
        assert len(found) == 1
        day = found[0]
        assert (day.since and day.since.isoformat(), day.until and day.until.isoformat()) == (
            since,
            until,
        )


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("上周三", date(2017, 12, 20), date(2017, 12, 20)),
        ("on Friday", date(2017, 12, 29), date(2017, 12, 29)),
        ("Christmas 2016", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_rarer_days_are_left_to_the_libraries(text: str, since: date, until: date) -> None:
    found = periods_of(fold(text).text, TODAY)
    assert [(p.since, p.until) for p in found] == [(since, until)]


def test_the_place_covers_the_words_around_a_date() -> None:
    text = "revenue since march 2017 by region"
    period = periods_of(text, TODAY)[0]
    assert text[period.start : period.end] == "since march 2017"


@pytest.mark.parametrize(
    ("word", "number"),
    [("12", 12), ("ten", 10), ("十", 10), ("十二", 12), ("二十", 20), ("三百五十", 350), ("两", 2)],
)
def test_numbers_in_words(word: str, number: int) -> None:
    assert number_of(word) == number


def test_a_month_back_from_a_long_month_ends_with_the_short_one() -> None:
    assert months_back(date(2017, 3, 31), 1) == date(2017, 2, 28)
    assert months_back(date(2017, 11, 15), -2) == date(2018, 1, 15)


def test_reading_a_rare_date_leaves_the_precision_of_amounts_alone() -> None:
    program = (
        "from datetime import date; from decimal import getcontext\n"
        "from bot.agent.builtin.date_libraries import read\n"
        "assert read('in the past ten days', date(2017, 12, 31))\n"
        "print(getcontext().prec)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(told.stdout) >= 28
