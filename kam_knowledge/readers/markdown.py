"""Markdown and plain text, with a YAML front matter that may be left out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kam_knowledge.documents import FENCE, Section
from kam_knowledge.readers.about import yaml_entries
from kam_knowledge.readers.content import Content
from kam_knowledge.readers.encoding import decode
from kam_knowledge.readers.prose import Outline, first_heading, heading_level, path_of, under

_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")


def read_markdown(data: bytes) -> Content:
    about, body = _front_matter(decode(data))
    return _content(body, about)


def read_text(data: bytes) -> Content:
    """Plain text: as Markdown, and lines numbered like chapters are headings too."""
    about, body = _front_matter(decode(data))
    lines = [
        line if (level := heading_level(line)) is None else f"{'#' * level} {line.strip()}"
        for line in body.splitlines()
    ]
    return _content("\n".join(lines), about)


def _content(body: str, about: Mapping[str, Any]) -> Content:
    found = tuple(_sections(body))
    return Content(found, title=first_heading(found), about=about)


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    return yaml_entries(found[1], "the front matter"), text[found.end() :]


def _sections(body: str) -> Iterator[Section]:
    outline: Outline = ()
    lines: list[str] = []
    fenced = False
    for line in body.splitlines():
        fenced ^= FENCE.match(line) is not None
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield from _section(path_of(outline), lines)
        lines = []
        outline = under(outline, len(heading[1]), heading[2])
    yield from _section(path_of(outline), lines)


def _section(path: tuple[str, ...], lines: list[str]) -> Iterator[Section]:
    text = "\n".join(lines).strip()
    if text:
        yield Section(path, text)
