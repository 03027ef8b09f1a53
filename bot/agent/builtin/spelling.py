"""Slips of the keyboard in English words of the field."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from bot.agent.builtin.folding import Folded
from bot.agent.builtin.thesaurus import Token, thesaurus

_SHORTEST, _LONG = 4, 6


def corrected(tokens: Iterable[Token], folded: Folded, known: Callable[[str], bool]) -> list[Token]:
    """The tokens with slips mended. A capital within a sentence marks a name, and a word that
    the examples use is right as it is."""
    return [
        replace(token, form=_mended(token.form))
        if _may_be_a_slip(token, folded) and not known(token.form)
        else token
        for token in tokens
    ]


def _may_be_a_slip(token: Token, folded: Folded) -> bool:
    if token.is_mask or not token.form.isalpha() or not token.form.isascii():
        return False
    opening = not folded.text[: token.start].strip()
    return opening or not folded.words(token.start, token.end)[0].isupper()


@lru_cache(maxsize=4096)
def _mended(form: str) -> str:
    """The word one slip away, if there is one; a lost letter is likelier than a wrong one."""
    words = _words()
    if len(form) < _SHORTEST or form in words:
        return form
    from rapidfuzz.distance import OSA

    near = [word for word in words if OSA.distance(form, word, score_cutoff=1) <= 1]
    likely = [word for word in near if len(word) != len(form) or _alike(form, word)]
    return max(
        likely, key=lambda word: (sorted(word) == sorted(form), len(word), word), default=form
    )


def _alike(form: str, word: str) -> bool:
    """Of words of one length: two letters swapped, or one wrong in a long word."""
    return sorted(form) == sorted(word) or len(form) >= _LONG


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(
        form
        for phrase, (group, _) in thesaurus().phrases.items()
        for form in phrase
        if group not in ("filler", "function")
        if form.isascii() and len(form) >= _SHORTEST
    )
