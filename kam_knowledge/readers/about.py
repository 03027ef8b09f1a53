"""What a document says of itself, or what is said of it beside it.

Markdown and text carry it as front matter. For any file it can stand in a side file named
after it (`plan.pdf.yaml` for `plan.pdf`), and for a whole folder, with the folders in it, in
`_about.yaml`. What stands nearest to the text counts: front matter, then the side file, then
the folder's file, then those of the folders above. The keys:

    level: 3                  information level, 1 (public) to 4
    unit: East region         only this unit's people read it
    language: zh-Hans         en, zh-Hans or zh-Hant
    sources: [K2, house]      where it comes from
    version: 2024-03          shown with citations
    title: Account plan       not in a folder's file
    id: account-plan          not in a folder's file; editions in several languages share it

A side file with another key is refused: a misspelt `level` must not open a document.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from reprlib import repr as brief
from typing import Any

from kam_knowledge.readers.content import Unreadable

_FOLDER = "_about"
_ENDINGS = (".yaml", ".yml")
_OF_ONE_FILE = frozenset({"id", "title"})
_LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_LARGEST = 100_000


@dataclass(frozen=True)
class About:
    """The checked entries; None where nothing is said."""

    id: str | None = None
    title: str | None = None
    language: str | None = None
    version: str | None = None
    sources: tuple[str, ...] = ()
    level: int = 1
    unit: str | None = None


_KEYS = frozenset(entry.name for entry in fields(About))


def about_of(path: Path, front_matter: Mapping[str, Any]) -> About:
    """What is known of the file. Raises `Unreadable` for an entry that cannot be right."""
    entries: dict[str, Any] = {}
    for side in side_files(path):
        entries |= _side_entries(side)
    own = {str(key).strip().casefold(): value for key, value in front_matter.items()}
    entries |= {key: value for key, value in own.items() if key in _KEYS}
    return About(
        id=_text("id", entries),
        title=_text("title", entries),
        language=_language(entries.get("language")),
        version=_text("version", entries),
        sources=_sources(entries.get("sources")),
        level=_level(entries.get("level", 1)),
        unit=_text("unit", entries),
    )


def side_files(path: Path, folders: dict[Path, list[Path]] | None = None) -> list[Path]:
    """The files that speak of this one, the farthest first. `folders` remembers what is found
    for a folder, for a caller who asks about many files at one time."""
    known = {} if folders is None else folders
    path = path.absolute()
    if path.parent not in known:
        known[path.parent] = _folder_files(path.parent)
    own = [f"{path}{end}" for end in _ENDINGS]
    return [*known[path.parent], *(Path(name) for name in own if os.path.isfile(name))]


def _folder_files(folder: Path) -> list[Path]:
    outer = [*reversed(folder.parents), folder]
    names = [one / f"{_FOLDER}{end}" for one in outer for end in _ENDINGS]
    return [name for name in names if name.is_file()]


def yaml_entries(text: str, where: str) -> dict[str, Any]:
    """A YAML mapping, or `Unreadable` that says where it is wrong."""
    import yaml

    if len(text) > _LARGEST:
        raise Unreadable(f"{where} is too long for a list of `name: value` lines")
    try:
        entries = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"{where} is not YAML: {error}") from error
    if not isinstance(entries, dict):
        raise Unreadable(f"{where} has to be a list of `name: value` lines")
    return entries


def _side_entries(side: Path) -> dict[str, Any]:
    try:
        text = side.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{side.name} is not UTF-8; save it as UTF-8") from error
    found = yaml_entries(text, side.name)
    entries = {str(key).strip().casefold(): value for key, value in found.items()}
    known = _KEYS - _OF_ONE_FILE if side.stem == _FOLDER else _KEYS
    unknown = ", ".join(sorted(entries.keys() - known))
    if unknown:
        raise Unreadable(f"{side.name} has {unknown}; known are {', '.join(sorted(known))}")
    return entries


def _level(value: Any) -> int:
    if isinstance(value, bool) or value not in (1, 2, 3, 4):
        raise Unreadable(f"level has to be 1, 2, 3 or 4, not {brief(value)}")
    return int(value)


def _language(value: Any) -> str | None:
    if value is not None and value not in _LANGUAGES:
        raise Unreadable(f"language has to be one of {', '.join(_LANGUAGES)}, not {brief(value)}")
    return None if value is None else str(value)


def _text(key: str, entries: Mapping[str, Any]) -> str | None:
    """One line of text. A key left empty is refused: an empty `unit` must not mean all."""
    if key not in entries:
        return None
    value = entries[key]
    text = "" if value is None or isinstance(value, dict | list) else str(value).strip()
    if not text:
        raise Unreadable(f"{key} has to be a name, not {brief(value)}")
    return text


def _sources(value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value or []
    if not isinstance(listed, list) or any(isinstance(one, dict | list) for one in listed):
        raise Unreadable(f"sources has to be a list of names, not {brief(value)}")
    return tuple(str(one) for one in listed)
