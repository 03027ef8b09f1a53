"""Every tool of the catalog as it is sent: short, and strict wherever its schema allows."""

import json
from typing import Any

import pytest

from bot.agent.binding import bind
from bot.agent.provider.schemas import sent
from tests.scenario.chat_api import faults_of
from tools.catalog import READS, WRITES
from tools.catalog.spec import Tool

TOOLS = {tool.name: tool for tool in (*READS, *WRITES)}
USER = {"role": "user", "content": "hi"}


def _sent(tool: Tool, *, strict: bool = True) -> dict[str, Any]:
    function: dict[str, Any] = sent(bind(tool), strict=strict)["function"]
    return function


def _parameter(tool: str, name: str) -> dict[str, Any]:
    described: dict[str, Any] = _sent(TOOLS[tool])["parameters"]["properties"][name]
    return {key: value for key, value in described.items() if key != "description"}


@pytest.mark.parametrize("strict", [True, False])
def test_a_provider_takes_every_tool(strict: bool) -> None:
    tools = [sent(bind(tool), strict=strict) for tool in TOOLS.values()]
    assert faults_of({"messages": [USER], "tools": tools}) == []


def test_only_a_tool_with_free_keys_is_not_strict() -> None:
    assert [n for n, tool in TOOLS.items() if "strict" not in _sent(tool)] == ["set_credit_shares"]


def test_no_tool_is_strict_where_the_provider_knows_none_such() -> None:
    assert not any("strict" in _sent(tool, strict=False) for tool in TOOLS.values())


@pytest.mark.parametrize(
    ("tool", "name", "schema"),
    [
        ("composite_score", "account", {"type": "string"}),
        ("composite_score", "on", {"type": ["string", "null"], "format": "date"}),
        ("score_what_if", "revenue", {"type": ["number", "null"]}),
        ("set_factor_input", "value", {"type": "number"}),
        ("compare_accounts", "accounts", {"type": "array", "items": {"type": "string"}}),
        (
            "add_need",
            "kind",
            {"type": ["string", "null"], "enum": ["explicit", "hidden", None]},
        ),
        (
            "add_need",
            "horizon",
            {"type": ["string", "null"], "enum": ["short", "medium", "long", None]},
        ),
    ],
)
def test_what_may_be_left_out_may_be_null(tool: str, name: str, schema: dict[str, Any]) -> None:
    assert _parameter(tool, name) == schema


def test_a_default_is_told_where_the_words_do_not() -> None:
    kind = _sent(TOOLS["add_need"])["parameters"]["properties"]["kind"]
    assert "explicit" in kind["description"]


def test_every_argument_keeps_its_words() -> None:
    for name, tool in TOOLS.items():
        for parameter in _sent(tool)["parameters"]["properties"].values():
            assert parameter["description"], name


def test_schemas_are_shorter_than_the_plain_ones() -> None:
    plain = [bind(tool).tool_call_schema.model_json_schema() for tool in TOOLS.values()]  # type: ignore[union-attr]
    short = [_sent(tool, strict=False)["parameters"] for tool in TOOLS.values()]
    assert len(json.dumps(short)) < 0.95 * len(json.dumps(plain))
