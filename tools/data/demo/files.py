"""Reads the company's files: tables in CSV, phrases in YAML, account plans in Markdown."""

import csv
import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tools.data.demo import offsets

_CONTENT = Path(__file__).parent / "content"
_HEADING = re.compile(r"^## (?P<title>.+?) \{#(?P<key>\w+) level=(?P<level>[1-4])\}$", re.M)
_PLACEHOLDER = re.compile(r"\{\{(.+?)\}\}")

Row = dict[str, str]


@dataclass(frozen=True)
class Section:
    """A section of a plan document and the information level it is written at."""

    key: str
    title: str
    level: int
    body: str


@dataclass(frozen=True)
class PlanDocument:
    """A written account plan: its front matter and its sections."""

    facts: Row
    sections: tuple[Section, ...]


def table(name: str) -> list[Row]:
    """The rows of `<name>.csv` without their empty cells."""
    with (_CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return [{column: cell for column, cell in row.items() if cell} for row in rows]


def mapping(name: str) -> dict[str, Any]:
    """The content of `<name>.yaml`."""
    content: dict[str, Any] = yaml.safe_load((_CONTENT / f"{name}.yaml").read_text("utf-8"))
    return content


def plans(today: date) -> Iterator[PlanDocument]:
    """The plan documents by file name, with their dates written out."""
    folder = _CONTENT / "plans"
    for file in sorted(folder.glob("*.md")):
        yield plan(file.read_text(encoding="utf-8"), today)


def plan(source: str, today: date) -> PlanDocument:
    """One document: front matter, then sections headed `## Title {#key level=3}`."""
    _, front, text = source.split("---\n", 2)
    facts: Row = yaml.safe_load(front)
    text = _PLACEHOLDER.sub(lambda found: _written(found[1], facts["language"], today), text)
    _, *parts = _HEADING.split(text)
    sections = tuple(
        Section(key, title, int(level), body.strip())
        for title, key, level, body in zip(*(parts[place::4] for place in range(4)), strict=True)
    )
    return PlanDocument(facts, sections)


def _written(placeholder: str, language: str, today: date) -> str:
    """`+45d` as a date in the document's language, `Y-1` as the number of the year."""
    if placeholder.startswith("Y"):
        return str(offsets.period(placeholder, today)[0].year)
    at = offsets.day(placeholder, today)
    if language == "en":
        return f"{at.day} {month_name[at.month]} {at.year}"
    return f"{at.year}年{at.month}月{at.day}日"
