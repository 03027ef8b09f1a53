"""PDF files: one section a page, or a heading on a page; paragraphs made whole.

Headings are told by their type size or by their Chinese numbering. What most pages repeat at
their head and foot is left out, and so are page numbers and tables of contents.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kam_knowledge.documents import Section
from kam_knowledge.readers.content import Content, Unreadable, label, language_in
from kam_knowledge.readers.pdf_page import Line, Page, Table, read_page
from kam_knowledge.readers.prose import (
    Outline,
    heading_level,
    one_line,
    path_of,
    section,
    table,
    under,
)
from kam_knowledge.readers.streams import check_streams
from kam_knowledge.readers.wrapping import paragraphs

_PAGES = 2_000
_PDFIUM = threading.Lock()
_PASSWORD = 4
_SPARSE = 8
_NEAR_EDGE = 2
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|第)?\s*\d{1,4}\s*页?頁?\W*(?:(?:of|/|共)?\W*\d{1,4}\s*页?頁?)?\W*$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:[.·]\s?){4,}|…{2,}")
_BIGGER = 1.15
_HEADING_LENGTH = 80
_PROGRAM_TITLE = re.compile(
    r"^\W*(?:microsoft |untitled|anonymous|无标题|$)|\.\w{2,5}$", re.IGNORECASE
)


def read_pdf(data: bytes) -> Content:
    check_streams(data)
    with _PDFIUM:
        pages, count, title = _pages(data)
    _check(pages)
    language = language_in(line.text for page in pages for line in _text_lines(page))
    repeated = _repeated(pages)
    kept = [
        [part for part in page.parts if part not in unwanted]
        for page, unwanted in zip(pages, repeated, strict=True)
    ]
    sizes = _heading_sizes([part for parts in kept for part in parts if isinstance(part, Line)])
    found = list(_sections(kept, sizes, language))
    if count > len(pages):
        note = label("cut pages", language, len(pages))
        found.append(Section((label("page", language, len(pages)),), note))
    return Content(tuple(found), title=_title(title, kept, sizes))


def _pages(data: bytes) -> tuple[list[Page], int, str]:
    """The pages, how many the file has, and the title among its properties."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Unreadable("it is protected by a password; save it without one") from error
        raise Unreadable("it is broken or no PDF; export it from its program anew") from error
    try:
        pages = [_page(document, number) for number in range(min(len(document), _PAGES))]
        return pages, len(document), str(document.get_metadata_dict().get("Title") or "")
    finally:
        document.close()


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        return read_page(page)
    finally:
        page.close()


def _check(pages: Sequence[Page]) -> None:
    characters = sum(page.characters for page in pages)
    unknown = sum(page.unknown for page in pages)
    if characters < _SPARSE * len(pages) and any(page.pictures for page in pages):
        raise Unreadable("it is a scan, pictures without text; run text recognition (OCR) on it")
    if unknown * 3 > characters:
        raise Unreadable(
            "its fonts hide which characters they show; export it from its program anew"
        )


def _text_lines(page: Page) -> Iterator[Line]:
    return (part for part in page.parts if isinstance(part, Line))


def _repeated(pages: Sequence[Page]) -> list[set[Line | Table]]:
    """Per page the lines at its head and foot that most pages have, and page numbers."""
    edges = [_edge_lines(page) for page in pages]
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    needed = max(2, -(-len(pages) * 6 // 10))
    return [
        {line for line in lines if counts[_key(line)] >= needed or _PAGE_NUMBER.match(line.text)}
        for lines in edges
    ]


def _edge_lines(page: Page) -> list[Line]:
    lines = sorted(_text_lines(page), key=lambda line: line.bottom)
    return lines if len(lines) <= 2 * _NEAR_EDGE else lines[:_NEAR_EDGE] + lines[-_NEAR_EDGE:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _heading_sizes(lines: Sequence[Line]) -> list[float]:
    """The type sizes of headings, biggest first; the body is what most characters are in."""
    written: Counter[float] = Counter()
    for line in lines:
        written[_rounded(line.size)] += len(line.text)
    if not written:
        return []
    body = written.most_common(1)[0][0]
    return sorted((size for size in written if size >= body * _BIGGER), reverse=True)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _sections(
    pages: Sequence[Sequence[Line | Table]], sizes: Sequence[float], language: str
) -> Iterator[Section]:
    outline: Outline = ()
    for number, parts in enumerate(pages, start=1):
        here = label("page", language, number)
        held: list[str] = []
        for level, text in _blocks(parts, sizes):
            if not level:
                held.append(text)
                continue
            yield from section((here, *path_of(outline)), held)
            held = []
            outline = under(outline, level, text)
        yield from section((here, *path_of(outline)), held)


def _blocks(parts: Sequence[Line | Table], sizes: Sequence[float]) -> Iterator[tuple[int, str]]:
    """Headings by level, paragraphs and tables (0) of a page."""
    run: list[Line] = []
    level = 0
    for part in parts:
        if isinstance(part, Line) and _LEADER.search(part.text):
            continue
        now = _level(part, sizes) if isinstance(part, Line) else 0
        if run and (now != level or isinstance(part, Table)):
            yield from _run(run, level)
            run = []
        level = now
        if isinstance(part, Table):
            yield 0, table(part.rows)
        else:
            run.append(part)
    yield from _run(run, level)


def _run(lines: Sequence[Line], level: int) -> Iterator[tuple[int, str]]:
    """Lines of one kind: a heading over several lines, or body text."""
    if level and lines:
        yield level, one_line("\n".join(line.text for line in lines))
    elif lines:
        yield from ((0, text) for text in paragraphs(lines))


def _level(line: Line, sizes: Sequence[float]) -> int:
    size = _rounded(line.size)
    if size in sizes and len(line.text) <= _HEADING_LENGTH and line.text[-1] not in "。；，,;":
        return min(sizes.index(size) + 1, 4)
    numbered = heading_level(line.text)
    return 0 if numbered is None else min(len(sizes) + numbered, 6)


def _title(named: str, pages: Sequence[Sequence[Line | Table]], sizes: Sequence[float]) -> str:
    """The file's own title, unless a program made it up; else the biggest heading of page 1."""
    named = one_line(named)
    if named and not _PROGRAM_TITLE.search(named):
        return named
    headings = [block for parts in pages[:1] for block in _blocks(parts, sizes) if block[0]]
    return min(headings, key=lambda block: block[0])[1] if headings else ""
