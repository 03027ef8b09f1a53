"""The chat model: messages in, calls, questions and errors out."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from bot.agent.builtin import BuiltInModel
from tests.unit.builtin.world import clock, lexicon
from tools.catalog import READS, WRITES


@pytest.fixture(scope="module")
def model() -> BuiltInModel:
    return BuiltInModel(tools=READS, writes=WRITES, lexicon=lexicon, clock=clock)


def ask(model: BuiltInModel, *messages: BaseMessage | str) -> AIMessage:
    said = [HumanMessage(m) if isinstance(m, str) else m for m in messages]
    answer = model.invoke(said)
    assert isinstance(answer, AIMessage)
    return answer


def called(answer: AIMessage) -> list[tuple[str, dict[str, Any]]]:
    return [(call["name"], call["args"]) for call in answer.tool_calls]


def failure(answer: AIMessage, **error: object) -> ToolMessage:
    content = json.dumps(error, ensure_ascii=False)
    return ToolMessage(content, tool_call_id=answer.tool_calls[0]["id"], status="error")


def results(answer: AIMessage) -> Sequence[ToolMessage]:
    return [ToolMessage("{}", tool_call_id=call["id"]) for call in answer.tool_calls]


def test_arguments_are_plain_json(model: BuiltInModel) -> None:
    answer = ask(model, SystemMessage("You are …"), "revenue of Cancity in Q3 2017")
    assert called(answer) == [
        ("revenue", {"account": "Cancity", "since": "2017-07-01", "until": "2017-09-30"})
    ]
    assert answer.content == ""
    json.dumps(answer.tool_calls)


def test_results_end_the_turn_without_words(model: BuiltInModel) -> None:
    first = ask(model, "Who covers Cancity and what is its score?")
    assert len(first.tool_calls) == 2
    last = ask(model, "Who covers Cancity?", first, *results(first))
    assert (last.content, last.tool_calls) == ("", [])


def test_a_missing_argument_is_asked_for_and_then_filled(model: BuiltInModel) -> None:
    question = ask(model, "负责人是谁")
    assert question.content == "请问是哪个客户？"
    assert question.additional_kwargs["asked"] == {
        "tool": "coverage_owner",
        "args": {},
        "slot": "account",
        "choices": [],
    }
    answer = ask(model, "负责人是谁", question, "坎城")
    assert called(answer) == [("coverage_owner", {"account": "Cancity"})]


@pytest.mark.parametrize("reply", ["2", "第二个", "杭州的那个", "杭州精工"])
def test_an_ambiguous_name_is_asked_about_and_the_short_answer_understood(
    model: BuiltInModel, reply: str
) -> None:
    first = ask(model, "精工2017年底的评分")
    assert called(first) == [("composite_score", {"account": "精工", "on": "2017-12-31"})]
    error = failure(
        first,
        error="Ambiguous",
        message="“精工”对应多个客户，您指的是哪一个？",
        parameter="account",
        choices=["苏州精工", "杭州精工"],
    )
    question = ask(model, "精工2017年底的评分", first, error)
    assert question.content == "“精工”对应多个客户，您指的是哪一个？\n1. 苏州精工\n2. 杭州精工"
    answer = ask(model, "精工2017年底的评分", first, error, question, reply)
    assert called(answer) == [("composite_score", {"account": "杭州精工", "on": "2017-12-31"})]


def test_a_name_that_is_not_found_offers_the_nearest(model: BuiltInModel) -> None:
    first = ask(model, "who owns Cancitty?")
    error = failure(
        first, error="NotFound", message="There is no account called Cancitty.", choices=["Cancity"]
    )
    question = ask(model, "who owns Cancitty?", first, error)
    assert question.additional_kwargs["asked"]["slot"] == "account"
    answer = ask(model, "who owns Cancitty?", first, error, question, "the first one")
    assert called(answer) == [("coverage_owner", {"account": "Cancity"})]


def test_an_error_that_the_user_cannot_mend_is_told(model: BuiltInModel) -> None:
    first = ask(model, "score of Cancity")
    told = ask(model, "score of Cancity", first, failure(first, error="NotAllowed", message="No."))
    assert told.content == "No."
    assert "asked" not in told.additional_kwargs


def test_a_new_question_leaves_ours_unanswered(model: BuiltInModel) -> None:
    question = ask(model, "负责人是谁")
    answer = ask(model, "负责人是谁", question, "各区域的赢单率")
    assert called(answer) == [("win_rate", {"by": "region"})]


def test_a_question_can_be_dropped(model: BuiltInModel) -> None:
    question = ask(model, "who is the owner?")
    answer = ask(model, "who is the owner?", question, "never mind")
    assert answer.tool_calls == []
    assert answer.content == "All right, I leave it at that."


def test_the_thread_lives_in_its_messages(model: BuiltInModel) -> None:
    first = ask(model, "Who covers Cancity?")
    turn = [HumanMessage("Who covers Cancity?"), first, *results(first), AIMessage("")]
    assert called(ask(model, *turn, "and its score?")) == [
        ("composite_score", {"account": "Cancity"})
    ]
    assert called(ask(model, *turn, "Zoomit?")) == [("coverage_owner", {"account": "Zoomit"})]


@pytest.mark.parametrize(
    ("message", "opening"),
    [
        ("What's the weather in Paris?", "I could not match this"),
        ("今天天气怎么样", "我没有能回答"),
        ("今天天氣怎麼樣", "我沒有能回答"),
    ],
)
def test_what_is_not_understood_is_said_with_what_could_be_asked(
    model: BuiltInModel, message: str, opening: str
) -> None:
    answer = ask(model, message)
    assert answer.additional_kwargs == {"abstained": True}
    assert str(answer.content).startswith(opening)
    assert "\n- " in str(answer.content)


def test_bound_tools_limit_the_choice(model: BuiltInModel) -> None:
    bound = model.bind_tools([{"type": "function", "function": {"name": "revenue"}}])
    answer = bound.invoke([HumanMessage("pipeline by region")])
    assert {call["name"] for call in answer.tool_calls} <= {"revenue"}
    assert model.allowed is None


def test_preselection_keeps_search_and_help(model: BuiltInModel) -> None:
    names = model.preselect("who owns Cancity and how is its pipeline", 5)
    assert len(names) == 5
    assert {"coverage_owner", "method_search", "capabilities"} <= set(names)


def test_a_person_of_several_is_asked_about_by_number(model: BuiltInModel) -> None:
    question = ask(model, "li na's win rate in 2017")
    assert question.content == "Several go by “li na”. Which one do you mean?\n1. 李娜\n2. 黎娜"
    answer = ask(model, "li na's win rate in 2017", question, "1")
    assert called(answer) == [
        ("win_rate", {"person": "李娜", "since": "2017-01-01", "until": "2017-12-31"})
    ]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("thanks a lot!", "You are welcome."),
        ("thanks, that helps", "You are welcome."),
        ("谢谢你", "不客气，随时可以再问我。"),
        ("多謝", "不客氣，隨時可以再問我。"),
    ],
)
def test_thanks_get_a_short_sentence(model: BuiltInModel, message: str, answer: str) -> None:
    said = ask(model, message)
    assert (said.content, said.tool_calls) == (answer, [])


def test_a_change_asks_for_what_it_lacks_and_takes_the_words_as_they_are(
    model: BuiltInModel,
) -> None:
    question = ask(model, "add a need of Cancity")
    assert question.content == "How would you describe it?"
    answer = ask(model, "add a need of Cancity", question, "a second test bench, by May")
    assert called(answer) == [
        ("add_need", {"account": "Cancity", "description": "a second test bench, by May"})
    ]
