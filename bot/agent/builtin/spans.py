"""Spans of days: whole months, quarters, years, and windows up to a day; numbers in words."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

Span = tuple[date, date]

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate((*_ONES, *_TEENS), 1)}
_WORDS |= {word: number * 10 for number, word in enumerate(_TENS, 2)}
_WORDS |= {"a": 1, "an": 1, "eighteen": 18, "nineteen": 19, "hundred": 100}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {c: number for number, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number_of(word: str) -> int:
    """An integer in digits, English words or Chinese numerals below ten thousand."""
    word = word.strip().lower()
    if word.isdigit():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    total, digit = 0, 0
    for character in word:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def quarter_span(year: int, quarter: int) -> Span:
    return month_span(year, quarter * 3 - 2)[0], month_span(year, quarter * 3)[1]


def half_span(year: int, half: int) -> Span:
    return month_span(year, half * 6 - 5)[0], month_span(year, half * 6)[1]


def months_back(day: date, months: int) -> date:
    """The same day so many months before, or the month's last where it is shorter; the first or
    last day of the calendar where that is beyond it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months > 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shifted(unit: str, steps: int, today: date) -> Span:
    """The whole week, month, quarter, half or year that is `steps` before the present one."""
    first = today.replace(day=1)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * steps)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        moved = months_back(first, steps)
        return month_span(moved.year, moved.month)
    if unit == "quarter":
        moved = months_back(first, 3 * steps)
        return quarter_span(moved.year, (moved.month + 2) // 3)
    if unit == "half":
        moved = months_back(first, 6 * steps)
        return half_span(moved.year, (moved.month + 5) // 6)
    return half_span(today.year - steps, 1)[0], half_span(today.year - steps, 2)[1]


_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def back(count: int, unit: str, today: date) -> date:
    """The day so many units before today, within the calendar."""
    if unit in _MONTHS_IN:
        return months_back(today, count * _MONTHS_IN[unit])
    day = today.toordinal() - count * (7 if unit == "week" else 1)
    return date.fromordinal(min(max(day, date.min.toordinal()), date.max.toordinal()))


def window(count: int, unit: str, today: date) -> Span:
    """The last `count` units up to today, today included."""
    return back(count, unit, today) + timedelta(days=1), today


def coming(count: int, unit: str, today: date) -> Span:
    """From today to the day that is `count` units later."""
    return today, back(-count, unit, today)


def latest(span: Callable[[int], Span], today: date) -> Span:
    """The span of this year, or of last year where this year's has not begun."""
    return span(today.year) if span(today.year)[0] <= today else span(today.year - 1)
