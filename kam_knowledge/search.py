"""A question in, ranked and cited passages out."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kam_knowledge.documents import Passage

PUBLIC = 1
"""The information level of what everybody may read, where it is not about an account."""

TOP = 4
"""The highest information level (K2): who reads it everywhere reads everything."""


@dataclass(frozen=True)
class Readable:
    """What the asker may see: `accounts` in full (None: all), other accounts' passages up
    to level `elsewhere`; `units` whose documents they may read (None: all).

    `method` and `about` narrow a search down: without `method` only what is written about
    accounts is searched, and of that only these accounts (None: any, empty: none).
    """

    accounts: frozenset[int] | None
    elsewhere: int
    units: frozenset[int] | None = None
    method: bool = True
    about: frozenset[int] | None = None


@dataclass(frozen=True)
class Hit:
    """A passage with its score, and that score by leg (lexical, pivot, dense)."""

    passage: Passage
    score: float
    legs: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Finding:
    """What a search found. `supported` is false when nothing answers the question;
    the hits are then only the nearest passages."""

    hits: tuple[Hit, ...]
    supported: bool


@runtime_checkable
class Library(Protocol):
    """The passages that can be searched."""

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding: ...

    def passage(self, passage_id: str, readable: Readable) -> Passage | None: ...
