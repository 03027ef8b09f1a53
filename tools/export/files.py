"""Sheets as files: each appears whole or not at all."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.export.cells import Plain, plain
from tools.export.table import Sheet
from tools.spreadsheet import STARTS, guarded
from tools.text import Language, text

_MOST_ROWS = 1_048_575
_MOST_SIGNS = 32_767


def write(sheet: Sheet, path: Path, kind: str, language: Language) -> int:
    """Writes the sheet in one of `FORMATS`; returns the number of rows below the headings."""
    with _whole(path) as draft:
        return FORMATS[kind](sheet, draft, language)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _csv(sheet: Sheet, path: Path, language: Language) -> int:
    """UTF-8 with a byte order mark, without which Excel reads Chinese wrongly."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(heading.render(language)) for heading in sheet.headings])
        for row in sheet.rows:
            writer.writerow([_written(plain(cell, language)) for cell in row])
            count += 1
    return count


def _written(value: Plain) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _xlsx(sheet: Sheet, path: Path, language: Language) -> int:
    """Text is kept as text whatever it begins with; the headings stay in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title.render(language)[:31])
    page.freeze_panes = "A2"

    def cells(values: Any) -> list[Any]:
        return [text_cell(v) if isinstance(v, str) and v.startswith(STARTS) else v for v in values]

    def text_cell(words: str) -> Any:
        """A cell that stays text, which one with "=" before its words would not of itself."""
        cell: Any = WriteOnlyCell(page, words)
        cell.data_type, cell.quotePrefix = "s", True
        return cell

    page.append(cells(heading.render(language) for heading in sheet.headings))
    count = 0
    try:
        for count, row in enumerate(sheet.rows, start=1):
            _require_room(count)
            page.append(cells(_fitting(plain(cell, language), language) for cell in row))
    except BaseException:
        page.close()
        raise
    book.save(path)
    return count


def _fitting(value: Plain, language: Language) -> Plain:
    """A text that a cell can hold: a longer one says where it was cut."""
    if not isinstance(value, str) or len(value) <= _MOST_SIGNS:
        return value
    mark = text("… [cut: too long for a cell]", "……【过长，已截断】").render(language)
    return value[: _MOST_SIGNS - len(mark)] + mark


def _require_room(row: int) -> None:
    if row > _MOST_ROWS:
        raise BadInput(
            text(
                "A workbook holds {most} rows at most; use --format csv.",
                "工作簿最多 {most} 行，请使用 --format csv。",
                most=_MOST_ROWS,
            )
        )


FORMATS: dict[str, Callable[[Sheet, Path, Language], int]] = {"csv": _csv, "xlsx": _xlsx}
