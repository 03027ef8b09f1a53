"""Pasted notes: which messages are one, what is passed on, and what is none."""

from typing import Any

import pytest

from bot.agent.builtin.outcomes import Calls, Outcome, Question
from bot.agent.builtin.routing import Router
from bot.agent.builtin.thread import Asked, Call, Thread
from bot.agent.builtin.understanding import Understanding
from tests.unit.builtin.world import TODAY, lexicon
from tools.catalog import READS, WRITES

NOTE = "note_to_plan"


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(Router(READS), lexicon(), TODAY, writer=Router(WRITES))


def said(understanding: Understanding, message: str, asked: Asked | None = None) -> Outcome:
    return understanding.of(Thread(message, (), asked))


def arguments(outcome: Outcome) -> dict[str, Any] | None:
    if isinstance(outcome, Calls) and [call.tool for call in outcome.calls] == [NOTE]:
        return outcome.calls[0].arguments
    return None


@pytest.mark.parametrize(
    ("head", "note", "account"),
    [
        ("add this to Zoomit: ", "Met Ms Chen. She runs the plant.", "Zoomit"),
        ("Please save these notes for Kan-code.\n", "Call with Ann\n- wants a demo", "Kan-code"),
        ("把这段记录到坎城：", "今天拜访了陈总，他要新产线", "Cancity"),
        ("这是与宏远机械的会议纪要：", "王总关心交期", "宏远机械有限公司"),
        ("", "Visited Cancity. They plan a line. Set up a demo in May, said Tom.", "Cancity"),
        ("", "今天拜访了坎城，见到王总。他们要扩产，预算五百万。", "Cancity"),
    ],
)
def test_a_note_is_passed_on_whole(
    understanding: Understanding, head: str, note: str, account: str
) -> None:
    found = arguments(said(understanding, head + note))
    assert found == {"note": note, "account": account}


def test_of_several_accounts_the_tool_asks(understanding: Understanding) -> None:
    note = "Met Tom of Cancity today. He also buys for Zoomit. Both want a demo in May."
    assert arguments(said(understanding, note)) == {"note": note}


@pytest.mark.parametrize(
    "message",
    [
        "Met Ms Chen of Cancity yesterday. They plan a new line. Who owns the account?",
        "今天拜访了坎城，见到王总，他们要扩产。坎城是谁负责的呢",
        "Is this to Zoomit: they met us, they called us, they visited us",
        "who met Cancity, who visited Kan-code, and who called Zoomit in December 2017?",
        "What do the notes about Cancity say on delivery, prices and the meeting with Tom Reed?",
        "最近更新的坎城会议纪要有哪些",
    ],
)
def test_a_question_never_is_a_note(understanding: Understanding, message: str) -> None:
    outcome = said(understanding, message)
    assert arguments(outcome) is None
    assert not isinstance(outcome, Question) or outcome.asked.call.tool != NOTE


@pytest.mark.parametrize(
    "message",
    [
        "Met somebody of a company that nobody knows. They plan a new line. All went very well.",
        "Cancity is a plant. It stands by the sea. Nobody has ever seen it in the winter months.",
        "Visited Cancity",
    ],
)
def test_short_texts_and_those_of_no_customer_or_contact_are_none(
    understanding: Understanding, message: str
) -> None:
    assert arguments(said(understanding, message)) is None


def test_an_order_of_one_record_stays_one(understanding: Understanding) -> None:
    outcome = said(understanding, "log a visit to Zoomit yesterday: they want a line. In May.")
    assert isinstance(outcome, Calls)
    assert outcome.calls[0].tool == "log_interaction"


def test_a_note_that_is_still_to_come_is_asked_for(understanding: Understanding) -> None:
    outcome = said(understanding, "process my meeting notes for Cancity")
    assert isinstance(outcome, Question)
    assert (outcome.asked.call.arguments, outcome.asked.slot) == ({"account": "Cancity"}, "note")
    note = "Add a bench, they said. Met Tom Reed there. He wants it by May, at the latest."
    answer = said(understanding, note, outcome.asked)
    assert arguments(answer) == {"account": "Cancity", "note": note}


def test_no_note_where_the_tool_is_not_allowed() -> None:
    narrow = Understanding(Router(READS), lexicon(), TODAY)
    outcome = narrow.of(Thread("add this to Zoomit: Met Ms Chen. She runs it.", (), None))
    calls: tuple[Call, ...] = outcome.calls if isinstance(outcome, Calls) else ()
    assert NOTE not in {call.tool for call in calls}
