"""The index over real files and a real Chroma: in step, after kills, across processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.folders import Folders
from kam_knowledge.index import Index
from kam_knowledge.lexical import Batch, LexicalIndex
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.lock import Behind, Busy, locked
from kam_knowledge.search import Finding, Readable
from tests.chroma_peer import emptied
from tests.homes import with_dictionary

EVERYBODY = Readable(None, 4)
ENGLISH = """---
id: wallet
title: Share of wallet
language: en
sources: [K1]
version: 1
---
## What is the share of wallet?
Our sales divided by what the customer spends in our categories, in percent of the year.

## Who keeps the figures?
The account manager writes down every quarter what the customer spends with competitors.
"""
CHINESE = """---
id: wallet
title: 钱包份额
language: zh-Hans
sources: [K1]
version: 1
---
## 什么是钱包份额？
我们的销售额除以客户在我们品类上的总支出，以全年的百分比表示，每个季度更新一次，用来判断客户把多少生意交给了我们。

## 谁来维护这些数字？
客户经理每个季度记录客户在竞争对手那里花了多少钱，并且注明数字的来源和日期，缺少的数字要列出来而不是当作零。
"""


@pytest.fixture(scope="session")
def lexicon(index_folder: Path) -> Lexicon:
    return load_lexicon(index_folder)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for language, text in (("en", ENGLISH), ("zh", CHINESE)):
        (folder / language).mkdir(parents=True)
        (folder / language / "wallet.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def library(
    tmp_path: Path, files: Path, lexicon: Lexicon, chroma_url: str | None
) -> Iterator[IndexedLibrary]:
    library = opened(tmp_path / "index", files, lexicon, chroma_url)
    yield library
    library.index.close()


def opened(folder: Path, files: Path, lexicon: Lexicon, url: str | None = None) -> IndexedLibrary:
    index = Index(folder, lexicon, HashedGrams(), url)
    library = IndexedLibrary(index, Folders(folder / "files.json", files), lexicon)
    library.folders.sync(index)
    return library


def asked(library: IndexedLibrary, question: str, language: str = "en") -> Finding:
    library.folders.sync(library.index)
    return library.search(question, EVERYBODY, language=language)


def sections(finding: Finding) -> list[str]:
    return [hit.passage.section for hit in finding.hits]


def agree(library: IndexedLibrary) -> bool:
    return not library.folders.disagreements(library.index) and not library.index.disagreements()


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


WRITER = """
import sys
from pathlib import Path
from kam_knowledge.documents import Passage
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.index import Index
from kam_knowledge.lexical import Batch, LexicalIndex
from kam_knowledge.lexicon import load_lexicon

folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
index = Index(folder, load_lexicon(cache), HashedGrams(), sys.argv[3] or None)
version = 0
while True:
    version += 1
    batches = []
    for n in range(40):
        text = f"Account {n} in version {version} wants a lower price."
        size = 1 + (n + version) % 3
        passages = tuple(
            Passage(f"d{n}#{i}", f"d{n}", "T", "S", "en", text, str(version)) for i in range(size)
        )
        batches.append(Batch(f"d{n}", str(version), passages))
    index.apply(batches)
    print(version, flush=True)
"""


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.08, 0.15])
def test_a_killed_writer_leaves_nothing_that_does_not_mend(
    tmp_path: Path,
    files: Path,
    lexicon: Lexicon,
    index_folder: Path,
    moment: float,
    chroma_url: str | None,
) -> None:
    with started(
        [sys.executable, "-c", WRITER, str(tmp_path / "index"), str(index_folder), chroma_url or ""]
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.stdout.readline()
        time.sleep(moment)
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    library = opened(tmp_path / "index", files, lexicon, chroma_url)

    assert agree(library)
    versions = set(library.index.lexical.documents("d").values())
    assert len(versions) == 1
    assert len(asked(library, "which account wants a lower price").hits) == 5
    library.index.close()


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


REWRITE = """
import sys
from pathlib import Path
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.index import Index
from kam_knowledge.lexicon import load_lexicon
folder = Path(sys.argv[1])
Index(folder, load_lexicon(folder), HashedGrams(), sys.argv[2] or None).rewrite()
"""


def test_what_was_removed_is_in_no_file_once_another_process_has_written_all_anew(
    tmp_path: Path, files: Path, index_folder: Path, lexicon: Lexicon, chroma_url: str | None
) -> None:
    page = files / "en" / "wallet.md"
    page.write_text(ENGLISH.replace("account manager", "indiscreet Mr Ashgrove"), "utf-8")
    folder = with_dictionary(tmp_path / "index", index_folder)
    library = opened(folder, files, lexicon, chroma_url)
    page.write_text(ENGLISH, "utf-8")
    library.folders.sync(library.index)
    assert len(library.index.nearest("share of wallet", EVERYBODY, 9)) == 4

    subprocess.run([sys.executable, "-c", REWRITE, str(folder), chroma_url or ""], check=True)

    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in kept if b"Ashgrove" in path.read_bytes()] == []
    assert sections(asked(library, "share of wallet"))[0] == "What is the share of wallet?"
    assert len(library.index.nearest("share of wallet", EVERYBODY, 9)) == 4
    assert agree(library)
    library.index.close()


def test_an_index_that_is_half_written_anew_is_made_good(
    library: IndexedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_index: LexicalIndex) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(LexicalIndex, "rewrite", killed)
        with pytest.raises(KeyboardInterrupt):
            library.index.rewrite()
    library.folders.sync(library.index)
    assert agree(library)
    assert len(library.index.nearest("share of wallet", EVERYBODY, 9)) == 4


def test_another_process_sees_what_this_one_wrote(
    library: IndexedLibrary,
    tmp_path: Path,
    files: Path,
    lexicon: Lexicon,
    chroma_url: str | None,
) -> None:
    other = opened(tmp_path / "index", files, lexicon, chroma_url)
    asked(other, "share of wallet")
    other.index.nearest("share of wallet", EVERYBODY, 5)
    new = Passage("n#1", "n", "New", "S", "en", "the zeppelin account", "1")
    library.index.replace("n", [new], digest="1")

    assert asked(other, "zeppelin account").hits[0].passage == new
    assert len(other.index.nearest("zeppelin account", EVERYBODY, 5)) == 5
    assert agree(other)
    other.index.close()


def test_while_another_process_writes_the_terms_still_answer(
    library: IndexedLibrary, tmp_path: Path, files: Path
) -> None:
    asked(library, "share of wallet")
    with locked(tmp_path / "index" / "lock", wait=0):
        found = library.search("share of wallet", EVERYBODY, language="en")
        with pytest.raises(Busy):
            library.index.nearest("share of wallet", EVERYBODY, 5)

    assert found.supported


def test_a_chroma_server_holds_the_vectors(
    tmp_path: Path, files: Path, lexicon: Lexicon, chroma_server: str
) -> None:
    library = opened(tmp_path / "index", files, lexicon, emptied(chroma_server))

    assert agree(library)
    assert len(library.index.nearest("share of wallet", EVERYBODY, 9)) == 4
    assert not (tmp_path / "index" / "chroma").exists()
    library.index.close()


class started:  # noqa: N801
    """A process that ends with the block, by its own id."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def __enter__(self) -> "subprocess.Popen[str]":
        here = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            self._command,
            cwd=here,
            env=os.environ | {"PYTHONPATH": str(here)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
