"""Questions people ask of a section lead to it, and are never shown themselves."""

from pathlib import Path

import pytest
import yaml

from kam_knowledge.asked import answered_by, asked_file, questions_about
from kam_knowledge.documents import DocumentError, passages_of
from kam_knowledge.folders import METHODOLOGY
from kam_knowledge.library import open_library
from kam_knowledge.readers import read_file
from kam_knowledge.search import Readable
from tests.homes import with_dictionary

LONG = "A paragraph about coverage that is long enough to stand alone in the index. " * 4
DOCUMENT = f"# Coverage\n\n## Who owns an account?\n\n{LONG}\n\n## Who stands in?\n\n{LONG}\n"
ASKED = {
    "Who owns an account?": {"en": ["whose baby is it"], "zh": ["这家归谁管"]},
    "Who stands in?": {"en": ["somebody is on holiday", "sick leave"], "zh": ["休假了找谁"]},
}
EVERYTHING = Readable(None, 4)


@pytest.fixture
def shelf(tmp_path: Path, index_folder: Path) -> Path:
    """A home with a dictionary, and one document with its questions."""
    with_dictionary(tmp_path / "index", index_folder)
    for folder in ("en", "asked"):
        (tmp_path / "documents" / folder).mkdir(parents=True)
    (tmp_path / "documents/en/07-coverage.md").write_text(DOCUMENT)
    write_asked(tmp_path, ASKED)
    return tmp_path


def write_asked(home: Path, asked: object) -> None:
    (home / "documents/asked/coverage.yaml").write_text(yaml.safe_dump(asked, sort_keys=False))


def test_a_question_in_other_words_finds_the_section_and_is_not_shown(shelf: Path) -> None:
    library = open_library(shelf, library=shelf / "documents")
    finding = library.search("who is there on sick leave?", EVERYTHING, language="en")
    assert finding.hits[0].passage.section == "Who stands in?"
    assert all(hit.passage.text.startswith("A paragraph") for hit in finding.hits)


def test_changed_questions_are_taken_in(shelf: Path) -> None:
    library = open_library(shelf, library=shelf / "documents")
    library.folders.sync(library.index)
    moved = ASKED | {"Who owns an account?": {"en": ["sick leave of a zebra"], "zh": ["斑马"]}}
    write_asked(shelf, moved)
    library.folders.sync(library.index)
    (best, *_) = library.search("zebra", EVERYTHING, language="en").hits
    assert best.passage.section == "Who owns an account?"
    (shelf / "documents/asked/coverage.yaml").unlink()
    library.folders.sync(library.index)
    assert library.index.asked.count() == 0


def test_a_question_leads_to_the_first_passage_of_its_section(shelf: Path) -> None:
    path = shelf / "documents/en/07-coverage.md"
    passages = passages_of(read_file(path))
    questions = questions_about(path, passages)
    assert [q.text for q in questions] == [
        "Who owns an account?",
        "whose baby is it",
        "Who stands in?",
        "somebody is on holiday",
        "sick leave",
    ]
    by_id = {passage.id: passage for passage in passages}
    assert [by_id[answered_by(q.id)].section for q in questions] == [
        "Who owns an account?",
        "Who owns an account?",
        "Who stands in?",
        "Who stands in?",
        "Who stands in?",
    ]


@pytest.mark.parametrize("broken", ["- a list", "{unclosed", "Who owns an account?: [a, b]"])
def test_a_broken_file_of_questions_is_named(shelf: Path, broken: str) -> None:
    (shelf / "documents/asked/coverage.yaml").write_text(broken)
    path = shelf / "documents/en/07-coverage.md"
    with pytest.raises(DocumentError, match=r"coverage\.yaml"):
        questions_about(path, passages_of(read_file(path)))


@pytest.mark.parametrize("path", sorted((METHODOLOGY / "en").glob("*.md")), ids=lambda p: p.stem)
def test_every_section_of_the_library_has_questions_in_both_languages(path: Path) -> None:
    asked = yaml.safe_load(asked_file(path).read_text("utf-8"))
    sections = read_file(path).sections
    headings = [section.path[-1] if len(section.path) > 1 else "" for section in sections]
    assert list(asked) == headings
    for heading, questions in asked.items():
        assert len(set(questions["en"])) >= 9, heading
        assert len(set(questions["zh"])) >= 11, heading
