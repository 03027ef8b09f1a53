"""The rejects file: rows that were not imported, as they stood, with the reason beside them."""

import csv
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tools.data.importing.recognise import REASON_COLUMNS, Layout
from tools.data.importing.rows import Row
from tools.data.importing.sheets import Sheet
from tools.domain.names import name_key
from tools.text import Language

_OURS = {name_key(name) for name in REASON_COLUMNS}


class RejectsFile:
    """Collects rejected rows beside the source and puts the file in place when closed.

    An earlier rejects file with other content may hold somebody's corrections: it is kept
    as `….rejects.before.csv`.
    """

    def __init__(
        self, sheet: Sheet, layout: Layout, path: Path, date_order: str, language: Language
    ) -> None:
        self._layout, self._date_order, self._language = layout, date_order, language
        self._path = path
        self._draft = self._path.with_name(f".{self._path.name}.part")
        self._kept = [i for i, h in enumerate(layout.headers) if name_key(h) not in _OURS]
        self._delimiter = sheet.delimiter or ","
        self._file: IO[str] | None = None
        self.path: Path | None = None

    def add(self, rows: Sequence[Row]) -> None:
        if rows and self._file is None:
            self._draft.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._draft.open("w", encoding="utf-8-sig", newline="")
            headers = [self._layout.headers[i] for i in self._kept]
            csv.writer(self._file).writerow([*headers, *REASON_COLUMNS])
        if self._file is not None:
            csv.writer(self._file).writerows(self._line(row) for row in rows)

    def _line(self, row: Row) -> list[str]:
        cells = [_shown(row.cells[i]) if i < len(row.cells) else "" for i in self._kept]
        beyond = [_shown(cell) for cell in row.cells[len(self._layout.headers) :]]
        if cells and any(beyond):
            cells[-1] = self._delimiter.join([cells[-1], *beyond])
        refusal = row.refusal
        if refusal is None:
            raise ValueError(f"line {row.line} was not refused")
        column = "" if refusal.field is None else self._layout.header(refusal.field)
        reason = refusal.reason.render(self._language)
        return [*cells, str(row.line), column, reason, self._date_order]

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._file is None:
            return
        self._file.close()
        if kind is not None:
            self._draft.unlink()
            return
        self._keep_corrections()
        self._draft.replace(self._path)
        self.path = self._path

    def _keep_corrections(self) -> None:
        if self._path.exists() and self._path.read_bytes() != self._draft.read_bytes():
            self._path.replace(self._path.with_suffix(".before.csv"))


def rejects_path(sheet: Sheet, folder: Path | None, taken: set[Path]) -> Path:
    """Where a sheet's rejects go: beside the source, the asked folder, or the current one
    where neither may be written; no two sheets of one import share a file."""
    name = sheet.path.stem if sheet.name is None else f"{sheet.path.stem}.{sheet.name}"
    safe = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in name)
    place = _writable(folder or sheet.path.parent)
    path, number = place / f"{safe}.rejects.csv", 2
    while path in taken:
        path, number = place / f"{safe}-{number}.rejects.csv", number + 1
    taken.add(path)
    return path


def _writable(folder: Path) -> Path:
    """The folder, or the current one where it may not be written."""
    return folder if not folder.exists() or os.access(folder, os.W_OK) else Path.cwd()


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
