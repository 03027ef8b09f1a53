"""What a person states about files: options of one import, and the mapping file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tools.data.importing import words
from tools.data.importing.dates import DateOrder
from tools.data.importing.schema import KINDS
from tools.data.importing.sheets import Sheet
from tools.errors import BadInput
from tools.text import Language, text

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class FileMapping:
    """What is stated about the files whose name matches `match` ("deals*.csv", "a.xlsx#May").

    `columns` maps headers to fields, `scale` fields to multipliers, `values` fields to
    replacements of cell texts.
    """

    match: str
    kind: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    scale: Mapping[str, int] = field(default_factory=dict)
    currency: str | None = None
    year: int | None = None
    date_order: DateOrder | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def covers(self, sheet: Sheet) -> bool:
        return fnmatch(sheet.source, self.match) or fnmatch(
            f"{sheet.source}#{sheet.name or ''}", self.match
        )


UNSTATED = FileMapping("*")


@dataclass(frozen=True)
class ImportOptions:
    """How one import is done. `today` dates facts for which a file names no day.

    `system` names where the external ids come from: ids of two systems never meet.
    `language` is that of the reasons in rejects files.
    """

    today: date
    dry_run: bool = False
    accept_near: bool = False
    accept: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    encoding: str | None = None
    kind: str | None = None
    mappings: tuple[FileMapping, ...] = ()
    rejects: Path | None = None
    system: str = "import"
    language: Language = Language.ENGLISH
    batch_size: int = 2000

    def stated(self, sheet: Sheet) -> FileMapping:
        """The first mapping whose pattern covers the sheet."""
        return next((entry for entry in self.mappings if entry.covers(sheet)), UNSTATED)


def read_mapping(path: Path) -> tuple[FileMapping, ...]:
    """The entries of a mapping file. Raises `BadInput` naming what does not fit."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _bad(path.name, str(error).splitlines()[0]) from error
    entries = content.get("files") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise _bad(path.name, "files: [- match: …]")
    return tuple(_entry(path.name, entry) for entry in entries)


def _entry(file: str, entry: Any) -> FileMapping:
    known = set(FileMapping.__dataclass_fields__)
    if not isinstance(entry, dict) or not isinstance(entry.get("match"), str):
        raise _bad(file, "match")
    unknown = set(entry) - known
    if unknown:
        raise _bad(file, ", ".join(sorted(map(str, unknown))))
    kind = entry.get("kind")
    if kind is not None and kind not in KINDS:
        raise _bad(file, f"kind: {kind}")
    return FileMapping(
        match=entry["match"],
        kind=kind,
        columns=_columns(file, kind, _mapping(file, entry, "columns")),
        scale={str(k): _scale(file, v) for k, v in _mapping(file, entry, "scale").items()},
        currency=_currency(file, entry.get("currency")),
        year=_year(file, entry.get("year")),
        date_order=_order(file, entry.get("date_order")),
        values=_replacements(file, _mapping(file, entry, "values")),
    )


def _mapping(file: str, entry: Mapping[str, Any], name: str) -> Mapping[Any, Any]:
    given = entry.get(name) or _NOTHING
    if not isinstance(given, Mapping):
        raise _bad(file, name)
    return given


def _columns(file: str, kind: str | None, given: Mapping[Any, Any]) -> dict[str, str | None]:
    fields = KINDS[kind].names if kind else {name for k in KINDS.values() for name in k.names}
    for name in given.values():
        if name is not None and name not in fields:
            raise _bad(file, f"columns: {name}")
    return {str(header): name for header, name in given.items()}


def _scale(file: str, given: Any) -> int:
    if isinstance(given, int) and given > 0:
        return given
    factor = words.scales().get(str(given).casefold())
    if factor is None:
        raise _bad(file, f"scale: {given}")
    return factor


def _currency(file: str, given: Any) -> str | None:
    if given is not None and not re.fullmatch("[A-Z]{3}", str(given)):
        raise _bad(file, f"currency: {given}")
    return None if given is None else str(given)


def _year(file: str, given: Any) -> int | None:
    if given is not None and not (isinstance(given, int) and 1900 <= given <= 2200):
        raise _bad(file, f"year: {given}")
    return given


def _order(file: str, given: Any) -> DateOrder | None:
    try:
        return None if given is None else DateOrder(given)
    except ValueError:
        raise _bad(file, f"date_order: {given}") from None


def _replacements(file: str, given: Mapping[Any, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, pairs in given.items():
        if not isinstance(pairs, Mapping):
            raise _bad(file, f"values: {name}")
        found[str(name)] = {str(old): str(new) for old, new in pairs.items()}
    return found


def _bad(file: str, what: str) -> BadInput:
    return BadInput(
        text(
            "The mapping file {file} is not understood at: {what}",
            "无法理解映射文件 {file} 的这一处：{what}",
            file=file,
            what=what,
        )
    )
