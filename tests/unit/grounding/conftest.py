"""The dictionary by which claims and passages are compared."""

from pathlib import Path

import pytest

from kam_knowledge.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def words(index_folder: Path) -> Lexicon:
    return load_lexicon(index_folder)
