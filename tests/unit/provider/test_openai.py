"""OpenAI's models get each tool as it is, by whichever of the two APIs."""

import json
from typing import Any

import pytest
from langchain_openai import ChatOpenAI

from bot.agent.provider.openai import OpenAIChat
from bot.agent.provider.schemas import SentTool
from bot.agent.provider.tokens import tokens_of

TOOL = {
    "type": "function",
    "function": {
        "name": "重点客户",
        "description": "Key accounts",
        "strict": True,
        "parameters": {"type": "object", "properties": {}, "required": []},
    },
}
SAID = [("user", "hi")]


def _payload(kind: type[ChatOpenAI], model: str, **more: Any) -> dict[str, Any]:
    bound = kind(model=model, api_key="sk-test", **more)  # type: ignore[arg-type]
    return bound._get_request_payload(SAID, tools=[TOOL], tool_choice="auto")


def _body(payload: dict[str, Any]) -> dict[str, Any]:
    """What goes over the wire: the client merges the extra body last."""
    extra = payload.pop("extra_body", None) or {}
    return {**payload, **extra}


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5-codex"])
def test_the_request_is_the_same_as_without_the_shortcut(model: str) -> None:
    assert _body(_payload(OpenAIChat, model)) == _body(_payload(ChatOpenAI, model))


def test_tools_pass_the_client_by_beside_what_is_sent_so_already() -> None:
    payload = _payload(OpenAIChat, "gpt-4o", extra_body={"ttl": 3})
    assert "tools" not in payload
    assert payload["extra_body"] == {"ttl": 3, "tools": [TOOL]}


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("abcd", 1), ("abcde", 2), ("重点客户", 4), ("é", 1), ("ab重", 2)]
)
def test_four_signs_of_ascii_or_one_of_any_other_make_a_token(text: str, tokens: int) -> None:
    assert tokens_of(text) == tokens


def test_a_tool_counts_as_its_json() -> None:
    assert SentTool(TOOL).tokens == tokens_of(json.dumps(TOOL, ensure_ascii=False))
