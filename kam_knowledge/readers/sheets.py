"""Workbooks (.xlsx): one section a visible sheet, as tables with their heading repeated.

Values are those last computed by the spreadsheet program; no formula is evaluated.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from typing import Any

from kam_knowledge.documents import Section
from kam_knowledge.readers.content import Content, label, language_in
from kam_knowledge.readers.package import check_package
from kam_knowledge.readers.prose import one_line, section, table

_ROWS = 2_000
_COLUMNS = 60
_SCANNED = 20_000


def read_sheets(data: bytes) -> Content:
    check_package(data)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that do not concern the values
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, _grid(sheet)) for sheet in book.worksheets if _is_shown(sheet)]
        title = one_line(book.properties.title or "")
    words = [cell for _, grid in sheets for row in grid for cell in row]
    language = language_in([*(name for name, _ in sheets), *words])
    found = [part for name, grid in sheets for part in _sheet(name, grid, language)]
    return Content(tuple(found), title=title)


def _is_shown(sheet: Any) -> bool:
    return str(sheet.sheet_state) == "visible"


def _grid(sheet: Any) -> list[list[str]]:
    """The sheet's first rows as text; of rows and columns one more than is shown, so that
    the cut is noticed."""
    sheet.reset_dimensions()
    rows = islice(sheet.iter_rows(max_col=_COLUMNS + 1), _SCANNED)
    texts = ([_shown(cell) for cell in row] for row in rows)
    grid: list[list[str]] = []
    filled = 0
    for row in texts:
        filled += any(row)
        if any(row) or (grid and any(grid[-1])):
            grid.append(row)
        if filled > _ROWS:
            break
    return grid


def _sheet(name: str, grid: list[list[str]], language: str) -> Iterator[Section]:
    shown = [row[:_COLUMNS] for row in grid[:_ROWS]]
    blocks = list(_blocks(shown))
    if sum(map(any, grid)) > _ROWS:
        blocks.append(label("cut rows", language, _ROWS))
    if any(len(row) > _COLUMNS and row[_COLUMNS] for row in grid):
        blocks.append(label("cut columns", language, _COLUMNS))
    return section((label("sheet", language, name),), blocks)


def _blocks(rows: Iterable[list[str]]) -> Iterator[str]:
    """Blank rows part tables; rows with one cell above a table are its caption."""
    for filled, group in groupby(rows, key=any):
        if not filled:
            continue
        block = list(group)
        while block and sum(map(bool, block[0])) == 1:
            yield one_line(next(filter(None, block.pop(0))))
        yield table(block)


def _shown(cell: Any) -> str:
    """A cell as a reader sees it, near enough: dates as ISO, percentages as such."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        percent = "%" in (cell.number_format or "")
        return f"{value * 100:.6g}%" if percent else f"{value:.15g}"
    return _moment(value) if isinstance(value, date | time | timedelta) else str(value).strip()


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
