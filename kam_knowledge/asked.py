"""The questions that people ask of a document's sections, in words the document does not use.

They lie beside the folders of the languages: `asked/NAME.yaml` speaks of `LANGUAGE/NN-NAME.md`.
It maps each section's English heading, in the document's order (an opening without a heading
is ""), to questions in `en` and `zh`. They are searched and never shown. The heading itself
counts as one of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kam_knowledge.documents import DocumentError, Passage
from kam_knowledge.yamls import read_yaml

_NUMBER = re.compile(r"^\d+-")
_MARK = "?"


def asked_file(path: Path) -> Path:
    """Where the questions about that document would lie."""
    return path.parent.parent / "asked" / f"{_NUMBER.sub('', path.stem)}.yaml"


def questions_about(path: Path, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The questions as passages of their own, each leading to the first passage of the
    section that answers it. Raises `DocumentError` for a faulty file."""
    source = asked_file(path)
    if not passages or not source.exists():
        return ()
    import yaml

    try:
        sections = list(read_yaml(source).values())
        own = "zh" if passages[0].language.startswith("zh") else "en"
        asked = [tuple(str(question) for question in section[own]) for section in sections]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"{source}: {error}") from error
    return tuple(_questions(passages, asked))


def asked_elsewhere(library: Path) -> tuple[str, ...]:
    """Questions that no document of the library answers, in `asked/_elsewhere.yaml`; none
    where there is no such file. Raises `DocumentError` for a faulty one."""
    source = library / "asked" / "_elsewhere.yaml"
    if not source.exists():
        return ()
    import yaml

    try:
        return tuple(str(question) for asked in read_yaml(source).values() for question in asked)
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise DocumentError(f"{source}: {error}") from error


def answered_by(question: str) -> str:
    """The id of the passage that a question leads to, from the question's own id."""
    return question.rpartition(_MARK)[0]


def _questions(passages: Sequence[Passage], asked: Sequence[Sequence[str]]) -> Iterator[Passage]:
    for order, questions in enumerate(asked):
        before = [passage for passage in passages if passage.order <= order] or passages[:1]
        answer = next(p for p in before if p.order == before[-1].order)
        heading = answer.section or answer.title
        for number, question in enumerate((heading, *questions)):
            key = f"{answer.id}{_MARK}{order}.{number}"
            yield replace(answer, id=key, title="", section="", text=question)
