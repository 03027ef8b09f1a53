"""A conversation as it is sent: in the API's order whatever happened to it, and never too long."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import invalid_tool_call, tool_call
from langchain_openai.chat_models.base import _convert_message_to_dict

from bot.agent.provider.history import sound, within
from bot.agent.provider.tokens import tokens_of_messages
from tests.scenario.chat_api import faults_of

ASKED = HumanMessage("Who owns it?")
BUDGET = 2_000


def _calls(*names: str) -> AIMessage:
    made = [tool_call(name="coverage_owner", args={"account": n}, id=n) for n in names]
    return AIMessage("", tool_calls=made)


def _result(name: str, words: str = "{}") -> ToolMessage:
    return ToolMessage(words, tool_call_id=name)


def _sent(messages: Sequence[AnyMessage]) -> list[dict[str, Any]]:
    return [_convert_message_to_dict(message) for message in messages]


def _turn(number: int) -> list[AnyMessage]:
    name = f"call{number}"
    card = {"headline": f"Priya owns account {number}.", "table": [["x" * 50] * 8] * 8}
    return [
        HumanMessage(f"Who owns account {number}?"),
        _calls(name),
        _result(name, json.dumps(card)),
        AIMessage(f"Priya owns account {number}."),
    ]


def _thread(turns: int) -> list[AnyMessage]:
    return [message for number in range(turns) for message in _turn(number)]


def test_a_sound_conversation_stays_as_it_is() -> None:
    thread = _thread(3)
    assert _sent(sound(thread)) == _sent(thread)


def test_a_call_that_was_cut_off_gets_a_result_that_says_so() -> None:
    _, _, first, second, _ = sound([ASKED, _calls("a", "b"), _result("b"), ASKED])
    assert isinstance(first, ToolMessage)
    assert (first.tool_call_id, first.status) == ("a", "error")
    assert "cut off" in first.text
    assert second == _result("b")


def test_results_of_no_call_and_silence_are_left_out() -> None:
    messages = [ASKED, _result("a"), _calls("b"), _result("b"), _result("b"), AIMessage(" ")]
    assert sound(messages) == [ASKED, _calls("b"), _result("b")]


def test_arguments_that_are_no_json_are_not_repeated() -> None:
    broken = invalid_tool_call(name="coverage_owner", args="{", id="a", error="no JSON")
    message = AIMessage("Let me see.", invalid_tool_calls=[broken])
    assert _sent(sound([ASKED, message])) == _sent([ASKED, AIMessage("Let me see.")])


_NAMES = st.sampled_from(["a", "b", "c"])
_MESSAGES = st.one_of(
    st.builds(HumanMessage, st.text()),
    st.builds(AIMessage, st.text(max_size=3)),
    st.lists(_NAMES, min_size=1, max_size=3, unique=True).map(lambda names: _calls(*names)),
    _NAMES.map(_result),
)


@given(st.lists(_MESSAGES, max_size=25))
def test_whatever_is_left_of_a_thread_the_api_takes_it(thread: list[AnyMessage]) -> None:
    messages = within(sound([*thread, ASKED]), 600)
    assert faults_of({"messages": _sent(messages)}) == []
    assert messages[-1] == ASKED


def test_the_present_turn_is_sent_whole_and_those_before_by_their_headlines() -> None:
    present = _turn(9)
    messages = within(_thread(2) + present, BUDGET)
    assert messages[-4:] == present
    results = [m.text for m in messages[:-4] if isinstance(m, ToolMessage)]
    assert results == [json.dumps({"earlier_result": f"Priya owns account {n}."}) for n in (0, 1)]


def test_words_and_errors_of_earlier_results_are_kept_short() -> None:
    error = json.dumps({"error": "NotFound", "message": "No account is called Zz."})
    messages = [ASKED, _calls("a", "b"), _result("a", error), _result("b", "x" * 900), ASKED]
    results = [m.text for m in within(messages, BUDGET) if isinstance(m, ToolMessage)]
    assert results[0] == '{"earlier_result": "No account is called Zz."}'
    assert len(results[1]) < 250


@pytest.mark.parametrize("turns", [1, 20, 60, 200])
def test_a_long_thread_stays_within_its_budget(turns: int) -> None:
    present = _turn(999)
    messages = within(_thread(turns) + present, BUDGET)
    assert faults_of({"messages": _sent(messages)}) == []
    assert tokens_of_messages(messages) <= BUDGET + tokens_of_messages(present) + 60
    assert messages[-4:] == present


def test_what_is_summarised_is_still_spoken_of() -> None:
    summary, *rest = within([*_thread(60), ASKED], BUDGET)
    told = [int(number) for number in re.findall(r"user: Who owns account (\d+)", summary.text)]
    kept = [m.text for m in rest if isinstance(m, HumanMessage)]
    assert told == list(range(told[0], told[-1] + 1))
    assert len(told) > 8
    assert kept[0] == f"Who owns account {told[-1] + 1}?"
    assert f"called: coverage_owner(account=call{told[0]})" in summary.text
    assert f"assistant: Priya owns account {told[0]}." in summary.text
    assert "no source" in " ".join(summary.text.split())


def test_the_beginning_seldom_changes_as_a_thread_goes_on() -> None:
    sent = [_sent(within([*_thread(turns), ASKED], BUDGET)) for turns in range(60)]
    kept = sum(later[: len(one) - 1] == one[:-1] for one, later in pairwise(sent))
    assert kept >= 59 - 60 // 8
