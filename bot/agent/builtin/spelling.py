"""Slips of the keyboard in English words of the field."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from bot.agent.builtin.folding import Folded
from bot.agent.builtin.thesaurus import Token, stem, thesaurus

_SHORTEST, _LONG = 4, 6


def corrected(tokens: Iterable[Token], folded: Folded, known: Callable[[str], bool]) -> list[Token]:
    """The tokens with slips mended. A capital within a sentence marks a name, and a word that
    the examples use is right as it is."""
    right = thesaurus().forms
    return [
        replace(token, form=stem(_spelt(folded.text[token.start : token.end])))
        if _may_be_a_slip(token, folded) and token.form not in right and not known(token.form)
        else token
        for token in tokens
    ]


def _may_be_a_slip(token: Token, folded: Folded) -> bool:
    if token.is_mask or not token.form.isalpha() or not token.form.isascii():
        return False
    opening = not folded.text[: token.start].strip()
    return opening or not folded.words(token.start, token.end)[0].isupper()


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    """The known word one slip away from the word or its singular, if there is one."""
    singular = word.removesuffix("s")
    return _mended(word) or _mended(singular) or word


def _mended(word: str) -> str | None:
    """A lost letter is likelier than a wrong one."""
    if len(word) < _SHORTEST:
        return None
    from rapidfuzz.distance import OSA

    near = [w for w in thesaurus().words if OSA.distance(word, w, score_cutoff=1) <= 1]
    likely = [w for w in near if len(w) != len(word) or _alike(word, w)]
    return max(likely, key=lambda w: (sorted(w) == sorted(word), len(w), w), default=None)


def _alike(word: str, other: str) -> bool:
    """Of words of one length: two letters swapped, or one wrong in a long word."""
    return sorted(word) == sorted(other) or len(word) >= _LONG
