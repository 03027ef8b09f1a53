"""Texts that a spreadsheet would run as a formula, and how a file keeps it from that."""

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""

_GUARD = "'"


def guarded(words: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens a CSV file.

    One that begins with guards itself gets one more, so that `unguarded` always takes it back.
    """
    return f"{_GUARD}{words}" if words.lstrip(_GUARD).startswith(STARTS) else words


def unguarded(words: str) -> str:
    """The text as it was before `guarded`."""
    guards = words.startswith(_GUARD) and words.lstrip(_GUARD).startswith(STARTS)
    return words[1:] if guards else words
