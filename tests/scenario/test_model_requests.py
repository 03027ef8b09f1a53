"""What a language model is sent, turn after turn, and what leaves of its words."""

import asyncio
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.agent.provider.preselection import CORE, FIND_TOOLS
from bot.agent.provider.tokens import tokens_of
from bot.cli.chat import _answer
from bot.main import now, open_assistant
from bot.settings import Settings
from bot.turn import Reply, Turn
from tests.scenario.chat_api import size_of
from tests.scenario.conftest import Talk
from tests.scenario.openai_peer import OWN, after_correction, calls, on_model, openai_peer, says
from tools.access import OPERATOR

QUESTION = "Who looks after Merrowick Semiconductor?"
OWNER = calls("Merrowick", ("coverage_owner", {"account": "Merrowick"}))
SAID = "Priya Raman looks after it. She reports to Grace Tan.\n\n- dotted line: Marta Lindqvist"
SAYS = says("Merrowick", SAID)


def _tools(request: dict[str, Any]) -> list[str]:
    return [tool["function"]["name"] for tool in request["tools"]]


def test_requests_begin_alike_whatever_is_asked(demo: Settings, talk: Talk, tmp_path: Path) -> None:
    other = says("pipeline", "Nothing is known.")
    other["match"].pop("hasToolResult")
    with openai_peer([OWNER, SAYS, other], tmp_path, server=OWN) as peer:
        talk(on_model(demo, peer.url), QUESTION, "pipeline by stage")
        first, second, third, *_ = peer.requests()
    assert first["tools"] == second["tools"] != third["tools"]
    assert _tools(first)[: len(CORE) + 1] == _tools(third)[: len(CORE) + 1] == [*CORE, FIND_TOOLS]
    assert first["messages"] == second["messages"][:2]
    assert first["messages"][0] == third["messages"][0]
    system = first["messages"][0]["content"]
    today = now().date().isoformat()
    assert system.endswith(f"Today is {today}.")
    assert system.count(today) == 1
    assert system.index("Answer in English") > 0.9 * len(system)
    assert "parallel_tool_calls" not in first
    assert not first.get("stream")


def test_a_tool_that_was_not_shown_is_found_and_then_is(
    demo: Settings, talk: Talk, tmp_path: Path
) -> None:
    need = {"need": "what one currency is worth in another: set the exchange rate"}
    finds = calls("Merrowick", (FIND_TOOLS, need))
    ends = says("Merrowick", "Nothing is known of it.")
    with openai_peer([finds, ends], tmp_path, server=OWN) as peer:
        steps: list[str] = []
        reply = asyncio.run(_heard(on_model(demo, peer.url), steps, []))
        first, second = peer.requests()
    assert "set_exchange_rate" not in _tools(first)
    assert _tools(second)[: len(_tools(first))] == _tools(first)
    assert "set_exchange_rate" in _tools(second)
    assert "set_exchange_rate: Propose" in second["messages"][-1]["content"]
    assert steps == []
    assert reply.tool_calls == ()


def test_sentences_are_handed_out_once_they_are_checked(demo: Settings, tmp_path: Path) -> None:
    draft = f"It brought USD 7,654,321. {SAID}"
    with openai_peer(
        [after_correction(says("", SAID)), OWNER, says("Merrowick", draft)], tmp_path, server=OWN
    ) as peer:
        heard: list[str] = []
        reply = asyncio.run(_heard(on_model(demo, peer.url), [], heard))
    assert "".join(heard) == reply.text == SAID
    assert [piece.strip() for piece in heard] == [
        "Priya Raman looks after it.",
        "She reports to Grace Tan.",
        "- dotted line: Marta Lindqvist",
    ]


@pytest.mark.parametrize("script", [[], [OWNER, says("Merrowick", "It has 7,654,321 owners.")]])
def test_what_no_language_model_said_is_not_handed_out(
    demo: Settings, tmp_path: Path, script: list[dict[str, Any]]
) -> None:
    with openai_peer(script, tmp_path, server=OWN) as peer:
        heard: list[str] = []
        settings = on_model(demo, peer.url, model_retries=0)
        reply = asyncio.run(_heard(settings, [], heard))
    assert heard == []
    assert reply.text.startswith("Priya Raman owns")


def test_the_terminal_says_words_once_before_the_cards(demo: Settings, tmp_path: Path) -> None:
    console = Console(width=100, record=True, file=StringIO())

    async def chat(settings: Settings) -> None:
        async with open_assistant(settings) as assistant:
            await _answer(assistant, console, OPERATOR, "t", QUESTION)

    with openai_peer([OWNER, SAYS], tmp_path, server=OWN) as peer:
        asyncio.run(chat(on_model(demo, peer.url)))
    shown = console.export_text()
    assert shown.count("Priya Raman looks after it.") == 1
    assert shown.index("dotted line: Marta Lindqvist") < shown.index("Priya Raman owns Merrowick")


async def _heard(settings: Settings, steps: list[str], heard: list[str]) -> Reply:
    async with open_assistant(settings) as assistant:
        return await assistant.answer(
            Turn("t", OPERATOR, QUESTION), lambda name, _: steps.append(name), heard.append
        )


@pytest.mark.parametrize(
    ("word", "told"), [("no", "dropped"), ("yes", "Applied")], ids=["refused", "applied"]
)
def test_the_thread_knows_what_became_of_a_proposal(
    demo: Settings, talk: Talk, tmp_path: Path, word: str, told: str
) -> None:
    risk = {"account": "Merrowick", "description": "price war", "kind": "competitor"}
    adds = calls("price war", ("add_risk", risk))
    script = [adds, says("price war", ""), OWNER, SAYS]
    with openai_peer(script, tmp_path, server=OWN) as peer:
        proposed, decided, answered = talk(
            on_model(demo, peer.url), "add the risk of a price war", word, QUESTION
        )
        last = peer.requests()[-1]["messages"]
    assert proposed.pending is not None
    assert decided.pending is None
    assert answered.text == SAID
    said = [m["content"] for m in last if m["role"] in ("user", "assistant") and m["content"]]
    place = said.index(word)
    assert said[place + 1] == decided.text
    assert told.casefold() in decided.text.casefold() or decided.cards


@pytest.mark.heavy
def test_a_thread_of_sixty_turns(demo: Settings, talk: Talk, tmp_path: Path) -> None:
    """Each request is judged by the peer; none grows beyond its budget, and the beginning of most
    is the one before."""
    owner = calls("Who", ("coverage_owner", {"account": "Merrowick"}))
    said = says("Who", "Priya Raman looks after it.")
    settings = {"model_history_tokens": 1_000}
    with openai_peer([owner, said], tmp_path, server=OWN) as peer:
        replies = talk(
            on_model(demo, peer.url, **settings), *(f"Who owns Merrowick? ({n})" for n in range(60))
        )
        requests = peer.requests()
    assert {reply.text for reply in replies} == {"Priya Raman looks after it."}
    assert len(requests) == 120
    largest = max(tokens_of(str(request["messages"])) for request in requests)
    assert largest < tokens_of(str(requests[1]["messages"])) + 2_000
    assert size_of(requests[-1]) < 2 * size_of(requests[1])
    assert "Summary of the earlier conversation" in str(requests[-1]["messages"][1])
