"""Backups and moves: everything, as of one moment, all or nothing, on either database."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql
from sqlmodel import Session, select

from tests.postgres_peer import fresh_database
from tests.unit.catalog.world import World
from tests.unit.changes.records import everything, renamed
from tools import audit
from tools.backup import HISTORY, back_up, opened, restore
from tools.backup.restoring import restore_documents
from tools.changes import confirm
from tools.data.database import changing_schema, migrate, open_engine, session_factory, upgrade
from tools.data.models import Account, FollowedThread
from tools.data.portable import digests, snapshot
from tools.errors import KamError
from tools.move import move

MADE = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture
def records_url(database_url: str) -> str:
    return database_url


@pytest.fixture
def company(world: World) -> World:
    """Some records of every awkward sort: families, Chinese, JSON, dates, the trail."""
    child = world.account("霁川半导体", customer_since=date(2019, 4, 1))
    parent = world.account("Konex", city="Lyon")
    with world.sessions() as session:
        session.get_one(Account, child).parent_id = parent
        for thread in ("b", "A", "a", "甲", "_"):
            session.add(FollowedThread(surface="slack", place="C1", thread=thread))
        session.commit()
    confirm(world.deps(), renamed(world.deps(), parent, city="Paris").change_id)
    return world


@pytest.fixture
def other(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the other kind."""
    if engine.dialect.name == "postgresql":
        opened_engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
        yield opened_engine
        opened_engine.dispose()
        return
    with fresh_database(request.getfixturevalue("postgres"), "template1") as url:
        opened_engine = open_engine(url)
        yield opened_engine
        opened_engine.dispose()


def saved(engine: Engine, path: Path, documents: tuple[Path, ...] = ()) -> Path:
    back_up(engine, path, made_at=MADE, program="1", history=["{}"], documents=documents)
    return path


def test_a_backup_restores_everything_into_either_database(
    company: World, engine: Engine, other: Engine, tmp_path: Path
) -> None:
    with opened(saved(engine, tmp_path / "b.kam")) as archive:
        restore(archive, other)
        assert list(archive.lines(HISTORY)) == ["{}"]
    copy = session_factory(other)
    assert everything(copy) == everything(company.sessions)
    with copy() as session:
        assert audit.verify(session).sound
    # New rows get numbers past those that were restored.
    assert World(copy).account("New") == 3


def test_a_backup_restores_over_its_own_database_only_when_forced(
    company: World, engine: Engine, tmp_path: Path
) -> None:
    before = everything(company.sessions)
    path = saved(engine, tmp_path / "b.kam")
    company.account("Later")
    with opened(path) as archive:
        with pytest.raises(KamError, match="--force"):
            restore(archive, engine)
        restore(archive, engine, force=True)
    assert everything(company.sessions) == before


def test_what_is_written_meanwhile_is_not_half_in_the_snapshot(
    company: World, engine: Engine
) -> None:
    with snapshot(engine) as taken:
        before = digests(taken.connection)
        company.account("Meanwhile")
        assert digests(taken.connection) == before


@pytest.mark.parametrize("harm", ["cut", "altered", "other", "newer"])
def test_a_damaged_backup_changes_nothing(
    company: World, engine: Engine, tmp_path: Path, harm: str
) -> None:
    path = saved(engine, tmp_path / "b.kam")
    before = everything(company.sessions)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif harm == "other":
        path.write_text("no zip")
    else:
        _rewritten(path, harm)
    with pytest.raises(KamError), opened(path) as archive:
        restore(archive, engine, force=True)
    assert everything(company.sessions) == before


def _rewritten(path: Path, harm: str) -> None:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    if harm == "altered":
        members["tables/account.jsonl"] = members["tables/account.jsonl"].replace(
            b"Paris", b"Parma"
        )
    else:
        members["manifest.json"] = members["manifest.json"].replace(b'"format": 1', b'"format": 99')
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


# Restores, and is killed when a table is filled.
DYING = """
import os, signal, sys
from pathlib import Path
from tools.backup import opened, restore
from tools.data.database import open_engine
import tools.data.portable

load = sys.modules["tools.data.portable.load"]
fill = load._fill
def die(connection, table, lines):
    fill(connection, table, lines)
    if table.name == "change_line":
        os.kill(os.getpid(), signal.SIGKILL)
load._fill = die
with opened(Path(sys.argv[2])) as archive:
    restore(archive, open_engine(sys.argv[1]), force=True)
"""


def test_a_killed_restore_leaves_what_was_there(
    company: World, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    path = saved(engine, tmp_path / "b.kam")
    company.account("Later")
    before = everything(company.sessions)
    engine.dispose()
    died = subprocess.run(
        [sys.executable, "-c", DYING, database_url, str(path)], env=os.environ, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert everything(company.sessions) == before


def test_an_older_backup_is_brought_up_to_date(empty_url: str, tmp_path: Path) -> None:
    engine = open_engine(empty_url)
    with changing_schema(engine) as connection:
        upgrade(connection, "0002")
        connection.execute(
            sql("INSERT INTO product (version, name, name_key) VALUES (1, 'GTX', 'gtx')")
        )
    path = saved(engine, tmp_path / "old.kam")
    with opened(path) as archive:
        restore(archive, engine, force=True)
    with Session(engine) as session:
        assert session.execute(sql("SELECT name FROM product")).all() == [("GTX",)]
        assert audit.verify(session).sound
    engine.dispose()


def test_documents_come_back_where_they_are_gone(
    company: World, engine: Engine, tmp_path: Path
) -> None:
    folder, single = tmp_path / "docs", tmp_path / "单页.md"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_text("# A\n甲", "utf-8")
    single.write_text("# S", "utf-8")
    path = saved(engine, tmp_path / "b.kam", (folder, single))
    (folder / "deep" / "a.md").unlink()
    (folder / "deep").rmdir()
    folder.rmdir()
    with opened(path) as archive:
        roots = restore_documents(archive, tmp_path / "home", {folder, single})
        elsewhere = restore_documents(archive, tmp_path / "other")
    assert roots == [tmp_path / "home" / "1" / "docs", single]
    assert (roots[0] / "deep" / "a.md").read_text("utf-8") == "# A\n甲"
    other = tmp_path / "other"
    assert elsewhere == [other / "1" / "docs", other / "2" / "单页.md"], "what is there is not read"


def test_a_move_is_checked_may_be_repeated_and_refuses_other_records(
    company: World, engine: Engine, other: Engine
) -> None:
    moved = move(engine, other)
    assert moved["account"].rows == 2
    assert move(engine, other) == moved
    copy = session_factory(other)
    assert everything(copy) == everything(company.sessions)
    assert World(copy).account("New") == 3
    with pytest.raises(KamError, match="empty"):
        move(engine, other)


MOVING = """
import os, signal, sys
from tools.data.database import open_engine
import tools.data.portable
from tools.move import move

load = sys.modules["tools.data.portable.load"]
fill = load._fill
def die(connection, table, lines):
    if table.name == "change_line":
        os.kill(os.getpid(), signal.SIGKILL)
    fill(connection, table, lines)
load._fill = die
move(open_engine(sys.argv[1]), open_engine(sys.argv[2]))
"""


def test_a_killed_move_is_made_good_by_the_next(
    company: World, engine: Engine, other: Engine, database_url: str
) -> None:
    target = other.url.render_as_string(hide_password=False)
    died = subprocess.run(
        [sys.executable, "-c", MOVING, database_url, target], env=os.environ, check=False
    )
    assert died.returncode == -signal.SIGKILL
    move(engine, other)
    assert everything(session_factory(other)) == everything(company.sessions)


def test_a_target_at_an_older_revision_without_records_is_taken(
    company: World, engine: Engine, other: Engine
) -> None:
    migrate(other)
    move(engine, other)
    with session_factory(other)() as session:
        assert {a.name for a in session.exec(select(Account))} == {"霁川半导体", "Konex"}
