"""When a figure that was said is one that is known: units, equal forms, sensible rounding."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.agent.grounding.figures import CURRENCIES, Figure, latin_whole

_ROUNDED = Decimal("0.05")
_NAMED: dict[str, re.Pattern[str]] = {
    "percent": re.compile(r"%|percent|share|rate|百分|率|占比|份额"),
    "times": re.compile(r"multipl|factor|times|ratio|倍"),
    "year": re.compile(r"\byear|年"),
    "quarter": re.compile(r"\bquarter|季"),
    "month": re.compile(r"\bmonth|月"),
    "week": re.compile(r"\bweek|周|星期"),
    "day": re.compile(r"\bday|天|日"),
    "hour": re.compile(r"\bhour|小时"),
    "ordinal": re.compile(
        r"\brank|\bplace|position|\bstep|\bphase|\blevel|\bstage|percentile|排|名次|位|步|级|阶段|第"
    ),
}
_SPANS = {("months", 12): "year", ("months", 3): "quarter", ("months", 1): "month"}
_SPANS |= {("days", 7): "week", ("days", 1): "day", ("hours", 1): "hour"}
_CURRENCY = re.compile(latin_whole(CURRENCIES))


def named_units(line: str) -> frozenset[str]:
    """The units that folded text names anywhere, as the label of a bare number does."""
    kinds = {kind for kind, pattern in _NAMED.items() if pattern.search(line)}
    return frozenset(kinds | {CURRENCIES[found] for found in _CURRENCY.findall(line)})


def agrees(said: Figure, known: Figure, named: frozenset[str]) -> bool:
    """Whether the known figure, in a line that names these units, bears out the one said."""
    return _same_currency(said, known, named) and any(
        _same_value(said, value) for value in _readings(said, known, named)
    )


def _same_currency(said: Figure, known: Figure, named: frozenset[str]) -> bool:
    if said.currency is None or said.currency == known.currency:
        return True
    return known.currency is None and said.currency in named


def _readings(said: Figure, known: Figure, named: frozenset[str]) -> Iterator[Decimal]:
    """The known value as a figure of the kind that was said; nothing where it is none."""
    if said.kind == known.kind:
        yield known.value
    elif {said.kind, known.kind} == {"plain", "percent"}:
        yield known.value
        if said.kind == "percent" and "percent" in named:
            yield known.value / 100
    elif known.kind == "plain" and _SPANS.get((said.kind, int(said.size)), said.kind) in named:
        yield known.value * said.size
    elif said.kind == "plain" and known.kind in ("ordinal", "times"):
        yield known.value


def _same_value(said: Figure, value: Decimal) -> bool:
    off, value = abs(said.value - abs(value)), abs(value)
    if off == 0:
        return True
    if said.step is not None:
        worded = said.step if said.manner != "exact" else min(said.step, Decimal("0.01"))
        return off <= worded / 2
    if off > value * _ROUNDED:
        return False
    if said.manner == "about":
        return off <= Decimal(10) ** int(said.value.normalize().as_tuple().exponent) / 2
    return (said.manner == "over" and said.value < value) or (
        said.manner == "under" and said.value > value
    )
