"""What the tests of the knowledge share."""

from pathlib import Path

import pytest

from kam_knowledge.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon(index_folder: Path) -> Lexicon:
    """The dictionary, built once for the run."""
    return load_lexicon(index_folder)
