"""The search over the index: which passages answer a question, and whether any does.

Passages in the question's own tongue are scored by shared characters and words (`main`) and
by shared meanings (`pivot`); those in the other tongue by meanings (`bridge`) and names by
sound (`names`). The questions that people ask of a place, and its edition in the other tongue,
speak for the place. An embedding joins in with its weight; the built-in one has none and is
asked only where the terms find nothing.
"""

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from kam_knowledge.documents import Passage, UnitId, no_unit
from kam_knowledge.embedding import Embedding, HashedGrams
from kam_knowledge.folders import METHODOLOGY, Folders, Synced
from kam_knowledge.index import Index, Progress
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.lock import Busy
from kam_knowledge.places import Places, Wanted
from kam_knowledge.ranking import FAR, OWN, Leg, by_place, merged, supported, with_both
from kam_knowledge.search import Finding, Hit, Readable
from kam_knowledge.stored import number_of, spot_of
from kam_knowledge.terms import Field, Terms, terms_of

_POOL = 100
_REST = 20
_TEXT, _TWIN = 0.5, 0.6


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
        self._places = Places(index, folders.library, lexicon)

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        """The passages nearest to the question. Of a place that stands in several languages
        only the edition in `language` is shown."""
        self.refresh()
        terms = terms_of(question, self._lexicon)
        other = "en" if terms.tongue == "zh" else "zh"
        own = self._leg(terms, OWN, readable, terms.tongue)
        far = self._leg(terms, FAR, readable, other)
        dense = self._dense(question, readable, own, far)
        scores = merged(own, far, terms.tongue, dense)
        wanted = self._places.wanted(terms, readable)
        if wanted.known:
            beside = self._beside(scores, own, far, wanted)
            scores = self._with_places(beside, own, wanted, terms, readable)
        stranger = self._stranger(far, readable, language)
        ranked = with_both(scores, stranger, len(scores))
        passages = self._editions(ranked, readable, language, limit)
        legs = self._legs(terms, readable, own, passages) | self._legs(
            terms, readable, far, passages
        )
        hits = tuple(_hit(passages[n], n, scores[n], legs | {"dense": dense}) for n in passages)
        own, far = own.without(wanted.known), far.without(wanted.known)
        sure = supported(own, far, terms.tongue, only_far=bool(stranger))
        return Finding(hits, wanted.sure or sure)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        self.refresh()
        number = number_of(passage_id)
        return self.index.lexical.fetch([number], readable).get(number)

    def sync(self, progress: Progress | None = None, at_most: int | None = None) -> Synced:
        """Takes in what changed in the files. Raises `Busy` while another process writes, and
        `Behind` where that is more than `at_most` documents."""
        synced = self.folders.sync(self.index, progress, at_most)
        self._places.learn()
        return synced

    def refresh(self, at_most: int | None = None) -> None:
        """Takes in what changed in the files; while another process does, leaves it to it.
        Raises `Behind` where that is more than `at_most` documents."""
        begun = time.monotonic()
        if begun < self._look_again:
            return
        with suppress(Busy):
            self.sync(at_most=at_most)
        now = time.monotonic()
        self._look_again = now + (now - begun) * _REST

    def _leg(
        self, terms: Terms, boosts: Mapping[Field, float], readable: Readable, tongue: str
    ) -> Leg:
        lexical = self.index.lexical
        single = None if tongue == terms.tongue else False
        found = lexical.found(terms, boosts, readable, limit=_POOL, tongue=tongue, paired=single)
        scores = {hit.number: hit.score for hit in found}
        counted: list[Field] = [field for field in boosts if field != "names"]
        possible = sum(boosts[field] * lexical.possible(terms, field) for field in counted)
        return Leg(scores, possible, boosts, {hit.number: hit.spot for hit in found})

    def _beside(
        self, scores: Mapping[int, float], own: Leg, far: Leg, wanted: Wanted
    ) -> dict[int, float]:
        """The passages' scores as shares of the question; a text that people are known to
        ask for counts less than its place does."""
        whole = own.possible or far.possible or 1.0
        spots = {**far.spots, **own.spots}
        text = _TEXT * wanted.weight
        return {
            number: score / whole * (text if spots.get(number) in wanted.known else 1.0)
            for number, score in scores.items()
        }

    def _with_places(
        self, scores: dict[int, float], own: Leg, wanted: Wanted, terms: Terms, readable: Readable
    ) -> dict[int, float]:
        """The passages' scores with those of their places, best first: by what the question
        is after, and by what their edition in the other tongue says."""
        lexical = self.index.lexical
        other = "en" if terms.tongue == "zh" else "zh"
        twins = lexical.found(terms, FAR, readable, limit=_POOL, tongue=other, paired=True)
        added = dict(wanted.places)
        twin_weight = _TWIN * wanted.weight / (own.possible or 1.0)
        for spot, score in by_place([(twin_weight, twins)]).items():
            added[spot] = added.get(spot, 0.0) + score
        numbers = lexical.at(added, terms.tongue, readable)
        for spot, number in numbers.items():
            scores[number] = scores.get(number, 0.0) + added[spot]
        return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))

    def _dense(self, question: str, readable: Readable, own: Leg, far: Leg) -> dict[int, float]:
        """What the embedding adds: its weight is that of a cosine of 1 beside the best
        score of the terms."""
        best = max([*own.scores.values(), *far.scores.values()], default=0.0)
        weight = self.index.embedding.weight * best if best else 1.0
        if not weight:
            return {}
        with suppress(Busy):
            near = self.index.nearest(question, readable, _POOL)
            return {number: cosine * weight for number, cosine in near.items() if cosine > 0}
        return {}

    def _stranger(self, far: Leg, readable: Readable, language: str) -> set[int]:
        """The best passage of the other tongue, if it stands in no edition in `language`."""
        best = next(iter(far.scores), None)
        if best is None:
            return set()
        lexical = self.index.lexical
        passage = lexical.fetch([best], readable).get(best)
        return {best} if passage and lexical.edition(passage, language, readable) is None else set()

    def _editions(
        self, ranked: list[int], readable: Readable, language: str, limit: int
    ) -> dict[int, Passage]:
        """The first passages by the number they were found by, each place of a document that
        has editions once, in the language asked for if there is such an edition."""
        lexical = self.index.lexical
        shown: dict[int, Passage] = {}
        taken: set[str | int] = set()
        for start in range(0, len(ranked), limit):
            some = ranked[start : start + limit]
            found = lexical.fetch(some, readable)
            for number in (number for number in some if number in found):
                passage = found[number]
                if passage.language[:2] != language[:2]:
                    passage = lexical.edition(passage, language, readable) or passage
                place = spot_of(passage) if passage.paired else passage.id
                if place not in taken and len(shown) < limit:
                    taken.add(place)
                    shown[number] = passage
            if len(shown) == limit:
                break
        return shown

    def _legs(
        self, terms: Terms, readable: Readable, leg: Leg, passages: Iterable[int]
    ) -> dict[str, Mapping[int, float]]:
        """The score of each field for these passages; what the first leaves is the second's."""
        numbers = [number for number in passages if number in leg.scores]
        if not numbers:
            return {}
        (first, boost), (second, _) = leg.boosts.items()
        search = self.index.lexical.search
        some = search(terms, {first: 1.0}, readable, limit=len(numbers), among=numbers)
        rest = {number: leg.scores[number] - boost * some.get(number, 0.0) for number in numbers}
        return {first: some, second: rest}


def _hit(
    passage: Passage, number: int, score: float, legs: Mapping[str, Mapping[int, float]]
) -> Hit:
    shares = ((name, by[number]) for name, by in legs.items() if number in by)
    return Hit(passage, score, tuple(shares))


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
