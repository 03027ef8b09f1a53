"""What goes wrong with a language model, on a real client and server: the turn is answered all
the same, and every request is one that the API takes."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Reply, Turn
from tests.scenario.conftest import Talk
from tests.scenario.openai_peer import (
    AIMOCK,
    OWN,
    OpenAIPeer,
    after_correction,
    calls,
    on_model,
    openai_peer,
    says,
)
from tools.access import OPERATOR

Serve = Callable[..., AbstractContextManager[OpenAIPeer]]

QUESTION = "Who looks after Merrowick Semiconductor?"
HEADLINE = "Priya Raman owns Merrowick Semiconductor"
OWNER = calls("Merrowick", ("coverage_owner", {"account": "Merrowick"}))
SAYS = says("Merrowick", "Priya Raman looks after it.")
ANY_TIME: dict[str, Any] = {"userMessage": "Merrowick"}


@pytest.fixture(params=[AIMOCK, OWN])
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Serve:
    """A scripted server: the npm one where Node.js is installed, and our own."""

    def served(script: list[dict[str, Any]], *options: str, cut: bool = False) -> Any:
        return openai_peer(script, tmp_path, *options, server=request.param, cut=cut)

    return served


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries again at once where the provider names no time."""
    monkeypatch.setattr("bot.agent.provider.faults._FIRST_WAIT", 0.0)


def fails(status: int, code: str = "server_error", **more: Any) -> dict[str, Any]:
    """A script: whatever is asked fails."""
    error = {"message": "no", "type": code, "code": code}
    return {"match": ANY_TIME, "response": {"error": error, "status": status, **more}}


def first(script: dict[str, Any]) -> dict[str, Any]:
    """The script once, before others for the same message."""
    return {**script, "match": {**script["match"], "sequenceIndex": 0}}


def _is_answered_by_the_built_in_model(reply: Reply) -> None:
    assert reply.failure is None
    assert reply.model == "built-in"
    assert [call.name for call in reply.tool_calls] == ["coverage_owner"]
    assert reply.text.startswith(HEADLINE)
    assert "language model did not answer" in reply.text


def test_calls_side_by_side_come_back_in_order(demo: Settings, talk: Talk, serve: Serve) -> None:
    wanted = ("coverage_owner", "composite_score", "closeness")
    both = calls("Merrowick", *((name, {"account": "Merrowick"}) for name in wanted))
    with serve([both, SAYS]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        last = peer.requests()[-1]["messages"]
    assert tuple(call.name for call in reply.tool_calls) == wanted
    assert [m["tool_call_id"] for m in last if m["role"] == "tool"] == [
        call["id"] for call in last[2]["tool_calls"]
    ]
    assert reply.text == "Priya Raman looks after it."


def test_wrong_arguments_and_an_invented_account_are_told_to_the_model(
    demo: Settings, talk: Talk, serve: Serve
) -> None:
    wrong = calls(
        "Merrowick",
        ("composite_score", {"account": "Merrowick", "on": "not a day"}),
        ("compare_accounts", {"accounts": 7}),
        ("coverage_owner", {"account": "Zzzyx Ltd"}),
    )
    asks = says("Merrowick", "Zzzyx Ltd is not in the records; which customer do you mean?")
    with serve([wrong, asks]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        results = [m["content"] for m in peer.requests()[-1]["messages"] if m["role"] == "tool"]
    assert [
        part in result for part, result in zip(("on", "accounts", "Zzzyx"), results, strict=True)
    ] == [True] * 3
    assert reply.cards == ()
    assert reply.text == asks["response"]["content"]


def test_a_tool_that_there_is_not_is_no_answer(demo: Settings, talk: Talk, serve: Serve) -> None:
    unknown = {**calls("", ("no_such_tool", {})), "match": ANY_TIME}
    with serve([unknown]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        assert len(peer.requests()) == 3
    _is_answered_by_the_built_in_model(reply)


def test_an_invented_figure_does_not_leave(demo: Settings, talk: Talk, serve: Serve) -> None:
    draft = "Priya Raman looks after it. It brought USD 7,654,321."
    script = [after_correction(says("", draft)), OWNER, says("Merrowick", draft)]
    with serve(script) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
    assert reply.text == "Priya Raman looks after it."
    assert reply.dropped == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {"content": ""},
        {"toolCalls": [{"name": "coverage_owner", "arguments": '{"account": "Merr'}]},
    ],
    ids=["silence", "arguments that are no JSON"],
)
def test_nonsense_is_asked_for_again(
    demo: Settings, talk: Talk, serve: Serve, impatient: None, nonsense: dict[str, Any]
) -> None:
    bad = {"match": {"userMessage": "Merrowick", "hasToolResult": False}, "response": nonsense}
    with serve([first(bad), OWNER, SAYS]) as peer:
        (mended,) = talk(on_model(demo, peer.url), QUESTION)
    assert mended.text == "Priya Raman looks after it."
    with serve([bad]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        assert len(peer.requests()) == 3
    _is_answered_by_the_built_in_model(reply)


@pytest.mark.parametrize(
    ("options", "cut"),
    [
        (("--chaos-disconnect", "1"), False),
        (("--chaos-malformed", "1"), False),
        ((), True),
    ],
    ids=["hung up", "no JSON", "cut in the middle"],
)
def test_an_answer_that_breaks_off_is_no_answer(
    demo: Settings, talk: Talk, serve: Serve, impatient: None, options: tuple[str, ...], cut: bool
) -> None:
    with serve([OWNER, SAYS], *options, cut=cut) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        assert len(peer.requests()) == 3
    _is_answered_by_the_built_in_model(reply)


def test_a_short_rate_limit_is_waited_for(demo: Settings, talk: Talk, serve: Serve) -> None:
    limited = fails(429, "rate_limit_exceeded", retryAfter=0)
    limited["match"] = OWNER["match"]
    with serve([first(limited), OWNER, SAYS]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        assert len(peer.requests()) == 3
    assert reply.text == "Priya Raman looks after it."


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        (fails(429, "rate_limit_exceeded", retryAfter=3600), 1),
        (fails(429, "insufficient_quota"), 1),
        (fails(401, "invalid_api_key"), 1),
        (fails(500), 3),
    ],
    ids=["too long a wait", "out of quota", "wrong key", "server error"],
)
def test_the_built_in_model_answers_what_the_provider_does_not(
    demo: Settings,
    talk: Talk,
    serve: Serve,
    impatient: None,
    fault: dict[str, Any],
    requests: int,
) -> None:
    with serve([fault]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
        assert len(peer.requests()) == requests
    _is_answered_by_the_built_in_model(reply)


def test_a_provider_that_hangs_is_asked_once(demo: Settings, talk: Talk, serve: Serve) -> None:
    with serve([OWNER, SAYS], "--chaos-latency", "9000") as peer:
        (reply,) = talk(on_model(demo, peer.url, model_timeout=0.3), QUESTION)
        assert len(peer.requests()) == 1
    _is_answered_by_the_built_in_model(reply)


def test_a_turn_ends_when_its_time_is_up(demo: Settings, talk: Talk, serve: Serve) -> None:
    with serve([OWNER, SAYS], "--chaos-latency", "9000") as peer:
        (reply,) = talk(on_model(demo, peer.url, model_turn_seconds=0.4), QUESTION)
    _is_answered_by_the_built_in_model(reply)


def test_a_provider_that_stays_down_is_left_alone(
    demo: Settings, talk: Talk, serve: Serve, impatient: None
) -> None:
    with serve([fails(500)]) as peer:
        replies = talk(on_model(demo, peer.url, model_retries=0), *[QUESTION] * 5)
        assert len(peer.requests()) == 3
    for reply in replies:
        _is_answered_by_the_built_in_model(reply)


def test_a_failure_after_the_tools_leaves_their_results(
    demo: Settings, talk: Talk, serve: Serve, impatient: None
) -> None:
    late = fails(500)
    late["match"] = SAYS["match"]
    with serve([OWNER, late]) as peer:
        (reply,) = talk(on_model(demo, peer.url), QUESTION)
    _is_answered_by_the_built_in_model(reply)
    assert len(reply.cards) == 1


def test_a_turn_has_its_tokens(demo: Settings, talk: Talk, serve: Serve) -> None:
    endless = {**OWNER, "match": ANY_TIME}
    with serve([endless]) as peer:
        (reply,) = talk(on_model(demo, peer.url, model_turn_tokens=20_000), QUESTION)
        assert 1 < len(peer.requests()) < 6
    assert reply.text.startswith(HEADLINE)


def test_a_thread_goes_on_after_every_fault(
    demo: Settings, talk: Talk, serve: Serve, impatient: None
) -> None:
    """Each request of the last turn carries what the turns before it left behind."""
    unknown = {**calls("", ("no_such_tool", {})), "match": {"userMessage": "closeness of"}}
    broken = fails(500)
    broken["match"] = {"userMessage": "tier"}
    script = [unknown, broken, OWNER, SAYS]
    lines = ("closeness of Orvane Rail Systems", "tier of Orvane Rail Systems", QUESTION)
    with serve(script) as peer:
        *_, reply = talk(on_model(demo, peer.url), *lines)
        last = peer.requests()[-1]["messages"]
    assert reply.text == "Priya Raman looks after it."
    assert [m["content"] for m in last if m["role"] == "user"] == list(lines)


def test_a_turn_that_was_stopped_leaves_a_thread_that_goes_on(demo: Settings, serve: Serve) -> None:
    async def conversation(settings: Settings) -> Reply:
        async with open_assistant(settings) as assistant:
            running: list[asyncio.Task[Reply]] = []
            stop = partial(_stop, running)
            stopped = asyncio.create_task(assistant.answer(Turn("t", OPERATOR, QUESTION), stop))
            running.append(stopped)
            await asyncio.gather(stopped, return_exceptions=True)
            assert stopped.cancelled()
            return await assistant.answer(Turn("t", OPERATOR, QUESTION))

    with serve([OWNER, SAYS]) as peer:
        reply = asyncio.run(conversation(on_model(demo, peer.url)))
    assert reply.text == "Priya Raman looks after it."


def _stop(running: list[asyncio.Task[Reply]], *_step: Any) -> None:
    running[0].cancel()
