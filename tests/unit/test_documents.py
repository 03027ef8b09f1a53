"""Documents that are handed in: why one cannot be read, in both languages, and how one is kept."""

import ast
from pathlib import Path
from threading import Thread

import pytest

import kam_knowledge.readers
from kam_knowledge.readers import read_file
from tools.documents import (
    FOLDER,
    REASONS,
    AlreadyThere,
    Placing,
    digest_of,
    keep,
    read_handed_in,
    words_of,
)
from tools.errors import BadInput
from tools.text import Language

# Of these, only a side file or front matter is the cause, and their words name its line.
_ABOUT = "about.py"


def reasons() -> list[str]:
    """How each reason begins for which a reader refuses a file."""
    found = []
    for path in Path(kam_knowledge.readers.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unreadable"
            if named and path.name != _ABOUT and isinstance(node, ast.Call):
                found += _beginning(node.args[0])
    return found


def _beginning(said: ast.expr) -> list[str]:
    if isinstance(said, ast.JoinedStr):
        said = said.values[0]
    return [str(said.value)] if isinstance(said, ast.Constant) else []


def test_every_reason_is_told_in_both_languages() -> None:
    found = reasons()
    assert len(found) > 10
    for reason in found:
        assert any(reason.startswith(begins) for begins in REASONS), reason


def test_a_reason_names_the_file_and_not_where_it_lay() -> None:
    with pytest.raises(BadInput) as refused:
        read_handed_in(b"\xd0\xcf", "报告.doc")
    said = refused.value.message
    assert said.render(Language.ENGLISH) == (
        "报告.doc cannot be taken in: this kind of file cannot be read. Save it as .docx."
    )
    assert said.render(Language.SIMPLIFIED) == (
        "无法接收 报告.doc：无法读取这种文件，请另存为 .docx。"
    )


def test_words_keep_their_headings() -> None:
    document = read_handed_in(b"# A\n\none\n\n## B\n\ntwo\n", "x.md")
    assert words_of(document).split("\n\n") == ["## A", "one", "## A / B", "two"]


def shown(home: Path) -> list[str]:
    """What stands in the folder for the library."""
    return sorted(path.name for path in (home / FOLDER).iterdir() if path.name[0] != ".")


def test_a_kept_file_is_as_it_was_and_has_a_side_file(tmp_path: Path) -> None:
    content = "# 报价\n\n每吨价格。\n".encode()
    keep(tmp_path, content, "../../报价 2024.MD", Placing(4, "East: region #1"))
    shelf = tmp_path / FOLDER
    kept = shelf / f"{digest_of(content)}.md"
    assert shown(tmp_path) == sorted([kept.name, f"{kept.name}.yaml"])
    assert sorted(path.name for path in shelf.glob(".*")) == [".lock"]
    assert kept.read_bytes() == content
    document = read_file(kept)
    assert (document.title, document.level) == ("报价 2024", 4)
    assert document.unit == "East: region #1"


@pytest.mark.parametrize("title", ["yes", "1.5", "2024-01-01", "null", "{a: b}", "- x", "''", "~"])
def test_a_title_is_words_whatever_it_looks_like(tmp_path: Path, title: str) -> None:
    assert keep(tmp_path, b"text", f"{title}.txt", Placing(1)).title == title


def test_what_is_refused_leaves_nothing(tmp_path: Path) -> None:
    for name, content in (("x.pdf", b"no"), ("x.md", b"---\nlevel: 1\n---\ntext")):
        with pytest.raises(BadInput):
            keep(tmp_path, content, name, Placing(3))
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [".lock"]


def test_of_many_at_once_one_is_kept(tmp_path: Path) -> None:
    refused: list[AlreadyThere] = []

    def hand_in(level: int) -> None:
        try:
            keep(tmp_path, b"the same words", f"{level}.txt", Placing(level))
        except AlreadyThere as error:
            refused.append(error)

    threads = [Thread(target=hand_in, args=(level,)) for level in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    [name] = [name for name in shown(tmp_path) if name.endswith(".txt")]
    kept = read_file(tmp_path / FOLDER / name)
    assert kept.title == str(kept.level)
