"""Whether a text states a fact: words in any script, a figure or a date in any equal form."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.agent.builtin.folding import fold
from bot.agent.grounding.evidence import Read, read
from bot.agent.grounding.figures import Figure
from bot.agent.lexicon import Lexicon

if TYPE_CHECKING:
    from bot.evaluation.cases import Fact

_NAMELESS = Lexicon(())


@dataclass(frozen=True)
class Text:
    """A text, whose dates are read as of `today`; it is read when a fact asks for it."""

    said: str
    today: date

    def states(self, fact: "Fact") -> bool:
        """Whether the fact stands here; of several, one of them."""
        if isinstance(fact, list):
            return any(self.states(one) for one in fact)
        wanted = _reading(fact, self.today)
        if _is_one_figure(wanted):
            return any(_equal(wanted.figures[0], found) for found in self._read.figures)
        if _is_one_day(wanted):
            day = wanted.days[0]
            return any((day.first, day.last) == (one.first, one.last) for one in self._read.days)
        return fold(fact).text in self._folded

    @cached_property
    def _folded(self) -> str:
        return fold(self.said).text

    @cached_property
    def _read(self) -> Read:
        return read(self.said, _NAMELESS, self.today)


@lru_cache(maxsize=1024)
def _reading(said: str, today: date) -> Read:
    return read(said, _NAMELESS, today)


def _is_one_figure(wanted: Read) -> bool:
    """Whether the whole fact is a figure; "LX700" and "12 months ago" are words."""
    if wanted.days or len(wanted.figures) != 1 or wanted.figures[0].kind == "code":
        return False
    figure = wanted.figures[0]
    return not (wanted.text[: figure.start] + wanted.text[figure.end :]).strip()


def _is_one_day(wanted: Read) -> bool:
    if wanted.figures or len(wanted.days) != 1:
        return False
    day = wanted.days[0]
    return not (wanted.text[: day.start] + wanted.text[day.end :]).strip()


def _equal(wanted: Figure, found: Figure) -> bool:
    """The same value of the same kind; a currency counts where the fact names one."""
    currency = wanted.currency is None or wanted.currency == found.currency
    return currency and wanted.kind == found.kind and wanted.value == found.value
