"""Text as the terms that the lexical index counts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kam_knowledge.english import FUNCTION, stem, stems
from kam_knowledge.lexicon import UNIT, Lexicon
from kam_knowledge.scripts import CHINESE, chinese_share, fold
from kam_knowledge.sounds import foreign_keys, latin_keys, pinyin_keys

Field = Literal["main", "pivot", "bridge", "names"]
FIELDS: tuple[Field, ...] = ("main", "pivot", "bridge", "names")

_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+|[a-zà-ÿ0-9]+")
_CHINESE_FROM = 0.15
_ROOT = 4


@dataclass(frozen=True)
class Terms:
    """A text's terms with their weights, by field. `tongue` is zh or en.

    `main`: Chinese characters and pairs of them, English stems.
    `pivot`: English stems; Chinese words are given by their glosses.
    `bridge`: as pivot, for the way into the other language: a character that stands alone
    weighs less, and the first letters of a stem join words of one family (merger, merge).
    `names`: names by their sound.
    """

    tongue: str
    fields: Mapping[Field, Mapping[str, float]]


def terms_of(text: str, lexicon: Lexicon) -> Terms:
    plain = fold(text)
    runs = _RUN.findall(plain)
    chinese = [run for run in runs if CHINESE.match(run)]
    latin = [run for run in runs if not CHINESE.match(run)]
    words = [word for run in chinese for word in (*lexicon.words(run), "")]
    meanings = stems(" ".join(latin), FUNCTION) * UNIT + _glosses(words, lexicon, single=False)
    vague = _glosses(words, lexicon, single=True)
    bridge = Counter(meanings * 2 + vague)
    return Terms(
        "zh" if chinese_share(plain) > _CHINESE_FROM else "en",
        {
            "main": Counter(
                [*(gram for run in chinese for gram in _grams(run)), *map(stem, latin)]
            ),
            "pivot": _weights(Counter(meanings + vague), UNIT),
            "bridge": _weights({**bridge, **_roots(bridge)}, UNIT * 2),
            "names": dict.fromkeys(_names(text, words, chinese, lexicon), 1.0),
        },
    )


def _glosses(words: list[str], lexicon: Lexicon, *, single: bool) -> list[str]:
    known = (lexicon.glosses.get(word, "") for word in words if (len(word) < 2) is single)
    return " ".join(known).split()


def _grams(run: str) -> Iterator[str]:
    yield from run
    yield from map("".join, pairwise(run))


def _roots(counts: Mapping[str, int]) -> dict[str, int]:
    roots: dict[str, int] = {}
    for term, count in counts.items():
        if len(term) >= _ROOT and term.isalpha():
            root = f"{term[:_ROOT]}-"
            roots[root] = roots.get(root, 0) + count
    return roots


def _weights(counts: Mapping[str, int], unit: int) -> dict[str, float]:
    return {term: count / unit for term, count in counts.items()}


def _names(text: str, words: list[str], chinese: list[str], lexicon: Lexicon) -> Iterator[str]:
    yield from latin_keys(text, lexicon.syllables, FUNCTION)
    yield from pinyin_keys(words, lexicon.pinyin)
    for name in lexicon.foreign_name.findall(" ".join(chinese)):
        yield from foreign_keys(name, lexicon.pinyin)
