"""Chinese scripts: one normal form for matching, Taiwan Traditional for reading."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

if TYPE_CHECKING:
    from opencc import OpenCC

CHINESE = re.compile(r"[㐀-䶿一-鿿豈-﫿]")


@lru_cache
def _converter(config: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(config)


def _converted(config: str, text: str) -> str:
    """The converter ends at a zero byte and refuses half characters."""
    converted: str = _converter(config).convert(storable(text))
    return converted


def has_chinese(text: str) -> bool:
    return CHINESE.search(text) is not None


def chinese_share(text: str) -> float:
    """The part of a text's characters that is Chinese, 0 to 1."""
    return len(CHINESE.findall(text)) / len(text) if text else 0.0


def to_simplified(text: str) -> str:
    """Traditional (Taiwan wording included) to Simplified; other text is returned as it is."""
    return _converted("tw2sp", text) if has_chinese(text) else text


def to_traditional(text: str) -> str:
    """Simplified to Traditional in Taiwan wording; other text is returned as it is."""
    return _converted("s2twp", text) if has_chinese(text) else text


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, Simplified."""
    return to_simplified(unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """`fold` for names and words, which come again and again."""
    return fold(text)


def is_traditional(text: str) -> bool:
    """Whether the text uses a character that Simplified Chinese writes differently."""
    return has_chinese(text) and _converted("t2s", text) != storable(text)


def storable(text: str) -> str:
    """The text with a mark in the place of what neither UTF-8 nor a database holds: half
    characters and zero bytes."""
    return _UNSTORABLE.sub("\ufffd", text)
