"""A PDF page as PDFium gives it: lines of text with their places, and ruled tables."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any

from kam_knowledge.readers.prose import clean
from kam_knowledge.readers.ruled import Grid, Rule, grids

_HYPHEN = "\x02"
_THIN = 1.0
_SHORTEST = 4.0
_SEGMENTS = 6_000
_CHARACTERS = 200_000
_UNMAPPED = {0, 0xFFFD, 0xFFFE, 0xFFFF}


@dataclass(frozen=True)
class Line:
    """A line of text with its place; y counts from the foot of the page."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Table:
    """The texts of a ruled table."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """Lines and tables in the order in which the page was written. `unknown` characters
    have a shape and no meaning; `pictures` says whether there are images."""

    parts: tuple[Line | Table, ...]
    characters: int
    unknown: int
    pictures: bool


def read_page(page: Any) -> Page:
    """Everything of a pypdfium2 page that a reader needs."""
    text_page = page.get_textpage()
    try:
        reading = _Reading(text_page, grids(_rules(page)))
        reading.run()
    finally:
        text_page.close()
    return Page(tuple(reading.parts()), reading.seen, reading.unknown, _has_pictures(page))


@dataclass
class _Reading:
    """Walks a page's characters, which PDFium parts into lines."""

    text_page: Any
    grids: list[Grid]
    seen: int = 0
    unknown: int = 0
    _order: list[Line | int] = field(default_factory=list)
    _cells: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _where: tuple[int, tuple[int, int]] | None = None
    _first: int | None = None
    _last: int = 0

    def run(self) -> None:
        import pypdfium2.raw as pdfium

        handle = self.text_page.raw
        code_at = pdfium.FPDFText_GetUnicode
        for index in range(min(pdfium.FPDFText_CountChars(handle), _CHARACTERS)):
            code = code_at(handle, index)
            if code in (10, 13):
                self._close()
            elif code == 32:
                self._open.append(" ")
            elif code in (2, 0xFFFE) and pdfium.FPDFText_IsHyphen(handle, index) == 1:
                self._open.append(_HYPHEN)
            else:
                self._take(index, code)
        self._close()

    def parts(self) -> Iterator[Line | Table]:
        for part in self._order:
            if isinstance(part, Line):
                yield part
                continue
            rows, columns = self.grids[part].shape
            texts = self._cells[part]
            yield Table(
                tuple(
                    tuple(texts.get((row, column), "") for column in range(columns))
                    for row in range(rows)
                )
            )

    def _take(self, index: int, code: int) -> None:
        self.seen += 1
        if code in _UNMAPPED or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF:
            self.unknown += 1
            return
        if self.grids:
            self._move(self._cell(index))
        if self._first is None:
            self._first = index
        self._last = index
        self._open.append(chr(code))

    def _move(self, where: tuple[int, tuple[int, int]] | None) -> None:
        if where != self._where:
            self._close()
            self._where = where

    def _cell(self, index: int) -> tuple[int, tuple[int, int]] | None:
        box = self._box(index)
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        for number, grid in enumerate(self.grids):
            cell = grid.cell(x, y)
            if cell is not None:
                return number, cell
        return None

    def _box(self, index: int) -> Any:
        import pypdfium2.raw as pdfium

        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.text_page.raw, index, ctypes.byref(box))
        return box

    def _close(self) -> None:
        """Ends the line under way."""
        ending = _HYPHEN if self._open[-1:] == [_HYPHEN] else ""
        text = clean("".join(self._open))
        if self._first is not None and text:
            if self._where is None:
                self._order.append(self._line(text + ending, self._first))
            else:
                self._fill(*self._where, text + ("-" if ending else ""))
        self._open, self._first = [], None

    def _line(self, text: str, first: int) -> Line:
        left, right = self._box(first), self._box(self._last)
        return Line(text, left.left, right.right, left.bottom, self._size(first))

    def _size(self, index: int) -> float:
        """The type size of a character as it is drawn."""
        import pypdfium2.raw as pdfium

        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text_page.raw, index, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.text_page.raw, index)
        return float(size) * (hypot(matrix.c, matrix.d) or 1.0)

    def _fill(self, number: int, cell: tuple[int, int], text: str) -> None:
        if number not in self._cells:
            self._cells[number] = {}
            self._order.append(number)
        texts = self._cells[number]
        texts[cell] = f"{texts[cell]}\n{text}" if cell in texts else text


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _rules(page: Any) -> Iterator[Rule]:
    """The straight lines of a page, and the edges of its boxes."""
    import pypdfium2.raw as pdfium

    left = _SEGMENTS
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left -= pdfium.FPDFPath_CountSegments(shape.raw)
        if left < 0:
            return
        for points in _outlines(shape):
            for start, end in pairwise(points):
                yield from _rule(start, end)


def _outlines(shape: Any) -> Iterator[list[tuple[float, float]]]:
    """A path's outlines as points on the page; curves are left out."""
    import pypdfium2.raw as pdfium

    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(shape.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(shape.raw, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    across, up = abs(start[0] - end[0]), abs(start[1] - end[1])
    if across <= _THIN and up >= _SHORTEST:
        yield Rule(True, start[0], min(start[1], end[1]), max(start[1], end[1]))
    elif up <= _THIN and across >= _SHORTEST:
        yield Rule(False, start[1], min(start[0], end[0]), max(start[0], end[0]))
