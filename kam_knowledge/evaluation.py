"""Measures the library by questions whose answers are known."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kam_knowledge.search import Hit, Library, Readable

Place = tuple[str, int]
"""A document's id and the order of a section in it, the same in every language."""

LOOKED_AT = 5
EVERYTHING = Readable(accounts=None, elsewhere=4)


@dataclass(frozen=True)
class Question:
    """A question as somebody puts it; `gold` are the places that answer it, none if nothing
    does. Limits are tuned on the split dev only, test is held out."""

    id: str
    text: str
    language: str
    gold: frozenset[Place]
    split: str


@dataclass(frozen=True)
class Outcome:
    """What the library made of a question; `rank` counts from 1, None: not among the hits."""

    question: Question
    hits: tuple[Hit, ...]
    supported: bool

    @property
    def rank(self) -> int | None:
        gold = self.question.gold
        ranks = (n for n, hit in enumerate(self.hits, start=1) if place_of(hit) in gold)
        return next(ranks, None)


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over `asked` questions: the answer came first, among the first
    five, its mean reciprocal rank; and the questions that found support."""

    asked: int
    first: float
    five: float
    reciprocal: float
    supported: float

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, R@1 {self.first:.1%}, R@5 {self.five:.1%}, "
            f"MRR {self.reciprocal:.3f}, supported {self.supported:.1%}"
        )


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file; a faulty line is a KeyError or ValueError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_question(json.loads(line)) for line in lines if line.strip())


def ask(
    library: Library, questions: Iterable[Question], readable: Readable = EVERYTHING
) -> tuple[Outcome, ...]:
    """Puts each question to the library in its own language."""
    outcomes = []
    for question in questions:
        found = library.search(question.text, readable, language=question.language, limit=LOOKED_AT)
        outcomes.append(Outcome(question, found.hits, found.supported))
    return tuple(outcomes)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures over all outcomes; there has to be at least one."""
    ranks = [outcome.rank for outcome in outcomes]
    count = len(outcomes)
    return Figures(
        asked=count,
        first=sum(rank == 1 for rank in ranks) / count,
        five=sum(rank is not None for rank in ranks) / count,
        reciprocal=sum(1 / rank for rank in ranks if rank) / count,
        supported=sum(outcome.supported for outcome in outcomes) / count,
    )


def figures_by(
    outcomes: Iterable[Outcome], group_of: Callable[[Question], str]
) -> dict[str, Figures]:
    """The figures of each group of questions, such as their language or their split."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(group_of(outcome.question), []).append(outcome)
    return {group: figures(groups[group]) for group in sorted(groups)}


def place_of(hit: Hit) -> Place:
    return hit.passage.document, hit.passage.order


def _question(row: dict[str, Any]) -> Question:
    return Question(
        id=row["id"],
        text=row["question"],
        language=row["language"],
        gold=frozenset(_place(name) for name in row.get("gold", ())),
        split=row["split"],
    )


def _place(name: str) -> Place:
    document, _, order = name.rpartition("#")
    return document, int(order)
