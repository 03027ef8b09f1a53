"""Texts as vectors, for the dense leg of the search."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from kam_knowledge.lexicon import Lexicon
from kam_knowledge.terms import terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedding(Protocol):
    """What turns texts into vectors of unit length.

    `fingerprint` names model and settings: vectors of another fingerprint are never mixed
    with these. `weight` is what a cosine of 1 adds to a lexical score (0: not asked).
    """

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def weight(self) -> float: ...

    def embed(self, texts: Sequence[str]) -> "Vectors": ...


class HashedTerms:
    """The built-in embedding: a text's pivot terms, hashed into a few hundred signed places.

    It needs no model and is the same on every machine, and it knows nothing that the
    lexical index does not know, so beside that index its weight is nil: it keeps the vector
    store complete, for a better embedding to take its place.
    """

    dimension = 256
    weight = 0.0

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def fingerprint(self) -> str:
        return f"hashed-terms-1-{self.dimension}"

    def embed(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for term, count in terms_of(text, self._lexicon).pivot.items():
                place, sign = _place(term, self.dimension)
                row[place] += sign * count**0.5
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


@lru_cache(maxsize=65_536)
def _place(term: str, dimension: int) -> tuple[int, int]:
    number = int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())
    return (number >> 1) % dimension, 1 if number & 1 else -1
