"""One process edits a plan, another asks at once: never a stale answer, never a foreign one.

`KAM_TEST_ROUNDS` sets how often; the default keeps the suite short.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.main import open_index, open_records
from bot.settings import Settings
from kam_knowledge.search import Readable
from tests.scenario import edit_plan
from tests.unit.test_feed import add_plan
from tools.feed import FreshLibrary

ROUNDS = int(os.environ.get("KAM_TEST_ROUNDS", "40"))
EVERYTHING = Readable(None, 4)


@pytest.fixture
def company(database_url: str, tmp_path: Path, index_folder: Path) -> Settings:
    """One account with a plan of one private section, and the index of the methodology."""
    home = tmp_path / "home"
    shutil.copytree(index_folder, home / "index")
    settings = Settings(KAM_HOME=home, DATABASE_URL=database_url)
    with closing(open_records(settings)) as sessions:
        add_plan(sessions, "The turbine order moved 0 times.", level=4)
    return settings


@contextmanager
def editor(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """The process that edits: a line in, the same line out once the edit is committed."""
    process = subprocess.Popen(
        [sys.executable, edit_plan.__file__, settings.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


@pytest.mark.heavy
def test_every_edit_is_found_by_the_next_question_and_by_nobody_else(company: Settings) -> None:
    with closing(open_records(company)) as sessions, editor(company) as process:
        library, feed = open_index(company, sessions)
        fresh = FreshLibrary(library, feed)
        for turn in range(1, ROUNDS + 1):
            _edit(process, turn)
            texts = _turbines(fresh, EVERYTHING)
            assert texts == [f"The turbine order moved {turn} times."]
            assert _turbines(fresh, Readable(frozenset(), 2)) == []
        assert feed.disagreements() == []
        library.index.close()


def test_an_editor_killed_at_any_moment_leaves_nothing_half_done(company: Settings) -> None:
    with closing(open_records(company)) as sessions:
        library, feed = open_index(company, sessions)
        fresh = FreshLibrary(library, feed)
        last = 0
        for turn in range(1, 6):
            with editor(company) as process:
                _edit(process, turn * 10)
                assert process.stdin is not None
                print(turn * 10 + 1, file=process.stdin, flush=True)
                process.send_signal(signal.SIGKILL)
            (text,) = _turbines(fresh, EVERYTHING)
            last = int(text.split()[4])
            assert last in {turn * 10, turn * 10 + 1}
            assert feed.disagreements() == []
            assert library.index.disagreements() == []
        library.index.close()
    assert last >= 50


def _edit(process: subprocess.Popen[str], number: int) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    print(number, file=process.stdin, flush=True)
    assert process.stdout.readline().strip() == str(number)


def _turbines(library: FreshLibrary, readable: Readable) -> list[str]:
    hits = library.search("turbine order", readable, language="en").hits
    return [hit.passage.text for hit in hits if "turbine" in hit.passage.text]
