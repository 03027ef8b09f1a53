"""The judge of requests itself: it takes what the API takes and refuses what that refuses."""

from typing import Any

import pytest

from tests.scenario.chat_api import faults_of

USER = {"role": "user", "content": "Who owns it?"}
SAID = {"role": "assistant", "content": "Nobody."}


def call(*names: str, **more: Any) -> dict[str, Any]:
    function = {"name": "owner", "arguments": "{}"}
    made = [{"id": name, "type": "function", "function": function | more} for name in names]
    return {"role": "assistant", "content": None, "tool_calls": made}


def result(name: str) -> dict[str, Any]:
    return {"role": "tool", "tool_call_id": name, "content": "{}"}


@pytest.mark.parametrize(
    "messages",
    [
        [USER],
        [{"role": "system", "content": "Be brief."}, USER, SAID, USER],
        [USER, call("a"), result("a"), SAID],
        [USER, call("a", "b"), result("b"), result("a")],
        [USER, USER, SAID],
        [{"role": "user", "content": [{"type": "text", "text": "hi"}]}],
    ],
)
def test_what_the_api_takes(messages: list[dict[str, Any]]) -> None:
    assert faults_of({"messages": messages}) == []


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([], "no messages"),
        ([USER, call("a")], "at the end: calls without results: ['a']"),
        ([USER, call("a"), USER], "message 2: calls without results before it: ['a']"),
        ([USER, call("a", "b"), result("a"), USER], "before it: ['b']"),
        ([USER, result("a")], "message 1: a result of no call: 'a'"),
        ([USER, call("a"), result("a"), result("a")], "message 3: a result of no call: 'a'"),
        ([USER, call("a"), SAID, result("a")], "message 2: calls without results"),
        ([USER, call("a", "a"), result("a"), result("a")], "ids of their own"),
        ([USER, call(""), result("")], "ids of their own"),
        ([USER, call("a", arguments={}), result("a")], "no string"),
        ([USER, call("a", name="no name"), result("a")], "no call of a function"),
        ([{"role": "user", "content": None}], "no content"),
        ([{"role": "assistant", "content": None}], "no content"),
        ([{"role": "user", "content": 7}], "content is int"),
        ([{"role": "user", "content": ["hi"]}], "has no type"),
        ([{"role": "robot", "content": "hi"}], "no such role"),
        ([{**USER, "tool_calls": []}], "calls of a user message"),
        ([USER, {"role": "assistant", "content": "", "tool_calls": []}], "no list with calls"),
    ],
)
def test_what_the_api_refuses(messages: list[dict[str, Any]], fault: str) -> None:
    assert any(fault in found for found in faults_of({"messages": messages}))


CLOSED = {
    "type": "object",
    "properties": {"on": {"type": ["string", "null"]}},
    "required": ["on"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        (CLOSED, None),
        ({**CLOSED, "required": []}, "not all required"),
        ({**CLOSED, "additionalProperties": {"type": "number"}}, "open to other keys"),
        ({**CLOSED, "properties": {"on": {"type": "string", "default": ""}}}, "default"),
        ({**CLOSED, "properties": {"on": {"description": "a day"}}}, "of no type"),
        ({**CLOSED, "properties": {"on": {"type": "array", "items": {"type": "object"}}}}, "open"),
    ],
)
def test_what_a_strict_schema_may_hold(parameters: dict[str, Any], fault: str | None) -> None:
    tool = {"type": "function", "function": {"name": "due", "strict": True}}
    tool["function"]["parameters"] = parameters  # type: ignore[index]
    found = faults_of({"messages": [USER], "tools": [tool]})
    assert found == [] if fault is None else fault in found[0]


def test_tools_have_names_of_their_own() -> None:
    tool = {"type": "function", "function": {"name": "due", "parameters": {}}}
    assert "one name" in faults_of({"messages": [USER], "tools": [tool, tool]})[0]
