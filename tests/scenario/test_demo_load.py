"""The demonstration company on both databases: whole, once, and dated by the day of loading."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Date
from sqlmodel import Session, SQLModel, col, func, select

from tools.data import models
from tools.data.database import Sessions, open_engine, session_factory
from tools.data.demo import load_demo
from tools.data.portfolio import customers
from tools.domain.overrides import with_overrides
from tools.errors import KamError
from tools.scoring import scoreboard
from tools.text import Language

TODAY = date(2026, 3, 16)


def _rows(session: Session) -> dict[str, int]:
    tables = SQLModel.metadata.tables
    counted = {
        name: session.exec(select(func.count()).select_from(table)).one()
        for name, table in tables.items()
    }
    return {name: count for name, count in counted.items() if count}


def test_everything_is_loaded_and_counted(sessions: Sessions) -> None:
    summary = load_demo(sessions, TODAY)
    with sessions() as session:
        assert {**summary.rows, "audit_head": 1} == _rows(session)
    assert summary.rows["account"] == 57
    assert "57 accounts, 36 people" in summary.sentence().render(Language.ENGLISH)
    assert summary.company.render(Language.TRADITIONAL) == "嵐序工業科技股份有限公司"
    assert "57个客户、36名员工" in summary.sentence().render(Language.SIMPLIFIED)


def test_a_second_load_is_refused_and_changes_nothing(sessions: Sessions) -> None:
    load_demo(sessions, TODAY)
    with sessions() as session:
        before = _rows(session)
    with pytest.raises(KamError, match="already holds accounts"):
        load_demo(sessions, TODAY)
    with sessions() as session:
        assert _rows(session) == before


@pytest.mark.parametrize(
    "held", [models.Account(name="Acme", name_key="acme"), models.RuleSetRow(version=1)]
)
def test_one_account_or_rule_set_is_enough_to_refuse(sessions: Sessions, held: SQLModel) -> None:
    with sessions() as session:
        session.add(type(held)(**held.model_dump()))
        session.commit()
        before = _rows(session)
    with pytest.raises(KamError):
        load_demo(sessions, TODAY)
    with sessions() as session:
        assert _rows(session) == before


def test_a_failure_leaves_nothing_behind(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions() as session:
        before = _rows(session)

    def broken(_today: date) -> None:
        raise OSError("disk")

    monkeypatch.setattr("tools.data.demo.files.plans", broken)
    with pytest.raises(OSError, match="disk"):
        load_demo(sessions, TODAY)
    with sessions() as session:
        assert _rows(session) == before


def test_rows_can_be_added_after_the_load(sessions: Sessions) -> None:
    load_demo(sessions, TODAY)
    with sessions() as session:
        session.add(models.Account(name="Acme", name_key="acme"))
        session.commit()
        query = select(models.Account.id).order_by(col(models.Account.id).desc()).limit(1)
        assert session.exec(query).one() == 58


_FIXED_LENGTH = (
    models.Opportunity,
    models.Transaction,
    models.Interaction,
    models.Evaluation,
    models.FactorInput,
    models.Contact,
)


def _ages(sessions: Sessions, today: date) -> list[tuple[str, int | None]]:
    load_demo(sessions, today)
    found: list[tuple[str, int | None]] = []
    with sessions() as session:
        for model in _FIXED_LENGTH:
            dates = [c.name for c in model.__table__.columns if isinstance(c.type, Date)]
            for row in session.exec(select(model).order_by(col(model.id))):
                days = (getattr(row, name) for name in dates)
                found += [(model.__name__, d and (d - today).days) for d in days]
    return found


def test_dates_move_with_the_day_of_loading(sessions: Sessions, other_sessions: Sessions) -> None:
    first = _ages(sessions, TODAY)
    second = _ages(other_sessions, date(2029, 12, 31))
    assert len(first) > 3_000
    assert first == second


@pytest.fixture
def other_sessions(sqlite_template: Path, tmp_path: Path) -> Iterator[Sessions]:
    shutil.copy(sqlite_template, tmp_path / "other.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    yield session_factory(engine)
    engine.dispose()


@pytest.mark.parametrize("on", [TODAY, date(2026, 9, 1)])
def test_the_closed_review_follows_from_its_own_rules(other_sessions: Sessions, on: date) -> None:
    """What the review kept is what the score rules say of that day, account by account."""
    load_demo(other_sessions, on)
    with other_sessions() as session:
        review = session.exec(select(models.ReviewPeriod)).one()
        overrides = session.exec(select(models.RuleSetRow.overrides)).one()
        rules = with_overrides(review.rules_version, overrides)
        company = customers(session)
        board = scoreboard(session, rules, review.period_end, company, rules.score.top_share)
        entries = list(session.exec(select(models.ReviewEntry)))
    assert {entry.account_id for entry in entries} == set(company)
    for entry in entries:
        place = board.standing(entry.account_id)
        name = company[entry.account_id].name
        assert entry.score == board.totals.get(entry.account_id), name
        assert entry.rank == (place and place.rank), name
        assert entry.key_account == bool(place and place.in_top), name


def test_the_command_loads_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.cli.demo import command

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("KAM_LANGUAGE", raising=False)
    done = CliRunner().invoke(command)
    assert done.exit_code == 0
    assert done.output.startswith("Lanxu Industrial Technology is loaded: 57 accounts")
    again = CliRunner().invoke(command)
    assert isinstance(again.exception, KamError)
    monkeypatch.setenv("KAM_LANGUAGE", "zh-Hant")
    monkeypatch.setenv("KAM_HOME", str(tmp_path / "second"))
    assert "57個客戶" in CliRunner().invoke(command).output
