"""The terms of the field, read once from `glossary.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("glossary.yaml")


@dataclass(frozen=True)
class Term:
    """A term with its definition; `hant` is the Taiwan form where it differs from a
    conversion of `zh`, `source` K1 to K5 or house."""

    id: str
    en: str
    zh: str
    definition_en: str
    definition_zh: str
    source: str
    hant: str | None
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be asked for by."""
        own = (self.en, self.zh, self.id.replace("-", " "), *self.aliases)
        return (*own, self.hant) if self.hant else own


@lru_cache
def terms() -> Mapping[str, Term]:
    """All terms by id, in the file's order; a faulty file is a KeyError or ValueError."""
    entries = read_yaml(_FILE)
    found = {entry["id"]: _term(entry) for entry in entries}
    if len(found) != len(entries):
        raise ValueError("a term is defined twice in the glossary")
    return found


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        id=entry["id"],
        en=entry["en"],
        zh=entry["zh"],
        definition_en=entry["definition_en"],
        definition_zh=entry["definition_zh"],
        source=entry["source"],
        hant=entry.get("hant"),
        aliases=(*entry.get("aliases_en", ()), *entry.get("aliases_zh", ())),
    )
