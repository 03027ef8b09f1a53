"""Signed bodies with fields dropped, altered or of another type: each is acknowledged, no
traceback reaches anybody, nothing is written, and the bot goes on answering.

`KAM_TEST_PAYLOADS` sets how many there are, instead of 5,000.
"""

import asyncio
import json
import logging
import os
import random
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from tests.scenario.slack.bench import REP, Bench
from tests.scenario.slack.mutating import bodies, mutated
from tests.scenario.slack.peer import Json
from tools.data.models import Account, ChangeLine

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]

PAYLOADS = int(os.environ.get("KAM_TEST_PAYLOADS", "5000"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LEAKS = ("Traceback", "Error:", "Exception", "sqlalchemy", 'File "', "KeyError", "NoneType")


async def _handed(bench: Bench, kind: str, body: Json) -> int:
    """The status of the answer to this body."""
    if kind == "events_api":
        data, sort = json.dumps(body), {"Content-Type": "application/json"}
    elif kind == "interactive":
        data, sort = urlencode({"payload": json.dumps(body)}), FORM
    else:
        plain = {k: v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
        data, sort = urlencode(plain, errors="replace"), FORM
    status, said = await bench.slack.signed("/slack/events", data, sort)
    assert not any(leak in said for leak in LEAKS), said
    return int(status)


async def test_5000_mutated_payloads_are_acknowledged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    chance = random.Random(7)
    sound = bodies(bench)
    before = _written(bench)
    statuses: dict[int, int] = {}
    for number in range(PAYLOADS):
        kind, body = sound[number % len(sound)]
        changed = mutated(body, chance)
        status = await _handed(bench, kind, changed)
        statuses[status] = statuses.get(status, 0) + 1
        assert status < 500, json.dumps(changed)
    await asyncio.sleep(1)
    told = [m.words() for m in bench.slack.messages] + [json.dumps(a) for a in bench.slack.answers]
    assert not [words for words in told if any(leak in words for leak in LEAKS)]
    assert _lost(caplog) == []
    assert _written(bench) <= before | {"Paris"}
    print(f"{PAYLOADS} mutated payloads: answered {statuses}; 0 tracebacks, 0 writes unasked for")
    sound_one = bench.slack.said("help", REP)
    assert await bench.slack.answer(sound_one)


def _written(bench: Bench) -> set[Any]:
    """The cities of accounts: the one change that waits would write Paris."""
    assert len(bench.all(select(ChangeLine))) >= 1
    return {account.city for account in bench.all(select(Account))}


def _lost(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Failures that nobody was told of: they end in the event loop."""
    return [record.getMessage() for record in caplog.records if record.name == "asyncio"]
