"""Periods in a sentence: dated expressions with the words that open, close or join them.

The libraries that know the rarer forms are slow to load, so they are asked only when a
sentence has a cue that the grammar left unread.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.agent.builtin.dates import Atom, atoms_of
from bot.agent.builtin.spans import month_span, months_back


@dataclass(frozen=True, slots=True)
class Period:
    """Days `since` to `until`, both included; an open side is None. `start` and `end` are
    its place in the text; `repeats` is that of its expression."""

    since: date | None
    until: date | None
    start: int
    end: int
    repeats: str = ""

    def ahead(self, today: date) -> "Period":
        """The next one, where the sentence leaves open which one it is and this is over."""
        last = self.until or self.since
        if self.repeats == "window" and self.since and self.until:
            return replace(self, since=today, until=today + (self.until - self.since))
        if not self.repeats or last is None or last >= today:
            return self
        return replace(
            self,
            since=self.since and _next(self.since, self.repeats),
            until=self.until and _next(self.until, self.repeats),
        )

    def near(self, today: date) -> "Period":
        """This or the next one, whichever is nearer to today."""
        here, there = (p.since or p.until for p in (self, self.ahead(today)))
        later = here and there and abs(there - today) < abs(today - here)
        return self.ahead(today) if later else self


def _next(day: date, repeats: str) -> date:
    """The last day of a month stays the last."""
    if repeats == "week":
        return day + timedelta(days=7)
    moved = months_back(day, -12)
    ends = (day + timedelta(days=1)).day == 1
    return month_span(moved.year, moved.month)[1] if ends else moved


_BETWEEN = re.compile(
    r"^\s*(?:to|and|through|till|until|up to|[-–—~]|到|至|和)\s*(?:the )?(?:end of )?$"
)
_LINK_NEEDS_OPENING = re.compile(r"^\s*(?:and|和)")
_YEAR = re.compile(r"(?:19|20)\d\d|去年|今年|前年|year")
_OPENING = re.compile(r"(?:between|from|从|自|在)\s*$")
_SINCE = re.compile(
    r"(?:since|from|starting(?: in| from)?|beginning(?: in)?|after|自从|自|从)\s*"
    r"(?:the )?(?:start of |beginning of |early )?$"
)
_SINCE_AFTER = re.compile(
    r"^\s*(?:以来|起|开始|之后|以后|至今|到现在|到目前|到今天|"
    r"(?:to|until|till) (?:now|today)\b|on\b|onwards\b|onward\b|and later\b)"
)
_UNTIL = re.compile(
    r"(?:as of|as at|until|till|by|up to|through|to the end of|截至|截止到|截止|截至到|到|直到)\s*"
    r"(?:the )?(?:end of )?$"
)
_END_OF = re.compile(r"(?:(?:at|as of|by) )?(?:the )?end of\s*$")
_START_OF = re.compile(r"(?:at |as of )?(?:the )?(?:start|beginning) of\s*$")
_END_AFTER = re.compile(r"^\s*(?:底|末|年底|年末|为止)")
_END_INSIDE = re.compile(r"[底末]$")
_START_AFTER = re.compile(r"^\s*(?:初|年初)")
_BEFORE = re.compile(r"(?:before|prior to)\s*$")
_BEFORE_AFTER = re.compile(r"^\s*(?:之前|以前|前)(?!\d|[一二三四五六七八九十])")


def periods_of(text: str, today: date) -> list[Period]:
    """The periods of folded text, in order; both ends of "from A to B" make one."""
    atoms = _from_libraries(text, today) or atoms_of(text, today)
    found: list[Period] = []
    index = 0
    while index < len(atoms):
        if index + 1 < len(atoms) and _joined(text, atoms[index], atoms[index + 1]):
            found.append(_joint(text, atoms[index], atoms[index + 1]))
            index += 2
        else:
            found.append(_single(text, atoms[index]))
            index += 1
    return found


def _joined(text: str, first: Atom, second: Atom) -> bool:
    link = text[first.end : second.start]
    if not _BETWEEN.match(link) or _opened_on(text, first, second) > second.last:
        return False
    return not _LINK_NEEDS_OPENING.match(link) or bool(_OPENING.search(text[: first.start]))


def _joint(text: str, first: Atom, second: Atom) -> Period:
    opening = _OPENING.search(text[: first.start])
    start = opening.start() if opening else first.start
    return Period(_opened_on(text, first, second), second.last, start, second.end)


def _opened_on(text: str, first: Atom, second: Atom) -> date:
    """The first day of "from A to B": without a year of its own, A is the last before B."""
    day = first.first
    if _YEAR.search(text[first.start : first.end]):
        return day
    years = (second.last.year, second.last.year - 1)
    moved = [months_back(day, 12 * (day.year - year)) for year in years]
    return next(candidate for candidate in moved if candidate <= second.last)


def _single(text: str, atom: Atom) -> Period:
    """An expression that ends with the word for an end ("年底") is read as if it stood behind."""
    inside = _END_INSIDE.search(text[atom.start : atom.end])
    atom = replace(atom, end=atom.end - (1 if inside else 0))
    before, after = text[: atom.start], text[atom.end :]
    for reader in (_ended, _started, _opened, _bounded):
        period = reader(before, after, atom)
        if period:
            return replace(period, repeats=atom.repeats)
    return Period(atom.first, atom.last, atom.start, atom.end, atom.repeats)


def _ended(before: str, after: str, atom: Atom) -> Period | None:
    """ "at the end of March", "三月底": that last day."""
    head, tail = _END_OF.search(before), _END_AFTER.match(after)
    if not head and not tail:
        return None
    opened = _SINCE.search(before[: head.start()] if head else before)
    lead = opened or _UNTIL.search(before) or head
    start = lead.start() if lead else atom.start
    tailed = tail.end() if tail else 0
    end = atom.end + tailed
    if opened or _SINCE_AFTER.match(after[tailed:]):
        return Period(atom.last, None, start, end)
    return Period(None, atom.last, start, end)


def _started(before: str, after: str, atom: Atom) -> Period | None:
    head, tail = _START_OF.search(before), _START_AFTER.match(after)
    if not head and not tail:
        return None
    since = _SINCE.search(before)
    if since:
        return Period(atom.first, None, since.start(), atom.end + (tail.end() if tail else 0))
    start = head.start() if head else atom.start
    return Period(None, atom.first, start, atom.end + (tail.end() if tail else 0))


def _opened(before: str, after: str, atom: Atom) -> Period | None:
    head, tail = _SINCE.search(before), _SINCE_AFTER.match(after)
    if not head and not tail:
        return None
    exclusive = bool(head and head.group().startswith("after"))
    first = atom.last + timedelta(days=1) if exclusive else atom.first
    start = head.start() if head else atom.start
    return Period(first, None, start, atom.end + (tail.end() if tail else 0))


def _bounded(before: str, after: str, atom: Atom) -> Period | None:
    head, tail = _BEFORE.search(before), _BEFORE_AFTER.match(after)
    if head or tail:
        start = head.start() if head else atom.start
        last = atom.first - timedelta(days=1)
        return Period(None, last, start, atom.end + (tail.end() if tail else 0))
    until = _UNTIL.search(before)
    return Period(None, atom.last, until.start(), atom.end) if until else None


_CUE = re.compile(
    r"(?:后年|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|春节|国庆|上旬|中旬|下旬)"
    r"|\b(?:fortnight|decade|christmas|"
    r"easter|spring|summer|autumn|winter|weekend)\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
)


def _from_libraries(text: str, today: date) -> list[Atom]:
    if not _CUE.search(text):
        return []
    from bot.agent.builtin.date_libraries import read

    return [Atom(*found) for found in read(text, today)]
