"""The words that files use: headers of each field, words in cells, labels for people."""

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.scripts import has_chinese
from tools.domain.names import NearName, name_key, nearest
from tools.text import Text, text

_HERE = Path(__file__).parent
NEAR = 85.0


@cache
def _load(name: str) -> dict[str, Any]:
    import yaml

    content = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return dict(content)


@cache
def field_headers(kind: str) -> dict[str, str]:
    """Header key to field name, for one kind; the field listed first keeps a shared word."""
    found: dict[str, str] = {}
    for field, headers in _load("headers.yaml")[kind]["fields"].items():
        for header in (field, *headers):
            found.setdefault(name_key(header), field)
    return found


@cache
def hints(kind: str) -> frozenset[str]:
    """Words in a file or sheet name that speak for the kind."""
    return frozenset(name_key(word) for word in _load("headers.yaml")[kind]["hints"])


@cache
def kind_label(kind: str) -> Text:
    english, chinese = _load("headers.yaml")[kind]["label"]
    return text(english, chinese)


@cache
def field_label(kind: str, field: str) -> Text:
    headers = _load("headers.yaml")[kind]["fields"][field]
    return text(headers[0], next(header for header in headers if has_chinese(header)))


@cache
def _choices(kind: type[StrEnum]) -> dict[str, StrEnum]:
    listed = _load("words.yaml")["choices"][kind.__name__]
    found = {name_key(member.value): member for member in kind}
    for value, words in listed.items():
        found.update({name_key(word): kind(value) for word in words})
    return found


def choice(kind: type[StrEnum], word: str) -> StrEnum | None:
    """The member of a closed list that a word stands for."""
    return _choices(kind).get(name_key(word))


def near_choices(kind: type[StrEnum], word: str) -> tuple[str, ...]:
    """Words of the list that look like this one."""
    near = nearest(word, list(_choices(kind)), at_least=75, limit=3)
    return tuple(item.name for item in near)


@cache
def flags() -> dict[str, bool]:
    listed = _load("words.yaml")["flags"]
    return {word.casefold(): name == "yes" for name, words in listed.items() for word in words}


@cache
def currencies() -> dict[str, str]:
    """Lower-case word or code to ISO code."""
    listed = _load("words.yaml")["currencies"]
    return {word: code for code, words in listed.items() for word in words}


@cache
def ambiguous_currencies() -> dict[str, tuple[str, ...]]:
    """A sign that several currencies share, and those currencies."""
    listed = _load("words.yaml")["ambiguous_currencies"]
    return {sign: tuple(codes) for sign, codes in listed.items()}


@cache
def scales() -> dict[str, int]:
    """Word to multiplier."""
    listed = _load("words.yaml")["scales"]
    return {word: int(factor) for factor, words in listed.items() for word in words}


@cache
def _known(words: str) -> dict[str, str]:
    return {name_key(word): word for word in _load("words.yaml")[words]}


@lru_cache(maxsize=4096)
def spelling(words: str, value: str) -> str | None:
    """The one well-known value that `value` seems to misspell, if there is one."""
    known = _known(words)
    if has_chinese(value) or len(value) < 4 or name_key(value) in known:
        return None
    near = best(nearest(value, list(known.values()), at_least=NEAR, limit=2))
    return None if near is None else _as_written(near.name, value)


def best(near: list[NearName]) -> NearName | None:
    """The nearest name, unless the next one is just as near."""
    if not near or (len(near) > 1 and near[0].likeness == near[1].likeness):
        return None
    return near[0]


def _as_written(known: str, value: str) -> str:
    if value.islower():
        return known.lower()
    return known[0].upper() + known[1:] if value[0].isupper() else known
