"""`kam eval retrieval`, `kam eval library`, `kam search` and `kam index`, as typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import kam as command
from bot.settings import Settings

PASSAGES = [
    {"id": "a", "text": "The turbine order of Konex is late because of a missing bearing."},
    {"id": "b", "text": "科耐克的压缩机合同将在六月到期，客户希望延长保修。"},
]
QUESTIONS = [
    {"question": "why is the turbine late", "gold_id": "a"},
    {"question": "压缩机合同什么时候到期", "gold_ids": ["b"]},
    {"question": "when does the compressor contract end", "gold_id": "b"},
]


def lines(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(path)


def kam(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_set_of_questions_is_measured(tmp_path: Path) -> None:
    told = kam(
        "eval",
        "retrieval",
        lines(tmp_path / "passages.jsonl", PASSAGES),
        lines(tmp_path / "questions.jsonl", QUESTIONS),
    )
    assert told.exit_code == 0, told.output
    head, figures, size = told.output.splitlines()
    assert head.split()[1:5] == ["asked", "R@1", "R@5", "MRR@10"]
    assert figures.split()[:5] == ["all", "3", "100.0", "100.0", "100.0"]
    assert size.startswith("2 passages indexed in ")
    assert "MB of memory to index" in size


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('{"id": "a"}', "line 1: text is missing"),
        ("not json", "line 1: this is not JSON"),
        ("[1, 2]", "line 1: id, text is missing"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, row: str, fault: str) -> None:
    passages = tmp_path / "passages.jsonl"
    passages.write_text(row)
    questions = lines(tmp_path / "questions.jsonl", QUESTIONS)
    told = kam("eval", "retrieval", str(passages), questions)
    assert told.exit_code == 1
    assert fault in told.output


def test_search_shows_ranked_passages_with_their_legs(
    demo: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAM_HOME", str(demo.home))
    told = kam("search", "什么是钱包份额", "--json")
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert found["supported"]
    assert "share-of-wallet" in {hit["document"] for hit in found["hits"]}
    own = [hit for hit in found["hits"] if hit["document"] == "share-of-wallet"]
    assert all(hit["language"] == "zh-Hans" for hit in own)
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert any(hit["legs"] for hit in found["hits"])

    assert "Nothing answers this" in kam("search", "will it rain in Hamburg tomorrow").output


def test_the_index_is_checked_and_mended(demo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_HOME", str(demo.home))
    taken = kam("index")
    assert taken.exit_code == 0, taken.output
    assert "passages in all" in taken.output
    agreed = kam("index", "--check")
    assert (agreed.exit_code, "all agree" in agreed.output) == (0, True)

    (demo.home / "new.md").write_text("# Zeppelins\n\nHow our company sells zeppelins.\n")
    assert kam("index", str(demo.home / "new.md")).exit_code == 0
    assert "Zeppelins" in kam("search", "how are zeppelins sold").output
    (demo.home / "new.md").write_text("# Zeppelins\n\nWe no longer sell any zeppelins.\n")
    wrong = kam("index", "--check")
    assert wrong.exit_code == 1
    assert "not indexed as the file is" in wrong.output
