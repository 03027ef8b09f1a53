"""A note in pieces: sentences, and the clauses in them, each beside its form for matching."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kam_knowledge.scripts import has_chinese, to_simplified

_END = re.compile(r"[。！？；;!?\n]+|\.(?=\s|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|approx|no|st|inc|ltd|co|corp)|\b[a-z])\.$")
_HEADINGS = ("need", "needs", "risk", "risks", "budget", "opportunity", "competitor")
_ZH_HEADINGS = ("需求", "风险", "预算", "商机", "竞争对手")
_HEADING = "".join(f"(?<!{word})" for word in (*_HEADINGS, *_ZH_HEADINGS))
_COMMA = re.compile(rf",(?!\d{{3}}(?!\d))|{_HEADING}:(?!\d)")
_EDGES = " \t\r\n,，.。:：;；!！?？-–•*·"


@dataclass(frozen=True)
class Piece:
    """A stretch of the note: where it starts, as it is written, and as it is matched.

    `key` is lower case, Simplified and as long as `said`.
    """

    start: int
    said: str
    key: str

    @property
    def end(self) -> int:
        return self.start + len(self.said)

    def meets(self, other: "Piece") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def plain(text: str) -> str:
    """The text for matching, character by character, so that places stay the same."""
    folded = "".join(_single(c, unicodedata.normalize("NFKC", c).lower()) for c in text)
    if not has_chinese(folded):
        return folded
    whole = to_simplified(folded)
    if len(whole) == len(folded):
        return whole
    return "".join(_single(c, to_simplified(c)) for c in folded)


def _single(character: str, other: str) -> str:
    return other if len(other) == 1 else character


def sentences(note: str) -> list[Piece]:
    """The sentences of a note, without the marks and bullets around them."""
    key = plain(note)
    ends = [m for m in _END.finditer(key) if not _abbreviated(key, m)]
    return list(_cut(note, key, 0, len(note), ends))


def clauses(sentence: Piece, joints: re.Pattern[str]) -> list[Piece]:
    """The clauses of a sentence: between commas and the words that join them.

    A colon after a heading ("need: a pump") parts nothing.
    """
    marks = [*_COMMA.finditer(sentence.key), *joints.finditer(sentence.key)]
    found = _cut(
        sentence.said, sentence.key, 0, len(sentence.said), sorted(marks, key=lambda m: m.start())
    )
    return [Piece(sentence.start + p.start, p.said, p.key) for p in found]


def _abbreviated(key: str, mark: re.Match[str]) -> bool:
    before = key[max(0, mark.start() - 8) : mark.end()]
    return mark.group() == "." and _ABBREVIATED.search(before) is not None


def _cut(said: str, key: str, start: int, end: int, marks: list[re.Match[str]]) -> Iterator[Piece]:
    starts = [start, *(m.end() for m in marks)]
    ends_at = [*(m.start() for m in marks), end]
    for first, last in zip(starts, ends_at, strict=True):
        words = said[first:last]
        begins = first + len(words) - len(words.lstrip(_EDGES))
        ends = first + len(words.rstrip(_EDGES))
        if begins < ends:
            yield Piece(begins, said[begins:ends], key[begins:ends])
