"""Sentences as meanings: the field's synonyms in both languages, read from `thesaurus.yaml`."""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.agent.builtin.folding import fold
from kam_knowledge.scripts import has_chinese

Span = tuple[int, int]
# Words whose stem means something else.
_UNSTEMMED = frozenset({"booked", "bookings", "booking", "means", "selling", "planning"})
_FILE = Path(__file__).with_name("thesaurus.yaml")
_POINTS = r"\d+(?:\.\d+)?分(?![钟之部公店成])"
_TOKEN = re.compile(rf"{_POINTS}|[a-z0-9]+|[㐀-䶿一-鿿豈-﫿]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word's stem, a Chinese character, or `@kind` for a name, and where it stands."""

    form: str
    start: int
    end: int

    @property
    def is_mask(self) -> bool:
        return self.form.startswith("@")


@dataclass(frozen=True, slots=True)
class Sense:
    """What one or several tokens mean: `group` says how much that tells."""

    group: str
    meaning: str
    start: int
    end: int


@dataclass(frozen=True)
class Thesaurus:
    """Phrases, as tuples of token forms, to their group and meaning; `words` are the English
    words of those that tell something, as they are spelt, `forms` all tokens of all phrases."""

    phrases: Mapping[tuple[str, ...], tuple[str, str]]
    longest: int
    words: frozenset[str]
    forms: frozenset[str]

    def read(self, tokens: Sequence[Token]) -> Iterator[Sense]:
        """The senses of the tokens, the longest phrase first; an unknown token is a `word`."""
        place = 0
        while place < len(tokens):
            sense, length = self._at(tokens, place)
            yield sense
            place += length

    def _at(self, tokens: Sequence[Token], place: int) -> tuple[Sense, int]:
        first = tokens[place]
        if first.is_mask:
            return Sense("name", first.form, first.start, first.end), 1
        for length in range(min(self.longest, len(tokens) - place), 0, -1):
            forms = tuple(token.form for token in tokens[place : place + length])
            known = self.phrases.get(forms)
            if known:
                return Sense(*known, first.start, tokens[place + length - 1].end), length
        return Sense("word", first.form, first.start, first.end), 1


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus of this package."""
    data = _data()
    phrases: dict[tuple[str, ...], tuple[str, str]] = {}
    spelt: set[str] = set()
    for group, meaning, words in _entries(data):
        for phrase in words:
            spelt |= set(_TOKEN.findall(phrase)) if group not in ("filler", "function") else set()
            forms = tuple(token.form for token in tokens_of(fold(phrase).text))
            phrases.setdefault(forms, (group, meaning))
    english = frozenset(word for word in spelt if word.isascii())
    tokens = frozenset(form for phrase in phrases for form in phrase)
    return Thesaurus(phrases, max(map(len, phrases)), english, tokens)


def phrase_lists(section: str) -> Mapping[str, Sequence[str]]:
    """The lists of phrases in a section of the file that is not read into senses."""
    lists: Mapping[str, Sequence[str]] = _data()[section]
    return lists


def any_of(lists: Mapping[str, Sequence[str]], name: str) -> str:
    """The pattern of any phrase of that list, the longest first."""
    return "|".join(sorted(map(re.escape, lists[name]), key=len, reverse=True))


def spelt_in(text: str, phrase: str) -> list[Span]:
    """Where folded text has the phrase; an English one as whole words, perhaps in the plural."""
    said = re.escape(phrase.replace("_", " "))
    pattern = said if has_chinese(phrase) else rf"\b{said}(?:e?s)?\b"
    return [match.span() for match in re.finditer(pattern, text, re.ASCII)]


@lru_cache(maxsize=1)
def closed_words() -> frozenset[str]:
    """The stems, characters and pairs of characters that closed lists are said with."""
    phrases = (phrase for said in phrase_lists("choices").values() for phrase in said)
    forms = [[token.form for token in tokens_of(phrase)] for phrase in phrases]
    pairs = (first + second for found in forms for first, second in pairwise(found))
    return frozenset(form for found in forms for form in found).union(pairs)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: Mapping[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), loader)  # noqa: S506
    return data


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """The telling groups come first, so that a phrase in two groups keeps its meaning."""
    for group in ("meaning", "wondering", "asking"):
        for meaning, words in data[group].items():
            yield group, meaning, (*words["en"], *words["zh"])
    for group in ("filler", "function"):
        yield group, group, (*data[group]["en"], *data[group]["zh"])


def tokens_of(text: str, masks: Sequence[tuple[int, int, str]] = ()) -> list[Token]:
    """Tokens of folded text; each mask (start, end, kind) becomes one token `@kind`."""
    tokens: list[Token] = []
    place = 0
    for start, end, kind in sorted(masks):
        tokens += _plain(text, place, start)
        tokens.append(Token(f"@{kind}", start, end))
        place = end
    return tokens + _plain(text, place, len(text))


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(stem(found.group()), found.start(), found.end())
        for found in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem of an English word; a Chinese character is its own, and so are points ("92分"),
    however many."""
    if re.fullmatch(_POINTS, word):
        return "0分"
    if not word.isascii() or len(word) < 4 or word in _UNSTEMMED:
        return word
    return str(_stemmer().stemWord(word))


_own = threading.local()


def _stemmer() -> Any:
    """One per thread, since it holds the word that it works on."""
    if not hasattr(_own, "stemmer"):
        import snowballstemmer

        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer
