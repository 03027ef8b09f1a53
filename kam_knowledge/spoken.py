"""How people say the industries and regions that records write in one way."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from kam_knowledge.scripts import has_chinese, normalise
from kam_knowledge.yamls import read_yaml

Kind = Literal["segment", "region"]

_FILE = Path(__file__).with_name("spoken.yaml")


@lru_cache(maxsize=1024)
def ways_to_say(kind: Kind, value: str) -> frozenset[str]:
    """The words, in normal form, that mean the value: itself, its other language, with and
    without a suffix such as 行业."""
    suffixes = _words()["suffixes"][kind]
    written = normalise(value).strip()
    stem = written
    for suffix in suffixes:
        stem = stem.removesuffix(suffix).strip() or stem
    groups = [g for g in _words()[kind] if {written, stem} & {normalise(word) for word in g}]
    words = {written, stem, *(normalise(word) for group in groups for word in group)}
    return frozenset(words | {w + s for w in words if has_chinese(w) for s in suffixes})


@lru_cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_yaml(_FILE)
    return words
