from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.data.demo.offsets import day, period


@pytest.mark.parametrize(
    ("offset", "today", "expected"),
    [
        ("-45d", date(2026, 3, 16), date(2026, 1, 30)),
        ("+0d", date(2026, 3, 16), date(2026, 3, 16)),
        ("+2m", date(2026, 12, 31), date(2027, 2, 28)),
        ("-1m", date(2024, 3, 31), date(2024, 2, 29)),
        ("-1y", date(2024, 2, 29), date(2023, 2, 28)),
        ("+1y", date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_an_offset_counts_from_today(offset: str, today: date, expected: date) -> None:
    assert day(offset, today) == expected


@pytest.mark.parametrize(
    ("name", "today", "start", "end"),
    [
        ("Y+0", date(2026, 3, 16), date(2026, 1, 1), date(2026, 12, 31)),
        ("Y-1", date(2026, 3, 16), date(2025, 1, 1), date(2025, 12, 31)),
        ("Q-1", date(2026, 3, 16), date(2025, 10, 1), date(2025, 12, 31)),
        ("Q+0", date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        ("H-1", date(2026, 7, 1), date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_period_is_a_whole_calendar_period(
    name: str, today: date, start: date, end: date
) -> None:
    assert period(name, today) == (start, end)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from("YHQ"))
def test_periods_follow_each_other_without_a_gap(today: date, length: str) -> None:
    earlier, now, later = (period(f"{length}{n:+d}", today) for n in (-1, 0, 1))
    assert now[0] <= today <= now[1]
    assert (now[0] - earlier[1]).days == (later[0] - now[1]).days == 1


@pytest.mark.parametrize("wrong", ["45", "d", "+2w", "", "1.5d"])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="offset"):
        day(wrong, date(2026, 1, 1))
    with pytest.raises(ValueError, match="year"):
        period(wrong, date(2026, 1, 1))
