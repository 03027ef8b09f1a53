"""Dated expressions in a sentence, in English and Chinese: a grammar of the common forms.

Reading takes microseconds; expressions that are rarer are left to the date libraries. Each
pattern names its parts: `y` a year, `yw` a worded year, `m` a month, `mw` its English name,
`d` a day, `q` a quarter, `h` a half, `n` a count, `u` a unit, `w` a word.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.agent.builtin.spans import (
    Span,
    back,
    half_span,
    latest,
    month_span,
    number_of,
    quarter_span,
    shifted,
    window,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One dated expression: its first and last day, and its place."""

    first: date
    last: date
    start: int
    end: int


_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
# How many years a word goes back.
_YEARS = dict.fromkeys(("last", "previous", "prior", "去年", "上一年", "上年"), 1)
_YEARS |= dict.fromkeys(("this", "current", "今年", "本年"), 0)
_YEARS |= {"next": -1, "明年": -1, "前年": 2}
_QUARTERS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTERS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_STEPS = dict.fromkeys(("this", "current", "这", "这个", "本", "当"), 0)
_STEPS |= dict.fromkeys(("last", "previous", "prior", "past", "latest"), 1)
_STEPS |= dict.fromkeys(("上", "上个", "上一", "上一个"), 1)
_STEPS |= dict.fromkeys(("上上", "上上个"), 2)
_STEPS |= dict.fromkeys(("next", "下", "下个", "下一", "下一个"), -1)
_CN_STEPS = [word for word in _STEPS if not word.isascii()]
_UNITS = dict.fromkeys(("天", "日"), "day")
_UNITS |= dict.fromkeys(("周", "星期", "个星期"), "week")
_UNITS |= dict.fromkeys(("个月", "月"), "month")
_UNITS |= dict.fromkeys(("个季度", "季度", "季"), "quarter")
_UNITS |= {"年": "year", "半年": "half"}
_DAYS = dict.fromkeys(("today", "今天", "今日"), 0)
_DAYS |= dict.fromkeys(("yesterday", "昨天", "昨日"), 1)
_DAYS |= dict.fromkeys(("tomorrow", "明天", "明日"), -1)
_DAYS |= {"前天": 2, "后天": -2}

Match = re.Match[str]


def _part(match: Match, name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: Match, today: date) -> int | None:
    digits, word = _part(match, "y"), _part(match, "yw")
    if digits:
        return int(digits)
    return today.year - _YEARS[word] if word else None


def _in_year(match: Match, today: date, span: Callable[[int], Span]) -> Span:
    year = _year(match, today)
    return span(year) if year else latest(span, today)


def _month_number(match: Match) -> int:
    name, number = _part(match, "mw"), _part(match, "m")
    return _MONTHS[name] if name else number_of(number or "0")


def _day(match: Match, today: date) -> Span | None:
    month, day = _month_number(match), number_of(match["d"])
    try:
        return _in_year(match, today, lambda y: (date(y, month, day), date(y, month, day)))
    except ValueError:
        return None


def _month(match: Match, today: date) -> Span | None:
    month = _month_number(match)
    return _in_year(match, today, lambda y: month_span(y, month)) if 1 <= month <= 12 else None


def _quarter(match: Match, today: date) -> Span | None:
    number = _QUARTERS.get(match["q"]) or number_of(match["q"])
    return _in_year(match, today, lambda y: quarter_span(y, number))


def _half(match: Match, today: date) -> Span | None:
    number = 1 if match["h"] in ("1", "上", "first", "1st") else 2
    return half_span(_year(match, today) or today.year, number)


def _whole_year(match: Match, today: date) -> Span | None:
    year = _year(match, today) or today.year
    return date(year, 1, 1), date(year, 12, 31)


def _to_date(_match: Match, today: date) -> Span | None:
    return date(today.year, 1, 1), today


def _shifted(match: Match, today: date) -> Span | None:
    unit = _UNITS.get(match["u"], match["u"])
    return shifted(unit, _STEPS[match["w"]], today)


def _window(match: Match, today: date) -> Span | None:
    unit = _UNITS.get(match["u"], match["u"])
    if match["n"].startswith(("half", "半")):
        return window(1, "half", today) if unit == "year" else None
    return window(number_of(match["n"]), unit, today)


def _ago(match: Match, today: date) -> Span | None:
    day = back(number_of(match["n"]), _UNITS.get(match["u"], match["u"]), today)
    return day, day


def _near_day(match: Match, today: date) -> Span | None:
    day = today - timedelta(days=_DAYS[match["w"]])
    return day, day


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_CN = "零〇一二三四五六七八九十百两"
_COUNT = (
    rf"(?P<n>\d+|[{_CN}]+|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"eighteen|twenty|thirty|sixty|ninety)"
)
_CN_COUNT = rf"(?P<n>\d+|[{_CN}]+?|半)"
_CN_UNIT = r"(?P<u>个星期|个季度|个月|星期|季度|天|周|年|日)"
_Y = r"(?P<y>(?:19|20)\d\d)"
_EN_YEAR = rf"(?:{_Y}|(?P<yw>last|this|previous|current|prior) year(?:'s)?)"
_OF_YEAR = rf"(?:(?: of|,)?[ /]?{_EN_YEAR})?"
_CN_YEAR = rf"(?:{_Y}\s*年?|(?P<yw>去年|今年|前年|上一年|本年|上年|明年))度?的?\s*"
_MONTH = rf"(?P<mw>{_any(_MONTHS)})\.?"
_ORDINAL = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_LEADS = ("in", "by", "of", "since", "until", "after", "from", "till", "before", "to", "around")
_LED = "|".join(rf"(?<=\b{word} )" for word in (*_LEADS, "between", "through", "early", "late"))
# Month names that are no other word stand alone; "may" and "march" need a word before them.
_PLAIN_MONTH = rf"(?P<mw>{_any(m for m in _MONTHS if len(m) > 3 and m != 'march')})"
_NOT_COUNTED = r"(?![\d.,-]*\d|%| ?(?:accounts|deals|usd|dollars|万|亿|家|个))"

_Reader = Callable[[Match, date], Span | None]
_GRAMMAR: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?<!\d){_Y}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)", _day),
        (rf"(?:{_CN_YEAR})?(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})月份?的?(?P<d>\d+|[{_CN}]+)[日号]", _day),
        (rf"\b{_MONTH} {_ORDINAL}\b(?!\d)(?:,? {_Y})?", _day),
        (rf"\b{_ORDINAL}(?: of)? {_MONTH}(?:,? {_Y})?\b", _day),
        (r"今年以来|年初至今|今年到目前为止", _to_date),
        (r"\byear[ -]to[ -]date\b|\bytd\b|\bso far this year\b|\bthis year so far\b", _to_date),
        (rf"\b{_EN_YEAR}[ /-]?q(?P<q>[1-4])\b", _quarter),
        (rf"{_CN_YEAR}q(?P<q>[1-4])", _quarter),
        (rf"\bq(?P<q>[1-4]){_OF_YEAR}(?!\w)", _quarter),
        (rf"\b(?P<q>{_any(q for q in _QUARTERS if q != 'last')}) quarter{_OF_YEAR}", _quarter),
        (rf"\b(?P<q>last) quarter (?:of )?{_EN_YEAR}", _quarter),
        (rf"(?:{_CN_YEAR})?第?(?P<q>[一二三四1234])季度?", _quarter),
        (rf"(?:{_CN_YEAR})?(?P<h>[上下])半年", _half),
        (rf"\b(?P<h>first|second|1st|2nd) half{_OF_YEAR}", _half),
        (rf"\bh(?P<h>[12]){_OF_YEAR}\b", _half),
        (rf"(?<!\d){_Y}[-/](?P<m>\d{{1,2}})(?![-/.]?\d)", _month),
        (
            rf"(?:{_CN_YEAR})?(?<![个\d{_CN}])(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?",
            _month,
        ),
        (rf"\b{_MONTH}(?: of|,)? {_EN_YEAR}", _month),
        (rf"(?:{_LED}){_MONTH}\b", _month),
        (rf"\b{_PLAIN_MONTH}\b", _month),
        (rf"{_CN_COUNT}\s*{_CN_UNIT}(?:之前|以前|前)", _ago),
        (rf"\b{_COUNT} (?P<u>day|week|month|quarter|year)s? ago\b", _ago),
        (rf"(?:过去|最近|近|前|之前|这)的?\s*{_CN_COUNT}\s*{_CN_UNIT}", _window),
        (
            rf"\b(?:past|last|previous|recent|trailing|latest|the) {_COUNT}[ -]"
            r"(?P<u>day|week|month|quarter|year)s?\b",
            _window,
        ),
        (
            rf"\b(?P<w>{_any(w for w in _STEPS if w.isascii())}) (?P<u>week|month|quarter|year)\b",
            _shifted,
        ),
        (
            rf"(?P<w>{_any(_CN_STEPS)})(?P<u>季度|星期|周|月|季|半年)(?!份)",
            _shifted,
        ),
        (r"(?P<yw>去年|今年|前年|上一年|本年|上年|明年)(?:度|全年)?", _whole_year),
        (rf"(?<![\d.,-]){_Y}{_NOT_COUNTED}\s*(?:全年|年度|年)?", _whole_year),
        (r"\b(?P<w>yesterday|today|tomorrow)\b", _near_day),
        (rf"(?P<w>{_any(w for w in _DAYS if not w.isascii())})", _near_day),
    )
)


def atoms_of(text: str, today: date) -> list[Atom]:
    """The dated expressions of folded text, without overlap, in the order of the text."""
    found: list[Atom] = []
    for pattern, reader in _GRAMMAR:
        for match in pattern.finditer(text):
            taken = any(match.start() < a.end and a.start < match.end() for a in found)
            span = None if taken else reader(match, today)
            if span:
                found.append(Atom(*span, match.start(), match.end()))
    return sorted(found, key=lambda atom: atom.start)
