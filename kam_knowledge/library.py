"""The search over the index: which passages answer a question, and whether any does.

Two scores add up: `main` counts shared characters and words, `pivot` shared meanings, as
English stems. A passage in the other language can hardly share characters, so its pivot
score is raised by what `main` gives to the best passages of the asker's own language.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kam_knowledge.documents import Passage
from kam_knowledge.embedding import Embedding, HashedTerms
from kam_knowledge.folders import METHODOLOGY, Folders
from kam_knowledge.index import Index
from kam_knowledge.lexical import Leg, number_of
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.lock import Busy
from kam_knowledge.search import Finding, Hit, Readable
from kam_knowledge.terms import Terms, terms_of

_POOL = 30
_SAMPLE = 10
_BOTH: Mapping[Leg, float] = {"main": 0.4, "pivot": 1.0}
_RAISE = {"zh": 1.5, "en": 0.75}


@dataclass(frozen=True)
class IndexedLibrary:
    """The passages under one folder of the machine, in step with their files."""

    index: Index
    folders: Folders
    lexicon: Lexicon

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        """The passages nearest to the question, those in `language` before their other
        editions."""
        terms = terms_of(question, self.lexicon)
        scores = self._scores(terms, readable)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:_POOL]
        passages = self.index.lexical.fetch(best, readable)
        chosen = _one_edition([passages[n] for n in best if n in passages], language)[:limit]
        return Finding(self._hits(chosen, terms, scores, readable), supported=bool(chosen))

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        number = number_of(passage_id)
        return self.index.lexical.fetch([number], readable).get(number)

    def _scores(self, terms: Terms, readable: Readable) -> dict[int, float]:
        other = "en" if terms.tongue == "zh" else "zh"
        search = self.index.lexical.search
        own = search(terms, _BOTH, readable, limit=_POOL, tongue=terms.tongue)
        far = search(terms, {"pivot": 1.0}, readable, limit=_POOL, tongue=other)
        if own and far:
            sample = list(own)[:_SAMPLE]
            main = search(terms, {"main": 1.0}, readable, limit=_SAMPLE, among=sample)
            pivot = search(terms, {"pivot": 1.0}, readable, limit=_SAMPLE, among=sample)
            share = sum(main.values()) / max(sum(pivot.values()), 1e-9)
            raised = 1 + _RAISE[terms.tongue] * _BOTH["main"] * share
            far = {number: score * raised for number, score in far.items()}
        return own | far

    def _hits(
        self,
        chosen: list[Passage],
        terms: Terms,
        scores: Mapping[int, float],
        readable: Readable,
    ) -> tuple[Hit, ...]:
        numbers = [number_of(passage.id) for passage in chosen]
        legs: list[tuple[str, dict[int, float]]] = [
            (leg, self._leg(terms, leg, numbers, readable)) for leg in ("main", "pivot")
        ]
        return tuple(
            Hit(passage, scores[n], tuple((leg, by.get(n, 0.0)) for leg, by in legs))
            for passage, n in zip(chosen, numbers, strict=True)
        )

    def _leg(
        self, terms: Terms, leg: Leg, numbers: list[int], readable: Readable
    ) -> dict[int, float]:
        if not numbers:
            return {}
        return self.index.lexical.search(
            terms, {leg: 1.0}, readable, limit=len(numbers), among=numbers
        )


def open_library(
    home: Path,
    *,
    library: Path = METHODOLOGY,
    embedding: Embedding | None = None,
    chroma_url: str | None = None,
) -> IndexedLibrary:
    """The library kept in `home`, brought up to date with its files; while another process
    writes, as it stands."""
    folder = home / "index"
    lexicon = load_lexicon(folder)
    index = Index(folder, lexicon, embedding or HashedTerms(lexicon), chroma_url)
    folders = Folders(folder / "files.json", library)
    with suppress(Busy):
        folders.sync(index)
    return IndexedLibrary(index, folders, lexicon)


def _one_edition(passages: list[Passage], language: str) -> list[Passage]:
    """One passage per place of a document: of editions that say the same in several
    languages only the asker's, at the rank of the best."""
    own = language[:2]
    best: dict[tuple[str, int], Passage] = {}
    kept: list[Passage] = []
    for passage in passages:
        place = (passage.document, passage.order)
        held = best.setdefault(place, passage)
        if held.language == passage.language:
            kept.append(passage)
        elif held.language[:2] != own == passage.language[:2]:
            kept[kept.index(held)] = passage
            best[place] = passage
    return kept
