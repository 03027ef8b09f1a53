"""Playbooks, duties of roles and kinds of units, read once from `practice.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("practice.yaml")


@dataclass(frozen=True)
class Phrase:
    """A name or sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True)
class Step:
    """A step of a playbook; `by` is empty where the source names nobody."""

    what: Phrase
    by: tuple[Phrase, ...]


@dataclass(frozen=True)
class Playbook:
    """An order of work with its steps; `origin` is a source key."""

    key: str
    name: Phrase
    aliases: tuple[str, ...]
    origin: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class RoleDuties:
    """What a role owes; `origin` is a source key."""

    key: str
    name: Phrase
    aliases: tuple[str, ...]
    origin: str
    duties: tuple[Phrase, ...]


@dataclass(frozen=True)
class Practice:
    """All of it; `units` are the kinds of units by level of the organisation (K5)."""

    playbooks: tuple[Playbook, ...]
    roles: tuple[RoleDuties, ...]
    units: Mapping[str, tuple[Phrase, ...]]
    metrics: tuple[Phrase, ...]


@lru_cache
def practice() -> Practice:
    """Reads the file; a department that is not defined in it is a KeyError."""
    found = read_yaml(_FILE)
    departments = {key: Phrase(*names) for key, names in found["departments"].items()}
    units: dict[str, tuple[Phrase, ...]] = {}
    for entry in found["units"]:
        units[entry["level"]] = (*units.get(entry["level"], ()), _phrase(entry))
    return Practice(
        tuple(_playbook(entry, departments) for entry in found["playbooks"]),
        tuple(_role(entry) for entry in found["roles"]),
        units,
        tuple(_phrase(entry) for entry in found["metrics"]),
    )


def _playbook(entry: Mapping[str, Any], departments: Mapping[str, Phrase]) -> Playbook:
    steps = tuple(
        Step(_phrase(step), tuple(departments[name] for name in step["by"]))
        for step in entry["steps"]
    )
    return Playbook(entry["key"], _phrase(entry), tuple(entry["aliases"]), entry["origin"], steps)


def _role(entry: Mapping[str, Any]) -> RoleDuties:
    duties = tuple(_phrase(duty) for duty in entry["duties"])
    return RoleDuties(
        entry["key"], _phrase(entry), tuple(entry["aliases"]), entry["origin"], duties
    )


def _phrase(entry: Mapping[str, Any]) -> Phrase:
    return Phrase(entry["en"], entry["zh"])
