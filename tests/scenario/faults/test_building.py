"""A serving process has its index built by another one: questions are told so meanwhile, and
that process may be killed, fail, or be ended with the server.
"""

import logging
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.building import Builder, lock_of
from bot.late import BuiltBeside, LibraryAtWork
from bot.main import open_index, open_records
from bot.settings import Settings
from kam_knowledge.lock import held, locked
from kam_knowledge.search import Readable
from tests.chroma_peer import emptied
from tools.data.database import Sessions
from tools.data.models import Account, Interaction
from tools.data.outbox import leave_word
from tools.data.written import NOTES
from tools.domain.vocabulary import Channel
from tools.feed import LibraryDown
from tools.text import Language

EVERYTHING = Readable(None, 4)
NOTE = "They asked about zeppelin {number}."
MANY = 60


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path, index_folder: Path) -> Settings:
    """The methodology indexed, and more notes than a serving process indexes itself."""
    return company(tmp_path / "home", sqlite_template, index_folder)


def company(home: Path, database: Path, index: Path, chroma: str | None = None) -> Settings:
    home.mkdir()
    shutil.copy(database, home / "kam.db")
    if chroma is None:
        shutil.copytree(index, home / "index")
    settings = Settings(KAM_HOME=home, CHROMA_URL=chroma)
    with closing(open_records(settings)) as sessions:
        noted(sessions, MANY)
    return settings


def noted(sessions: Sessions, count: int) -> None:
    """A note about each of so many new accounts."""
    with sessions() as session:
        accounts = [Account(name=f"Konex {n}", name_key=f"konex {n}") for n in range(count)]
        session.add_all(accounts)
        session.flush()
        for number, account in enumerate(accounts):
            session.add(
                Interaction(
                    account_id=account.id,
                    held_on=date(2026, 5, 4),
                    channel=Channel.VISIT,
                    summary=NOTE.format(number=number),
                    source="test",
                )
            )
        leave_word(session, NOTES, [account.id or 0 for account in accounts])
        session.commit()


@contextmanager
def serving(settings: Settings, rest: float = 0.0) -> Iterator[tuple[BuiltBeside, Builder]]:
    builder = Builder(settings, rest=rest)
    with closing(open_records(settings)) as sessions:
        opened = BuiltBeside(settings.home, builder, lambda: open_index(settings, sessions))
        with closing(opened) as library:
            yield library, builder


def found(library: BuiltBeside, question: str = "zeppelin 59") -> list[str]:
    return [hit.passage.text for hit in library.search(question, EVERYTHING, language="en").hits]


def agrees(settings: Settings) -> bool:
    with closing(open_records(settings)) as sessions:
        library, feed = open_index(settings, sessions)
        with closing(library.index):
            return feed.disagreements() == library.index.disagreements() == []


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def pid_of(builder: Builder) -> int:
    assert builder._process is not None
    return builder._process.pid


def test_questions_are_told_while_it_is_built_and_answered_afterwards(settings: Settings) -> None:
    with serving(settings) as (library, builder):
        with pytest.raises(LibraryAtWork) as told:
            found(library)
        for language, words in (
            (Language.ENGLISH, "is being indexed"),
            (Language.SIMPLIFIED, "正在建立索引"),
            (Language.TRADITIONAL, "正在建立索引"),
        ):
            assert words in told.value.message.render(language)
        library.load()
        assert NOTE.format(number=59) in found(library)
        assert not builder.running
    assert agrees(settings)


def test_a_few_changes_are_taken_in_without_another_process(settings: Settings) -> None:
    with serving(settings) as (library, builder):
        library.load()
        first = pid_of(builder)
        with closing(open_records(settings)) as sessions, sessions() as session:
            note = session.get_one(Interaction, 1)
            note.summary = "They asked about gondolas."
            leave_word(session, NOTES, [note.account_id])
            session.commit()
        assert "They asked about gondolas." in found(library, "gondolas")
        assert pid_of(builder) == first


def test_what_is_killed_on_the_way_is_made_good_by_the_next(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(settings) as (library, builder):
        # Holding its lock keeps the process from writing, so that it is killed amid its work.
        with locked(settings.home / "index" / "lock", wait=30), caplog.at_level(logging.ERROR):
            with pytest.raises(LibraryAtWork):
                found(library)
            until(lambda: held(lock_of(settings.home)))
            os.kill(pid_of(builder), signal.SIGKILL)
            builder.wait()
        assert builder.failure in caplog.text
        assert "ended with -9" in caplog.text
        library.load()
        assert NOTE.format(number=59) in found(library)
        assert builder.failure == ""
    assert agrees(settings)


def test_one_that_fails_is_told_with_the_reference_in_the_log(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = settings.home / "index" / "records.new"
    blocked.mkdir()
    with serving(settings, rest=3600) as (library, builder), caplog.at_level(logging.ERROR):
        with pytest.raises(LibraryAtWork):
            found(library)
        builder.wait()
        first = pid_of(builder)
        with pytest.raises(LibraryDown, match="could not be indexed") as told:
            found(library)
        assert builder.failure in told.value.message.render(Language.ENGLISH)
        assert builder.failure in told.value.message.render(Language.SIMPLIFIED)
        assert f"reference {builder.failure}" in caplog.text
        assert "Is a directory" in caplog.text
        assert pid_of(builder) == first
        blocked.rmdir()
        builder._failed_at = 0.0
        builder._rest = 0.0
        library.load()
        assert NOTE.format(number=59) in found(library)


def test_stopping_ends_the_process_and_leaves_the_lock(settings: Settings) -> None:
    with locked(lock_of(settings.home), wait=1), serving(settings) as (library, builder):
        with pytest.raises(LibraryAtWork):
            found(library)
        assert builder.running
        library.stop()
        assert not builder.running
        with pytest.raises(ProcessLookupError):
            os.kill(pid_of(builder), 0)
        library.load()
        assert not builder.running
    assert not held(lock_of(settings.home))


def test_two_replicas_of_one_home_build_one_after_the_other(settings: Settings) -> None:
    with serving(settings) as (one, _), serving(settings) as (other, _):
        for library in (one, other):
            with pytest.raises(LibraryAtWork):
                found(library)
        for library in (one, other):
            library.load()
        for library in (one, other):
            assert NOTE.format(number=59) in found(library)
    assert agrees(settings)


@pytest.mark.long
def test_replicas_that_share_a_chroma_server_build_from_nothing_at_once(
    tmp_path: Path, sqlite_template: Path, index_folder: Path, chroma_server: str
) -> None:
    url = emptied(chroma_server)
    homes = [
        company(tmp_path / name, sqlite_template, index_folder, url) for name in ("one", "other")
    ]
    with ExitStack() as stack:
        libraries = [stack.enter_context(serving(home))[0] for home in homes]
        for library in libraries:
            with pytest.raises(LibraryAtWork):
                found(library)
        for library in libraries:
            library.load()
            assert NOTE.format(number=59) in found(library)
            assert found(library, "share of wallet")
    assert all(map(agrees, homes))


@pytest.mark.long
def test_an_index_from_nothing_survives_kills_on_the_way(
    tmp_path: Path, sqlite_template: Path, index_folder: Path
) -> None:
    settings = company(tmp_path / "home", sqlite_template, index_folder)
    shutil.rmtree(settings.home / "index")
    with serving(settings) as (library, builder):
        for seconds in (1, 6, 12, 18):
            with pytest.raises(LibraryAtWork):
                found(library)
            time.sleep(seconds)
            if builder.running:
                os.kill(pid_of(builder), signal.SIGKILL)
            builder.wait()
        library.load()
        assert NOTE.format(number=59) in found(library)
    assert agrees(settings)
