"""Changes in conversation: proposed by a tool, decided by a plain word of the person."""

import json

from sqlmodel import select

from bot.main import open_records
from bot.present import plain_reply
from bot.settings import Settings
from tests.scenario.conftest import Talk
from tools.access import Asker
from tools.data.models import AccountAlias
from tools.domain.vocabulary import Role


def aliases(settings: Settings) -> set[str]:
    with open_records(settings)() as session:
        return set(session.exec(select(AccountAlias.name)))


NAME = "Merrowick Semiconductor"
ASK = (f"add an alias to {NAME}", "Merry")


def test_asked_confirmed_undone(demo: Settings, talk: Talk) -> None:
    held = aliases(demo)
    _, asked = talk(demo, *ASK)
    assert [call.name for call in asked.tool_calls] == ["add_alias"]
    assert asked.pending is not None
    assert aliases(demo) == held
    plain = json.loads(json.dumps(plain_reply(asked)))
    assert [(line["field"], line["after"]) for line in plain["pending"]["lines"]] == [
        ("name", "Merry")
    ]
    other, done, twice = talk(demo, "谁负责霁川半导体？", "好的", "confirm 1")
    assert other.pending is not None
    assert done.text.startswith("已完成")
    assert done.pending is None
    assert aliases(demo) == held | {"Merry"}
    assert twice.text.startswith("没有变化")
    (undone,) = talk(demo, "undo")
    assert undone.text.startswith("已撤销")
    assert aliases(demo) == held


def test_no_drops_it(demo: Settings, talk: Talk) -> None:
    held = aliases(demo)
    *_, dropped, late = talk(demo, *ASK, "取消", "confirm 1")
    assert dropped.pending is None
    assert "dropped already" in late.text
    assert aliases(demo) == held


def test_several_that_wait_are_a_question(demo: Settings, talk: Talk) -> None:
    *_, question, _ = talk(demo, *ASK, ASK[0], "Merro", "yes", "confirm all")
    assert question.question
    assert "#1" in question.text
    assert "#2" in question.text
    assert {"Merry", "Merro"} <= aliases(demo)


def test_a_stranger_confirms_nothing(demo: Settings, talk: Talk) -> None:
    talk(demo, *ASK)
    stranger = Asker(1, "Stranger", Role.REP)
    (refused,) = talk(demo, "confirm 1", asker=stranger)
    assert "Only the person who asked" in refused.text
    assert "Merry" not in aliases(demo)


def test_a_line_of_a_proposal_is_left_out_by_word(demo: Settings, talk: Talk) -> None:
    note = (
        "Log this note on Merrowick Semiconductor: Met the purchasing manager yesterday. "
        "They plan a new line worth 3 million next spring. They are unhappy with our delivery."
    )
    proposed, fewer, wrong, done = talk(demo, note, "remove line 2", "remove line 99", "yes")
    assert proposed.pending is not None
    assert fewer.pending is not None
    lines = {line["line"] for line in proposed.pending["lines"]}
    left = {line["line"] for line in fewer.pending["lines"]}
    assert 2 in lines
    assert left < lines
    assert 2 not in left
    assert "There is no line 99" in wrong.text
    assert done.pending is None
