"""The search over the index: which passages answer a question, and whether any does.

Passages in the question's own tongue are scored by shared characters and words (`main`) and
by shared meanings (`pivot`); those in the other tongue by meanings (`bridge`) and names by
sound (`names`). An embedding joins in with its weight; the built-in one has none and is
asked only where the terms find nothing.
"""

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from kam_knowledge.documents import Passage, UnitId, no_unit
from kam_knowledge.embedding import Embedding, HashedGrams
from kam_knowledge.folders import METHODOLOGY, Folders
from kam_knowledge.index import Index
from kam_knowledge.lexical import number_of
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.lock import Busy
from kam_knowledge.ranking import Leg, merged, supported, with_both
from kam_knowledge.search import Finding, Hit, Readable
from kam_knowledge.terms import Field, Terms, terms_of

_POOL = 30
_OWN: Mapping[Field, float] = {"main": 0.4, "pivot": 1.0}
_FAR: Mapping[Field, float] = {"bridge": 1.0, "names": 0.5}
_REST = 20


class IndexedLibrary:
    """The passages kept on this machine, in step with their files.

    Every search first looks whether a file changed, at most so often that looking takes a
    twentieth of the time.
    """

    def __init__(self, index: Index, folders: Folders, lexicon: Lexicon) -> None:
        self.index = index
        self.folders = folders
        self._lexicon = lexicon
        self._look_again = 0.0

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        """The passages nearest to the question. Of a place that stands in several languages
        only the edition in `language` is shown."""
        self.refresh()
        terms = terms_of(question, self._lexicon)
        other = "en" if terms.tongue == "zh" else "zh"
        own = self._leg(terms, _OWN, readable, terms.tongue)
        far = self._leg(terms, _FAR, readable, other)
        dense = self._dense(question, readable, own, far)
        scores = merged(own, far, terms.tongue, dense)
        passages = self._editions(scores, readable, language, limit + _POOL)
        alone = {n for n in far.scores if n in passages and number_of(passages[n].id) == n}
        places = with_both(passages, alone, limit)
        hits = self._hits({n: passages[n] for n in places}, scores, terms, readable, dense)
        only_far = next(iter(far.scores), None) in alone
        return Finding(hits, supported(own, far, terms.tongue, only_far=only_far))

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        self.refresh()
        number = number_of(passage_id)
        return self.index.lexical.fetch([number], readable).get(number)

    def refresh(self) -> None:
        """Takes in what changed in the files; while another process does, leaves it to it."""
        begun = time.monotonic()
        if begun < self._look_again:
            return
        with suppress(Busy):
            self.folders.sync(self.index)
        now = time.monotonic()
        self._look_again = now + (now - begun) * _REST

    def _leg(
        self, terms: Terms, boosts: Mapping[Field, float], readable: Readable, tongue: str
    ) -> Leg:
        lexical = self.index.lexical
        scores = lexical.search(terms, boosts, readable, limit=_POOL, tongue=tongue)
        counted: list[Field] = [field for field in boosts if field != "names"]
        possible = sum(boosts[field] * lexical.possible(terms, field) for field in counted)
        return Leg(scores, possible)

    def _dense(self, question: str, readable: Readable, own: Leg, far: Leg) -> dict[int, float]:
        """What the embedding adds: its weight is that of a cosine of 1 beside the best
        score of the terms."""
        best = max([*own.scores.values(), *far.scores.values()], default=0.0)
        weight = self.index.embedding.weight * best if best else 1.0
        if not weight:
            return {}
        with suppress(Busy):
            near = self.index.nearest(question, readable, _POOL)
            return {number: cosine * weight for number, cosine in near.items()}
        return {}

    def _editions(
        self, ranked: Iterable[int], readable: Readable, language: str, limit: int
    ) -> dict[int, Passage]:
        """The passages by the number they were found by, each place of a document once, in
        the language asked for if there is such an edition."""
        numbers = list(ranked)[:limit]
        found = self.index.lexical.fetch(numbers, readable)
        shown: dict[int, Passage] = {}
        taken: set[str] = set()
        for number in numbers:
            if number not in found:
                continue
            passage = found[number]
            if passage.language[:2] != language[:2]:
                passage = self.index.lexical.edition(passage, language, readable) or passage
            if passage.id not in taken:
                taken.add(passage.id)
                shown[number] = passage
        return shown

    def _hits(
        self,
        passages: Mapping[int, Passage],
        scores: Mapping[int, float],
        terms: Terms,
        readable: Readable,
        dense: Mapping[int, float],
    ) -> tuple[Hit, ...]:
        legs: dict[str, Mapping[int, float]] = {
            field: self.index.lexical.search(
                terms, {field: 1.0}, readable, limit=len(passages), among=passages
            )
            for field in (*_OWN, *_FAR)
            if passages
        }
        legs["dense"] = dense
        return tuple(
            Hit(passage, scores[n], tuple((leg, by[n]) for leg, by in legs.items() if n in by))
            for n, passage in passages.items()
        )


def open_library(
    home: Path,
    *,
    library: Path = METHODOLOGY,
    embedding: Embedding | None = None,
    chroma_url: str | None = None,
    units: UnitId = no_unit,
) -> IndexedLibrary:
    """The library kept in `home`, brought up to date with its files by the first search;
    while another process writes, as it stands."""
    folder = home / "index"
    lexicon = load_lexicon(folder)
    index = Index(folder, lexicon, embedding or HashedGrams(), chroma_url)
    folders = Folders(folder / "files.json", library, units)
    return IndexedLibrary(index, folders, lexicon)
