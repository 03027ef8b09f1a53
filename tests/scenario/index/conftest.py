"""A library of two files, with Chroma embedded and as a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.library import IndexedLibrary
from tests.scenario.index.indexing import CHINESE, ENGLISH, opened


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
