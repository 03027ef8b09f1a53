"""Dates as people write them. Day and month are told apart by the column, never by the row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from kam_knowledge.scripts import normalise
from tools.data.importing.amounts import Unreadable
from tools.text import text

_TIME = r"(?:[t ]\s*\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_CHINESE = re.compile(
    rf"(民国)?\s*(\d{{2,4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?{_TIME}"
)
_REPUBLIC = re.compile(r"(\d{3})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_DAY_NAME_YEAR = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s]+([a-z]{{3,9}})\.?[-,\s]+(\d{{4}}){_TIME}"
)
_NAME_DAY_YEAR = re.compile(
    rf"([a-z]{{3,9}})\.?[-\s]+(\d{{1,2}})(?:st|nd|rd|th)?[-,\s]+(\d{{4}}){_TIME}"
)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EPOCH = date(1899, 12, 30)
_OUTWEIGHS = 50


class DateOrder(StrEnum):
    """How a column writes its dates where the year comes last."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass
class Evidence:
    """How many dates of a column can only be read day first, month first, or both ways."""

    day_first: int = 0
    month_first: int = 0
    open: int = 0

    def add(self, value: object) -> None:
        if not isinstance(value, str):
            return
        readings = _readings(value)
        if DateOrder.DAY_FIRST in readings and DateOrder.MONTH_FIRST in readings:
            self.open += readings[DateOrder.DAY_FIRST] != readings[DateOrder.MONTH_FIRST]
        elif DateOrder.DAY_FIRST in readings:
            self.day_first += 1
        elif DateOrder.MONTH_FIRST in readings:
            self.month_first += 1

    @property
    def order(self) -> DateOrder | None:
        """The order the column proves; a few stray dates do not outweigh fifty times more."""
        if self.day_first > self.month_first * _OUTWEIGHS:
            return DateOrder.DAY_FIRST
        if self.month_first > self.day_first * _OUTWEIGHS:
            return DateOrder.MONTH_FIRST
        return None


def evidence(values: Iterable[object]) -> Evidence:
    found = Evidence()
    for value in values:
        found.add(value)
    return found


def parse(value: object, order: DateOrder | None) -> date:
    """A date from a cell. Raises `Unreadable`, also where day and month cannot be told apart."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value))
    return _parse_text(str(value), order)


@lru_cache(maxsize=16384)
def _parse_text(raw: str, order: DateOrder | None) -> date:
    shown = _plain(raw)
    found = _fixed(shown)
    if found is not None:
        return found
    readings = _readings(raw)
    if not readings:
        raise _not_a_date(shown)
    if order is not None:
        if order not in readings:
            raise _against_the_column(order)
        return readings[order]
    if len(set(readings.values())) > 1:
        raise _ambiguous()
    return next(iter(readings.values()))


def _plain(raw: str) -> str:
    return normalise(raw).strip()


def _fixed(shown: str) -> date | None:
    """A date whose form leaves nothing open."""
    if found := _YEAR_FIRST.fullmatch(shown):
        return _day(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(shown):
        return _day(found[1], found[2], found[3])
    if found := _CHINESE.fullmatch(shown):
        return _chinese(found)
    if found := _REPUBLIC.fullmatch(shown):
        return _day(str(int(found[1]) + 1911), found[3], found[4])
    if _SERIAL.fullmatch(shown):
        return _serial(float(shown))
    return _named_month(shown)


def _chinese(found: re.Match[str]) -> date:
    year = found[2]
    if found[1] or len(year) == 3:
        year = str(int(year) + 1911)
    elif len(year) == 2:
        raise _short_year()
    return _day(year, found[3], found[4])


def _named_month(shown: str) -> date | None:
    if found := _DAY_NAME_YEAR.fullmatch(shown):
        day, name, year = found[1], found[2], found[3]
    elif found := _NAME_DAY_YEAR.fullmatch(shown):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    if name[:3] not in _MONTHS:
        raise _not_a_date(shown)
    return _day(year, str(_MONTHS.index(name[:3]) + 1), day)


@lru_cache(maxsize=16384)
def _readings(raw: str) -> dict[DateOrder, date]:
    """The dates that a text with the year last may mean."""
    found = _YEAR_LAST.fullmatch(_plain(raw))
    if found is None:
        return {}
    readings = {}
    for order, month, day in (
        (DateOrder.DAY_FIRST, found[3], found[1]),
        (DateOrder.MONTH_FIRST, found[1], found[3]),
    ):
        try:
            readings[order] = date(int(found[4]), int(month), int(day))
        except ValueError:
            continue
    return readings


def _serial(number: float) -> date:
    """A day as spreadsheets count them, from the end of 1899."""
    if not 10_000 <= number < 80_000:
        raise _not_a_date(str(number))
    return _EPOCH + timedelta(days=int(number))


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(text("there is no such day", "日历上没有这一天")) from None


def _not_a_date(shown: str) -> Unreadable:
    if _SHORT_YEAR.fullmatch(shown):
        return _short_year()
    return Unreadable(
        text("not a date; write it like 2017-03-04", "不是日期，请写成 2017-03-04 这样的形式")
    )


def _short_year() -> Unreadable:
    return Unreadable(text("write the year with four digits", "年份请写四位数字"))


def _against_the_column(order: DateOrder) -> Unreadable:
    if order is DateOrder.DAY_FIRST:
        return Unreadable(
            text("no such day: this column writes the day first", "没有这一天：此列的写法是日在前")
        )
    return Unreadable(
        text("no such day: this column writes the month first", "没有这一天：此列的写法是月在前")
    )


def _ambiguous() -> Unreadable:
    return Unreadable(
        text(
            "day or month first? Nothing in this column decides it; "
            "run again with --date-order dmy or mdy",
            "日在前还是月在前？此列无法判断，请加上 --date-order dmy 或 mdy 再运行",
        )
    )
