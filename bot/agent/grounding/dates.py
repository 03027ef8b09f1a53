"""Every date of a sentence, whatever its form, as the days that it spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.agent.builtin.dates import atoms_of

_YEAR_IN_SIGNS = re.compile(r"[一二][〇零一二三四五六七八九]{3}(?=年)")
_SIGNS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR_TO_YEAR = re.compile(r"(?<=(?<!\d)(?:19|20)\d\d)[-–—](?=(?:19|20)\d\d(?![-\d]))")
_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|\byear|\b(?:this|last|next|current|previous|prior)\b|today|yesterday|tomorrow"
    r"|[今去前明本上下]|年"
)
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?![\d/])")
_LINK = re.compile(
    r"\s*(?:to|and|through|till|until|up to|[-–—~]|到|至|和)\s*(?:the )?(?:end of )?"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A dated expression: its first and last day, and its place. Without a year of its own it
    is `yearless`; `other` is the second reading of 3/4/2018."""

    first: date
    last: date
    start: int
    end: int
    yearless: bool = False
    other: date | None = None

    def holds(self, known: "Day") -> bool:
        """Whether this says no more than `known`: the same days, or a calendar span around."""
        if self.other is not None and known.first == known.last == self.other:
            return True
        own = _moved(self, known.first.year) if self.yearless else self
        return own is not None and own.first <= known.first and known.last <= own.last

    def equals(self, known: "Day") -> bool:
        return (self.first, self.last) == (known.first, known.last)


def days_in(text: str, today: date) -> list[Day]:
    """The dates of folded text, in order."""
    text = _YEAR_IN_SIGNS.sub(lambda match: match.group().translate(_SIGNS), text)
    text = _YEAR_TO_YEAR.sub("~", text)
    found = [day for match in _SLASHED.finditer(text) if (day := _slashed(match))]
    plain = blanked(text, [(day.start, day.end) for day in found])
    for atom in atoms_of(plain, today):
        said = plain[atom.start : atom.end].rstrip()
        yearless = not _HAS_YEAR.search(said)
        found.append(Day(atom.first, atom.last, atom.start, atom.start + len(said), yearless))
    return sorted(found, key=lambda day: day.start)


def periods_between(text: str, days: Sequence[Day]) -> Iterator[tuple[Day, Day, Day]]:
    """Each "from A to B" as one span of days, with its two ends."""
    for first, last in pairwise(days):
        if not _LINK.fullmatch(text[first.end : last.start]):
            continue
        opening = _moved(first, last.last.year) if first.yearless else first
        if opening is not None and opening.first < last.last:
            yield replace(opening, last=last.last, end=last.end, yearless=False), first, last


def blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with spaces in these places, so that the others stay where they are."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _moved(day: Day, year: int) -> Day | None:
    """The same days in another year, where that has them."""
    later = year - day.first.year
    try:
        first = day.first.replace(year=year)
        return replace(day, first=first, last=day.last.replace(year=day.last.year + later))
    except ValueError:
        return None


def _slashed(match: re.Match[str]) -> Day | None:
    """31/12/2017 and 12/31/2017; 3/4/2018 may be either."""
    one, two, year = map(int, match.groups())
    days = [day for day in (_day(year, two, one), _day(year, one, two)) if day]
    if not days:
        return None
    return Day(days[0], days[0], match.start(), match.end(), other=days[-1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
