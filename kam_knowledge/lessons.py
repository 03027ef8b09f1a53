"""The learning path of a newcomer, read once from `lessons.yaml`: lessons and their questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.practice import Phrase
from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("lessons.yaml")


@dataclass(frozen=True)
class Question:
    """A question with its choices in order; `right` is the letter of the right one."""

    ask: Phrase
    choices: tuple[Phrase, ...]
    right: str

    @property
    def letters(self) -> str:
        return "abcdef"[: len(self.choices)]


@dataclass(frozen=True)
class Lesson:
    """A lesson: `read` names methodology documents by id, `do` is the exercise."""

    key: str
    week: int
    name: Phrase
    do: Phrase
    read: tuple[str, ...]
    questions: tuple[Question, ...]


@lru_cache
def lessons() -> tuple[Lesson, ...]:
    """The lessons in the order in which they are taken."""
    return tuple(_lesson(entry) for entry in read_yaml(_FILE))


@lru_cache
def title_of(document: str, language: str) -> str:
    """The title of a methodology document in English ("en") or Simplified Chinese ("zh")."""
    (path,) = (_FILE.parent / "methodology" / language).glob(f"[0-9][0-9]-{document}.md")
    (title,) = re.findall(r"^title: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return str(title).strip('"')


def _lesson(entry: Mapping[str, Any]) -> Lesson:
    return Lesson(
        entry["key"],
        entry["week"],
        Phrase(**entry["name"]),
        Phrase(**entry["do"]),
        tuple(entry["read"]),
        tuple(_question(one) for one in entry["questions"]),
    )


def _question(entry: Mapping[str, Any]) -> Question:
    choices = tuple(Phrase(**choice) for choice in entry["choices"])
    return Question(Phrase(**entry["ask"]), choices, entry["right"])
