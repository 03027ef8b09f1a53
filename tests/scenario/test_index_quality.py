"""How well the search finds passages, held to figures on open question sets."""

from pathlib import Path

import pytest

from kam_knowledge.retrieval import Figures, ask, build_library, figures, read_lines
from tests.homes import with_dictionary

SETS = Path(__file__).parents[3] / "shared" / "eval"


@pytest.fixture
def sets() -> Path:
    if not SETS.is_dir():
        pytest.skip(f"the question sets are not at {SETS}")
    return SETS


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("passages", "bounds"),
    [
        ("xquad_en", {"xquad_en": (90, 97), "xquad_zh2en": (70, 88), "xquad_hant2en": (70, 88)}),
        ("xquad_zh", {"xquad_zh": (90, 97), "xquad_en2zh": (70, 88)}),
    ],
)
def test_questions_find_their_passage(
    sets: Path,
    tmp_path: Path,
    index_folder: Path,
    passages: str,
    bounds: dict[str, tuple[int, int]],
) -> None:
    """Each tenth question of every set is held to the least part, in percent, that finds its
    passage first and among five."""
    library = build_library(
        with_dictionary(tmp_path / "index", index_folder),
        read_lines(sets / f"{passages}.passages.jsonl"),
    )
    for questions, least in bounds.items():
        rows = read_lines(sets / f"{questions}.questions.jsonl")[::10]
        (found,) = figures(list(ask(library, rows)))
        assert found.first >= least[0], questions
        assert found.five >= least[1], questions


@pytest.mark.heavy
def test_questions_without_an_answer_in_the_index_are_seldom_supported(
    sets: Path, tmp_path: Path, index_folder: Path
) -> None:
    rows = read_lines(sets / "cmrc.passages.jsonl")
    kept = {row["id"] for row in rows[:300]}
    library = build_library(with_dictionary(tmp_path / "index", index_folder), rows[:300])
    questions = read_lines(sets / "cmrc.questions.jsonl")
    answerable = [q for q in questions if q["gold_id"] in kept][:120]
    others = [q for q in questions if q["gold_id"] not in kept][::12]

    assert supported(figures(list(ask(library, answerable)))) >= 90
    assert supported(figures(list(ask(library, others)))) <= 25


def supported(lines: list[Figures]) -> float:
    return lines[0].supported
