"""Files as sheets of rows, read as streams: CSV and TSV here, workbooks in `workbook`."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tools.data.importing.decoding import Encoding, detect, named
from tools.errors import BadInput, KamError
from tools.text import Text, text

DELIMITED = {".csv", ".tsv", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm"}
REJECTS = ".rejects"
MAX_COLUMNS = 1000
_LONGEST_LINE = 1 << 20
_LONGEST_CELL = 1 << 17
_HEAD = 20
_SEEN = 4096


class UnreadableFile(KamError):
    """A file that cannot be opened as a table."""


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file; `problem` says why its cells cannot be told apart."""

    line: int
    cells: tuple[Any, ...]
    problem: Text | None = None


@dataclass(frozen=True)
class Sheet:
    """A table in a file; `rows` starts reading from the top each time it is called."""

    path: Path
    name: str | None
    encoding: str | None
    delimiter: str | None
    rows: Callable[[], Iterator[RawRow]]

    @property
    def source(self) -> str:
        """The file that the rows first came from: a rejects file speaks for its original."""
        return re.sub(r"\.rejects(?:\.before)?\.csv$", ".csv", self.path.name)

    @property
    def label(self) -> str:
        return self.path.name if self.name is None else f"{self.path.name} [{self.name}]"


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files to read, folders opened one level deep; rejects only where named."""
    found: list[Path] = []
    for path in paths:
        found += _folder(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _folder(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.casefold() in DELIMITED | WORKBOOKS
        and REJECTS not in path.suffixes
        and not path.name.startswith(("~$", "."))
    ]


def open_sheets(path: Path, encoding: str | None = None) -> list[Sheet]:
    """The sheets of one file. Raises `UnreadableFile`."""
    suffix = path.suffix.casefold()
    try:
        if suffix in WORKBOOKS:
            from tools.data.importing.workbook import workbook_sheets

            return workbook_sheets(path)
        if suffix in DELIMITED:
            return [_delimited(path, encoding)]
    except OSError as error:
        raise _unreadable(path, error) from error
    raise UnreadableFile(
        text(
            "{file} is not a CSV, TSV or XLSX file; save it as one of these.",
            "{file} 不是 CSV、TSV 或 XLSX 文件，请另存为其中一种。",
            file=path.name,
        )
    )


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        text(
            "{file} cannot be read: {reason}.",
            "无法读取 {file}：{reason}。",
            file=path.name,
            reason=error.strerror or str(error),
        )
    )


def _delimited(path: Path, asked: str | None) -> Sheet:
    encoding = detect(path) if asked is None else _asked(asked)
    delimiter = _delimiter(path, encoding)

    def rows() -> Iterator[RawRow]:
        return _read(path, encoding, delimiter)

    return Sheet(path, None, encoding.label, delimiter, rows)


def _asked(name: str) -> Encoding:
    try:
        return named(name)
    except LookupError:
        raise BadInput(
            text("No encoding is called {name}.", "没有名为 {name} 的编码。", name=name)
        ) from None


def _delimiter(path: Path, encoding: Encoding) -> str:
    """The separator that cuts the first lines into the same number of cells, most cells first."""
    with path.open(encoding=encoding.codec, errors="replace", newline="") as file:
        head = [line[:_SEEN] for _ in range(_HEAD) if (line := file.readline(_LONGEST_LINE))]
    return max(",;\t", key=lambda sign: _evenness(head, sign))


def _evenness(head: list[str], sign: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(head, delimiter=sign) if row]
    if not widths:
        return (0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(usual) * (usual > 1), usual)


class _Tape:
    """The lines of a file, which can be given back; `taken` are those of the current record."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.line = 0
        self.taken: list[str] = []

    def __iter__(self) -> "_Tape":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.line += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.line -= len(lines)


def _read(path: Path, encoding: Encoding, delimiter: str) -> Iterator[RawRow]:
    """Rows with the line each begins in. A quotation mark that is never closed costs its own
    line only: reading goes on with the next one."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding.codec, errors="replace", newline="") as file:
        tape = _Tape(file)
        reader = csv.reader(tape, delimiter=delimiter)
        while True:
            tape.taken, line = [], tape.line + 1
            problem = None
            try:
                cells = next(reader, None)
            except csv.Error:
                cells, problem = [], _long_cell()
            if cells is None:
                return
            if len(tape.taken) > 1 and not _well_quoted(tape.taken, delimiter):
                problem = _broken_quote()
            if problem is not None:
                yield RawRow(line, _without_quotes(tape.taken[0], delimiter), problem)
                tape.give_back(tape.taken[1:])
                reader = csv.reader(tape, delimiter=delimiter)
            elif any(cell.strip() for cell in cells):
                yield RawRow(line, tuple(cells))


def _well_quoted(lines: list[str], delimiter: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _without_quotes(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(line.rstrip("\r\n").replace('"', "").split(delimiter))


def _long_cell() -> Text:
    return text(
        "a cell is longer than {limit} characters",
        "有单元格超过 {limit} 个字符",
        limit=_LONGEST_CELL,
    )


def _broken_quote() -> Text:
    return text(
        "a quotation mark is opened and not closed",
        "引号未成对",
    )


def too_wide(label: str, width: int) -> UnreadableFile:
    return UnreadableFile(
        text(
            "{file} has {width} columns; at most {limit} are read.",
            "{file} 有 {width} 列，最多读取 {limit} 列。",
            file=label,
            width=width,
            limit=MAX_COLUMNS,
        )
    )
