"""People's own questions find their answers in the library, and strange ones find none."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.folders import METHODOLOGY
from kam_knowledge.library import open_library
from kam_knowledge.retrieval import Asked, ask, figures, read_lines
from kam_knowledge.scripts import normalise
from kam_knowledge.search import Finding, Hit, Readable

QUESTIONS = Path(__file__).parents[1] / "evals" / "retrieval"
SIZES = {"library": 200, "answerable": 60, "unanswerable": 60}
SETS = {name: read_lines(QUESTIONS / f"{name}.jsonl") for name in SIZES}
ALL = [row for rows in SETS.values() for row in rows]

_HEADING = re.compile(r"^#+ .+$", re.MULTILINE)

Answers = Callable[[str], list[Asked]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, index_folder: Path) -> Answers:
    """What the library makes of a set of questions, asked once."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(index_folder, home / "index")
    library = open_library(home)
    kept: dict[str, list[Asked]] = {}

    def of(name: str) -> list[Asked]:
        if name not in kept:
            kept[name] = list(ask(library, SETS[name]))
        return kept[name]

    return of


def test_questions_find_their_section(answers: Answers) -> None:
    asked = answers("library")
    everything, *by_language = figures(asked)

    told = "\n".join([*map(str, by_language), *_missed(asked)])
    assert everything.first >= 70, told
    assert everything.five >= 92, told


def test_questions_that_the_library_answers_are_answered(answers: Answers) -> None:
    asked = [*answers("library"), *answers("answerable")]

    refused = [one.question for one in _shown(asked) if not one.supported]
    assert figures(asked)[0].supported >= 95, refused


def test_questions_that_it_cannot_answer_are_left_unanswered(answers: Answers) -> None:
    asked = answers("unanswerable")

    answered = [one.question for one in _shown(asked) if one.supported]
    assert figures(asked)[0].supported <= 10, answered


@pytest.mark.parametrize("name", SIZES)
def test_a_set_holds_three_languages_and_a_third_is_held_out(name: str) -> None:
    size = SIZES[name]
    languages = Counter(row["language"] for row in SETS[name])
    splits = Counter(row["split"] for row in SETS[name])

    assert languages == {"zh-Hans": size * 4 // 10, "zh-Hant": size // 5, "en": size * 4 // 10}
    assert splits == {"test": size // 3, "dev": size - size // 3}


def test_no_question_is_put_twice() -> None:
    assert _most(row["id"] for row in ALL) == 1
    assert _most(normalise(row["question"]) for row in ALL) == 1


def test_each_answer_named_is_a_section_of_the_library() -> None:
    places = {f"{document}#{n}" for document, count in _sections().items() for n in range(count)}

    assert {place for row in ALL for place in row.get("gold", ())} <= places
    assert all(row["gold"] for name in ("library", "answerable") for row in SETS[name])
    assert not any("gold" in row for row in SETS["unanswerable"])


def test_each_document_is_asked_for_four_times() -> None:
    wanted = Counter(
        document
        for row in SETS["library"]
        for document in {place.partition("#")[0] for place in row["gold"]}
    )

    assert set(wanted) == set(_sections())
    assert min(wanted.values()) >= 4


def test_a_place_counts_in_whatever_edition_it_is_found() -> None:
    row = {"question": "q", "language": "en", "gold": ["tiers#2"]}

    (second,) = ask(_Shelf("kam-overview.zh#0", "tiers.zh#2", "tiers.en#2"), [row])
    (missed,) = ask(_Shelf("tiers.en#1", "open-points.en#2"), [row])

    assert (second.rank, missed.rank) == (2, 0)
    assert second.places == ("kam-overview#0", "tiers#2", "tiers#2")


class _Shelf:
    """A library that finds the same passages whatever is asked."""

    def __init__(self, *places: str) -> None:
        self._hits = tuple(Hit(_passage(place), 1.0, ()) for place in places)

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        return Finding(self._hits[:limit], supported=True)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return None


def _passage(place: str) -> Passage:
    edition, _, order = place.partition("#")
    document, _, language = edition.partition(".")
    return Passage(place, document, "", "", language, "", "1", order=int(order))


def _sections() -> dict[str, int]:
    """How many sections with a text each document has, by its id."""
    found = {}
    for path in (METHODOLOGY / "en").glob("*.md"):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        found[path.stem[3:]] = sum(1 for text in _HEADING.split(body) if text.strip())
    return found


def _missed(asked: Iterable[Asked]) -> list[str]:
    missed = [one for one in _shown(asked) if one.rank != 1]
    return [f"{one.question} (rank {one.rank}, found {one.places[:3]})" for one in missed]


def _shown(asked: Iterable[Asked]) -> list[Asked]:
    """Those that limits may be tuned on; what is held out stays unseen."""
    seen: dict[str, Any] = {row["question"]: row["split"] for row in ALL}
    return [one for one in asked if seen[one.question] == "dev"]


def _most(values: Iterable[str]) -> int:
    return max(Counter(values).values())
