"""Documents, their sections, and the passages that search finds.

Files become documents in `kam_knowledge.readers`; here a document becomes passages.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kam_knowledge.scripts import CHINESE, chinese_share, is_traditional

FORMAT = "3"
"""Raised when the same file would give other passages; every document is then read anew."""

_LARGEST = 650
_SMALLEST = 40
FENCE = re.compile(r"^\s*(```|~~~)")
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+|\n")
_WORD = re.compile(r"[㐀-䶿一-鿿豈-﫿]|[^\W㐀-䶿一-鿿豈-﫿]+")
_NOT_IN_SLUG = re.compile(r"[^\w]+")


class DocumentError(ValueError):
    """A file that cannot be read as a document; the message says which and why."""


class UnknownUnit(DocumentError):
    """A document names a unit that does not exist, or not yet."""


@dataclass(frozen=True)
class Passage:
    """A piece of a document small enough to cite.

    `document` is the document's id, the same for its editions in several languages, and
    `section` its heading path; `order` counts the sections, so that the same place is found
    in another edition, and `paired` says that there is one in the other tongue. `level` is
    the information level (K2), `account` and `unit` the record ids that access depends on;
    empty: everyone.
    """

    id: str
    document: str
    title: str
    section: str
    language: str
    text: str
    version: str
    level: int = 1
    account: int | None = None
    unit: int | None = None
    sources: tuple[str, ...] = ()
    order: int = 0
    paired: bool = False


@dataclass(frozen=True)
class Section:
    """A heading path with the text under it."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Document:
    """What a file says of itself, and its sections. `level` is the information level (K2);
    where a `unit` is named only its people read the document."""

    id: str
    title: str
    language: str
    version: str
    sources: tuple[str, ...]
    sections: tuple[Section, ...]
    level: int = 1
    unit: str | None = None


UnitId = Callable[[str], int | None]
"""The record id of the unit with this name; None: there is no such unit."""


def no_unit(_: str) -> int | None:
    """Where no units are known."""
    return None


def passages_of(document: Document, unit_id: UnitId = no_unit) -> tuple[Passage, ...]:
    """The document cut into passages: sections stay apart unless they are tiny, tables and
    code stay whole, nothing is said twice. Ids last as long as their heading does.

    Raises `UnknownUnit` for a document of a unit that `unit_id` does not know: it must not be
    shown to everybody."""
    unit = None if document.unit is None else unit_id(document.unit)
    if unit is None and document.unit is not None:
        raise UnknownUnit(f"there is no unit called {document.unit}; correct its `unit`")
    taken: dict[str, int] = {}
    found = []
    for order, section in _merged(document.sections):
        place = slug(section.path[-1] if section.path else document.title)
        for text in _cut(section.text):
            taken[place] = taken.get(place, 0) + 1
            found.append(
                Passage(
                    id=f"{document.id}.{document.language}#{place}-{taken[place]}",
                    document=document.id,
                    title=document.title,
                    section=" › ".join(part for part in section.path if part != document.title),
                    language=document.language,
                    text=text,
                    version=document.version,
                    level=document.level,
                    unit=unit,
                    sources=document.sources,
                    order=order,
                )
            )
    return tuple(found)


def slug(text: str) -> str:
    return _NOT_IN_SLUG.sub("-", text.casefold()).strip("-") or "text"


def language_of(text: str) -> str:
    """The language a text is written in: en, zh-Hans or zh-Hant."""
    if chinese_share(text) < 0.15:
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def size(text: str) -> int:
    """How much a reader has to read: a Chinese character is 1, a word of letters 2.5."""
    words: list[str] = _WORD.findall(text)
    letters = sum(1 for word in words if CHINESE.match(word) is None)
    return len(words) + letters * 3 // 2


def _merged(sections: tuple[Section, ...]) -> Iterator[tuple[int, Section]]:
    """Sections by their order, the tiny ones joined to the next under the same parent."""
    held: tuple[int, Section] | None = None
    for order, section in enumerate(sections):
        if held is None:
            held = order, section
        elif size(held[1].text) < _SMALLEST and held[1].path[:-1] == section.path[:-1]:
            title = f"{section.path[-1]}\n" if section.path else ""
            held = held[0], Section(held[1].path, f"{held[1].text}\n\n{title}{section.text}")
        else:
            yield held
            held = order, section
    if held is not None:
        yield held


def _cut(text: str) -> Iterator[str]:
    """Blocks packed into passages of at most `_LARGEST`, a longer table or code kept whole."""
    packed: list[str] = []
    room = _LARGEST
    for block in _blocks(text):
        needed = size(block)
        if packed and needed > room:
            yield "\n\n".join(packed)
            packed, room = [], _LARGEST
        packed.append(block)
        room -= needed
    if packed:
        yield "\n\n".join(packed)


def _blocks(text: str) -> Iterator[str]:
    for block in _paragraphs(text):
        if size(block) <= _LARGEST or block.startswith(("|", "```", "~~~")):
            yield block
        else:
            yield from _pieces(block)


def _paragraphs(text: str) -> Iterator[str]:
    """What blank lines part, except inside code."""
    fenced = False
    marked = []
    for line in text.splitlines():
        if FENCE.match(line):
            fenced = not fenced
        marked.append((bool(line.strip()) or fenced, line))
    for filled, lines in groupby(marked, key=lambda pair: pair[0]):
        if filled:
            yield "\n".join(line for _, line in lines)


def _pieces(paragraph: str) -> Iterator[str]:
    """A long paragraph, cut between sentences; a sentence without an end is cut anywhere."""
    packed = ""
    for sentence in _SENTENCE.split(paragraph):
        for start in range(0, len(sentence), _LARGEST * 4):
            piece = sentence[start : start + _LARGEST * 4]
            if packed and size(packed) + size(piece) > _LARGEST:
                yield packed.strip()
                packed = ""
            joint = "" if not packed or chinese_share(piece) > 0.15 else " "
            packed += joint + piece
    if packed.strip():
        yield packed.strip()
