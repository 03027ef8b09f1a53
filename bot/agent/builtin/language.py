"""Which language a message is written in."""

import re
from collections.abc import Iterable

from kam_knowledge.scripts import has_chinese, is_traditional, to_traditional
from tools.text import Language

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


_ENGLISH_GRAMMAR = re.compile(
    r"\b(?:the|an?|of|in|is|are|was|were|do|does|did|who|what|which|how|why|when|where|by|for|"
    r"and|with|show|list|tell|give|my|our|its?)\b",
    re.IGNORECASE,
)
_CHINESE_GRAMMAR = re.compile(
    "[的是谁誰吗嗎呢什甚哪怎几幾我请請给給查看了吧各按多少有和与與]|为什|為什"
)


def language_of(text: str, default: Language) -> Language:
    """The language to answer in; `default` where the text shows none, as "2" or a name alone.

    A mixed sentence is English only where all its grammar is, since Chinese sentences take
    in English words and names without becoming English. Text that both Chinese scripts write
    alike keeps a Chinese default.
    """
    if not has_chinese(text):
        return Language.ENGLISH if len(_LATIN_WORD.findall(text)) > 1 else default
    if _ENGLISH_GRAMMAR.search(text) and not _CHINESE_GRAMMAR.search(text):
        return Language.ENGLISH
    if is_traditional(text):
        return Language.TRADITIONAL
    alike = default is Language.TRADITIONAL and not _shows_simplified(text)
    return Language.TRADITIONAL if alike else Language.SIMPLIFIED


def language_of_thread(texts: Iterable[str], default: Language) -> Language:
    """The language of the last of a person's messages that shows one."""
    language = default
    for text in texts:
        language = language_of(text, language)
    return language


def _shows_simplified(text: str) -> bool:
    """Whether the text uses a character that Traditional Chinese writes differently."""
    return to_traditional(text) != text
