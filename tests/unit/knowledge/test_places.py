"""What a question is after, beside passages that nobody is known to ask for."""

import shutil
from pathlib import Path

import pytest
import yaml

from kam_knowledge.documents import Passage
from kam_knowledge.folders import METHODOLOGY
from kam_knowledge.library import IndexedLibrary, open_library
from kam_knowledge.search import Readable
from kam_knowledge.stored import Batch
from tests.homes import with_dictionary

EVERYTHING = Readable(None, 4)
OUTSIDER = Readable(frozenset(), 2)
NOTE = "The turbine order is late; Ms Chen is unhappy, and Contoso quotes 8 % less."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, index_folder: Path) -> IndexedLibrary:
    """The methodology, and a note about an account."""
    home = tmp_path_factory.mktemp("places")
    shutil.copytree(index_folder, home / "index")
    library = open_library(home)
    note = Passage("note-1", "note", "Call", "", "en", NOTE, "1", level=3, account=7)
    library.index.apply([Batch("note:1", "1", (note,))])
    return library


@pytest.mark.parametrize(
    ("question", "language", "document"),
    [
        ("how do I hand a customer over to a colleague", "en", "coverage-units"),
        ("总监跟客户经理的活儿怎么分", "zh-Hans", "coverage-duties"),
        ("客戶要分成哪幾個等級", "zh-Hant", "tiers"),
        ("what does the score consist of", "en", "score-composite"),
    ],
)
def test_a_question_that_people_ask_leads_to_its_place(
    library: IndexedLibrary, question: str, language: str, document: str
) -> None:
    found = library.search(question, EVERYTHING, language=language)
    assert found.supported
    assert document in [hit.passage.document for hit in found.hits[:3]]


@pytest.mark.parametrize(
    "question", ["will it rain in Hamburg tomorrow", "明天北京会下雨吗", "zyx wvu", "？？？"]
)
def test_a_question_for_elsewhere_is_not_answered(library: IndexedLibrary, question: str) -> None:
    assert not library.search(question, EVERYTHING, language="en").supported


@pytest.mark.parametrize("question", ["turbine order", "what does Contoso quote to Ms Chen"])
def test_a_passage_that_nobody_is_known_to_ask_for_comes_before_the_places(
    library: IndexedLibrary, question: str
) -> None:
    found = library.search(question, EVERYTHING, language="en")
    assert found.supported
    assert found.hits[0].passage.id == "note-1"


def test_a_passage_about_an_account_does_not_push_the_method_away(library: IndexedLibrary) -> None:
    found = library.search("what do I do when a customer is unhappy", EVERYTHING, language="en")
    assert found.hits[0].passage.document != "note"


def test_what_may_not_be_read_is_not_found(library: IndexedLibrary) -> None:
    found = library.search("what does Contoso quote to Ms Chen", OUTSIDER, language="en")
    assert "note-1" not in [hit.passage.id for hit in found.hits]
    assert not found.supported


@pytest.fixture
def own(tmp_path: Path, index_folder: Path) -> IndexedLibrary:
    """A library of one's own: a document of the methodology, and questions asked in vain."""
    with_dictionary(tmp_path / "index", index_folder)
    documents = tmp_path / "documents"
    for name in ("en/17-coverage-duties.md", "asked/coverage-duties.yaml"):
        (documents / name).parent.mkdir(parents=True)
        original = next(METHODOLOGY.glob(name.replace("17", "*")))
        shutil.copy(original, documents / name)
    (documents / "asked/_elsewhere.yaml").write_text("en: [will it rain tomorrow]\nzh: []\n")
    return open_library(tmp_path, library=documents)


def test_what_is_asked_elsewhere_is_taken_in_when_it_changes(own: IndexedLibrary) -> None:
    question = "who is responsible for the zebra and the giraffe of the zoo"
    assert own.search(question, EVERYTHING, language="en").supported

    vain = [f"{word} zebra and giraffe of the zoo" for word in ("feed the", "where is the", "the")]
    source = own.folders.library / "asked/_elsewhere.yaml"
    source.write_text(yaml.safe_dump({"en": vain, "zh": []}))
    own.sync()

    assert not own.search(question, EVERYTHING, language="en").supported


def test_a_broken_file_of_what_is_asked_elsewhere_does_not_stop_the_search(
    own: IndexedLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    (own.folders.library / "asked/_elsewhere.yaml").write_text("- a list")
    assert own.search("who is responsible", EVERYTHING, language="en").hits
    assert "_elsewhere.yaml" in caplog.text
