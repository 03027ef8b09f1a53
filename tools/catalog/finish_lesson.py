"""A lesson of the learning path, finished, with the answers to its questions."""

import re
from decimal import Decimal

from kam_knowledge.lessons import Lesson as Course
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Lesson
from tools.deps import Deps
from tools.errors import BadInput
from tools.learning import learner, meant, phrase
from tools.text import text


def finish_lesson(deps: Deps, lesson: str, *, answers: str = "") -> Proposal:
    """Propose to record that the one who asks has finished a lesson, and the answers of its quiz.

    Args:
        lesson: The lesson by number or name, e.g. "2".
        answers: The letters chosen, in order or numbered, e.g. "1a 2b 3c 4a".

    Source: house.
    """
    person = learner(deps)
    course = meant(lesson)
    points = _points(course, answers) if answers.strip() else None
    with drafting(deps) as draft:
        draft.put(
            Lesson(
                person_id=person,
                lesson=course.key,
                finished_on=deps.today,
                points=None if points is None else Decimal(points),
            ),
            ("person_id", "lesson"),
        )
        remark = text(
            "Right answers: {points} of {of}.",
            "答对 {points} / {of} 题。",
            points=points or 0,
            of=len(course.questions),
        )
        return draft.propose(
            text("Finish the lesson {name}", "完成课程“{name}”", name=phrase(course.name)),
            remarks=() if points is None else (remark,),
        )


def _points(course: Course, answers: str) -> int:
    """How many letters are right; raises `BadInput` unless each question has one of its own."""
    letters = re.findall(r"(?<![a-z])[a-f](?![a-z])", answers.lower())
    if len(letters) != len(course.questions):
        raise BadInput(
            text(
                "This lesson has {count} questions; please give one letter each, e.g. {example}.",
                "本课有 {count} 道题，请每题给一个字母，例如 {example}。",
                count=len(course.questions),
                example=" ".join(f"{n}a" for n in range(1, len(course.questions) + 1)),
            )
        )
    for number, (letter, question) in enumerate(zip(letters, course.questions, strict=True), 1):
        if letter not in question.letters:
            raise BadInput(
                text(
                    "Question {number} has the choices {choices}; “{letter}” is none of them.",
                    "第 {number} 题的选项是 {choices}，没有“{letter}”。",
                    number=number,
                    choices=", ".join(question.letters),
                    letter=letter,
                )
            )
    return sum(
        letter == question.right for letter, question in zip(letters, course.questions, strict=True)
    )


EXAMPLES = Examples(
    en=(
        "finish lesson {lesson} with answers {answers}",
        "I have finished lesson {lesson}",
        "lesson {lesson} is done, my answers are {answers}",
        "mark lesson {lesson} as done",
        "complete lesson {lesson}: {answers}",
        "my quiz answers for lesson {lesson}: {answers}",
    ),
    zh=(
        "完成第{lesson}课，答案{answers}",
        "第{lesson}课学完了",
        "第{lesson}课完成，我的答案是{answers}",
        "把第{lesson}课标记为完成",
        "提交第{lesson}课的答案{answers}",
        "第{lesson}课测验答案：{answers}",
    ),
)
