"""Markdown and plain text, with a YAML front matter that may be left out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kam_knowledge.documents import FENCE, Section
from kam_knowledge.readers.about import yaml_entries
from kam_knowledge.readers.content import Content
from kam_knowledge.readers.encoding import decode
from kam_knowledge.readers.prose import heading_level

_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")


def read_markdown(data: bytes) -> Content:
    about, body = _front_matter(decode(data))
    return Content(sections_of(body), about=about)


def read_text(data: bytes) -> Content:
    """Plain text: as Markdown, and lines numbered like chapters are headings too."""
    about, body = _front_matter(decode(data))
    lines = [
        line if (level := heading_level(line)) is None else f"{'#' * level} {line.strip()}"
        for line in body.splitlines()
    ]
    return Content(sections_of("\n".join(lines)), about=about)


def sections_of(body: str) -> tuple[Section, ...]:
    """Markdown cut at its headings."""
    return tuple(_sections(body))


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    return yaml_entries(found[1], "the front matter"), text[found.end() :]


def _sections(body: str) -> Iterator[Section]:
    path: tuple[str, ...] = ()
    lines: list[str] = []
    fenced = False
    for line in body.splitlines():
        fenced ^= FENCE.match(line) is not None
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield from _section(path, lines)
        lines = []
        path = (*path[: len(heading[1]) - 1], heading[2])
    yield from _section(path, lines)


def _section(path: tuple[str, ...], lines: list[str]) -> Iterator[Section]:
    text = "\n".join(lines).strip()
    if text:
        yield Section(path, text)
