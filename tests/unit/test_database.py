"""The schema: migrations make exactly the tables, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, func
from sqlmodel import SQLModel, select

from tools.data.database import Sessions, migrate, open_engine
from tools.data.models import Account, AuditEntry, Opportunity, Unit
from tools.domain.vocabulary import Stage, UnitKind


def test_migrations_make_the_models(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing(engine: Engine, sessions: Sessions) -> None:
    with sessions() as session:
        session.add(Account(name="Acme", name_key="acme"))
        session.commit()
    migrate(engine)
    with sessions() as session:
        assert session.exec(select(func.count()).select_from(Account)).one() == 1


def test_sums_of_decimals_are_exact(sessions: Sessions) -> None:
    with sessions() as session:
        for _ in range(3):
            session.add(Opportunity(stage=Stage.WON, value=Decimal("0.1"), source="test"))
        session.commit()
        assert session.exec(select(func.sum(Opportunity.value))).one() == Decimal("0.3")


def test_enumerations_come_back_as_members(sessions: Sessions) -> None:
    with sessions() as session:
        session.add(Unit(name="East", name_key="east", kind=UnitKind.REGION))
        session.commit()
    with sessions() as session:
        assert session.exec(select(Unit)).one().kind is UnitKind.REGION


def test_instants_keep_their_moment(sessions: Sessions) -> None:
    taipei = timezone(timedelta(hours=8))
    entry = AuditEntry(
        at=datetime(2026, 3, 1, 7, 30, tzinfo=taipei),
        actor="a",
        surface="test",
        action="x",
        previous_hash="",
        hash="1",
    )
    with sessions() as session:
        session.add(entry)
        session.commit()
    with sessions() as session:
        kept = session.exec(select(AuditEntry)).one().at
    assert kept == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused(sessions: Sessions) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with sessions() as session:
        session.add(
            AuditEntry(at=naive, actor="a", surface="t", action="x", previous_hash="", hash="2")
        )
        with pytest.raises(Exception, match="time zone"):
            session.commit()
