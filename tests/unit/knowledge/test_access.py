"""Which passages a search may find, by information level, account and unit."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.index import Index
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.search import Readable
from kam_knowledge.stored import Batch
from kam_knowledge.terms import terms_of
from tests.chroma_peer import emptied

WORDS = "quarterly pricing concession"
ALL = frozenset({"g1", "g2", "g3", "g4", "a1", "a2", "a3", "a4"})


class SameForAll:
    """Gives every text the same vector, so that only access decides."""

    fingerprint = "same-for-all"
    dimension = 2
    weight = 1.0

    def embed(self, texts: Sequence[str]) -> Any:
        return np.ones((len(texts), 2), dtype=np.float32)


@pytest.fixture(scope="module", params=["embedded", "server"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> Iterator[Index]:
    """Passages of no account (g) and of account 7 (a) at each level, and one of unit 5."""
    folder = tmp_path_factory.mktemp("index")
    served = request.param == "server"
    url = emptied(request.getfixturevalue("chroma_server")) if served else None
    index = Index(folder, lexicon, SameForAll(), url)
    passages = [
        Passage(f"{kind}{level}", "d", "T", "S", "en", WORDS, "1", level, account)
        for kind, account in (("g", None), ("a", 7))
        for level in (1, 2, 3, 4)
    ]
    passages.append(Passage("u1", "d", "T", "S", "en", WORDS, "1", unit=5))
    index.apply([Batch("k", "1", tuple(passages))])
    yield index
    index.close()


@pytest.mark.parametrize(
    ("readable", "expected"),
    [
        (Readable(None, 4), ALL | {"u1"}),
        (Readable(frozenset(), 0), {"g1", "u1"}),
        (Readable(frozenset(), 2), {"g1", "g2", "a1", "a2", "u1"}),
        (Readable(frozenset({7}), 0), {"g1", "a1", "a2", "a3", "a4", "u1"}),
        (Readable(frozenset({8}), 2), {"g1", "g2", "a1", "a2", "u1"}),
        (Readable(None, 2), {"g1", "g2", "a1", "a2", "a3", "a4", "u1"}),
        (Readable(None, 4, frozenset()), ALL),
        (Readable(None, 4, frozenset({5, 6})), ALL | {"u1"}),
        (Readable(frozenset(), 0, frozenset({6})), {"g1"}),
    ],
)
def test_what_an_asker_finds(
    index: Index, lexicon: Lexicon, readable: Readable, expected: set[str]
) -> None:
    terms = terms_of(WORDS, lexicon)
    lexical = index.lexical.search(terms, {"main": 1.0, "pivot": 1.0}, readable, limit=20)
    fetched = index.lexical.fetch(lexical, readable)
    dense = index.nearest(WORDS, readable, 20)

    assert {passage.id for passage in fetched.values()} == expected
    assert len(lexical) == len(expected)
    assert dense.keys() == lexical.keys()
