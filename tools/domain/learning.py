"""How far somebody is on the learning path, and when they are ready (house)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

READY = Decimal("0.8")
"""From here a newcomer takes a first account beside an experienced owner (house)."""


@dataclass(frozen=True)
class Taken:
    """A lesson as recorded: `points` are right answers, None where the quiz was not taken."""

    finished_on: date | None
    points: int | None


@dataclass(frozen=True)
class Progress:
    """Lessons finished of all, right answers of all."""

    finished: int
    lessons: int
    right: int
    questions: int

    @property
    def readiness(self) -> Decimal:
        """The mean of both shares, 0 to 1."""
        lessons = Decimal(self.finished) / self.lessons
        return (lessons + Decimal(self.right) / self.questions) / 2

    @property
    def ready(self) -> bool:
        return self.readiness >= READY


def progress(taken: Mapping[str, Taken], path: Sequence[tuple[str, int]]) -> Progress:
    """Over a path of lessons, each with its number of questions; what is no part of it does not
    count, nor do more points than a lesson has questions."""
    found = [(taken[key], questions) for key, questions in path if key in taken]
    return Progress(
        sum(lesson.finished_on is not None for lesson, _ in found),
        len(path),
        sum(min(max(lesson.points or 0, 0), questions) for lesson, questions in found),
        sum(questions for _, questions in path),
    )
