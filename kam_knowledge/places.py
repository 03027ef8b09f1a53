"""Which places of the library a question asks for, by what people are known to ask of them.

Two things speak for a place: the nearest question that people ask of it, and what a classifier
learned from all of them. The classifier also knows what questions sound like that no place
answers, and so tells how far the question is one for the library at all.

Constants were fitted on open questions with and without an answer in the library.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kam_knowledge.asked import asked_elsewhere
from kam_knowledge.documents import DocumentError
from kam_knowledge.index import Index
from kam_knowledge.intents import NOWHERE, Intents, learned
from kam_knowledge.lexical import LexicalIndex
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.ranking import OWN, by_place
from kam_knowledge.search import Readable
from kam_knowledge.stored import spot_of
from kam_knowledge.terms import Terms

_LOG = logging.getLogger(__name__)
_QUESTIONS = 400
_TWIN = 0.6
_NEAR, _AGAINST = 20, -1.0
_LEAST, _SHIFT = 0.05, 0.5
_SURE = -0.05


@dataclass(frozen=True)
class Wanted:
    """What a question seems to be after: places with what speaks for each, as shares of the
    question; `weight`, how far it is a question for the library, 0.05 to 1; `sure`, whether
    some place answers it; `known`, all places that people are known to ask for."""

    places: Mapping[int, float] = field(default_factory=dict)
    weight: float = 1.0
    sure: bool = False
    known: frozenset[int] = frozenset()


class Places:
    """The places of one library, with what people ask of them."""

    def __init__(self, index: Index, library: Path, lexicon: Lexicon) -> None:
        self._index = index
        self._library = library
        self._lexicon = lexicon
        self._taught = ""
        self._intents: Intents | None = None

    def learn(self) -> None:
        """Takes in what people are known to ask, where that has changed."""
        elsewhere = self._elsewhere()
        taught = repr((sorted(self._index.asked.documents().items()), elsewhere))
        if taught != self._taught:
            lessons = self._lessons(elsewhere)
            self._intents = learned(self._index.folder, taught, self._lexicon, lessons)
            self._taught = taught

    def wanted(self, terms: Terms, readable: Readable) -> Wanted:
        """What the question with these terms is after."""
        if self._intents is None:
            return Wanted()
        margins = self._intents.margins(terms)
        nowhere = margins.pop(NOWHERE, _AGAINST)
        ahead = max(margins.values()) - nowhere if margins else _AGAINST
        weight = min(1.0, max(_LEAST, ahead + _SHIFT))
        places = _near_questions(self._index.asked, terms, readable)
        for place in [place for place in margins if margins[place] > _AGAINST][:_NEAR]:
            places[place] = places.get(place, 0.0) + margins[place] - _AGAINST
        shares = {place: share * weight for place, share in places.items()}
        return Wanted(shares, weight, ahead >= _SURE, self._intents.known)

    def _elsewhere(self) -> tuple[str, ...]:
        try:
            return asked_elsewhere(self._library)
        except DocumentError as error:
            _LOG.warning("Not taken in: %s", error)
            return ()

    def _lessons(self, elsewhere: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        for question in self._index.asked.everything():
            yield question.text, spot_of(question)
        for text in elsewhere:
            yield text, NOWHERE


def _near_questions(asked: LexicalIndex, terms: Terms, readable: Readable) -> dict[int, float]:
    """Places by the nearest question asked of them, in the question's own tongue and, less,
    in the other."""
    other = "en" if terms.tongue == "zh" else "zh"
    own = asked.found(terms, OWN, readable, limit=_QUESTIONS, tongue=terms.tongue)
    far = asked.found(terms, {"bridge": 1.0}, readable, limit=_QUESTIONS, tongue=other)
    possible = sum(boost * asked.possible(terms, field) for field, boost in OWN.items())
    scores = by_place([(1.0, own), (_TWIN, far)])
    return {place: score / possible for place, score in scores.items()} if possible else {}
