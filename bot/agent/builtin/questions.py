"""Questions told from orders, by the words of the thesaurus."""

import re
from functools import lru_cache

from bot.agent.builtin.folding import fold
from bot.agent.builtin.thesaurus import any_of, phrase_lists


def asks(text: str) -> bool:
    """Whether folded text asks something, rather than orders it."""
    return _asking().search(text.strip()) is not None


def ends_as_question(message: str) -> bool:
    """Whether a message ends as only a question does."""
    return fold(message).text.rstrip().endswith(_ends())


def wants_to_see(message: str) -> bool:
    """Whether a message wants to be told or shown something, and so changes nothing."""
    text = fold(message).text
    return "?" in text or text.rstrip().endswith(_ends()) or _says("shows").search(text) is not None


def asks_for_sorts(text: str) -> bool:
    """Whether folded text asks what something is or which there are, of nothing particular."""
    return _says("sorts").search(text) is not None


def asks_the_sources(text: str) -> bool:
    """Whether folded text asks what the sources of the method say."""
    return _says("sources").search(text) is not None


def _ends() -> tuple[str, ...]:
    return tuple(phrase_lists("questions")["ends"])


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    said = phrase_lists("questions")
    return re.compile(
        rf"^\W*(?:(?:{any_of(said, 'lead_en')})\W+)*(?:{any_of(said, 'opens_en')})\b"
        rf"|\b(?:{any_of(said, 'supposes_en')})\b"
        rf"|{any_of(said, 'asks_zh')}|(?:{any_of(said, 'ends_zh')})$"
    )


@lru_cache(maxsize=3)
def _says(name: str) -> re.Pattern[str]:
    said = phrase_lists("questions")
    return re.compile(rf"\b(?:{any_of(said, name + '_en')})\b|{any_of(said, name + '_zh')}")
