"""How well the search finds passages, held to figures on open question sets."""

from pathlib import Path

import pytest

from kam_knowledge.retrieval import Figures, ask, build_library, figures, read_lines

SETS = Path(__file__).parents[3] / "shared" / "eval"


@pytest.fixture
def sets() -> Path:
    if not SETS.is_dir():
        pytest.skip(f"the question sets are not at {SETS}")
    return SETS


@pytest.mark.parametrize(
    ("passages", "questions", "every", "first", "five"),
    [
        ("xquad_en", "xquad_en", 10, 90, 97),
        ("xquad_zh", "xquad_zh", 10, 90, 97),
        ("xquad_en", "xquad_zh2en", 10, 70, 88),
        ("xquad_en", "xquad_hant2en", 10, 70, 88),
        ("xquad_zh", "xquad_en2zh", 10, 70, 88),
    ],
)
def test_questions_find_their_passage(
    sets: Path, tmp_path: Path, passages: str, questions: str, every: int, first: int, five: int
) -> None:
    library = build_library(tmp_path, read_lines(sets / f"{passages}.passages.jsonl"))
    asked = list(ask(library, read_lines(sets / f"{questions}.questions.jsonl")[::every]))
    (found,) = figures(asked)

    assert found.first >= first
    assert found.five >= five


def test_questions_without_an_answer_in_the_index_are_seldom_supported(
    sets: Path, tmp_path: Path
) -> None:
    rows = read_lines(sets / "cmrc.passages.jsonl")
    kept = {row["id"] for row in rows[:300]}
    library = build_library(tmp_path, rows[:300])
    questions = read_lines(sets / "cmrc.questions.jsonl")
    answerable = [q for q in questions if q["gold_id"] in kept][:120]
    others = [q for q in questions if q["gold_id"] not in kept][::12]

    assert supported(figures(list(ask(library, answerable)))) >= 90
    assert supported(figures(list(ask(library, others)))) <= 25


def supported(lines: list[Figures]) -> float:
    return lines[0].supported
