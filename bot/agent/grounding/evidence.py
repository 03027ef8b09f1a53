"""What a reply may rest on: the lines of this turn's results, its passages, the user's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from bot.agent.builtin.folding import fold
from bot.agent.grounding.agreement import agrees, named_units
from bot.agent.grounding.dates import Day, blanked, days_in, periods_between
from bot.agent.grounding.figures import CURRENCIES, Figure, figures_in
from bot.agent.grounding.names import names_in
from bot.agent.lexicon import Entry, Lexicon
from kam_knowledge.english import FUNCTION, stems
from kam_knowledge.scripts import CHINESE
from tools.cards import Quote

_DURATIONS = ("months", "days")
_LONGEST_SPAN = 1000
_SMALL = 20
_COMMON = frozenset("的了是有在和与及个家为中共其这那我您你他们以上下不也都就第")
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|rule|prompt|above|previous)"
    r"|\b(?:tell|inform|assure) the (?:user|reader|asker)\b|\bsystem prompt\b|\byou are an? (?:ai|"
    r"assistant)\b|\bcall the tool\b|\b(?:ai )?assistants? (?:must|should|reading)\b"
    r"|(?:忽略|无视|忘记).{0,12}(?:指令|规则|提示|要求)|告诉(?:用户|提问者|提问的人)|系统提示词|调用工具"
    r"|你是.{0,6}助手"
)
_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n")


@dataclass(frozen=True)
class Read:
    """The dates and figures of a text from which the names are blanked out."""

    text: str
    days: tuple[Day, ...]
    figures: tuple[Figure, ...]


def read(text: str, lexicon: Lexicon, today: date) -> Read:
    """Figures that show by their unit that they are none ("1900K", "past 12 months") are told
    from dates first."""
    folded = fold(text).text
    plain = blanked(folded, [(name.start, name.end) for name in names_in(text, lexicon)])
    measured = [(f.start, f.end) for f in figures_in(plain) if _is_measured(f)]
    days = days_in(blanked(plain, measured), today)
    figures = figures_in(plain, [(day.start, day.end) for day in days])
    return Read(plain, tuple(days), tuple(figures))


def _is_measured(figure: Figure) -> bool:
    """Whether a unit or scale beside the figure makes it no date; a year is not "2017 years"."""
    if figure.said.isdigit():
        return False
    if figure.kind in _DURATIONS:
        return figure.value / figure.size < _LONGEST_SPAN
    return figure.currency is not None or figure.size != 1


class Line(NamedTuple):
    """A line of evidence, and the words around it that tell what its figures count; without
    these (the user's words, an argument) they may count anything."""

    text: str
    about: str = ""


class _Known(NamedTuple):
    figure: Figure
    named: frozenset[str]
    about: frozenset[str]


@dataclass(frozen=True)
class Ground:
    """Lines of text that back figures, dates and names; each is read by itself, so that a
    figure keeps the units that its own line names. A line that gives an assistant orders backs
    nothing, wherever it stands."""

    lines: tuple[Line, ...]
    lexicon: Lexicon
    today: date

    def has_figure(self, said: Figure, claim: str) -> bool:
        """Whether a line bears the figure out. Small counts stand everywhere: such a line must
        share a word with the claim."""
        if said.kind == "code":
            return bool(re.search(rf"(?<![a-z0-9]){re.escape(said.said)}(?![a-z0-9])", self.text))
        about = _content(claim) if _is_small(said) else frozenset()
        return any(
            agrees(said, known.figure, known.named | self._currencies)
            and (not about or not known.about or about & known.about)
            for known in self._known
        )

    def has_day(self, said: Day) -> bool:
        return any(said.holds(known) for known in self._days)

    def has_period(self, said: Day) -> bool:
        return any(said.equals(known) for known in self._days)

    @cached_property
    def entries(self) -> frozenset[Entry]:
        """The accounts and people that the lines name."""
        return frozenset(
            entry
            for line in self._sound
            for name in names_in(line.text, self.lexicon)
            for entry in name.entries
        )

    @cached_property
    def text(self) -> str:
        """The lines that count, folded."""
        return "\n".join(fold(line.text).text for line in self._sound)

    @cached_property
    def _sound(self) -> dict[Line, Read]:
        lines = {line: read(line.text, self.lexicon, self.today) for line in self.lines}
        return {line: found for line, found in lines.items() if not _ORDERS.search(found.text)}

    @cached_property
    def _known(self) -> tuple[_Known, ...]:
        return tuple(
            _Known(figure, named_units(found.text), _content(line.about))
            for line, found in self._sound.items()
            for figure in found.figures
        )

    @cached_property
    def _currencies(self) -> frozenset[str]:
        return named_units(self.text) & frozenset(CURRENCIES.values())

    @cached_property
    def _days(self) -> tuple[Day, ...]:
        return tuple(day for line in self._sound.values() for day in _with_periods(line))


def _is_small(figure: Figure) -> bool:
    counts = figure.kind in ("plain", "ordinal") and not figure.currency
    return counts and figure.value <= _SMALL and figure.value == int(figure.value)


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """The stems and Chinese characters of a text that carry meaning."""
    folded = fold(text).text
    words = (word for word in stems(folded, FUNCTION) if not word[0].isdigit())
    return frozenset(words) | (frozenset(CHINESE.findall(folded)) - _COMMON)


def _with_periods(line: Read) -> Iterator[Day]:
    yield from line.days
    yield from (period for period, _, _ in periods_between(line.text, line.days))


@dataclass(frozen=True)
class Listing:
    """A table as a reader sees it: the cells of each row, and how many rows there are."""

    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True)
class Evidence:
    """Everything that a reply of this turn may rest on.

    `said` are the results without their passages, the arguments, the user's words and today;
    `passages` lie beside `quotes` and are numbered from 1.
    """

    said: Ground
    quotes: tuple[Quote, ...] = ()
    listings: tuple[Listing, ...] = ()
    passages: tuple[Ground, ...] = field(init=False)

    def __post_init__(self) -> None:
        grounds = tuple(self._passage(quote) for quote in self.quotes)
        object.__setattr__(self, "passages", grounds)

    def _passage(self, quote: Quote) -> Ground:
        lines = (quote.document, quote.section, *_SENTENCE.split(quote.text))
        return Ground(tuple(map(Line, lines)), self.said.lexicon, self.said.today)

    def behind(self, marks: Iterable[int]) -> list[Ground]:
        """What a sentence with these marks rests on."""
        return [self.said, *(self.passages[mark - 1] for mark in marks)]


def ground(lines: Iterable[Line], lexicon: Lexicon, today: date) -> Ground:
    """The lines as evidence, beside today's date, which everybody knows."""
    return Ground((*dict.fromkeys(lines), Line(today.isoformat())), lexicon, today)
