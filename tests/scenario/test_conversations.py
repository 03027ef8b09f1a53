"""The project's conversations, held with the built-in model and graded."""

from pathlib import Path

import pytest

from bot.evaluation.cases import Case, load_cases
from bot.evaluation.company import build_company
from bot.evaluation.running import play
from bot.evaluation.scores import report_of
from bot.settings import Settings

CASES = Path(__file__).parents[1] / "evals" / "conversations"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases([CASES])


@pytest.mark.heavy
async def test_conversations_go_as_they_should(
    cases: list[Case], tmp_path: Path, index_folder: Path
) -> None:
    company = await build_company(tmp_path / "company", Settings(), index_folder)
    report = report_of(await play(company, cases, tmp_path))

    assert report.overall.once >= 95, report.failing()
    assert min(score.once for score in report.languages) >= 92, report.failing()
    assert max(score.once for score in report.baselines) <= 5
