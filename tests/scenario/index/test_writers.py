"""The index over a real Chroma when processes are killed, write at once, or write all anew."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.lexical import LexicalIndex
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.lock import Busy, locked
from kam_knowledge.stored import Batch
from tests.chroma_peer import emptied
from tests.homes import with_dictionary
from tests.scenario.index.indexing import (
    ENGLISH,
    EVERYBODY,
    agree,
    asked,
    opened,
    sections,
    started,
)

WRITER = """
import sys
from pathlib import Path
from kam_knowledge.documents import Passage
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.index import Index
from kam_knowledge.lexical import LexicalIndex
from kam_knowledge.stored import Batch
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


def test_what_a_server_does_late_for_a_killed_writer_is_made_good_too(
    tmp_path: Path, files: Path, lexicon: Lexicon, chroma_server: str
) -> None:
    index = opened(tmp_path / "index", files, lexicon, emptied(chroma_server)).index
    key = "file:en/wallet.md"
    (tmp_path / "index" / "unfinished.json").write_text(f'["{key}"]')
    late = Timer(0.5, index._vectors.write, [[Batch(key, "", ())]])
    late.start()
    index.repair()
    late.join()
    disagreeing = index.disagreements()
    index.close()
    assert disagreeing == []


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
