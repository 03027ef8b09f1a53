"""Dated expressions in a sentence, in English and Chinese: a grammar of the common forms.

Reading takes microseconds; expressions that are rarer are left to the date libraries. Each
pattern names its parts: `y` a year, `yw` a worded year, `m` a month, `mw` its English name,
`d` a day, `q` a quarter, `h` a half, `n` a count, `u` a unit, `w` a word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.agent.builtin.calendar_words import (
    CN_STEPS,
    CN_WEEKDAYS,
    DAYS,
    MONTHS,
    QUARTERS,
    STEPS,
    UNITS,
    WEEKDAYS,
    YEARS,
)
from bot.agent.builtin.spans import (
    Span,
    back,
    coming,
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
    """One dated expression: its first and last day, and its place. `repeats` says that it
    comes again each "year" or "week", or is a "window" that may also lie ahead."""

    first: date
    last: date
    start: int
    end: int
    repeats: str = ""


Match = re.Match[str]


def _part(match: Match, name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: Match, today: date) -> int | None:
    digits, word = _part(match, "y"), _part(match, "yw")
    if digits:
        return int(digits)
    return today.year - YEARS[word] if word else None


def _in_year(match: Match, today: date, span: Callable[[int], Span]) -> Span:
    year = _year(match, today)
    return span(year) if year else latest(span, today)


def _month_number(match: Match) -> int:
    name, number = _part(match, "mw"), _part(match, "m")
    return MONTHS[name] if name else number_of(number or "0")


def _day(match: Match, today: date) -> Span | None:
    month, day = _month_number(match), number_of(match["d"])
    try:
        return _in_year(match, today, lambda y: (date(y, month, day), date(y, month, day)))
    except ValueError:
        return None


def _day_of_a_month(match: Match, today: date) -> Span | None:
    """A day of this month, or of the one that is named."""
    first = shifted("month", STEPS[_part(match, "w") or "本"], today)[0]
    try:
        day = first.replace(day=number_of(match["d"]))
    except ValueError:
        return None
    return day, day


def _month(match: Match, today: date) -> Span | None:
    month = _month_number(match)
    return _in_year(match, today, lambda y: month_span(y, month)) if 1 <= month <= 12 else None


def _quarter(match: Match, today: date) -> Span | None:
    number = QUARTERS.get(match["q"]) or number_of(match["q"])
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
    unit = UNITS.get(match["u"], match["u"])
    return shifted(unit, STEPS[match["w"]], today)


def _window(match: Match, today: date) -> Span | None:
    unit = UNITS.get(match["u"], match["u"])
    if match["n"].startswith(("half", "半")):
        return window(1, "half", today) if unit == "year" else None
    return window(number_of(match["n"]), unit, today)


def _ago(match: Match, today: date) -> Span | None:
    unit = UNITS.get(match["u"], match["u"])
    if match["n"].startswith(("half", "半")):
        halves = {"year": (6, "month"), "month": (15, "day")}
        if unit not in halves:
            return None
        day = back(*halves[unit], today)
    else:
        day = back(number_of(match["n"]), unit, today)
    return day, day


def _near_day(match: Match, today: date) -> Span | None:
    day = today - timedelta(days=DAYS[match["w"]])
    return day, day


def _weekday(match: Match, today: date) -> Span | None:
    """The day in the week that is named, else the last such day."""
    name = _part(match, "wd") or match["wn"][:3]
    number = WEEKDAYS.index(name) if name.isascii() else min(CN_WEEKDAYS.index(name), 6)
    word = (_part(match, "w") or "").strip()
    monday = shifted("week", STEPS[word], today)[0] if word else today - timedelta(today.weekday())
    day = monday + timedelta(number)
    day -= timedelta(0 if word or day <= today else 7)
    return day, day


def _end_of(match: Match, today: date) -> Span | None:
    unit = UNITS.get(match["u"], match["u"])
    day = shifted(unit, 0, today)[1]
    return day, day


def _start_of(match: Match, today: date) -> Span | None:
    unit = UNITS.get(match["u"], match["u"])
    day = shifted(unit, 0, today)[0]
    return day, day


def _coming(match: Match, today: date) -> Span | None:
    unit = UNITS.get(match["u"], match["u"])
    if match["n"].startswith(("half", "半")):
        return coming(1, "half", today) if unit == "year" else None
    return coming(number_of(match["n"]), unit, today)


def _coming_day(match: Match, today: date) -> Span | None:
    span = _coming(match, today)
    return (span[1], span[1]) if span else None


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
_MONTH = rf"(?P<mw>{_any(MONTHS)})\.?"
_ORDINAL = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_LEADS = ("in", "by", "of", "since", "until", "after", "from", "till", "before", "to", "around")
_LED = "|".join(rf"(?<=\b{word} )" for word in (*_LEADS, "between", "through", "early", "late"))
# Month names that are no other word stand alone; "may" and "march" need a word before them.
_PLAIN_MONTH = rf"(?P<mw>{_any(m for m in MONTHS if len(m) > 3 and m != 'march')})"
_NOT_COUNTED = r"(?![\d.,-]*\d|%| ?(?:accounts|deals|usd|dollars|万|亿|家|个))"

# A unit that no other word counts or moves: "月底", but not "三月底" or "下个月底".
_MONTH_STEPS = "上个?|这个?|本|下个?"
_OF_NOW = rf"(?<![\d{_CN}去今明前后上下个年])(?:本|这个?|当)?(?P<u>季度|年|月|季|周)"

_Reader = Callable[[Match, date], Span | None]
_GRAMMAR: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in (
        (rf"(?<!\d){_Y}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)", _day),
        (rf"(?:{_CN_YEAR})?(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})月份?的?(?P<d>\d+|[{_CN}]+)[日号]", _day),
        (r"(?P<m>\d{1,2})月(?P<d>\d{1,2})(?![\d.%个家万亿])", _day),
        (r"(?<![\d/.])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/])", _day),
        (rf"(?P<w>{_MONTH_STEPS})月的?(?P<d>\d{{1,2}}|[{_CN}]+)[日号]", _day_of_a_month),
        (r"(?<![\d月])(?P<d>\d{1,2})[日号](?=[前之以到起开上下晚交完\s,。]|$)", _day_of_a_month),
        (rf"\b{_MONTH} {_ORDINAL}\b(?!\d)(?:,? {_Y})?", _day),
        (rf"\b{_ORDINAL}(?: of)? {_MONTH}(?:,? {_Y})?\b", _day),
        (r"今年以来|年初至今|今年到目前为止", _to_date),
        (r"\byear[ -]to[ -]date\b|\bytd\b|\bso far this year\b|\bthis year so far\b", _to_date),
        (rf"\b{_EN_YEAR}[ /-]?q(?P<q>[1-4])\b", _quarter),
        (rf"{_CN_YEAR}q(?P<q>[1-4])", _quarter),
        (rf"\bq(?P<q>[1-4]){_OF_YEAR}(?!\w)", _quarter),
        (rf"\b(?P<q>{_any(q for q in QUARTERS if q != 'last')}) quarter{_OF_YEAR}", _quarter),
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
        (
            r"(?P<w>上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?!个)",
            _weekday,
        ),
        (
            r"\b(?:(?P<w>last|this|next) )?(?P<wn>monday|tuesday|wednesday|thursday|friday|"
            r"saturday|sunday|mon|tues?|wed|thurs?|fri)\b(?!')",
            _weekday,
        ),
        (rf"{_OF_NOW}(?:底|末)(?!端)", _end_of),
        (rf"{_OF_NOW}初(?!次|步)", _start_of),
        (r"\bend[ -]of[ -](?:the |this )?(?P<u>week|month|quarter|year)\b", _end_of),
        (r"\b(?P<u>week|month|quarter|year)[ -]end\b", _end_of),
        (r"\b(?:start|beginning) of (?:the|this) (?P<u>week|month|quarter|year)\b", _start_of),
        (rf"{_CN_COUNT}\s*{_CN_UNIT}(?:之内|以内|内)", _window),
        (rf"{_CN_COUNT}\s*{_CN_UNIT}(?:之后|以后|后)", _coming_day),
        (rf"(?:未来|接下来|今后|往后)的?\s*{_CN_COUNT}\s*{_CN_UNIT}", _coming),
        (
            rf"\b(?:next|coming|following) {_COUNT}[ -](?P<u>day|week|month|quarter|year)s?\b",
            _coming,
        ),
        (rf"\bin {_COUNT} (?P<u>day|week|month|quarter|year)s?(?:' time)?\b", _coming_day),
        (rf"\b{_COUNT} (?P<u>day|week|month|quarter|year)s? from now\b", _coming_day),
        (rf"\bwithin {_COUNT} (?P<u>day|week|month|quarter|year)s?\b", _window),
        (rf"{_CN_COUNT}\s*{_CN_UNIT}(?:之前|以前|前)", _ago),
        (rf"\b{_COUNT} (?P<u>day|week|month|quarter|year)s? ago\b", _ago),
        (rf"(?:过去|最近|近|前|之前|这)的?\s*{_CN_COUNT}\s*{_CN_UNIT}", _window),
        (
            rf"\b(?:past|last|previous|recent|trailing|latest|the) {_COUNT}[ -]"
            r"(?P<u>day|week|month|quarter|year)s?\b",
            _window,
        ),
        (
            rf"\b(?P<w>{_any(w for w in STEPS if w.isascii())}) (?P<u>week|month|quarter|year)\b",
            _shifted,
        ),
        (
            rf"(?P<w>{_any(CN_STEPS)}) ?"
            r"(?P<u>季度|星期|周|月|季|半年|quarter|month|week|year)(?!份)",
            _shifted,
        ),
        (r"(?P<yw>去年|今年|前年|上一年|本年|上年|明年)(?:度|全年)?", _whole_year),
        (rf"(?<![\d.-])(?<!\d,){_Y}{_NOT_COUNTED}\s*(?:全年|年度|年)?", _whole_year),
        (r"\b(?P<w>yesterday|today|tomorrow)\b", _near_day),
        (rf"(?P<w>{_any(w for w in DAYS if not w.isascii())})", _near_day),
    )
)


_YEARLY = (_day, _month, _quarter)


def _repeats(reader: _Reader, match: Match, today: date) -> str:
    """How often what is said comes again, where the sentence leaves open which one it is."""
    if reader in _YEARLY:
        return "" if _year(match, today) else "year"
    if reader is _weekday:
        return "" if _part(match, "w") else "week"
    said = match.group()
    return "window" if said.endswith("内") or said.startswith("within") else ""


def atoms_of(text: str, today: date) -> list[Atom]:
    """The dated expressions of folded text, without overlap, in the order of the text."""
    found: list[Atom] = []
    for pattern, reader in _GRAMMAR:
        for match in pattern.finditer(text):
            taken = any(match.start() < a.end and a.start < match.end() for a in found)
            span = None if taken else reader(match, today)
            if span:
                repeats = _repeats(reader, match, today)
                found.append(Atom(*span, match.start(), match.end(), repeats))
    return sorted(found, key=lambda atom: atom.start)
