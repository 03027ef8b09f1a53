"""Text in the form in which it is matched, with the way back to what the user wrote."""

import unicodedata
from dataclasses import dataclass

from kam_knowledge.scripts import has_chinese, to_simplified


@dataclass(frozen=True)
class Folded:
    """`text` is NFKC, Simplified and lower case; `origin[i]` is where its character i stood."""

    original: str
    text: str
    origin: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """What the user wrote where the folded text spans `start` to `end`."""
        if start >= end:
            return ""
        return self.original[self.origin[start] : self.origin[end - 1] + 1]


def fold(original: str) -> Folded:
    """The text folded for matching. Wordings differ in length across scripts, so where a
    whole-text conversion moves characters, each is converted by itself."""
    pieces: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(original):
        folded = unicodedata.normalize("NFKC", character).casefold()
        pieces.append(folded)
        origin.extend([place] * len(folded))
    joined = "".join(pieces)
    return Folded(original, _simplified(joined), tuple(origin))


def _simplified(text: str) -> str:
    if not has_chinese(text):
        return text
    converted = to_simplified(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := to_simplified(c)) != 1 else s for c in text)
