"""Which language a message is written in."""

import re
from collections.abc import Iterable

from kam_knowledge.scripts import has_chinese, is_traditional, to_traditional
from tools.text import Language

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def language_of(text: str, default: Language) -> Language:
    """The language to answer in; `default` where the text shows none, as "2" or a name alone.

    A sentence with any Chinese in it is Chinese, since names and product words stay Latin
    in Chinese sentences while the reverse hardly happens. Text that both Chinese scripts
    write alike keeps a Chinese default.
    """
    if has_chinese(text):
        if is_traditional(text):
            return Language.TRADITIONAL
        alike = default is Language.TRADITIONAL and not _shows_simplified(text)
        return Language.TRADITIONAL if alike else Language.SIMPLIFIED
    return Language.ENGLISH if len(_LATIN_WORD.findall(text)) > 1 else default


def language_of_thread(texts: Iterable[str], default: Language) -> Language:
    """The language of the last of a person's messages that shows one."""
    language = default
    for text in texts:
        language = language_of(text, language)
    return language


def _shows_simplified(text: str) -> bool:
    """Whether the text uses a character that Traditional Chinese writes differently."""
    return to_traditional(text) != text
