"""The sentences of a few passages that stand nearest to a question, word for word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kam_knowledge.scripts import has_chinese, normalise

_ENDS = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[a-z0-9+]+")
_CHINESE = re.compile(r"[㐀-䶿一-鿿]+")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by do does for from how i in is it of on or should that the their "
        "this to we what when where which who why with you your",
    )
)
_SHORTEST, _SHORTEST_CHINESE, _LONGEST = 20, 8, 400


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence and the position of the passage that it is from."""

    sentence: str
    passage: int


def best_sentences(question: str, passages: Sequence[str], limit: int = 3) -> tuple[Extract, ...]:
    """The sentences with most of the question's words, best first.

    `passages` come most relevant first, which decides between equals. A sentence that shares
    no word is left out; where all are, the first sentence of the first passage is given.
    """
    wanted = _terms(question)
    scored = [
        (len(wanted & _terms(sentence)), Extract(sentence, position))
        for position, words in enumerate(passages)
        for sentence in sentences(words)
    ]
    best = sorted((e for e in scored if e[0]), key=lambda e: (-e[0], e[1].passage))
    found: dict[str, Extract] = {}
    for _, extract in best or scored[:1]:
        found.setdefault(extract.sentence, extract)
    return tuple(found.values())[:limit]


def sentences(words: str) -> list[str]:
    """The sentences of prose that are neither scraps nor endless."""
    parts = (part.strip() for part in _ENDS.split(words))
    return [part for part in parts if _shortest(part) <= len(part) <= _LONGEST]


def _shortest(part: str) -> int:
    return _SHORTEST_CHINESE if has_chinese(part) else _SHORTEST


def _terms(words: str) -> set[str]:
    """Words of Latin script without the common ones, and pairs of Chinese characters."""
    plain = normalise(words)
    found = {word for word in _WORD.findall(plain) if word not in _COMMON}
    for run in _CHINESE.findall(plain):
        found |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
    return found
