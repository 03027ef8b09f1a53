"""Requests that Slack did not send, or not like this: refused, and nothing comes of them."""

import json
import time
from collections.abc import Callable

import pytest

from bot.slack.http import LARGEST
from tests.scenario.slack.bench import REP, Bench
from tests.scenario.slack.peer import SlackPeer

pytestmark = pytest.mark.asyncio(loop_scope="module")

Made = Callable[[SlackPeer], tuple[str, dict[str, str]]]
SORT = {"Content-Type": "application/json"}


def _said(peer: SlackPeer) -> str:
    return json.dumps(peer.said("Who are our key accounts?", REP))


def _aged(seconds: int) -> Made:
    """Signed as Slack does, at another time."""

    def made(peer: SlackPeer) -> tuple[str, dict[str, str]]:
        data = _said(peer)
        return data, peer.seal(data, int(time.time()) + seconds)

    return made


def _with(**headers: str) -> Made:
    names = {name: name.replace("_", "-") for name in headers}
    return lambda peer: (_said(peer), {names[name]: value for name, value in headers.items()})


def _body(data: str) -> Made:
    return lambda _peer: (data, {})


REQUESTS: dict[str, tuple[Made, int]] = {
    "unsigned": (_with(X_Slack_Signature=""), 401),
    "signed with another secret": (_with(X_Slack_Signature="v0=" + "0" * 64), 401),
    "signature of another form": (_with(X_Slack_Signature="\u00ff" * 3), 401),
    "body changed after it was signed": (
        lambda peer: (_said(peer), peer.seal(_said(peer) + " ", int(time.time()))),
        401,
    ),
    "without a time": (_with(X_Slack_Request_Timestamp=""), 401),
    "a time that is no number": (_with(X_Slack_Request_Timestamp="yesterday"), 401),
    "a time that is no integer": (_with(X_Slack_Request_Timestamp="1e9"), 401),
    "a time beyond all numbers": (_with(X_Slack_Request_Timestamp="9" * 5_000), 401),
    "replayed after six minutes": (_aged(-360), 401),
    "replayed after a day": (_aged(-86_400), 401),
    "from the future": (_aged(360), 401),
    "one byte too large": (_body(" " * (LARGEST + 1)), 413),
    "eight times too large": (_body("x" * (8 * LARGEST)), 413),
    "no JSON": (_body("{"), 400),
    "JSON nested 100,000 deep": (_body("[" * 100_000), 400),
    "a number of 5,000 digits": (_body('{"type": ' + "9" * 5_000 + "}"), 400),
    "empty": (_body(""), 200),
    "a list": (_body("[1, 2]"), 400),
    "a bare word": (_body('"word"'), 400),
    "null": (_body("null"), 400),
}


@pytest.mark.parametrize("name", REQUESTS)
async def test_a_bad_request_is_refused(bench: Bench, name: str) -> None:
    made, expected = REQUESTS[name]
    data, headers = made(bench.slack)
    before = len(bench.slack.messages)
    status, said = await bench.slack.signed("/slack/events", data, {**SORT, **headers})
    assert status == expected
    assert "Traceback" not in said
    await bench.slack.quiet(0.05)
    assert len(bench.slack.messages) == before


async def test_a_body_that_is_no_text_is_refused(bench: Bench) -> None:
    status, _ = await bench.slack.signed("/slack/events", b"\xff\xfe\x00{", SORT)
    assert status == 400


async def test_a_good_request_is_answered_after_all_that(bench: Bench) -> None:
    body = bench.slack.said("help", REP)
    assert await bench.slack.answer(body)
