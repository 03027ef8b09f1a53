"""What all readers do with text: clean it, join its lines, find headings, write tables."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from kam_knowledge.documents import Section, size

Outline = tuple[tuple[int, str], ...]
"""Headings with their levels, the outermost first."""

_TABLE = 500
_CHINESE = "㐀-䶿一-鿿豈-﫿　-〿＀-｠"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])[ \t]*\n[ \t]*(?=[{_CHINESE}])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_RADICAL = re.compile("[⺀-⿕]")
_SPACES = re.compile(r"[^\S\n]+")
_HYPHEN = re.compile("[^\\W\\d_][-\u00ad\u2010\x02\ufffe]$")
_NUMBERED = (
    (1, re.compile(r"^第[一二三四五六七八九十百零〇\d]+[章篇编編]")),
    (
        2,
        re.compile(
            r"^第[一二三四五六七八九十百零〇\d]+[节節](?![课課])|^[一二三四五六七八九十]+、"
        ),
    ),
    (3, re.compile(r"^[（(][一二三四五六七八九十]+[）)]")),
)
_ENDS_SENTENCE = re.compile(r"[。！？；，：,;.!?:]$")


def clean(text: str) -> str:
    """The text without invisible characters and runs of spaces, look-alikes made plain."""
    text = _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _INVISIBLE.sub("", text.replace("\x0b", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The text in one line; between Chinese characters without a space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_BETWEEN_CHINESE.sub("", clean(text)).split())


def join(first: str, second: str) -> str:
    """Two lines of a paragraph as one: a word parted by a hyphen whole again."""
    if _HYPHEN.search(first) and second[:1].islower():
        return first[:-1] + second
    return _BETWEEN_CHINESE.sub("", f"{first}\n{second}").replace("\n", " ")


def heading_level(line: str) -> int | None:
    """The level of a line numbered like a Chinese chapter, section or clause heading."""
    line = line.strip()
    if len(line) > 30 or _ENDS_SENTENCE.search(line):
        return None
    return next((level for level, numbered in _NUMBERED if numbered.match(line)), None)


def under(outline: Outline, level: int, heading: str) -> Outline:
    """The headings that a heading stands under, and itself."""
    return (*takewhile(lambda outer: outer[0] < level, outline), (level, heading))


def path_of(outline: Outline) -> tuple[str, ...]:
    return tuple(heading for _, heading in outline)


def first_heading(sections: Iterable[Section]) -> str:
    return next((section.path[0] for section in sections if section.path), "")


def sections(blocks: Iterable[tuple[int, str]]) -> Iterator[Section]:
    """Blocks in order, each with its heading level (0: no heading), as sections."""
    outline: Outline = ()
    held: list[str] = []
    for level, text in blocks:
        if not level:
            held.append(text)
            continue
        yield from section(path_of(outline), held)
        held = []
        outline = under(outline, level, text)
    yield from section(path_of(outline), held)


def section(path: tuple[str, ...], blocks: Iterable[str]) -> Iterator[Section]:
    """The blocks as one section, the items of a list together; none where they hold no text."""
    text = ""
    for block in filter(None, blocks):
        listed = block.startswith("- ") and text.rpartition("\n")[2].startswith("- ")
        text += ("\n" if listed else "\n\n") + block
    if text:
        yield Section(path, text.lstrip("\n"))


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as Markdown, the first as heading. A long table becomes several with the same
    heading, each small enough for a passage; a single column becomes lines."""
    filled = _squared([[one_line(cell) for cell in row] for row in rows])
    if not filled:
        return ""
    if len(filled[0]) == 1:
        return "\n\n".join(row[0] for row in filled)
    return "\n\n".join(_tables(filled))


def _squared(rows: list[list[str]]) -> list[list[str]]:
    """Rows of one width, without rows and columns that hold nothing."""
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    held = [column for column in range(width) if any(row[column] for row in rows)]
    return [[row[column] for column in held] for row in rows]


def _tables(rows: list[list[str]]) -> Iterator[str]:
    rule = f"|{' --- |' * len(rows[0])}"
    head = f"{_row(rows[0])}\n{rule}"
    lines: list[str] = []
    room = _TABLE
    for row in map(_row, rows[1:]):
        if lines and size(row) > room:
            yield "\n".join([head, *lines])
            lines, room = [], _TABLE
        lines.append(row)
        room -= size(row)
    yield "\n".join([head, *lines])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
