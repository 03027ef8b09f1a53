"""The same agent on a language model: a real client against a scripted OpenAI-compatible server."""

from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.scenario.conftest import Talk
from tests.scenario.openai_peer import calls, on_model, openai_peer, says

QUESTION = "Who looks after Merrowick Semiconductor?"
CALLS = calls(
    "Merrowick",
    ("coverage_owner", {"account": "Merrowick"}),
    ("composite_score", {"account": "Merrowick"}),
)
SAYS = says("Merrowick", "It has an owner and no recorded stand-in.")


def test_the_model_calls_tools_and_puts_words_between(
    demo: Settings, talk: Talk, tmp_path: Path
) -> None:
    with openai_peer([CALLS, SAYS], tmp_path) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        first, second = peer.requests()
    assert [call.name for call in reply.tool_calls] == ["coverage_owner", "composite_score"]
    assert len(reply.cards) == 2
    assert reply.text == "It has an owner and no recorded stand-in."
    assert reply.model == "gpt-test"
    assert _roles(first) == ["system", "user"]
    assert _roles(second) == ["system", "user", "assistant", "tool", "tool"]


def test_every_tool_call_of_a_request_has_its_result(
    demo: Settings, talk: Talk, tmp_path: Path
) -> None:
    unknown = calls(
        "Merrowick",
        ("no_such_tool", {}),
        ("composite_score", {"on": "not a day"}),
        ("composite_score", {"account": "Zzzyx Ltd"}),
    )
    with openai_peer([unknown, SAYS], tmp_path) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        requests = peer.requests()
    assert reply.failure is None
    contents = [m["content"] for m in requests[-1]["messages"] if m["role"] == "tool"]
    assert len(contents) == 3
    assert "no_such_tool is not a valid tool" in contents[0]
    assert "account" in contents[1]
    assert "Zzzyx" in contents[2]


@pytest.mark.parametrize("chaos", [("--chaos-drop", "1"), ("--chaos-ratelimit", "1")])
def test_the_built_in_model_answers_when_the_language_model_does_not(
    demo: Settings, talk: Talk, tmp_path: Path, chaos: tuple[str, str]
) -> None:
    with openai_peer([CALLS, SAYS], tmp_path, *chaos) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
    assert [call.name for call in reply.tool_calls] == ["coverage_owner"]
    assert reply.model == "built-in"
    assert "Priya Raman" in reply.text
    assert "language model" in reply.text


def _roles(request: dict[str, Any]) -> list[str]:
    return [message["role"] for message in request["messages"]]
