"""The grader itself: what it lets pass, and each thing that it must not."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.evaluation import records
from bot.evaluation.cases import Case, CaseError, Said, load_cases
from bot.evaluation.facts import Text
from bot.evaluation.grading import Heard, faults_of_case, faults_of_turn
from bot.turn import Reply, ToolCall
from tests.unit.catalog.world import World
from tools.access import OPERATOR
from tools.cards import Card
from tools.data.database import open_engine, session_factory
from tools.data.models import Account, AuditEntry, Contact
from tools.text import Language, text

TODAY = date(2026, 6, 15)
SCORED = Reply(
    "Konex scores 81.5 of 100 points.",
    (Card(text("Composite score", "综合积分"), text("Konex scores 81.5.", "Konex 得 81.5 分。")),),
    (ToolCall("composite_score", {"account": "Konex", "on": None}, None),),
    (),
    Language.ENGLISH,
    "built-in",
)
ASKED = replace(SCORED, text="Which customer?", cards=(), tool_calls=(), question=True)
WORDS = replace(ASKED, text="I do not know.", question=False)
ABSTAINED = replace(WORDS, abstained=True)


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """Two accounts in a database that notes what is written to."""
    path = tmp_path / "kam.db"
    shutil.copy(sqlite_template, path)
    with closing(session_factory(open_engine(f"sqlite:///{path}"))) as sessions:
        world = World(sessions)
        world.account("Konex", city="Lyon")
        world.account("Condax", city="Lyon")
        with sessions() as session:
            records.watch(session)
        yield world


def faults(world: World, reply: Reply, **said: Any) -> list[str]:
    heard = Heard(Said(say="?", **said), OPERATOR, reply, TODAY, "en")
    with world.sessions() as session:
        return list(faults_of_turn(heard, session))


@pytest.mark.parametrize(
    ("stated", "fact"),
    [
        ("Revenue is 3,500,000 USD.", "3.5M"),
        ("销售额为 350万 元。", "3500000"),
        ("到 2026年3月31日 为止", "2026-03-31"),
        ("由江美美負責", "江美美负责"),
        ("KONEX leads", "konex"),
        ("nothing here but Konex", ["Condax", "Konex"]),
    ],
)
def test_a_fact_is_found_in_any_equal_form(stated: str, fact: str | list[str]) -> None:
    assert Text(stated, TODAY).states(fact)


@pytest.mark.parametrize(
    ("stated", "fact"),
    [
        ("Revenue is 3,500,001 USD.", "3.5M"),
        ("销售额为 350万 元。", "350"),
        ("到 2026年3月30日 为止", "2026-03-31"),
        ("13,500 points", "3,500"),
        ("81.5 points", "81.5 %"),
        ("USD 200", "EUR 200"),
    ],
)
def test_another_figure_day_or_unit_is_no_such_fact(stated: str, fact: str) -> None:
    assert not Text(stated, TODAY).states(fact)


CALLED = [{"composite_score": {"account": "konex"}}]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (SCORED, {"calls": CALLED, "says": ["81.5"], "never": ["82"]}),
        (SCORED, {"calls": [{"tier": {}}], "alternatives": [CALLED]}),
        (ASKED, {"asks": True}),
        (ABSTAINED, {"abstains": True}),
        (WORDS, {"refuses": True}),
        (replace(SCORED, pending={"others": ["7"]}), {"calls": CALLED, "waits": 2}),
    ],
)
def test_what_is_wanted_passes(world: World, reply: Reply, said: dict[str, Any]) -> None:
    assert faults(world, reply, **said) == []


@pytest.mark.parametrize(
    ("reply", "said", "fault"),
    [
        (SCORED, {"calls": [{"composite_score": {"account": "Condax"}}]}, "called"),
        (SCORED, {"calls": [{"tier": {"account": "Konex"}}]}, "called"),
        (SCORED, {"calls": [*CALLED, {"tier_list": {}}]}, "called"),
        (SCORED, {}, "called"),
        (WORDS, {"calls": CALLED}, "called"),
        (SCORED, {"calls": CALLED, "says": ["82"]}, "did not say"),
        (SCORED, {"calls": CALLED, "shows": ["Condax"]}, "did not show"),
        (SCORED, {"calls": CALLED, "never": ["81.5"]}, "told"),
        (SCORED, {"calls": CALLED, "asks": True}, "asked nothing"),
        (ASKED, {}, "asked back"),
        (SCORED, {"abstains": True}, "did not abstain"),
        (ABSTAINED, {}, "abstained"),
        (SCORED, {"calls": CALLED, "refuses": True}, "did not refuse"),
        (replace(WORDS, text=" "), {"refuses": True}, "did not refuse"),
        (SCORED, {"calls": CALLED, "waits": 1}, "0 changes wait"),
        (replace(SCORED, language=Language.TRADITIONAL), {"calls": CALLED}, "answered in"),
        (replace(SCORED, failure="ab12"), {"calls": CALLED}, "failed"),
    ],
)
def test_each_fault_of_a_reply_is_named(
    world: World, reply: Reply, said: dict[str, Any], fault: str
) -> None:
    assert [found[: len(fault)] for found in faults(world, reply, **said)] == [fault]


def left(world: World, **changes: dict[str, Any]) -> list[str]:
    """The faults of what `_edit` leaves, where `changes` are wanted."""
    with world.sessions() as session:
        known, since = records.state(session), records.hashes(session)
    _edit(world)
    case = Case(
        id="c",
        capability="write",
        language="en",
        turns=[Said(say="?", asks=True)],
        changes={address.replace("__", " "): fields for address, fields in changes.items()},
    )
    with world.sessions() as session:
        after = records.state(session, known, since)
        return list(faults_of_case(case, known, after, session))


def _edit(world: World) -> None:
    with world.sessions() as session:
        moved = update(Account).where(col(Account.name) == "Konex")
        session.connection().execute(moved.values(city="Paris", version=2))
        session.add(Contact(account_id=1, name="Ann", name_key="ann", source="said", level=3,
                            confirmed=True, as_of=TODAY))  # fmt: skip
        session.commit()


def test_exactly_the_wanted_end_state_passes(world: World) -> None:
    wanted = {"account__Konex": {"city": "Paris"}, "+contact__Konex/Ann": {"name": "Ann"}}
    assert left(world, **wanted) == []


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        ({"account__Konex": {"city": "Paris"}}, "changed +contact Konex/Ann"),
        ({"+contact__Konex/Ann": {}}, "changed account Konex"),
        (
            {"account__Konex": {"city": "Rome"}, "+contact__Konex/Ann": {}},
            "account Konex: city is Paris, not Rome",
        ),
        (
            {"account__Konex": {"city": "Paris", "segment": "x"}, "+contact__Konex/Ann": {}},
            "account Konex: segment is None, not x",
        ),
        (
            {
                "account__Konex": {"city": "Paris"},
                "+contact__Konex/Ann": {},
                "account__Condax": {"city": "Paris"},
            },
            "did not change account Condax",
        ),
    ],
)
def test_a_row_too_many_too_few_or_other_is_named(
    world: World, wanted: dict[str, Any], fault: str
) -> None:
    (found,) = left(world, **wanted)
    assert found.startswith(fault)


def test_what_only_tells_of_a_change_is_no_record(world: World) -> None:
    with world.sessions() as session:
        before = records.hashes(session)
        assert "audit_entry" not in before
        assert AuditEntry.__tablename__ not in records.state(session)
        assert records.hashes(session, before) == before


def test_a_table_written_to_and_put_back_is_as_it_was(world: World) -> None:
    with world.sessions() as session:
        known, since = records.state(session), records.hashes(session)
        for city in ("Paris", "Lyon"):
            moved = update(Account).where(col(Account.name) == "Konex")
            session.connection().execute(moved.values(city=city))
        session.commit()
        assert records.state(session, known, since)["account"] is known["account"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("- {id: a, capability: read, language: en, turns: [{say: hi}]}", "silence would pass"),
        ("- {id: a, capability: read, language: fr, turns: [{say: hi, asks: true}]}", "language"),
        ("- {id: a, capability: read, language: en, turns: []}", "turns"),
        ("- {id: a, capability: read, language: en, turns: [{say: a, ask: true}]}", "ask"),
        ("a: b", "a list of cases"),
        ("[]", "there are no cases"),
    ],
)
def test_a_case_that_cannot_be_graded_is_refused(tmp_path: Path, said: str, fault: str) -> None:
    (tmp_path / "cases.yaml").write_text(said, "utf-8")
    with pytest.raises(CaseError, match=fault):
        load_cases([tmp_path])


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    one = "- {id: a, capability: read, language: en, turns: [{say: hi, asks: true}]}\n"
    (tmp_path / "cases.yaml").write_text(one * 2, "utf-8")
    with pytest.raises(CaseError, match="two cases are called a"):
        load_cases([tmp_path])
