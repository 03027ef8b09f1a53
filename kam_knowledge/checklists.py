"""The checklists of the method, read once from `checklists.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("checklists.yaml")


@dataclass(frozen=True)
class Item:
    """One line of a checklist; `key` is what the records keep, `origin` K1 to K5 or house."""

    key: str
    en: str
    zh: str
    hint_en: str
    hint_zh: str
    origin: str


@dataclass(frozen=True)
class Checklist:
    """A checklist with its items in working order."""

    key: str
    en: str
    zh: str
    purpose_en: str
    purpose_zh: str
    origin: str
    aliases: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be asked for by, in both languages."""
        return (self.en, self.zh, self.key.replace("_", " "), *self.aliases)


@lru_cache
def checklists() -> Mapping[str, Checklist]:
    """All checklists by key, in the file's order; a faulty file is a ValueError or KeyError."""
    entries = read_yaml(_FILE)
    found = [_checklist(entry) for entry in entries]
    _distinct([entry.key for entry in found], "checklist")
    return {entry.key: entry for entry in found}


def _checklist(entry: Mapping[str, Any]) -> Checklist:
    items = tuple(Item(**item) for item in entry["items"])
    _distinct([item.key for item in items], f"item of {entry['key']}")
    return Checklist(
        key=entry["key"],
        en=entry["en"],
        zh=entry["zh"],
        purpose_en=entry["purpose_en"],
        purpose_zh=entry["purpose_zh"],
        origin=entry["origin"],
        aliases=(*entry["aliases_en"], *entry["aliases_zh"]),
        items=items,
    )


def _distinct(keys: list[str], kind: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{kind} defined twice: {', '.join(twice)}")
