"""The learning path in words: which lesson is meant, and whose path it is."""

from kam_knowledge.lessons import Lesson, lessons
from kam_knowledge.practice import Phrase
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import NotAllowed, NotFound
from tools.named import match
from tools.text import Text, text


def path() -> tuple[tuple[str, int], ...]:
    """The keys of the lessons in order, with how many questions each has."""
    return tuple((lesson.key, len(lesson.questions)) for lesson in lessons())


def phrase(given: Phrase) -> Text:
    """A phrase of a data file; its braces are plain characters."""
    return Text(_escaped(given.en), _escaped(given.zh))


def learner(deps: Deps) -> int:
    """The person whose path it is; raises `NotAllowed` for the local operator."""
    if deps.asker.person_id is None:
        raise NotAllowed(
            text(
                "The learning path belongs to a person; ask as one of them.",
                "学习路径属于具体人员，请以某位人员的身份提问。",
            )
        )
    return deps.asker.person_id


def meant(words: str) -> Lesson:
    """The lesson of that number or name; raises `NotFound` with all of them."""
    found_at = words.strip()
    if found_at.isdecimal() and 1 <= int(found_at) <= len(lessons()):
        return lessons()[int(found_at) - 1]
    known = {
        name_key(name): lesson.key
        for lesson in lessons()
        for name in (lesson.key, lesson.name.en, lesson.name.zh)
    }
    found = match(words, known)
    if len(found.likely) == 1:
        return next(lesson for lesson in lessons() if lesson.key == found.likely[0])
    raise NotFound(
        text("There is no lesson “{words}”.", "没有“{words}”这节课。", words=words),
        tuple(lesson.name.en for lesson in lessons()),
        "lesson",
    )


def _escaped(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
