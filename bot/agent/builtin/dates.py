"""Dated expressions in a sentence, in English and Chinese: a grammar of the common forms.

Reading takes microseconds; expressions that are rarer are left to the date libraries.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Atom:
    """One dated expression: its first and last day, and its place."""

    first: date
    last: date
    start: int
    end: int


_CN = "零一二三四五六七八九十百两〇半"
_NUM = rf"(\d+|[{_CN}]+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty|sixty|ninety|half an?)"
_EN_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "thirty": 30, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_CN_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"((?:19|20)\d\d)"
_EN_YEAR = rf"(?:{_YEAR}|(last|this|previous|current|prior) year(?:'s)?)"
_CN_YEAR = rf"(?:{_YEAR}\s*年?|(去年|今年|前年|上一年|本年|上年))(?:度)?的?\s*"
_YEAR_BACK = {
    "last": 1, "previous": 1, "prior": 1, "this": 0, "current": 0,
    "去年": 1, "上一年": 1, "上年": 1, "今年": 0, "本年": 0, "前年": 2,
}  # fmt: skip
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4, "final": 4}  # fmt: skip


def number_of(word: str) -> int:
    """An integer in digits, English words or Chinese numerals below a thousand."""
    word = word.strip().lower()
    if word.isdigit():
        return int(word)
    if word in _EN_NUMBERS:
        return _EN_NUMBERS[word]
    total, digit = 0, 0
    for character in word:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _CN_DIGITS[character]
    return total + digit


def month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    return month_span(year, quarter * 3 - 2)[0], month_span(year, quarter * 3)[1]


def months_back(day: date, months: int) -> date:
    """The same day so many months before, or the month's last where it is shorter."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shifted(unit: str, steps: int, today: date) -> tuple[date, date]:
    """The whole week, month, quarter or year `steps` before the present one."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * steps)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        moved = months_back(today.replace(day=1), steps)
        return month_span(moved.year, moved.month)
    if unit == "quarter":
        moved = months_back(today.replace(day=1), 3 * steps)
        return quarter_span(moved.year, (moved.month + 2) // 3)
    if unit == "half":
        moved = months_back(today.replace(day=1), 6 * steps)
        return _half(moved.year, 1 if moved.month <= 6 else 2)
    return date(today.year - steps, 1, 1), date(today.year - steps, 12, 31)


def _half(year: int, half: int) -> tuple[date, date]:
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if half == 1
        else (date(year, 7, 1), date(year, 12, 31))
    )


def _window(count: int, unit: str, today: date) -> tuple[date, date]:
    """The last `count` units up to today, today included."""
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return today - timedelta(days=days - 1), today
    months = count * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    return months_back(today, months) + timedelta(days=1), today


_UNITS = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "个星期": "week", "个月": "month", "月": "month",
    "个季度": "quarter", "季度": "quarter", "季": "quarter", "年": "year", "半年": "half",
}  # fmt: skip
_CN_UNIT = r"(个星期|个季度|个月|星期|季度|天|周|年|日)"
_CN_THIS = {"这": 0, "这个": 0, "本": 0, "当": 0, "上": 1, "上个": 1, "上一": 1, "上一个": 1, "上上个": 2, "上上": 2}  # fmt: skip

Match = re.Match[str]
Span = tuple[date, date]
Reader = Callable[[Match, date], Span | None]


def _year(match: Match, today: date, digits: int, word: int) -> int | None:
    if match.group(digits):
        return int(match.group(digits))
    said = match.group(word)
    return today.year - _YEAR_BACK[said] if said else None


def _latest(span: Callable[[int], Span], today: date) -> Span:
    """The span of this year, or of last year where this year's has not begun."""
    return span(today.year) if span(today.year)[0] <= today else span(today.year - 1)


def _iso_day(match: Match, _today: date) -> Span | None:
    try:
        day = date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None
    return day, day


def _iso_month(match: Match, _today: date) -> Span | None:
    month = int(match.group(2))
    return month_span(int(match.group(1)), month) if 1 <= month <= 12 else None


def _month_day(month: int, day: int, year: int | None, today: date) -> Span | None:
    def span(in_year: int) -> Span:
        return date(in_year, month, day), date(in_year, month, day)

    try:
        return span(year) if year else _latest(span, today)
    except ValueError:
        return None


def _en_month_day(match: Match, today: date) -> Span | None:
    year = int(match.group(3)) if match.group(3) else None
    return _month_day(_MONTHS[match.group(1)], int(match.group(2)), year, today)


def _en_day_month(match: Match, today: date) -> Span | None:
    year = int(match.group(3)) if match.group(3) else None
    return _month_day(_MONTHS[match.group(2)], int(match.group(1)), year, today)


def _en_month(match: Match, today: date) -> Span | None:
    month, year = _MONTHS[match.group(1)], _year(match, today, 2, 3)
    return month_span(year, month) if year else _latest(lambda y: month_span(y, month), today)


def _bare_month(match: Match, today: date) -> Span | None:
    month = _MONTHS[match.group(1)]
    return _latest(lambda y: month_span(y, month), today)


def _quarter(number: int, year: int | None, today: date) -> Span:
    return quarter_span(year, number) if year else _latest(lambda y: quarter_span(y, number), today)


def _en_quarter(match: Match, today: date) -> Span | None:
    return _quarter(int(match.group(1)), _year(match, today, 2, 3), today)


def _en_year_quarter(match: Match, today: date) -> Span | None:
    return _quarter(int(match.group(3)), _year(match, today, 1, 2), today)


def _en_worded_quarter(match: Match, today: date) -> Span | None:
    return _quarter(_QUARTERS[match.group(1)], _year(match, today, 2, 3), today)


def _cn_quarter(match: Match, today: date) -> Span | None:
    return _quarter(number_of(match.group(3)), _year(match, today, 1, 2), today)


def _cn_half(match: Match, today: date) -> Span | None:
    year = _year(match, today, 1, 2) or today.year
    return _half(year, 1 if match.group(3) == "上" else 2)


def _en_half(match: Match, today: date) -> Span | None:
    year = _year(match, today, 2, 3) or today.year
    return _half(year, 1 if match.group(1) in ("first", "1st", "h1") else 2)


def _cn_day(match: Match, today: date) -> Span | None:
    year = _year(match, today, 1, 2)
    return _month_day(number_of(match.group(3)), number_of(match.group(4)), year, today)


def _cn_month(match: Match, today: date) -> Span | None:
    year, month = _year(match, today, 1, 2), number_of(match.group(3))
    if not 1 <= month <= 12:
        return None
    return month_span(year, month) if year else _latest(lambda y: month_span(y, month), today)


def _plain_year(match: Match, today: date) -> Span | None:
    year = int(match.group(1))
    return date(year, 1, 1), date(year, 12, 31)


def _said_year(match: Match, today: date) -> Span | None:
    return _shifted("year", _YEAR_BACK[match.group(1)], today)


def _en_shifted(match: Match, today: date) -> Span | None:
    return _shifted(match.group(2), 0 if match.group(1) in ("this", "current") else 1, today)


def _cn_shifted(match: Match, today: date) -> Span | None:
    unit = {
        "周": "week",
        "星期": "week",
        "月": "month",
        "季度": "quarter",
        "季": "quarter",
        "半年": "half",
    }
    return _shifted(unit[match.group(2)], _CN_THIS[match.group(1)], today)


def _en_window(match: Match, today: date) -> Span | None:
    word = match.group(1)
    if word.startswith("half"):
        return _window(1, "half", today) if match.group(2) == "year" else None
    return _window(number_of(word), match.group(2), today)


def _cn_window(match: Match, today: date) -> Span | None:
    if match.group(1) == "半":
        return _window(1, "half", today) if match.group(2) == "年" else None
    return _window(number_of(match.group(1)), _UNITS[match.group(2)], today)


def _to_date(_match: Match, today: date) -> Span | None:
    return date(today.year, 1, 1), today


def _day_back(match: Match, today: date) -> Span | None:
    back = {"yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2, "today": 0, "今天": 0, "今日": 0}
    day = today - timedelta(days=back[match.group(1)])
    return day, day


_GRAMMAR: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?<!\d){_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)", _iso_day),
        (
            rf"(?:{_CN_YEAR})?(\d{{1,2}}|[{_CN}]{{1,3}})月(?:份)?的?(\d{{1,2}}|[{_CN}]{{1,3}})[日号]",
            _cn_day,
        ),
        (rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? {_YEAR})?", _en_month_day),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? {_YEAR})?\b", _en_day_month),
        (
            r"今年以来|年初至今|今年到目前为止|\byear[ -]to[ -]date\b|\bytd\b|\bso far this year\b|\bthis year so far\b",
            _to_date,
        ),
        (rf"\b{_EN_YEAR}[ /-]?q([1-4])\b", _en_year_quarter),
        (rf"(?:{_CN_YEAR})q([1-4])", _cn_quarter),
        (rf"\bq([1-4])(?:(?: of|,)?[ /]?{_EN_YEAR})?(?!\w)", _en_quarter),
        (
            rf"\b(first|second|third|fourth|1st|2nd|3rd|4th|final) quarter(?:(?: of|,)? {_EN_YEAR})?",
            _en_worded_quarter,
        ),
        (rf"\b(last) quarter (?:of )?{_EN_YEAR}", _en_worded_quarter),
        (rf"(?:{_CN_YEAR})?第?([一二三四1234])季度?", _cn_quarter),
        (rf"(?:{_CN_YEAR})([上下])半年", _cn_half),
        (rf"\b(first|second|1st|2nd) half(?:(?: of|,)? {_EN_YEAR})?", _en_half),
        (rf"\b(h[12])(?:(?: of|,)? ?{_EN_YEAR})?\b", _en_half),
        (rf"(?<!\d){_YEAR}[-/](\d{{1,2}})(?!\d)", _iso_month),
        (
            rf"(?:{_CN_YEAR})?(?<![个\d{_CN}])(\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?:份)?",
            _cn_month,
        ),
        (rf"\b{_MONTH}(?: of|,)? {_EN_YEAR}", _en_month),
        (rf"(?<=\bin |\bby |\bof )(?:early |late |mid-?)?{_MONTH}\b", _bare_month),
        (rf"(?<=\bsince |\buntil |\bafter )(?:early |late )?{_MONTH}\b", _bare_month),
        (rf"(?<=\bfrom |\btill )(?:early |late )?{_MONTH}\b", _bare_month),
        (rf"(?<=\bbefore |\baround )(?:early |late )?{_MONTH}\b", _bare_month),
        (rf"(?<=\bbetween |\bthrough )(?:early |late )?{_MONTH}\b", _bare_month),
        (
            r"(?<=\bto |\bin )(january|february|april|june|july|august|september|october|november|december)\b",
            _bare_month,
        ),
        (
            r"(?<=\band )(january|february|april|june|july|august|september|october|november|december)\b",
            _bare_month,
        ),
        (
            r"\b(january|february|april|june|july|august|september|october|november|december)\b",
            _bare_month,
        ),
        (rf"(?:过去|最近|近|前|之前|这)的?\s*(\d+|[{_CN}]+?)\s*{_CN_UNIT}", _cn_window),
        (
            rf"\b(?:past|last|previous|recent|trailing|latest|the) {_NUM}[ -](day|week|month|quarter|year)s?\b",
            _en_window,
        ),
        (
            r"\b(this|last|previous|current|prior|past|latest) (week|month|quarter|year)\b",
            _en_shifted,
        ),
        (
            r"(上上个|上一个|这个|上个|上一|上上|本|当|这|上)(季度|星期|周|月|季|半年)(?!份)",
            _cn_shifted,
        ),
        (r"(去年|今年|前年|上一年|本年|上年)(?:度|全年)?", _said_year),
        (
            rf"(?<![\d.,-]){_YEAR}(?![\d.,-]*\d|%| ?(?:accounts|deals|usd|dollars|万|亿|家|个))\s*(?:全年|年度|年)?",
            _plain_year,
        ),
        (r"\b(yesterday|today)\b", _day_back),
        (r"(昨天|昨日|前天|今天|今日)", _day_back),
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
