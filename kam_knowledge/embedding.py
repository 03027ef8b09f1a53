"""Texts as vectors, for the dense leg of the search."""

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from kam_knowledge.scripts import fold

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


class HashedGrams:
    """The built-in embedding: pairs of characters, hashed into a few hundred signed places.

    It needs no model and is the same on every machine. It sees spelling and no meaning, so
    beside the lexical index, which sees more, its weight is nil: it is asked only where that
    index finds nothing, as with a misspelt word, and it keeps the vector store complete
    until a better embedding takes its place.
    """

    fingerprint = "hashed-grams-1-256"
    dimension = 256
    weight = 0.0

    def embed(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for gram, count in Counter(map("".join, pairwise(fold(text)))).items():
                place, sign = _place(gram)
                row[place] += sign * count**0.5
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


@lru_cache(maxsize=20_000)
def _place(gram: str) -> tuple[int, int]:
    number = zlib.crc32(gram.encode())
    return (number >> 1) % HashedGrams.dimension, 1 if number & 1 else -1
