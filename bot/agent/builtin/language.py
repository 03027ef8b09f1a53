"""Which language a message is written in."""

import re
from collections.abc import Iterable
from functools import lru_cache

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

_BARE = re.compile(r"[㐀-鿿·]{2,10}")


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
    traditional, simplified = _shown(text)
    if traditional == simplified:
        same = default is Language.TRADITIONAL and not simplified
        return Language.TRADITIONAL if same else Language.SIMPLIFIED
    return Language.TRADITIONAL if traditional > simplified else Language.SIMPLIFIED


def language_of_thread(texts: Iterable[str], default: Language) -> Language:
    """The language of the last of a person's messages that shows one."""
    language = default
    for text in texts:
        language = language_of(text, language)
    return language


def _shown(text: str) -> tuple[int, int]:
    """How many characters only Traditional Chinese writes so, and how many only Simplified;
    a name in the other script changes neither for the rest of the sentence."""
    characters = [character for character in text if has_chinese(character)]
    return sum(map(is_traditional, characters)), sum(map(_is_simplified, characters))


@lru_cache(maxsize=8192)
def _is_simplified(character: str) -> bool:
    """Whether it is written so in Simplified alone: 台 and 里 stand in both."""
    return to_traditional(character) != character and not _in_big5(character)


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def is_bare_name(text: str) -> bool:
    """Whether the text is a few Chinese characters that say nothing, as a name does."""
    return bool(_BARE.fullmatch(text.strip())) and not _CHINESE_GRAMMAR.search(text)
