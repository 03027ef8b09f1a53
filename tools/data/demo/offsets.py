"""Dates written relative to a day: the demonstration company is never out of date.

`-45d`, `+2m` and `-1y` are days, months and years from today; `Y+0`, `H-1` and `Q-1`
are whole calendar years, half-years and quarters.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

_OFFSET = re.compile(r"([+-]?\d+)([dmy])")
_PERIOD = re.compile(r"([YHQ])([+-]\d+)")
_MONTHS = {"Y": 12, "H": 6, "Q": 3}


def day(offset: str, today: date) -> date:
    """The day at an offset; the 31st becomes the last day of a shorter month."""
    found = _OFFSET.fullmatch(offset)
    if found is None:
        raise ValueError(f"not an offset in days, months or years: {offset!r}")
    count, unit = int(found[1]), found[2]
    if unit == "d":
        return today + timedelta(days=count)
    return _months_on(today, count * (12 if unit == "y" else 1))


def period(name: str, today: date) -> tuple[date, date]:
    """First and last day of the calendar period, counted from the one that holds today."""
    found = _PERIOD.fullmatch(name)
    if found is None:
        raise ValueError(f"not a year, half-year or quarter: {name!r}")
    length = _MONTHS[found[1]]
    first_month = (today.month - 1) // length * length + 1
    start = _months_on(date(today.year, first_month, 1), length * int(found[2]))
    return start, _months_on(start, length) - timedelta(days=1)


def _months_on(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
