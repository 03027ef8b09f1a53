"""Word files (.docx): headings by style, outline level or number; tables; lists.

Text in headers and footers, tables of contents, comments, and deletions that wait for
approval is left out; insertions that wait are read.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from kam_knowledge.readers.content import Content
from kam_knowledge.readers.package import check_package
from kam_knowledge.readers.prose import first_heading, heading_level, one_line, sections, table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_STYLE = re.compile(r"^(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"^(?:toc|目录|目錄)\s*(?:heading|标题|\d)$", re.IGNORECASE)
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK}
_DEEPEST = 100


def read_word(data: bytes) -> Content:
    check_package(data)
    from docx import Document

    opened = Document(io.BytesIO(data))
    styles = _Styles(opened.styles.element)
    title = _title(opened, styles)
    blocks = [block for block in _blocks(opened.element.body, styles) if block[1] != title]
    if not any(level for level, _ in blocks):
        blocks = [(heading_level(text) or 0, text) for _, text in blocks]
    found = tuple(sections(blocks))
    return Content(found, title=title or first_heading(found))


class _Styles:
    """Per style id its name and its outline level, inherited from the style it is based on."""

    def __init__(self, element: Any) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in element.iter(f"{_W}style")}

    def name(self, style_id: str | None) -> str:
        style = self._styles.get(style_id)
        return "" if style is None else _value(style, "name") or ""

    def level(self, style_id: str | None) -> int | None:
        for style in self._bases(style_id):
            heading = _HEADING_STYLE.match(_value(style, "name") or "")
            if heading:
                return int(heading[1])
            outline = _value(style, "pPr", "outlineLvl")
            if outline is not None:
                return _outlined(outline)
        return None

    def listed(self, style_id: str | None) -> bool:
        """Whether the style numbers its paragraphs or gives them bullets."""
        bases = self._bases(style_id)
        return any(style.find(f"{_W}pPr/{_W}numPr") is not None for style in bases)

    def _bases(self, style_id: str | None) -> Iterator[Any]:
        """The style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "basedOn")


def _blocks(parent: Any, styles: _Styles) -> Iterator[tuple[int, str]]:
    """Heading level (0: none) and text of each paragraph and table, in order."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            yield 0, table(_rows(child))
        elif child.tag == f"{_W}sdt" and not _is_contents(child):
            for content in child.iterchildren(f"{_W}sdtContent"):
                yield from _blocks(content, styles)
        elif child.tag in {f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(child, styles)


def _paragraph(element: Any, styles: _Styles) -> Iterator[tuple[int, str]]:
    text = one_line(_text(element))
    style_id = _value(element, "pPr", "pStyle")
    if not text or _CONTENTS_STYLE.match(styles.name(style_id)):
        return
    outline = _value(element, "pPr", "outlineLvl")
    level = _outlined(outline) if outline is not None else styles.level(style_id)
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or styles.listed(style_id)
    if level is None and listed:
        text = f"- {text}"
    yield level or 0, text


def _rows(element: Any) -> Iterator[list[str]]:
    """A table's rows; a merged cell's text stands in the first of the cells it covers."""
    for row in element.iter(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            goes_on = cell.find(f"{_W}tcPr/{_W}vMerge")
            merged = goes_on is not None and goes_on.get(f"{_W}val") != "restart"
            span = int(_value(cell, "tcPr", "gridSpan") or 1)
            cells += ["" if merged else _text(cell), *[""] * (min(span, 100) - 1)]
        if next(row.iterancestors(f"{_W}tbl")) is element:
            yield cells


def _text(element: Any) -> str:
    """All text below, without recursion: files can nest as deep as they like."""
    parts: list[str] = []
    pending = [element]
    while pending:
        node = pending.pop()
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"}:
            parts.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
        elif node.tag == f"{_W}p" and parts:
            parts.append("\n")
        pending.extend(reversed(node))
    return "".join(parts)


def _title(opened: Any, styles: _Styles) -> str:
    """The paragraph in the Title style, else the title among the file's properties."""
    for element in opened.element.body.iterchildren(f"{_W}p"):
        if styles.name(_value(element, "pPr", "pStyle")).casefold() in {"title", "标题", "標題"}:
            return one_line(_text(element))
    return one_line(opened.core_properties.title or "")


def _is_contents(element: Any) -> bool:
    gallery = _value(element, "sdtPr", "docPartObj", "docPartGallery") or ""
    return "contents" in gallery.casefold()


def _outlined(value: str) -> int | None:
    """Outline levels count from 0; 9 is body text."""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _value(element: Any, *path: str) -> str | None:
    found = element.find("/".join(f"{_W}{step}" for step in path))
    value = None if found is None else found.get(f"{_W}val")
    return None if value is None else str(value)
