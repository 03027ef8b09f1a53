"""Folders keep levels and units in step with what stands beside the files."""

from pathlib import Path

from kam_knowledge.documents import UnitId
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.folders import Folders, Synced
from kam_knowledge.index import Index
from kam_knowledge.lexicon import Lexicon


def synced(tmp_path: Path, index: Index, units: UnitId) -> Synced:
    folders = Folders(tmp_path / "files.json", tmp_path / "documents", units)
    return folders.sync(index)


def levels(index: Index) -> dict[str, tuple[int, int | None]]:
    """Level and unit of what is indexed, by the file's key."""
    return {
        key: (passage.level, passage.unit)
        for key in index.lexical.documents()
        for passage in index.lexical.passages(key)
    }


def test_a_change_beside_a_file_is_a_change_of_the_file(tmp_path: Path, lexicon: Lexicon) -> None:
    index = Index(tmp_path / "index", lexicon, HashedGrams())
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("# Plan\n\nthe first text")
    (documents / "b.md").write_text("# Plan\n\nthe other text")

    assert synced(tmp_path, index, {}.get).faulty == ()
    assert levels(index) == {"file:a.md": (1, None), "file:b.md": (1, None)}

    (documents / "_about.yaml").write_text("level: 3")
    (documents / "b.md.yaml").write_text("unit: East")
    faulty = synced(tmp_path, index, {"West": 4}.get).faulty
    assert levels(index) == {"file:a.md": (3, None)}
    assert [line.split(": ", 1) for line in faulty] == [
        [str(documents / "b.md"), "there is no unit called East; correct its `unit`"]
    ]

    assert synced(tmp_path, index, {"East": 5}.get).faulty == ()
    assert levels(index) == {"file:a.md": (3, None), "file:b.md": (3, 5)}
    assert synced(tmp_path, index, {"East": 5}.get) == Synced()


def test_a_unit_that_is_founded_later_opens_its_documents(tmp_path: Path, lexicon: Lexicon) -> None:
    index = Index(tmp_path / "index", lexicon, HashedGrams())
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("---\nunit: East\n---\nthe text")
    units: dict[str, int] = {}
    folders = Folders(tmp_path / "files.json", documents, units.get)

    assert len(folders.sync(index).faulty) == 1
    units["East"] = 5
    assert folders.sync(index).faulty == ()
    assert levels(index) == {"file:a.md": (1, 5)}


def test_one_bad_file_stops_no_other(tmp_path: Path, lexicon: Lexicon) -> None:
    index = Index(tmp_path / "index", lexicon, HashedGrams())
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "good.md").write_text("# Plan\n\nthe text")
    for name in ("bad.pdf", "bad.docx", "old.doc", "~$bad.docx", "notes.zip"):
        (documents / name).write_bytes(b"no such thing")

    faulty = synced(tmp_path, index, {}.get).faulty

    assert levels(index) == {"file:good.md": (1, None)}
    assert [Path(line.split(":", 1)[0]).name for line in faulty] == [
        "bad.docx",
        "bad.pdf",
        "old.doc",
    ]
