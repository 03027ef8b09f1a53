"""People's own questions find their answers in the library, and strange ones find none."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kam_knowledge.evaluation import (
    Outcome,
    ask,
    figures,
    figures_by,
    place_of,
    read_questions,
)
from kam_knowledge.folders import METHODOLOGY
from kam_knowledge.library import IndexedLibrary, open_library
from kam_knowledge.scripts import normalise

QUESTIONS = Path(__file__).parents[1] / "evals" / "retrieval"
SETS = {
    name: read_questions(QUESTIONS / f"{name}.jsonl")
    for name in ("library", "answerable", "unanswerable")
}
ALL = [question for questions in SETS.values() for question in questions]

_HEADING = re.compile(r"^#+ .+$", re.MULTILINE)

Asked = Callable[[str], tuple[Outcome, ...]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> IndexedLibrary:
    return open_library(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def asked(library: IndexedLibrary) -> Asked:
    """The outcomes of a set of questions, asked once."""
    kept: dict[str, tuple[Outcome, ...]] = {}

    def outcomes(name: str) -> tuple[Outcome, ...]:
        if name not in kept:
            kept[name] = ask(library, SETS[name])
        return kept[name]

    return outcomes


def test_questions_find_their_section(asked: Asked) -> None:
    outcomes = asked("library")
    found = figures(outcomes)

    told = "\n".join([_by_language(outcomes), *_missed(outcomes)])
    assert found.first >= 0.70, told
    assert found.five >= 0.92, told


def test_questions_that_the_library_answers_are_answered(asked: Asked) -> None:
    outcomes = (*asked("library"), *asked("answerable"))

    refused = [outcome.question.text for outcome in outcomes if not outcome.supported]
    assert figures(outcomes).supported >= 0.95, refused


def test_questions_that_it_cannot_answer_are_left_unanswered(asked: Asked) -> None:
    outcomes = asked("unanswerable")

    answered = [outcome.question.text for outcome in outcomes if outcome.supported]
    assert 1 - figures(outcomes).supported >= 0.90, answered


@pytest.mark.parametrize(
    ("name", "count"), [("library", 200), ("answerable", 60), ("unanswerable", 60)]
)
def test_the_sets_hold_three_languages_and_a_third_is_held_out(name: str, count: int) -> None:
    questions = SETS[name]
    languages = Counter(question.language for question in questions)

    assert len(questions) == count
    assert languages == {
        "zh-Hans": count * 4 // 10,
        "zh-Hant": count * 2 // 10,
        "en": count * 4 // 10,
    }
    assert Counter(question.split for question in questions) == {
        "test": count // 3,
        "dev": count - count // 3,
    }


def test_no_question_is_put_twice() -> None:
    for field in (lambda q: q.id, lambda q: normalise(q.text)):
        assert max(Counter(map(field, ALL)).values()) == 1


def test_each_answer_named_is_a_section_of_the_library() -> None:
    sections = _sections()

    for question in ALL:
        assert all(order in range(sections[document]) for document, order in question.gold)
    assert all(question.gold for name in ("library", "answerable") for question in SETS[name])
    assert not any(question.gold for question in SETS["unanswerable"])


def test_each_document_is_asked_for_four_times() -> None:
    wanted = Counter(
        document
        for question in SETS["library"]
        for document in {document for document, _ in question.gold}
    )

    assert set(wanted) == set(_sections())
    assert min(wanted.values()) >= 4


def _sections() -> dict[str, int]:
    """How many sections with a text each document has, by its id."""
    found = {}
    for path in (METHODOLOGY / "en").glob("*.md"):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        found[path.stem[3:]] = len([s for s in _HEADING.split(body) if s.strip()])
    return found


def _by_language(outcomes: tuple[Outcome, ...]) -> str:
    groups = figures_by(outcomes, lambda question: question.language)
    return "\n".join(f"{language}: {found}" for language, found in groups.items())


def _missed(outcomes: tuple[Outcome, ...]) -> list[str]:
    """The misses that may be looked at; those held out stay unseen."""
    seen = [outcome for outcome in outcomes if outcome.question.split == "dev"]
    return [_told(outcome) for outcome in seen if outcome.rank != 1]


def _told(outcome: Outcome) -> str:
    question = outcome.question
    first = place_of(outcome.hits[0]) if outcome.hits else None
    return f"{question.id} {question.text} (rank {outcome.rank}, first {first})"
