"""Numbers that a sentence gives for something it names: "a potential of 80", "权重改为30%"."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.builtin.figures import figures_of
from bot.agent.builtin.spans import number_of
from bot.agent.builtin.thesaurus import Span, phrase_lists, spelt_in

_NUMBER = re.compile(
    r"(?<![a-z0-9_.-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d-])(?:\s*(%|percent\b|per cent\b))?"
)
_TENTHS = re.compile(r"([一二两三四五六七八九])成(半)?(?![立为交功果员本])")
_WEIGHS = re.compile(r"\b(?:weights?|weigh(?:s|ed)?|weighted|count(?:s|ed))\b|权重|占比")
WEIGHT = "_weight"
# A name before its number is nearer than one behind it.
_BEHIND = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, and whether it is a percentage."""

    value: Decimal
    percent: bool
    start: int
    end: int


def numbers_of(text: str, taken: Iterable[Span] = ()) -> list[Number]:
    """The numbers of folded text, scaled ("300万", "2 million"), but none within `taken`."""
    amounts = [
        Number(f.value, False, f.start, f.end) for f in figures_of(text) if f.kind == "amount"
    ]
    held = [*taken, *((n.start, n.end) for n in amounts)]
    plain = [n for match in _NUMBER.finditer(text) if not _within(n := _plain(match), held)]
    free = [number for number in amounts if not _within(number, taken)]
    plain += [_tenths(match) for match in _TENTHS.finditer(text)]
    return sorted([*free, *plain], key=lambda number: number.start)


def quantities(text: str, names: Collection[str], taken: Sequence[Span]) -> dict[str, int | str]:
    """The numbers of folded text by the names of the parameters that they are for."""
    weighs = bool(_WEIGHS.search(text))
    places = [
        (name, start, end)
        for name in names
        if name in phrase_lists("fields")
        for start, end in _places(text, name)
    ]
    found: dict[str, int | str] = {}
    for number in numbers_of(text, taken):
        free = [place for place in places if place[0] not in found]
        if not free:
            break
        name = min(free, key=lambda place: _distance(place, number))[0]
        found[name] = as_argument(number.value)
        if weighs and name + WEIGHT in names:
            del found[name]
            share = number.value / 100 if number.percent or number.value > 1 else number.value
            found[name + WEIGHT] = as_argument(share)
    return found


_LARGEST = 2**53


def as_argument(value: Decimal) -> int | str:
    """A whole number as such, any other in digits, so that nothing is rounded; in digits too
    what is too large for a conversation to keep as a number."""
    whole = value == value.to_integral_value() and abs(value) <= _LARGEST
    return int(value) if whole else str(value)


def _plain(match: re.Match[str]) -> Number:
    digits = match.group(1).replace(",", "") + (match.group(2) or "")
    return Number(Decimal(digits), match.group(3) is not None, match.start(), match.end())


def _tenths(match: re.Match[str]) -> Number:
    value = Decimal(number_of(match.group(1)) * 10 + (5 if match.group(2) else 0))
    return Number(value, True, match.start(), match.end())


def _places(text: str, name: str) -> Iterable[Span]:
    phrases = (name, *phrase_lists("fields")[name])
    return (span for phrase in phrases for span in spelt_in(text, phrase))


def _distance(place: tuple[str, int, int], number: Number) -> int:
    _, start, end = place
    return number.start - end if end <= number.start else start - number.end + _BEHIND


def _within(number: Number, spans: Iterable[Span]) -> bool:
    return any(start <= number.start and number.end <= end for start, end in spans)
