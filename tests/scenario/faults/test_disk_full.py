"""The disk is full at several points of a write to the index: the question is told that the
library is down, the records are unharmed, and once there is room everything agrees again.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kam_knowledge.lexical import LexicalIndex
from kam_knowledge.library import open_library
from kam_knowledge.search import Readable
from kam_knowledge.vectors import Vectors
from tests.homes import with_dictionary
from tests.unit.catalog.world import World
from tests.unit.changes.records import everything
from tools.catalog.log_interaction import log_interaction
from tools.changes import confirm
from tools.data.database import Sessions
from tools.feed import FreshLibrary, LibraryDown, RecordFeed

pytestmark = pytest.mark.long

NAME = "Tarnwell Turbines Ltd"


def _full(*_given: Any, **_more: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _full_in_tantivy(*_given: Any, **_more: Any) -> None:
    raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")


POINTS: dict[str, tuple[Any, str, Callable[..., None]]] = {
    "journal": (os, "fsync", _full),
    "vectors": (Vectors, "_add", _full),
    "generation": (Vectors, "_stamp", _full),
    "terms": (LexicalIndex, "write", _full_in_tantivy),
    "state": (RecordFeed, "_remember", _full),
}


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """The index is the same beside either database."""
    return database_url


@pytest.fixture
def home(tmp_path: Path, index_folder: Path) -> Path:
    """A home with a dictionary and without documents."""
    home = tmp_path / "home"
    (home / "documents").mkdir(parents=True)
    with_dictionary(home / "index", index_folder)
    return home


@pytest.mark.parametrize("point", POINTS)
def test_a_full_disk_at_five_points_harms_nothing(
    point: str, home: Path, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(sessions)
    world.account(NAME)
    documents = open_library(home, library=home / "documents")
    library = FreshLibrary(documents, RecordFeed(sessions, documents.index, home / "index"))
    try:
        _noted(world, "zeppelins")
        assert "zeppelins" in _found(library, "zeppelins")
        _noted(world, "gondolas")
        held = everything(sessions)
        with monkeypatch.context() as patched:
            patched.setattr(*POINTS[point])
            for _ in range(2):
                with pytest.raises(LibraryDown, match="cannot be reached"):
                    _found(library, "gondolas")
        assert everything(sessions) == held
        assert "gondolas" in _found(library, "gondolas")
        assert library.feed.disagreements() == documents.index.disagreements() == []
    finally:
        library.close()


def _noted(world: World, words: str) -> None:
    confirm(world.deps(), log_interaction(world.deps(), NAME, f"They want {words}").change_id)


def _found(library: FreshLibrary, words: str) -> str:
    hits = library.search(words, Readable(None, 4), language="en").hits
    return " ".join(hit.passage.text for hit in hits)
