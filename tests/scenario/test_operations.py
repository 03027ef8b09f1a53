"""Operations through turns and commands: the trail of a turn, conversations kept and ended."""

import asyncio
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text as sql
from sqlmodel import select

from bot import history
from bot.cli import kam
from bot.main import open_checkpointer, open_records
from bot.settings import Settings
from bot.trail import TurnTrail
from bot.upkeep import run_once
from tests.homes import with_dictionary
from tests.scenario.conftest import Talk
from tools.access import Asker
from tools.audit import Event
from tools.audit.writer import AuditWriter
from tools.data.database import migrate, open_engine
from tools.data.models import Account, AuditEntry, Person

NOW = datetime.now(UTC)


def entries(settings: Settings) -> list[AuditEntry]:
    with closing(open_records(settings)) as sessions, sessions() as session:
        return list(session.exec(select(AuditEntry).order_by(AuditEntry.id)))


def test_a_turn_leaves_who_asked_and_what_was_shown(demo: Settings, talk: Talk) -> None:
    talk(demo, "霁川半导体的综合积分是多少？", "什么是钱包份额")
    score, term = entries(demo)
    with closing(open_records(demo)) as sessions, sessions() as session:
        account = session.exec(select(Account).where(Account.name.startswith("霁川半导体"))).one()
    assert (score.action, score.actor, score.surface, score.thread) == (
        "asked",
        "operator",
        "terminal",
        "t",
    )
    assert account.id in score.detail["shown"]["composite_score"]
    assert f"|{account.id}|" in score.accounts
    assert score.detail["question"].keys() == {"length", "sha256"}
    assert "霁川" not in json.dumps(score.detail, ensure_ascii=False)
    assert term.detail["shown"] == {}


def test_accounts_of_others_show_nothing_internal(demo: Settings, talk: Talk) -> None:
    with closing(open_records(demo)) as sessions, sessions() as session:
        rep = session.exec(select(Person).where(Person.name == "李沐辰")).one()
    asker = Asker(rep.id, rep.name, rep.role, rep.unit_id)
    settings = demo.model_copy(update={"audit_question": "text"})
    talk(settings, "谁负责澜序工业？", "列出我的客户", asker=asker)
    for entry in entries(demo):
        assert entry.actor_id == rep.id
        assert entry.detail["question"].keys() == {"text"}


def test_an_answer_that_cannot_be_recorded_does_not_leave(
    demo: Settings, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AuditWriter, "keep", broken)
    (reply,) = talk(demo, "top 5 key accounts")
    assert reply.failure is not None
    assert reply.cards == ()
    assert reply.failure in reply.text


def test_a_tool_called_at_the_terminal_leaves_what_it_showed(demo: Settings) -> None:
    arguments = json.dumps({"account": "霁川半导体（苏州）有限公司"}, ensure_ascii=False)
    for tool in ("composite_score", "coverage_owner"):
        assert tooled(demo, tool, arguments)[0] == 0
    score, owner = entries(demo)
    assert (score.action, score.actor, score.surface) == ("shown", "operator", "terminal")
    assert score.detail["tools"] == ["composite_score"]
    (account,) = score.detail["shown"]["composite_score"]
    assert f"|{account}|" in score.accounts
    assert "霁川" not in json.dumps(score.detail, ensure_ascii=False)
    assert (owner.detail["tools"], owner.detail["shown"]) == (["coverage_owner"], {})


def test_a_tool_whose_entry_is_not_kept_shows_nothing(
    demo: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AuditWriter, "keep", broken)
    code, said = tooled(demo, "key_accounts", "{}")
    assert code == 1
    assert "Merrowick" not in said


def tooled(settings: Settings, *words: str) -> tuple[int, str]:
    """What `kam tool` ends with and says."""
    done = CliRunner().invoke(kam, ["tool", *words], env={"KAM_HOME": str(settings.home)})
    return done.exit_code, done.output


def broken(_self: AuditWriter, _event: Event) -> None:
    raise OSError("disk full")


def test_every_turn_is_recorded_once(demo: Settings, talk: Talk) -> None:
    replies = talk(demo, "top 5 key accounts", "把霁川半导体的城市改成南京", "确认")
    assert len(replies) == 3
    actions = [entry.action for entry in entries(demo)]
    assert actions.count("asked") == 3
    assert actions.index("change proposed") < actions.index("change applied")
    assert TurnTrail.__doc__


def test_conversations_move_between_databases_and_end_by_age(
    demo: Settings, talk: Talk, database_url: str
) -> None:
    talk(demo, "谁负责霁川半导体？")
    target = demo.model_copy(update={"database_url": database_url})

    async def moved() -> None:
        source = open_engine(demo.database)
        async with open_checkpointer(demo) as saver:
            threads = list(history.conversations(source))
            lines = [line async for line in history.lines(saver, threads)]
            said = await history.said_in(saver, threads)
        async with open_checkpointer(target) as saver:
            assert await history.take_in(saver, lines) == 1
            assert await history.take_in(saver, lines) == 1
            assert await history.said_in(saver, threads) == said
            assert await history.naming(saver, open_target, ["霁川半导体"]) == threads
        source.dispose()

    open_target = open_engine(database_url)
    migrate(open_target)
    asyncio.run(moved())
    (reply,) = talk(target, "hello")
    assert reply.failure is None
    with closing(open_records(target)) as sessions:
        kept = run_once(target, sessions, NOW + timedelta(days=300))
        assert asyncio.run(kept).conversations == 0
        ended = run_once(target, sessions, NOW + timedelta(days=400))
        assert asyncio.run(ended).conversations >= 1
    assert history.conversations(open_target) == {}
    open_target.dispose()


def test_the_commands_save_restore_prove_and_erase(
    demo: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, home: Path = demo.home) -> tuple[int, str]:
        done = CliRunner().invoke(kam, words, env={"KAM_HOME": str(home)})
        return done.exit_code, done.output

    monkeypatch.setattr("bot.cli.restore._index", lambda *_: 0)
    file, home = str(tmp_path / "b.kam"), tmp_path / "second"
    with_dictionary(home / "index", demo.home / "index")
    assert run("backup", file)[0] == 0
    code, said = run("backup", file, "--language", "zh-Hant")
    assert (code, "已存在" in said) == (1, True)
    assert run("restore", file, home=home)[0] == 0
    code, said = run("restore", file, "--language", "zh-Hans", home=home)
    assert (code, "--force" in said) == (1, True)
    assert run("audit", "verify", home=home)[0] == 0
    code, said = run("privacy", "erase", "祁连川", "--language", "zh-Hans", home=home)
    assert code == 1
    code, said = run("privacy", "erase", "祁连川", "--yes", home=home)
    assert (code, "index in KAM_HOME is written anew" in said) == (0, True)
    files = [path for path in (home / "index").rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if "祁连川".encode() in path.read_bytes()] == []
    assert run("audit", "verify", home=home)[0] == 0
    code, said = run("audit", "search", "--action", "erased", "--json", home=home)
    assert json.loads(said)["total"] == 1
    assert "祁连川" not in said
    assert run("audit", "search", "--as", "李沐辰", home=home)[0] == 1
    engine = open_engine(f"sqlite:///{home / 'kam.db'}")
    with engine.begin() as connection:
        connection.execute(sql("UPDATE audit_entry SET action = 'x' WHERE id = 1"))
    engine.dispose()
    code, said = run("audit", "verify", "--json", home=home)
    assert (code, json.loads(said)["broken"][:1]) == (1, [1])
