"""The index over real files and a real Chroma: what is found, followed and kept in step."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.folders import Folders
from kam_knowledge.index import Index
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.lock import Behind
from kam_knowledge.search import Readable
from kam_knowledge.stored import Batch
from tests.scenario.index.indexing import (
    CHINESE,
    ENGLISH,
    EVERYBODY,
    agree,
    asked,
    opened,
    sections,
)


def test_a_question_finds_its_section_in_the_language_asked_for(library: IndexedLibrary) -> None:
    english = asked(library, "what is our share of wallet", "en")
    chinese = asked(library, "what is our share of wallet", "zh-Hans")
    traditional = asked(library, "什麼是錢包份額", "zh-Hant")

    assert sections(english)[0] == "What is the share of wallet?"
    assert sections(chinese)[0] == sections(traditional)[0] == "什么是钱包份额？"
    assert english.supported
    assert traditional.supported


def test_a_place_is_shown_in_one_edition_only(library: IndexedLibrary) -> None:
    found = asked(library, "what is our share of wallet", "en").hits

    assert sorted(hit.passage.order for hit in found) == [0, 1]
    assert {hit.passage.language for hit in found} == {"en"}


def test_what_no_passage_answers_is_not_supported(library: IndexedLibrary) -> None:
    assert not asked(library, "how far is the moon from Jupiter").supported
    assert not asked(library, "").supported
    assert asked(library, "").hits == ()


def test_a_passage_is_found_again_by_its_id(library: IndexedLibrary) -> None:
    (hit, *_) = asked(library, "share of wallet").hits

    assert library.passage(hit.passage.id, EVERYBODY) == hit.passage
    assert library.passage("wallet.en#nowhere-1", EVERYBODY) is None


def test_files_that_change_come_and_go_are_followed(library: IndexedLibrary, files: Path) -> None:
    page = files / "en" / "wallet.md"
    page.write_text(ENGLISH.replace("What is the share", "How big is the share"), "utf-8")
    (files / "en" / "tiers.md").write_text("# Tiers\n\nA VIP account has its own team.", "utf-8")

    assert sections(asked(library, "how big is the share of wallet"))[0].startswith("How big")
    assert asked(library, "which account has its own team").hits[0].passage.title == "Tiers"

    (files / "en" / "tiers.md").unlink()

    assert all(hit.passage.title != "Tiers" for hit in asked(library, "VIP account team").hits)
    assert agree(library)


def test_only_what_changed_is_indexed_again(library: IndexedLibrary, files: Path) -> None:
    (files / "zh" / "wallet.md").write_text(CHINESE.replace("每个季度", "每个月"), "utf-8")

    first = library.folders.sync(library.index)
    second = library.folders.sync(library.index)

    assert first.indexed == ("file:zh/wallet.md",)
    assert second.indexed == second.removed == second.faulty == ()


def test_added_paths_stay_in_the_library(
    library: IndexedLibrary,
    tmp_path: Path,
    files: Path,
    lexicon: Lexicon,
    chroma_url: str | None,
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The rebate ladder of the refinery begins at one million.", "utf-8")
    library.folders.add([note])
    asked(library, "rebate ladder")
    again = opened(tmp_path / "index", files, lexicon, chroma_url)

    assert "refinery" in asked(again, "where does the rebate ladder begin").hits[0].passage.text


def test_a_faulty_file_is_named_once_and_keeps_the_rest(
    library: IndexedLibrary, files: Path
) -> None:
    (files / "en" / "broken.md").write_text("---\ntitle: [open\n---\nText", "utf-8")
    synced = library.folders.sync(library.index)

    assert len(synced.faulty) == 1
    assert "broken.md" in synced.faulty[0]
    assert agree(library)
    assert sections(asked(library, "what is our share of wallet"))


def test_passages_of_records_are_replaced_and_removed(library: IndexedLibrary) -> None:
    plan = Passage("plan:7#1", "plan:7", "Plan", "Goals", "en", "Win the chiller tender", "3")
    library.index.replace("plan:7", [plan], digest="3")
    assert asked(library, "chiller tender").hits[0].passage == plan

    library.index.remove("plan:7")
    assert library.passage("plan:7#1", EVERYBODY) is None
    assert agree(library)


def test_what_an_asker_may_not_read_is_neither_found_nor_counted(library: IndexedLibrary) -> None:
    passages = [
        Passage(f"p{n}", f"p{n}", "Plan", "Goals", "en", "chiller tender", "1", level=3, account=n)
        for n in range(40)
    ]
    library.index.apply([Batch(p.id, "1", (p,)) for p in passages])
    reader = Readable(frozenset({7}), 2)
    found = library.search("chiller tender", reader, language="en", limit=10)

    assert [hit.passage.account for hit in found.hits if hit.passage.account] == [7]
    assert library.passage("p7", reader) is not None
    assert library.passage("p8", reader) is None


class Meaning:
    """An embedding that knows one thing: boats and ships are alike."""

    fingerprint = "meaning"
    dimension = 2
    weight = 1.0

    def embed(self, texts: Sequence[str]) -> Any:
        import numpy as np

        alike = [any(word in text for word in ("boat", "ship ")) for text in texts]
        return np.array([(1, 0) if one else (0, 1) for one in alike], dtype=np.float32)


def test_an_embedding_finds_what_shares_no_word(tmp_path: Path, lexicon: Lexicon) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, text in (("a", "A ship carries ore."), ("b", "A lorry carries milk.")):
        (files / f"{name}.md").write_text(f"# {name}\n\n{text}", "utf-8")
    index = Index(tmp_path / "index", lexicon, Meaning())
    library = IndexedLibrary(index, Folders(tmp_path / "files.json", files), lexicon)

    best = asked(library, "boat that carries something").hits[0]

    assert best.passage.text == "A ship carries ore."
    assert dict(best.legs)["dense"] > 0


def test_disagreement_is_seen_and_mended(library: IndexedLibrary) -> None:
    index = library.index
    index._vectors.write([Batch("file:en/wallet.md", "", ())])

    assert index.disagreements() == ["file:en/wallet.md"]
    index.restore(index.disagreements())
    assert agree(library)


def test_what_is_more_than_the_caller_waits_for_is_counted_and_left(
    library: IndexedLibrary, files: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    library.folders.add([more])
    for number in range(3):
        (more / f"{number}.md").write_text(f"# Note {number}\n\nA zeppelin.\n")
    with pytest.raises(Behind, match="3 documents"):
        library.sync(at_most=2)
    assert not library.index.lexical.documents(f"file:{more}")
    assert len(library.sync(at_most=3).indexed) == 3

    (files / "en" / "wallet.md").write_text(ENGLISH.replace("quarter", "month"), "utf-8")
    with pytest.raises(Behind, match="1 documents"):
        library.sync(at_most=3)
    assert len(library.sync().indexed) == 1


def test_what_cannot_be_read_is_no_reason_to_be_behind_again(
    library: IndexedLibrary, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number in range(3):
        (more / f"{number}.docx").write_bytes(b"no document")
    library.folders.add([more])
    with pytest.raises(Behind, match="3 documents"):
        library.sync(at_most=2)
    assert len(library.sync().faulty) == 3
    assert library.sync(at_most=0).indexed == ()
