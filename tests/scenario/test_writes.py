"""Changes in conversation: proposed by a tool, decided by a plain word of the person."""

import json

from sqlmodel import select

from bot.main import now, open_records
from bot.present import plain_reply
from bot.settings import Settings
from tests.scenario.conftest import Talk
from tools.access import Asker
from tools.changes import Outcome
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


def test_what_is_wanted_no_more_drops_what_waits_and_only_then(demo: Settings, talk: Talk) -> None:
    held = aliases(demo)
    words = ("不要了", "唔要喇", "never mind", "算了吧")
    said = talk(demo, *(line for word in words for line in (word, *ASK, word)))
    for before, asked, dropped in zip(said[::4], said[2::4], said[3::4], strict=True):
        assert not before.cards
        assert asked.pending is not None
        assert dropped.pending is None
    assert aliases(demo) == held


def test_no_to_a_question_leaves_what_waits(demo: Settings, talk: Talk) -> None:
    *_, question, declined = talk(demo, *ASK, ASK[0], "never mind")
    assert question.question
    assert declined.pending is not None
    assert [line["after"] for line in declined.pending["lines"]] == ["Merry"]


RIGHT = {
    "no, Lyon": {"Lyon"},
    "make it Nice": {"Nice"},
    "sorry, I meant Lyon": {"Lyon"},
    "actually 500 employees": {"500", "Paris"},
    "no, set the city to Lyon": {"Lyon"},
    "改成里昂": {"里昂"},
    "不對，應該是里昂": {"里昂"},
}


def test_what_waits_is_put_right_by_the_next_message(demo: Settings, talk: Talk) -> None:
    wrong = f"set the city of {NAME} to Paris"
    said = talk(demo, *(line for right in RIGHT for line in (wrong, right, "cancel")))
    for after, corrected, dropped in zip(RIGHT.values(), said[1::3], said[2::3], strict=True):
        assert corrected.pending is not None
        assert not corrected.pending["others"]
        assert {line["after"] for line in corrected.pending["lines"]} == after
        assert [one.outcome for one in corrected.replaced] == [Outcome.CANCELLED]
        assert dropped.pending is None


def test_putting_right_what_is_done_drops_nothing_else(demo: Settings, talk: Talk) -> None:
    *_, corrected = talk(demo, *ASK, f"set the city of {NAME} to Paris", "confirm 2", "no, Lyon")
    assert corrected.pending is not None
    assert [one["id"] for one in corrected.pending["others"]] == [1]
    assert not corrected.replaced


TASKS = {
    "call the buyer next tuesday": "call the buyer",
    "下周二给采购打个电话": "给采购打个电话",
    "下個禮拜二打電話畀採購": "打電話畀採購",
    "we need to follow up with them next week": "follow up with them",
}


def test_what_is_to_be_done_on_a_day_to_come_is_a_task(demo: Settings, talk: Talk) -> None:
    _, *replies = talk(demo, f"who covers {NAME}?", *TASKS)
    for description, reply in zip(TASKS.values(), replies, strict=True):
        [call] = reply.tool_calls
        assert call.name == "add_task"
        assert call.arguments["description"] == description
        assert call.arguments["due_on"] > now().date()
        assert str(call.arguments["account"]).startswith(NAME)


def test_a_task_without_a_customer_asks_for_it(demo: Settings, talk: Talk) -> None:
    question, answered = talk(demo, "call the buyer next tuesday", "Merrowick")
    assert question.question
    assert [call.name for call in answered.tool_calls] == ["add_task"]


def test_what_took_place_or_is_asked_is_no_task(demo: Settings, talk: Talk) -> None:
    _, *replies = talk(
        demo,
        f"who covers {NAME}?",
        "called the buyer yesterday, they accept our price",
        "log a call with the buyer on Monday",
        "明天要拜访霁川半导体，给我一份简报",
        "幫我準備明天拜訪霽川半導體的資料",
        "which customers should I visit next week?",
    )
    assert "add_task" not in [call.name for reply in replies for call in reply.tool_calls]


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
