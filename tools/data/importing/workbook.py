"""Excel workbooks as sheets, read row by row; formulas as the values last computed."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.data.importing.sheets import RawRow, Sheet, UnreadableFile
from tools.text import text

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_LARGEST = 4 << 30
_LARGE = 64 << 20
_DENSEST = 150
# As many as Excel has: a hostile file may name any row, and each one before it would be read.
_ROWS = 1_048_576


def workbook_sheets(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook. Raises `UnreadableFile` for a broken or hostile one."""
    _check_size(path)
    book = _open(path)
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    book.close()
    return [_sheet(path, name) for name in names]


def _check_size(path: Path) -> None:
    """Refuses an archive that unpacks to far more than a workbook of its size holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise _broken(path) from None
    packed = max(path.stat().st_size, 1)
    if unpacked > _LARGEST or (unpacked > _LARGE and unpacked > packed * _DENSEST):
        raise UnreadableFile(
            text(
                "{file} unpacks to {size} MB, far more than a workbook of its size; "
                "it was not opened.",
                "{file} 解压后达 {size} MB，远超正常工作簿，未打开。",
                file=path.name,
                size=unpacked >> 20,
            )
        )


def _open(path: Path) -> "Workbook":
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(path, read_only=True, data_only=True)
        except OSError:
            raise
        except Exception as error:
            raise _broken(path) from error


def _broken(path: Path) -> UnreadableFile:
    return UnreadableFile(
        text(
            "{file} is not a whole Excel workbook; open it in Excel and save it again.",
            "{file} 不是完整的 Excel 工作簿，请用 Excel 打开后重新保存。",
            file=path.name,
        )
    )


def _sheet(path: Path, name: str) -> Sheet:
    def rows() -> Iterator[RawRow]:
        return _read(path, name)

    return Sheet(path, name, None, None, rows)


def _read(path: Path, name: str) -> Iterator[RawRow]:
    book = _open(path)
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = sheet.iter_rows(max_row=_ROWS, values_only=True)
            for line, cells in enumerate(rows, start=1):
                filled = _trimmed(cells)
                if filled:
                    yield RawRow(line, filled)
    except (SyntaxError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise _broken(path) from error
    finally:
        book.close()


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """The cells without the empty ones at the end."""
    last = len(cells)
    while last and (cells[last - 1] is None or str(cells[last - 1]).strip() == ""):
        last -= 1
    return cells[:last]
