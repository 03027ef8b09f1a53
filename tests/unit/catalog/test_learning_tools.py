"""The learning path: the next lesson, its questions, and how answers are counted."""

from decimal import Decimal

import pytest
from sqlmodel import select

from kam_knowledge.lessons import lessons, title_of
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.access import OPERATOR, Asker
from tools.catalog.finish_lesson import finish_lesson
from tools.catalog.learning_path import learning_path
from tools.changes import confirm, undo
from tools.data.models import Lesson
from tools.domain.vocabulary import Role
from tools.errors import BadInput, NotAllowed, NotFound


@pytest.fixture
def newcomer(world: World) -> Asker:
    return world.asker(world.person("Noa", Role.NEWCOMER))


def test_the_first_lesson_comes_first(world: World, newcomer: Asker) -> None:
    card = learning_path(world.deps(newcomer)).card()

    renders(card)
    assert "Lesson 1 of 5" in english(card.headline)
    assert "WHCSE" in facts(card)["Question 1"]
    assert [row[0] for row in table_rows(card)] == ["1", "2", "3", "4", "5"]


def test_right_answers_are_counted_and_the_next_lesson_follows(
    world: World, newcomer: Asker
) -> None:
    deps = world.deps(newcomer)

    # The right ones are a b c a: three of four.
    proposal = finish_lesson(deps, "1", answers="1a 2b 3a 4a")
    assert "3 of 4" in english(proposal.remarks[0])
    assert learning_path(deps).progress.finished == 0
    confirm(deps, proposal.change_id)

    after = learning_path(deps)
    assert (after.progress.finished, after.progress.right) == (1, 3)
    assert after.progress.readiness == Decimal("0.175")  # (1/5 + 3/20) / 2
    assert "Lesson 2 of 5" in english(after.card().headline)


def test_taking_a_lesson_again_changes_the_same_record(world: World, newcomer: Asker) -> None:
    deps = world.deps(newcomer)
    for answers, points in (("abca", 4), ("abcc", 3)):
        confirm(deps, finish_lesson(deps, "language", answers=" ".join(answers)).change_id)
        assert learning_path(deps).taken["language"].points == points
    with world.sessions() as session:
        assert len(session.exec(select(Lesson)).all()) == 1


def test_a_finished_lesson_can_be_taken_back(world: World, newcomer: Asker) -> None:
    deps = world.deps(newcomer)
    proposal = finish_lesson(deps, "1", answers="a b c a")
    confirm(deps, proposal.change_id)

    undo(deps, proposal.change_id)

    assert learning_path(deps).progress.finished == 0


def test_all_lessons_done(world: World, newcomer: Asker) -> None:
    deps = world.deps(newcomer)
    for lesson in lessons():
        answers = " ".join(question.right for question in lesson.questions)
        confirm(deps, finish_lesson(deps, lesson.key, answers=answers).change_id)

    card = learning_path(deps).card()

    renders(card)
    assert "All 5 lessons are finished; your readiness is 100%" in english(card.headline)


@pytest.mark.parametrize("answers", ["a b c", "a b c a a", "1a 2b 3c 4f", "yes"])
def test_answers_that_do_not_fit_are_told(world: World, newcomer: Asker, answers: str) -> None:
    with pytest.raises(BadInput):
        finish_lesson(world.deps(newcomer), "1", answers=answers)


def test_an_unknown_lesson_names_those_there_are(world: World, newcomer: Asker) -> None:
    with pytest.raises(NotFound) as caught:
        learning_path(world.deps(newcomer), "cooking")
    assert len(caught.value.choices) == 5


def test_the_operator_has_no_path(world: World) -> None:
    for call in (learning_path, lambda deps: finish_lesson(deps, "1")):
        with pytest.raises(NotAllowed):
            call(world.deps(OPERATOR))


def test_nobody_finishes_a_lesson_for_another(world: World, newcomer: Asker) -> None:
    proposal = finish_lesson(world.deps(newcomer), "1")
    other = world.asker(world.person("Ana", Role.MANAGER))

    with pytest.raises(NotAllowed):
        confirm(world.deps(other), proposal.change_id)


def test_every_question_has_one_right_choice_and_every_document_a_title() -> None:
    for lesson in lessons():
        assert all(question.right in question.letters for question in lesson.questions)
        assert all(title_of(one, language) for one in lesson.read for language in ("en", "zh"))
    assert sum(len(lesson.questions) for lesson in lessons()) == 20
