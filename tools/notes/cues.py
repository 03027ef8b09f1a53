"""The cues of meeting notes, from their file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("cues.yaml")
_LATIN_NAME = r"[A-Z][\w&.-]*\w(?: (?:[A-Z][\w&.-]*\w|&))*"
_HANZI_NAME = r"(?:[A-Za-z][\w&-]+|[一-鿿]{2,6}?)"
_HANZI = re.compile(r"[㐀-鿿]")
Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Trouble:
    """What says that there is a risk of one kind: a topic to complain of, or a phrase."""

    topic: Pattern
    phrase: Pattern


@dataclass(frozen=True)
class Cues:
    """All cues, compiled. Those with a `name` group are matched over the note as written."""

    joints: Pattern
    instructions: Pattern
    continues: Pattern
    ours: Pattern
    channels: Mapping[str, Pattern]
    needs: Pattern
    no_need: Pattern
    opportunities: Pattern
    complaints: Pattern
    no_complaints: Pattern
    risks: Mapping[str, Trouble]
    rival: Pattern
    rivals: tuple[Pattern, ...]
    shares: tuple[Pattern, ...]
    no_names: frozenset[str]
    titles: Mapping[str, tuple[str, ...]]
    honorifics: tuple[str, ...]
    after_name: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def cues() -> Cues:
    """The cues of the file."""
    raw: dict[str, Any] = read_yaml(_FILE)
    return Cues(
        **{name: _any(raw[name]) for name in _LISTS},
        channels={channel: _any(words) for channel, words in raw["channels"].items()},
        risks={kind: _trouble(words) for kind, words in raw["risks"].items()},
        rival=_any(raw["rivals"]["generic"]),
        rivals=_named(raw["rivals"]["named"]),
        shares=_named(raw["shares"]),
        no_names=frozenset(raw["no_names"]),
        titles={layer: tuple(words) for layer, words in raw["titles"].items()},
        honorifics=tuple(raw["honorifics"]),
        after_name=tuple(raw["after_name"]),
        surnames=(*raw["compound_surnames"], *raw["surnames"]),
    )


_LISTS = (
    "joints",
    "instructions",
    "continues",
    "ours",
    "needs",
    "no_need",
    "opportunities",
    "complaints",
    "no_complaints",
)


def _any(patterns: list[str]) -> Pattern:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _trouble(words: Mapping[str, list[str]]) -> Trouble:
    topics = [t if _HANZI.search(t) else rf"\b(?:{t})\b" for t in words["topics"]]
    return Trouble(_any(topics), _any(words["phrases"]))


def _named(patterns: list[str]) -> tuple[Pattern, ...]:
    """Patterns around a name, in which a capital counts; other words may be in any case."""
    latin = f"(?-i:{_LATIN_NAME})"
    filled = (p.replace("{name}", latin).replace("{hanzi}", _HANZI_NAME) for p in patterns)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in filled)
