"""A migration that dies on the way, and two that run at once."""

import os
import signal
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from tools.data.database import (
    changing_schema,
    migrate,
    open_engine,
    revision_of,
    revisions,
    upgrade,
)
from tools.errors import KamError

# Migrates and is killed before the numbered statement that changes something.
DYING = """
import os, signal, sys
from sqlalchemy import event
from tools.data.database import migrate, open_engine

engine, left = open_engine(sys.argv[1]), int(sys.argv[2])

def count(connection, cursor, statement, *_rest):
    global left
    if statement.lstrip().split()[0].upper() in {"CREATE", "ALTER", "DROP", "INSERT", "UPDATE"}:
        left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(engine, "before_cursor_execute", count)
migrate(engine)
"""


def migrated_by_process(url: str, place: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", DYING, url, str(place)], env=os.environ, check=False
    )


# The number of a statement is near its start, amid the first tables, amid the later ones.
@pytest.mark.parametrize("place", [0, 60, 103])
def test_a_killed_migration_changes_nothing_and_the_next_one_is_right(
    empty_url: str, place: int
) -> None:
    assert migrated_by_process(empty_url, place).returncode == -signal.SIGKILL
    engine = open_engine(empty_url)
    assert inspect(engine).get_table_names() == []
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert connection.execute(text("SELECT count FROM audit_head")).all() == [(0,)]
    engine.dispose()


def test_a_killed_step_keeps_rows_and_revision(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with changing_schema(engine) as connection:
        upgrade(connection, "0004")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person (version, name, name_key, role, active) "
                "VALUES (1, 'Anna', 'anna', 'rep', true)"
            )
        )
    assert migrated_by_process(empty_url, 3).returncode == -signal.SIGKILL
    assert revision_of(engine) == "0004"
    assert "audit_head" not in inspect(engine).get_table_names()
    migrate(engine)
    assert revision_of(engine) == revisions()[-1]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM person")).all() == [("Anna",)]
    engine.dispose()


def test_processes_that_migrate_at_once_all_succeed(empty_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", DYING, empty_url, "100000"]) for _ in range(2)
    ]
    assert [process.wait(60) for process in started] == [0, 0]
    engine = open_engine(empty_url)
    assert revision_of(engine) == revisions()[-1]
    engine.dispose()


def test_foreign_keys_hold_again_after_a_migration(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with pytest.raises(Exception, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO personalias (version, person_id, name, name_key) "
                "VALUES (1, 99, 'A', 'a')"
            )
        )
    engine.dispose()


def test_a_newer_database_is_refused_in_words(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(KamError, match="9999"):
        migrate(engine)
    engine.dispose()
