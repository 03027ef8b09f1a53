"""The day of the past that a note names: when one met."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from tools.notes.dated import COUNT, EXACT, SIZES, Match, day_of, moved, year_of
from tools.notes.figures import number

_WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_BACK = {"today": 0, "this morning": 0, "this afternoon": 0, "yesterday": 1}
_BACK |= {"今天": 0, "今日": 0, "今早": 0, "刚才": 0, "昨天": 1, "昨日": 1, "前天": 2}


def past_day(key: str, today: date) -> date | None:
    """The first day up to today that a text in matching form names; None without one."""
    found = [
        (match.start(), day)
        for pattern, reader in _GRAMMAR
        for match in pattern.finditer(key)
        if (day := reader(match, today)) is not None and day <= today
    ]
    return min(found)[1] if found else None


def _exact(match: Match, today: date) -> date | None:
    year = year_of(match, today)
    day = day_of(match, year or today.year)
    return day_of(match, today.year - 1) if day and day > today and not year else day


def _back(match: Match, today: date) -> date:
    return today - timedelta(days=_BACK[match["w"]])


def _ago(match: Match, today: date) -> date | None:
    return moved(today, -number(match["n"]), SIZES[match["u"]])


def _weekday(match: Match, today: date) -> date:
    """The last such day before today; in Chinese, of last week where that is said."""
    wanted = _WEEKDAYS[match["wd"]]
    if match.groupdict().get("w", "").startswith("上"):
        return today - timedelta(days=today.weekday() + 7 - wanted)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[Match, date], date | None]], ...] = (
    *((re.compile(pattern), _exact) for pattern in EXACT),
    (re.compile(rf"(?P<w>{'|'.join(_BACK)})"), _back),
    (re.compile(rf"\b{COUNT} (?P<u>day|week|month)s? ago\b"), _ago),
    (re.compile(rf"{COUNT}(?P<u>天|日|周|个星期|个月)(?:之前|以前|前)"), _ago),
    (
        re.compile(r"\b(?:last |on |this )?(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"),
        _weekday,
    ),
    (
        re.compile(
            r"(?P<w>上周|上个?星期|上礼拜|本周|这周|周|星期|礼拜)(?P<wd>[一二三四五六日天])"
        ),
        _weekday,
    ),
)
