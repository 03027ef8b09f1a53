"""Lines of a PDF page put together as the paragraphs that they were broken from."""

import re
from collections.abc import Iterator, Sequence

from kam_knowledge.readers.pdf_page import Line
from kam_knowledge.readers.prose import join

_BULLET = re.compile(
    r"^(?:[-–•·●○▪■◆◦*➢✓]\s*\S|[(（]?\d{1,3}[.)）、](?!\d)|\d+(?:\.\d+)+\s|[a-z][.)]\s"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十百\d]+条)"
)
_HYPHENS = ("-", "\x02", "\u2010", "\u00ad")
_NEAR = 6
_SAME_LEFT = 3.0
_INDENT = 1.2
_LEADING = 2.3


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of a run of body text, joined where a line was only broken for its length."""
    held = ""
    starts = 0
    for index, line in enumerate(lines):
        if held and _goes_on(lines, starts, index):
            held = join(held, line.text)
            continue
        if held:
            yield _plain(held)
        held, starts = line.text, index
    if held:
        yield _plain(held)


def _plain(text: str) -> str:
    """A hyphen that no line followed is a hyphen."""
    return text.replace("\x02", "-")


def _goes_on(lines: Sequence[Line], starts: int, index: int) -> bool:
    """Whether a line goes on with the paragraph that began at line `starts`."""
    before, line = lines[index - 1], lines[index]
    drop = before.bottom - line.bottom
    if abs(before.size - line.size) > 0.1 * before.size or not 0 < drop < _LEADING * line.size:
        return False
    if before.text.endswith(_HYPHENS) and line.text[:1].islower():
        return True
    if _BULLET.match(line.text):
        return False
    left, right = _column(lines, index)
    listed = _BULLET.match(lines[starts].text)
    if not listed and line.left - left > _INDENT * line.size:
        return False
    return before.right >= right - _room_wanted(line)


def _column(lines: Sequence[Line], index: int) -> tuple[float, float]:
    """The edges of the column of text that a line stands in, told by its neighbours."""
    line = lines[index]
    near = [
        other
        for other in lines[max(0, index - _NEAR) : index + _NEAR]
        if abs(other.left - line.left) <= _SAME_LEFT * line.size
    ]
    return min(other.left for other in near), max(other.right for other in near)


def _room_wanted(line: Line) -> float:
    """How much room the line's first word would have needed on the line before."""
    word = line.text.split(" ", 1)[0]
    letters = len(word) if word.isascii() else 1
    return (0.6 * letters + 1.5) * line.size
