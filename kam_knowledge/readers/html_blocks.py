"""An HTML tree as blocks of text, without recursion: a page may nest as deep as it likes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kam_knowledge.readers.prose import clean, one_line, table

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|details|dir|div|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p"
    r"|pre|search|section|summary|table|tbody|t[dhr]|tfoot|thead|ul"
)
_CELLS = ("td", "th")
_LONGEST_CELL = 400


def blocks(root: Any) -> Iterator[tuple[int, str]]:
    """Heading level (0: none) and text of each heading, paragraph, list item and table."""
    walk = _Walk()
    skipped = None
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                walk.add(element.tail if element is not root else "")
        elif event == "start":
            whole = _whole(element)
            if whole is None:
                walk.start(element)
            else:
                walk.block(whole)
                skipped = element
        else:
            walk.end(element, is_root=element is root)
        yield from walk.taken()
    walk.close()
    yield from walk.taken()


@dataclass
class _Walk:
    """The text gathered since the last block began, and the blocks that are done."""

    _level: int = 0
    _mark: str = ""
    _open: list[str] = field(default_factory=list)
    _done: list[tuple[int, str]] = field(default_factory=list)

    def start(self, element: Any) -> None:
        if element.tag == "br":
            self._open.append("\x0b")
        elif _BLOCK.fullmatch(element.tag):
            self.close()
            self._level = _HEADINGS.get(element.tag, 0)
            self._mark = "- " if element.tag == "li" else self._mark
        self.add(element.text)

    def end(self, element: Any, *, is_root: bool) -> None:
        if _BLOCK.fullmatch(element.tag):
            self.close()
            self._level, self._mark = 0, ""
        if not is_root:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        self._open.append(text or "")

    def block(self, text: str) -> None:
        self.close()
        if text:
            self._done.append((0, text))

    def close(self) -> None:
        """Ends the block under way; a list's mark waits until there is text for it."""
        lines = [one_line(line) for line in "".join(self._open).split("\x0b")]
        text = (" " if self._level else "\n").join(line for line in lines if line)
        self._open = []
        if text:
            self._done.append((self._level, f"{self._mark}{text}"))
            self._mark = ""

    def taken(self) -> list[tuple[int, str]]:
        done, self._done = self._done, []
        return done


def _whole(element: Any) -> str | None:
    """A table or preformatted text as one block; None for what is to be walked into, such as
    a table that only lays out the page."""
    if element.tag == "pre":
        text = "".join(element.itertext()).strip("\n")
        return f"```\n{text}\n```" if text.strip() else ""
    if element.tag != "table" or _is_layout(element):
        return None
    caption = next(element.iter("caption"), None)
    title = "" if caption is None else one_line("".join(caption.itertext()))
    grid = table(_rows(element))
    return f"{title}\n\n{grid}".strip()


def _is_layout(element: Any) -> bool:
    cells = list(element.iter(*_CELLS))
    if next(element.iterdescendants("table"), None) is not None:
        return True
    longest = max((len("".join(cell.itertext()).strip()) for cell in cells), default=0)
    holds_blocks = next(element.iter(*_HEADINGS), None) is not None
    return longest > _LONGEST_CELL or holds_blocks or len(cells) < 2


def _rows(element: Any) -> Iterator[list[str]]:
    """Rows with merged cells spread out: the text in the first cell, the others empty."""
    down: dict[int, int] = {}
    for row in element.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren(*_CELLS):
            _covered(cells, down)
            column, width = len(cells), _span(cell, "colspan")
            cells += [_cell(cell), *[""] * (width - 1)]
            for index in range(column, column + width):
                down[index] = _span(cell, "rowspan") - 1
        _covered(cells, down)
        yield cells


def _covered(cells: list[str], down: dict[int, int]) -> None:
    """Empty cells where a cell of a row above reaches down."""
    while down.get(len(cells), 0) > 0:
        down[len(cells)] -= 1
        cells.append("")


def _cell(element: Any) -> str:
    parts: list[str] = []
    for node in element.iter():
        if node is not element and (node.tag == "br" or _BLOCK.fullmatch(node.tag)):
            parts.append(" ")
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return clean("".join(parts))


def _span(element: Any, name: str) -> int:
    value = element.get(name) or "1"
    return max(1, min(int(value), 50)) if value.isdecimal() else 1
