"""The lexical index: BM25 over two fields, on disk, updated in place.

A write is one commit: readers, in this process or another, see all of it or nothing of it,
so this index is the record of which documents are indexed and in which version.
"""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kam_knowledge.beside import Prepared, prepared
from kam_knowledge.documents import Passage
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.search import PUBLIC, TOP, Readable
from kam_knowledge.stored import (
    END,
    NOBODY,
    Batch,
    document_of,
    number_of,
    passage_of,
    place_of,
    schema,
    spot_of,
    text_for,
)
from kam_knowledge.terms import Field, Terms

_HEAP = 50_000_000
_COMMON, _FEW = 0.5, 10_000
_SATURATION = 2.2  # k1 + 1 of tantivy's BM25


class Found(NamedTuple):
    """A passage that a query found: its number, that of its place, its score."""

    number: int
    spot: int
    score: float


class LexicalIndex:
    """Passages by their terms, in a folder of their own."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        self._lexicon = lexicon
        self._commits = folder / "meta.json"
        self._seen = (0, 0)
        self._schema = schema()
        self._index = tantivy.Index(self._schema, str(folder))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("terms", words)

    def write(self, batches: Iterable[Batch], terms: Iterable[Prepared] | None = None) -> None:
        """Replaces these documents, all at once; `terms` are those of their passages' texts
        for the index, if they were found before."""
        found = None if terms is None else iter(terms)
        writer = self._index.writer(_HEAP, 1)
        for batch in batches:
            writer.delete_documents_by_term("key", batch.key)
            for passage in batch.passages:
                known = next(found) if found else prepared(text_for(passage), self._lexicon)
                writer.add_document(document_of(batch, passage, known))
        writer.commit()
        writer.wait_merging_threads()

    def rewrite(self) -> None:
        """Writes everything anew, in one commit: what was removed is then in no file any more."""
        held = [Batch(key, it, self.passages(key)) for key, it in self.documents().items()]
        writer = self._index.writer(_HEAP, 1)
        writer.delete_all_documents()
        for batch in held:
            for passage in batch.passages:
                known = prepared(text_for(passage), self._lexicon)
                writer.add_document(document_of(batch, passage, known))
        writer.commit()
        self._searcher()
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def documents(self, prefix: str = "") -> dict[str, str]:
        """The digest of each document whose key starts with `prefix`."""
        import tantivy

        every = tantivy.Query.all_query()
        states = self._searcher().terms_with_prefix("state", prefix, every)
        return dict(state.split(END) for state, count in states if count)

    def count(self) -> int:
        """How many passages there are."""
        return int(self._searcher().num_docs)

    def passages(self, key: str) -> tuple[Passage, ...]:
        """A document's passages, without asking who reads them."""
        import tantivy

        searcher = self._searcher()
        query = tantivy.Query.term_query(self._schema, "key", key, "basic")
        hits = searcher.search(query, max(1, searcher.num_docs), count=False).hits
        return tuple(passage_of(searcher.doc(address)) for _, address in hits)

    def everything(self) -> tuple[Passage, ...]:
        """All passages, without asking who reads them."""
        import tantivy

        searcher = self._searcher()
        every = tantivy.Query.all_query()
        hits = searcher.search(every, max(1, searcher.num_docs), count=False).hits
        return tuple(passage_of(searcher.doc(address)) for _, address in hits)

    def fetch(self, numbers: Iterable[int], readable: Readable) -> dict[int, Passage]:
        """Passages by `number_of` their ids, as far as they may be read."""
        wanted = list(numbers)
        if not wanted:
            return {}
        import tantivy

        chosen = tantivy.Query.term_set_query(self._schema, "number", wanted)
        query = _all_of([chosen, *self._filters(readable)])
        searcher = self._searcher()
        hits = searcher.search(query, len(wanted), count=False).hits
        found = (passage_of(searcher.doc(address)) for _, address in hits)
        return {number_of(passage.id): passage for passage in found}

    def edition(self, passage: Passage, language: str, readable: Readable) -> Passage | None:
        """The same place of the document in another language, if it stands there."""
        from tantivy import Query

        here = Query.term_query(self._schema, "place", place_of(passage), "basic")
        searcher = self._searcher()
        hits = searcher.search(_all_of([here], self._filters(readable)), 50, count=False).hits
        found = [passage_of(searcher.doc(address)) for _, address in hits]
        mine = sorted(p.id for p in found if p.language == passage.language)
        same = sorted(
            (p for p in found if p.language[:2] == language[:2]), key=lambda p: (len(p.id), p.id)
        )
        nth = mine.index(passage.id) if passage.id in mine else 0
        return same[min(nth, len(same) - 1)] if same else None

    def search(
        self,
        terms: Terms,
        boosts: Mapping[Field, float],
        readable: Readable,
        *,
        limit: int,
        tongue: str | None = None,
        among: Iterable[int] | None = None,
    ) -> dict[int, float]:
        """The best passages' numbers with their scores, best first.

        `boosts` names the fields to score and their weights. `tongue` keeps to passages
        written in zh or en, `among` to passages with these numbers.
        """
        found = self.found(terms, boosts, readable, limit=limit, tongue=tongue, among=among)
        return {hit.number: hit.score for hit in found}

    def found(
        self,
        terms: Terms,
        boosts: Mapping[Field, float],
        readable: Readable,
        *,
        limit: int,
        tongue: str | None = None,
        among: Iterable[int] | None = None,
        paired: bool | None = None,
    ) -> list[Found]:
        """As `search`, with the places; `paired` keeps to passages whose document stands,
        or does not stand, in the other tongue as well."""
        import tantivy

        query = tantivy.Query
        clauses = [
            clause for field in boosts for clause in self._clauses(terms, field, boosts[field])
        ]
        if not clauses:
            return []
        conditions = self._filters(readable)
        if tongue is not None:
            conditions.append(query.term_query(self._schema, "tongue", tongue, "basic"))
        if among is not None:
            conditions.append(query.term_set_query(self._schema, "number", list(among)))
        if paired is not None:
            conditions.append(self._between("paired", int(paired), int(paired)))
        searcher = self._searcher()
        scored = query.boolean_query(clauses)
        hits = searcher.search(_all_of([scored], conditions), limit, count=False).hits
        addresses = [address for _, address in hits]
        numbers = searcher.fast_field_values("number", addresses)
        spots = searcher.fast_field_values("spot", addresses)
        scores = (score for score, _ in hits)
        return list(map(Found, numbers, spots, scores))

    def at(self, spots: Iterable[int], tongue: str, readable: Readable) -> dict[int, int]:
        """The numbers of the first passages at these places in that tongue, by place."""
        wanted = list(spots)
        if not wanted:
            return {}
        from tantivy import Query

        here = Query.term_set_query(self._schema, "spot", wanted)
        spoken = Query.term_query(self._schema, "tongue", tongue, "basic")
        searcher = self._searcher()
        query = _all_of([here, spoken], self._filters(readable))
        hits = searcher.search(query, len(wanted) * 5, count=False).hits
        found = sorted(
            (passage_of(searcher.doc(address)) for _, address in hits),
            key=lambda passage: (len(passage.id), passage.id),
            reverse=True,
        )
        return {spot_of(passage): number_of(passage.id) for passage in found}

    def possible(self, terms: Terms, field: Field) -> float:
        """The score that a passage would have in the field which has every term often."""
        count = self._searcher().num_docs
        total = 0.0
        for term, weight in self._telling(terms, field).items():
            frequency = self._searcher().doc_freq(field, term)
            total += weight * math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
        return total * _SATURATION

    def _telling(self, terms: Terms, field: Field) -> Mapping[str, float]:
        """The terms that tell passages apart: among many, what every other passage has costs
        most of the time and says little. All, where there is no other."""
        searcher = self._searcher()
        common = max(searcher.num_docs * _COMMON, _FEW)
        weights = terms.fields[field]
        telling = {t: w for t, w in weights.items() if searcher.doc_freq(field, t) <= common}
        return telling or weights

    def _clauses(self, terms: Terms, field: Field, boost: float) -> list[Any]:
        from tantivy import Occur, Query

        return [
            (
                Occur.Should,
                Query.boost_query(
                    Query.term_query(self._schema, field, term, "freq"), boost * weight
                ),
            )
            for term, weight in self._telling(terms, field).items()
        ]

    def _filters(self, readable: Readable) -> list[Any]:
        """The conditions that keep a query to what the asker may read."""
        from tantivy import Query

        conditions = []
        if readable.accounts is not None or readable.elsewhere < TOP:
            conditions.append(self._level(readable))
        if readable.units is not None:
            units = [NOBODY, *readable.units]
            conditions.append(Query.term_set_query(self._schema, "unit", units))
        if readable.about is not None:
            subjects = [*([NOBODY] if readable.method else []), *readable.about]
            conditions.append(Query.term_set_query(self._schema, "account", subjects))
        elif not readable.method:
            conditions.append(self._between("account", NOBODY + 1, None))
        return conditions

    def _level(self, readable: Readable) -> Any:
        from tantivy import Query

        either = [
            self._between("level", None, readable.elsewhere),
            _all_of([self._between("account", None, NOBODY), self._between("level", None, PUBLIC)]),
        ]
        if readable.accounts is None:
            either.append(self._between("account", NOBODY + 1, None))
        else:
            either.append(Query.term_set_query(self._schema, "account", list(readable.accounts)))
        return _any_of(either)

    def _between(self, field: str, lowest: int | None, highest: int | None) -> Any:
        from tantivy import FieldType, Query

        return Query.range_query(self._schema, field, FieldType.Integer, lowest, highest)

    def _searcher(self) -> Any:
        """A view of the last commit, whichever process made it."""
        state = self._commits.stat()
        stamp = (state.st_mtime_ns, state.st_ino)
        if stamp != self._seen:
            self._index.reload()
            self._seen = stamp
        return self._index.searcher()


def _all_of(scoring: list[Any], conditions: list[Any] | None = None) -> Any:
    from tantivy import Occur, Query

    silent = [Query.const_score_query(condition, 0.0) for condition in conditions or ()]
    return Query.boolean_query([(Occur.Must, clause) for clause in (*scoring, *silent)])


def _any_of(conditions: list[Any]) -> Any:
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Should, condition) for condition in conditions])
