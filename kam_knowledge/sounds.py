"""Names by their sound, so that a name in Latin letters finds its Chinese form.

Two kinds of keys. A Chinese name in pinyin is spelled out: 华为 and Huawei are `=huawei`.
A foreign name in Chinese characters keeps only its consonants, since vowels are rendered
freely: 科尔曼 and Coleman are both `klmn`, one letter standing for each family of sounds.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from kam_knowledge.scripts import CHINESE

_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouvü:]+)(ng|n)?$")
_INITIALS = {"b": "b", "p": "b", "m": "m", "f": "f", "w": "f", "d": "d", "t": "d", "n": "n"}
_INITIALS |= {"l": "l", "r": "l", "g": "k", "k": "k", "h": "h", "y": "", "": ""}
_FAMILIES = {"b": "b", "p": "b", "m": "m", "f": "f", "v": "f", "w": "f", "d": "d", "t": "d"}
_FAMILIES |= {"n": "n", "l": "l", "r": "l", "g": "k", "k": "k", "c": "k", "q": "k", "h": "h"}
_FAMILIES |= {"S": "s"}
_SPELLINGS = (
    (re.compile(r"([a-z])\1"), r"\1"),
    (re.compile(r"tch|sch|ch|sh"), "S"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "d"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"qu"), "kf"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ng|kn"), "n"),
    (re.compile(r"wr"), "r"),
    (re.compile(r"[cg](?=[eiy])|[jzs]"), "S"),
    (re.compile(r"m(?=[bp])"), "n"),
    (re.compile(r"(?<=[aeiou])w(?![aeiou])"), ""),
    (re.compile(r"(?<![aeiouy])(?<!^)h|h(?![aeiouy])"), ""),
)
_MUTE_LIQUID = re.compile(r"(?<!^)[lr](?![aeiouy])")
_TWICE = re.compile(r"(.)\1+")
_LATIN_NAME = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:[A-Z][a-zà-ÿ]+)?")
_LATIN = re.compile(r"[a-z]+")
_SHORTEST, _LONGEST = 2, 5
_FOREIGN_FROM = 4


def latin_keys(text: str, syllables: frozenset[str], ignored: frozenset[str]) -> Iterator[str]:
    """The keys of the names in a text of Latin letters: capitalised words by their
    consonants, and what can be read as pinyin spelled out."""
    for name in _LATIN_NAME.findall(text):
        if name.lower() not in ignored:
            yield from consonants(name)
    before = ""
    for word in _LATIN.findall(text.lower()):
        count = 0 if word in ignored else pinyin_length(word, syllables)
        if count > 1:
            yield f"={word}"
        if count and before:
            yield from (f"={before}{word}", f"={word}{before}")
        before = word if count else ""


def pinyin_keys(words: Sequence[str], pinyin: Callable[[str], str]) -> Iterator[str]:
    """Chinese words spelled out: known words of two to four characters, and pairs and
    triples of neighbours that are no known word, as most people's names are."""
    single = ""
    for word in (*words, ""):
        if len(word) == 1:
            single += word
            continue
        for start in range(len(single) - 1):
            for stop in range(start + 2, min(start + 3, len(single)) + 1):
                yield "=" + pinyin(single[start:stop]).replace(" ", "")
        single = ""
        if 2 <= len(word) <= 4:
            yield "=" + pinyin(word).replace(" ", "")


def foreign_keys(name: str, pinyin: Callable[[str], str]) -> Iterator[str]:
    """The consonants of every part of a foreign name in Chinese characters."""
    for start in range(len(name) - 1):
        for stop in range(start + _SHORTEST, min(start + _LONGEST, len(name)) + 1):
            yield from rendered(pinyin(name[start:stop]))


@lru_cache(maxsize=20_000)
def consonants(name: str) -> frozenset[str]:
    """The consonant families of a Latin name, with and without the r and l that Chinese
    leaves out at the end of a syllable."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in plain if "a" <= letter <= "z")
    for pattern, sound in _SPELLINGS:
        plain = pattern.sub(sound, plain)
    return _keys(_families(plain), _families(_MUTE_LIQUID.sub("", plain)))


@lru_cache(maxsize=20_000)
def pinyin_length(word: str, syllables: frozenset[str]) -> int:
    """How many syllables of pinyin a word can be read as, 0 when it cannot be, 3 at most."""
    if word in syllables:
        return 1
    for cut in range(min(len(word), 7) - 1, 0, -1):
        if word[:cut] in syllables:
            rest = pinyin_length(word[cut:], syllables)
            if 0 < rest < 3:
                return rest + 1
    return 0


def foreign_characters(names: Iterable[tuple[str, Sequence[str], str]]) -> str:
    """The characters that render foreign names, learned from proper names given as
    characters, their readings and the Latin form."""
    seen: Counter[str] = Counter()
    for characters, readings, latin in names:
        if len(readings) != len(characters) or "".join(readings).startswith(latin.lower()):
            continue
        keys = consonants(latin)
        for stop in range(_SHORTEST, len(characters) + 1):
            if keys & rendered(" ".join(readings[:stop])):
                seen.update(set(characters[:stop]))
                break
    chosen = (sign for sign, count in seen.items() if count >= _FOREIGN_FROM)
    return "".join(sorted(sign for sign in chosen if CHINESE.match(sign)))


@lru_cache(maxsize=20_000)
def rendered(pinyin: str) -> frozenset[str]:
    """The consonant families of a name in pinyin, with and without an `er` inside it."""
    readings = pinyin.split()
    full = "".join(_sound(reading) for reading in readings)
    short = "".join(_sound(r) for at, r in enumerate(readings) if at == 0 or r != "er")
    return _keys(full, short)


@lru_cache
def _sound(reading: str) -> str:
    """A pinyin syllable's consonant families."""
    if reading in ("er", "r"):
        return "l"
    found = _SYLLABLE.match(reading)
    return _INITIALS.get(found[1], "s") + ("n" if found[3] else "") if found else ""


def _families(letters: str) -> str:
    return "".join(_FAMILIES.get(letter, "") for letter in letters)


def _keys(*sounds: str) -> frozenset[str]:
    short = (_TWICE.sub(r"\1", sound) for sound in sounds)
    return frozenset(key for key in short if len(key) >= _SHORTEST)
