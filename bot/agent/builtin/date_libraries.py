"""The rarer dates, read by libraries that take a second to load (imported on first use)."""

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import localcontext
from functools import lru_cache
from typing import Any

from kam_knowledge.scripts import has_chinese

log = logging.getLogger(__name__)

_Found = tuple[date, date, int, int]
_CHINESE_DATE = re.compile(
    r"[\d年月日号周季度上下本这前后去今明春夏秋冬天旬初中底末国庆春节星期一二三四五六七八九十个半过最近]+"
)


def read(text: str, today: date) -> list[_Found]:
    """First day, last day, start and end of each expression that a library understands."""
    return list(_chinese(text, today) if has_chinese(text) else _english(text, today))


@lru_cache(maxsize=1)
def _jionlp() -> Any:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        import jionlp
    return jionlp


@lru_cache(maxsize=1)
def _recognizer() -> Any:
    # Its import lowers the precision of all decimals of the thread to 15 digits.
    with localcontext():
        from recognizers_date_time import recognize_datetime  # type: ignore[import-untyped]
    return recognize_datetime


def _chinese(text: str, today: date) -> Iterator[_Found]:
    base = {"year": today.year, "month": today.month, "day": today.day}
    for match in _CHINESE_DATE.finditer(text):
        try:
            found = _jionlp().parse_time(match.group(), time_base=base)["time"]
            first, last = (_day(moment, today) for moment in found)
        except Exception as error:  # noqa: BLE001 - odd text costs its date, not the turn
            log.debug("no date read: %r", error)
            continue
        if first and last:
            yield first, last, match.start(), match.end()


def _day(moment: Any, today: date) -> date | None:
    if moment == "inf":
        return today
    return datetime.fromisoformat(moment).date() if isinstance(moment, str) else None


def _english(text: str, today: date) -> Iterator[_Found]:
    reference = datetime(today.year, today.month, today.day)  # noqa: DTZ001
    try:
        results = _recognizer()(text, "en-us", reference=reference)
        read = [(result, _resolved(result.resolution["values"], today)) for result in results]
    except Exception as error:  # noqa: BLE001 - odd text costs its date, not the turn
        log.debug("no date read: %r", error)
        return
    for result, span in read:
        if span:
            yield *span, result.start, result.end + 1


def _resolved(values: list[dict[str, str]], today: date) -> tuple[date, date] | None:
    """The latest reading that is not in the future, else the first. The library's range ends
    with the day after its last."""
    spans = [span for span in map(_span, values) if span]
    past = [span for span in spans if span[0] <= today]
    return (past or spans)[-1 if past else 0] if spans else None


def _span(value: dict[str, str]) -> tuple[date, date] | None:
    if "start" in value and "end" in value:
        first = date.fromisoformat(value["start"][:10])
        return first, date.fromisoformat(value["end"][:10]) - timedelta(days=1)
    if value.get("type") == "date" and value["value"] != "not resolved":
        day = date.fromisoformat(value["value"])
        return day, day
    return None
