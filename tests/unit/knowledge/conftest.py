"""What the tests of the knowledge share."""

from pathlib import Path

import pytest

from kam_knowledge.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The dictionary, built once for the run."""
    return load_lexicon(_shared(tmp_path_factory))


def _shared(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp() / "lexicon"
