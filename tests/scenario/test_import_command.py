"""`kam import` as it is typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.import_ import KINDS, command
from tests.unit.importing.helpers import write
from tools.data.importing.schema import KINDS as KNOWN

HEADER = "deal id,account,agent,stage,close date,amount"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files to import, and a home for the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    files = tmp_path / "files"
    files.mkdir()
    write(files / "accounts.csv", "account,sector", "蓝海集团,technolgy", encoding="gb18030")
    write(files / "people.csv", "agent,manager", "林默,周一")
    write(
        files / "deals.csv",
        HEADER,
        "D1,蓝海集团,林默,赢单,2017-03-04,5",
        "D2,蓝海集团,林黙甲,赢单,2017-03-04,5",
    )
    return files


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(item) for item in arguments])


def test_the_report_in_three_languages(folder: Path) -> None:
    english = run(folder, "--dry-run")
    assert english.exit_code == 0
    assert "Nothing was written" in english.output
    assert "technolgy" in english.output
    assert "GB18030" in english.output
    assert "agent" in english.output
    simplified = run(folder, "--language", "zh-Hans")
    assert "1行被拒" in simplified.output
    assert "deals.rejects.csv" in simplified.output
    traditional = run(folder, "--language", "zh-Hant", "--accept-near")
    assert "客戶" in traditional.output
    assert "未變" in traditional.output


def test_the_report_as_json(folder: Path) -> None:
    first, second = run(folder, "--json"), run(folder, "--json")
    data = json.loads(first.output)
    assert data["counts"]["opportunity"] == {"created": 1, "updated": 0, "unchanged": 0}
    assert data["rejections"][0]["line"] == 3
    assert data["rejections"][0]["column"] == "agent"
    again = json.loads(second.output)
    assert (again["created"], again["updated"]) == (0, 0)


def test_exit_codes(folder: Path) -> None:
    assert run(write(folder / "x.csv", "colour,size", "red,1")).exit_code == 1
    assert run(folder / "nowhere.csv").exit_code == 2
    assert run().exit_code == 2
    assert run(folder, "--accept", "nothing").exit_code == 2
    assert run(folder, "--encoding", "klingon").exit_code == 2
    assert run(folder, "--kind", "dogs").exit_code == 2
    bad = run(folder, "--map", write(folder / "map.yaml", "files: [{match: a, colour: red}]"))
    assert bad.exit_code == 2
    assert "colour" in bad.output


def test_a_spelling_is_accepted_on_the_command_line(folder: Path) -> None:
    data = json.loads(run(folder, "--json", "--accept", "林黙甲=林默").output)
    assert (data["rejected"], data["counts"]["opportunity"]["created"]) == (0, 2)


def test_the_kinds_on_offer_are_the_kinds_there_are() -> None:
    assert tuple(KNOWN) == KINDS
