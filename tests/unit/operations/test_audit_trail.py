"""The trail beyond its chain: its end, its witness, its writer, words that were erased."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlmodel import Session, select

from tests.unit.catalog.world import World
from tools import audit
from tools.audit import Event, Head, Witness
from tools.audit.search import Wanted, search
from tools.audit.writer import AuditWriter
from tools.data.database import changing_schema, migrate, open_engine, upgrade
from tools.data.models import AuditEntry
from tools.errors import KamError

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def event(number: int, **more: object) -> Event:
    said = {"at": AT, "actor_id": number, "actor": "Anna", "surface": "t", "action": "asked"}
    return Event(**said | more)


def kept(world: World, count: int) -> Head:
    with world.sessions() as session:
        head = audit.append_all(session, [event(n) for n in range(count)])
        session.commit()
        return head


def cut(session: Session) -> None:
    """What somebody does who removes the newest entry."""
    session.execute(sql("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"))


def cut_cleverly(session: Session) -> None:
    """The same, and the head of the database made to fit."""
    cut(session)
    newest = "SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1"
    session.execute(sql(f"UPDATE audit_head SET count = count - 1, last_hash = ({newest})"))


def rewritten(session: Session) -> None:
    """The whole trail made anew with another actor, sealed as it should be."""
    entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
    for entry in entries:
        session.delete(entry)
    session.execute(sql(f"UPDATE audit_head SET count = 0, last_hash = '{'0' * 64}'"))
    audit.append_all(session, [event(e.actor_id or 0, actor="Ben") for e in entries])


@pytest.mark.parametrize(
    ("tamper", "seen_inside"), [(cut, True), (cut_cleverly, False), (rewritten, False)]
)
def test_a_trail_cut_off_or_rewritten_is_noticed(
    world: World, tmp_path: Path, tamper: Callable[[Session], None], seen_inside: bool
) -> None:
    head, witness = kept(world, 3), Witness(tmp_path / "a.head")
    with world.sessions() as session:
        witness.note(session, head)
        assert audit.verify(session, head).sound
        tamper(session)
        session.commit()
        assert audit.verify(session).sound is not seen_inside
        assert not audit.verify(session, witness.head() or head).sound


def test_the_witness_keeps_what_it_saw_of_a_trail_that_was_cut(
    world: World, tmp_path: Path
) -> None:
    head, witness = kept(world, 3), Witness(tmp_path / "a.head")
    with world.sessions() as session:
        witness.note(session, head)
        cut_cleverly(session)
        session.commit()
    later = kept(world, 9)
    with world.sessions() as session:
        witness.note(session, later)
        assert witness.head() == head
        assert not audit.verify(session, head).sound


def test_without_a_head_nothing_is_recorded(world: World) -> None:
    with world.sessions() as session:
        session.execute(sql("DELETE FROM audit_head"))
        session.commit()
        with pytest.raises(KamError, match="head"):
            audit.append_all(session, [event(1)])
        session.rollback()
        assert not audit.verify(session).sound


def test_many_who_wait_share_commits_and_the_chain_holds(world: World, tmp_path: Path) -> None:
    writer = AuditWriter(world.sessions, Witness(tmp_path / "a.head"))
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda n: writer.keep(event(n)), range(120)))
    writer.close()
    with world.sessions() as session:
        verdict = audit.verify(session, *filter(None, [Witness(tmp_path / "a.head").head()]))
        assert verdict.sound
        assert verdict.head.count == 120


def test_whoever_waits_hears_of_a_failure(world: World) -> None:
    with world.sessions() as session:
        session.execute(sql("DELETE FROM audit_head"))
        session.commit()
    writer = AuditWriter(world.sessions)
    with pytest.raises(KamError):
        writer.keep(event(1))
    writer.close()


def test_search_by_person_account_action_and_day(world: World) -> None:
    with world.sessions() as session:
        audit.append_all(
            session,
            [
                event(1, accounts=frozenset({3, 12})),
                event(2, accounts=frozenset({1, 2}), action="change applied"),
                event(1, accounts=frozenset({123}), at=AT.replace(month=5)),
            ],
        )
        session.commit()

        def ids(**wanted: object) -> list[int]:
            return [entry.id for entry in search(session, Wanted(**wanted), 9).entries]

        assert ids() == [3, 2, 1]
        assert ids(account_id=12) == [1]
        assert ids(account_id=1) == [2]
        assert ids(person_id=1) == [3, 1]
        assert ids(action="applied") == [2]
        assert ids(since=date(2026, 4, 1)) == [3]
        assert ids(until=date(2026, 4, 1)) == [2, 1]
        assert search(session, Wanted(), 1).total == 3


def test_a_migration_seals_older_entries_anew_and_keeps_a_break(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with changing_schema(engine) as connection:
        upgrade(connection, "0004")
        for hash_ in ("a" * 64, "b" * 64):
            connection.execute(
                sql(
                    "INSERT INTO audit_entry (at, actor, surface, thread, action, subject, detail,"
                    " previous_hash, hash) VALUES ('2026-01-01', 'A', 's', 't', 'x', 'y', '{}',"
                    f" '{'0' * 64}', '{hash_}')"
                )
            )
    migrate(engine)
    with Session(engine) as session:
        verdict = audit.verify(session)
        assert verdict.head.count == 2
        assert verdict.broken == (1, 2)
        assert verdict.cut == ()
    engine.dispose()
