"""When a note says that something is to come about.

A time to come counts from its first day, or to its last where it is a limit ("by June",
"end of the year") or has begun already (house).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from tools.domain.periods import months_before
from tools.notes.dated import (
    COUNT,
    EN_YEAR,
    EXACT,
    MONTH,
    MONTHS_IN,
    SIZES,
    ZH_YEAR,
    Match,
    day_of,
    month_of,
    moved,
    year_of,
)
from tools.notes.figures import number

Span = tuple[date, date]

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASONS |= {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_LIMIT = re.compile(r"\b(?:by|before|until|till|no later than|end of|late in)(?: the)?\s*$")
_LIMITED = re.compile(r"\s*(?:份|月|度)?(?:之前|以前|前|底|末|内|以内)")


def coming_day(key: str, today: date) -> date | None:
    """The day of the first time to come that a text in matching form names; None without."""
    for pattern, reader in _GRAMMAR:
        match = pattern.search(key)
        span = reader(match, today) if match else None
        if match and span and span[1] >= today:
            limit = _LIMIT.search(key[: match.start()]) or _LIMITED.match(key[match.end() :])
            return span[1] if limit or span[0] <= today else span[0]
    return None


def _months(year: int, first: int, count: int) -> Span:
    """So many months from one on; a month past the twelfth is of the next year."""
    begins = months_before(date(year, 1, 1), 1 - first)
    return begins, months_before(begins, -count) - timedelta(days=1)


def _next(match: Match, today: date, first: int, count: int) -> Span:
    """The months in the year named, else the next that have not ended."""
    year = year_of(match, today)
    span = _months(year or today.year, first, count)
    return span if year or span[1] >= today else _months(today.year + 1, first, count)


def _exact(match: Match, today: date) -> Span | None:
    year = year_of(match, today)
    day = day_of(match, year or today.year)
    if day and day < today and not year:
        day = day_of(match, today.year + 1)
    return (day, day) if day else None


def _season(match: Match, today: date) -> Span:
    return _next(match, today, _SEASONS[match["s"]], 3)


def _month(match: Match, today: date) -> Span | None:
    month = month_of(match)
    return _next(match, today, month, 1) if 1 <= month <= 12 else None


def _quarter(match: Match, today: date) -> Span:
    said = match["q"]
    return _next(match, today, (_QUARTERS.get(said) or number(said)) * 3 - 2, 3)


def _half(match: Match, today: date) -> Span:
    return _next(match, today, 1 if match["h"] in ("first", "1", "上") else 7, 6)


def _year(match: Match, today: date) -> Span:
    year = year_of(match, today) or today.year
    return date(year, 1, 1), date(year, 12, 31)


def _year_end(match: Match, today: date) -> Span:
    last = _year(match, today)[1]
    return last, last


def _stepped(match: Match, today: date) -> Span:
    """This or the next week, month, quarter or year, whole."""
    steps = 1 if match["w"] in ("next", "coming", "下", "下个", "下一个") else 0
    unit = SIZES[match["u"]]
    if unit == "week":
        monday = today + timedelta(days=7 * steps - today.weekday())
        return monday, monday + timedelta(days=6)
    count = MONTHS_IN[unit]
    return _months(today.year, (today.month - 1) // count * count + 1 + steps * count, count)


def _within(match: Match, today: date) -> Span | None:
    day = moved(today, number(match["n"]), SIZES[match["u"]])
    return (day, day) if day else None


_LEADS = ("in", "by", "before", "until", "till", "from", "for", "of", "early", "late", "during")
_LED = "|".join(rf"(?<=\b{word} )" for word in _LEADS)
_END = (
    r"\bend of (?:the |this )?year\b|\byear[- ]end\b"
    r"|\bend of (?:(?P<yw>next) year|(?P<y>20\d\d))\b"
)
_SEASON = rf"\b(?:(?:next|this|the) )?(?P<s>spring|summer|autumn|fall|winter)\b{EN_YEAR}"
_ZH_MONTH = r"(?<![\d个])(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?!\d)"

_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[Match, date], Span | None]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        *((pattern, _exact) for pattern in EXACT),
        (_SEASON, _season),
        (rf"{ZH_YEAR}(?P<s>[春夏秋冬])(?:天|季|节)", _season),
        (rf"\bq(?P<q>[1-4])\b{EN_YEAR}", _quarter),
        (rf"\b(?P<q>first|second|third|fourth|last) quarter{EN_YEAR}", _quarter),
        (rf"{ZH_YEAR}第?(?P<q>[一二三四1234])季度?", _quarter),
        (rf"{ZH_YEAR}q(?P<q>[1-4])", _quarter),
        (rf"\b(?P<h>first|second) half{EN_YEAR}", _half),
        (rf"{ZH_YEAR}(?P<h>[上下])半年", _half),
        (_END, _year_end),
        (r"(?:(?P<y>20\d\d)\s*年|(?P<yw>今年|本年|明年|后年))年?[底末]|年[底末]", _year_end),
        (rf"\b(?:within|in) (?:the next )?{COUNT} (?P<u>day|week|month|quarter|year)s?\b", _within),
        (rf"{COUNT}(?P<u>天|日|周|个星期|个月|个季度|年)(?:之?内|以内|之?后|以后)", _within),
        (r"\b(?P<w>this|next|coming|the) (?P<u>week|month|quarter|year)\b", _stepped),
        (r"(?P<w>下个|下一个|下|本|这个|这)(?P<u>季度|个星期|周|月)", _stepped),
        (r"(?P<w>)(?P<u>月|季度)(?=[底末])", _stepped),
        (rf"(?:{_LED}){MONTH}{EN_YEAR}", _month),
        (
            rf"{ZH_YEAR}(?<![\d个])(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?(?!\d)",
            _month,
        ),
        (r"(?:(?P<y>20\d\d)\s*年|(?P<yw>今年|本年|明年|来年|后年))", _year),
        (rf"(?:{_LED})(?P<y>20\d\d)\b", _year),
    )
)
