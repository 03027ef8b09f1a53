"""What past and coming days in a note have in common: months, years, exact days."""

import calendar
import re
from datetime import date

from tools.domain.periods import months_before
from tools.notes.figures import number

Match = re.Match[str]

_MONTHS = {
    name.lower(): n
    for n in range(1, 13)
    for name in (calendar.month_name[n], calendar.month_abbr[n])
} | {"sept": 9}
_YEARS = {"this": 0, "next": 1, "今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2}
_YEARS |= {"last": -1, "去年": -1}
SIZES = dict.fromkeys(("day", "天", "日"), "day") | dict.fromkeys(("week", "周", "个星期"), "week")
SIZES |= dict.fromkeys(("month", "个月", "月"), "month") | dict.fromkeys(("year", "年"), "year")
SIZES |= dict.fromkeys(("quarter", "季度", "个季度"), "quarter")
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}

MONTH = rf"(?P<mw>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
COUNT = (
    r"(?P<n>(?<!\d)\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?<![一二两三四五六七八九十])[一二两三四五六七八九十]+)"
)
ZH_YEAR = r"(?:(?P<y>20\d\d)\s*年|(?P<yw>今年|本年|明年|来年|后年|去年))?的?\s{0,4}"
EN_YEAR = r"(?:,?\s*(?:of )?(?:(?P<y>20\d\d)|(?P<yw>this|next) year))?"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
EXACT = (
    r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
    rf"{ZH_YEAR}(?P<m>{_NUMBER})月(?P<d>{_NUMBER})[日号]",
    rf"\b{MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>20\d\d))?",
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? (?P<y>20\d\d))?\b",
)


def part(match: Match, name: str) -> str | None:
    """What a group of the match holds; None where the pattern has no such group."""
    return match.groupdict().get(name)


def year_of(match: Match, today: date) -> int | None:
    """The year that is named, in digits or by a word; None where none is."""
    digits, word = part(match, "y"), part(match, "yw")
    if digits:
        return int(digits)
    return today.year + _YEARS[word] if word else None


def month_of(match: Match) -> int:
    name = part(match, "mw")
    return _MONTHS[name] if name else number(match["m"])


def day_of(match: Match, year: int) -> date | None:
    """The day of that year that is named; None where there is no such day."""
    try:
        return date(year, month_of(match), number(match["d"]))
    except ValueError:
        return None


def moved(today: date, count: int, unit: str) -> date | None:
    """The day so many units from today, a negative count going back; None beyond the calendar."""
    try:
        if unit in MONTHS_IN:
            return months_before(today, -count * MONTHS_IN[unit])
        return date.fromordinal(today.toordinal() + count * (7 if unit == "week" else 1))
    except (OverflowError, ValueError):
        return None
