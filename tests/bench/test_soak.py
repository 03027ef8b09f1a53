"""The load of 1,000 people over minutes: what memory and latency are at the start and the end.

1,000 sales people who ask 12 things a working day of 8 hours make 25 events a minute; the
busiest quarter of an hour (Monday morning) has four times as many. So 100 events a minute are
sent: eight in ten are questions and commands, two in ten are clicks on proposed changes.
`KAM_SOAK_MINUTES` sets how long; 30 for a real soak.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import quantiles

import pytest

from tests.scenario.slack.acting import typed
from tests.scenario.slack.bench import REP, Bench, open_bench

MINUTES = float(os.environ.get("KAM_SOAK_MINUTES", "1"))
EVENTS_A_MINUTE = 100
GROWTH = 150
"""Megabytes that memory may grow by between the first and the last fifth."""

_WARM_UP = 40
pytestmark = pytest.mark.bench


@pytest.fixture
async def bench(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Bench]:
    async with open_bench(tmp_path, sqlite_template, "http") as opened:
        yield opened


async def test_soak(bench: Bench) -> None:
    accounts = [bench.account(city="Lyon") for _ in range(20)]
    for number in range(_WARM_UP):
        await _event(bench, accounts, number)
    end = time.monotonic() + MINUTES * 60
    taken: list[float] = []
    memory = [_megabytes()]
    while time.monotonic() < end:
        began = time.monotonic()
        number += 1
        await _event(bench, accounts, number)
        taken.append(time.monotonic() - began)
        memory.append(_megabytes())
        await asyncio.sleep(max(0.0, 60 / EVENTS_A_MINUTE - taken[-1]))
    fifth = max(2, len(taken) // 5)
    first, last = taken[:fifth], taken[-fifth:]
    done = len(taken) / MINUTES
    print(
        f"{MINUTES:g} min at {EVENTS_A_MINUTE} events/min asked for, {done:.0f} done: "
        f"p50/p95 {_show(first)} at the start, {_show(last)} at the end; "
        f"memory {memory[fifth]} MB at the start, {memory[-1]} MB at the end"
    )
    assert memory[-1] - memory[fifth] < GROWTH


async def _event(bench: Bench, accounts: list[str], number: int) -> None:
    """One event, until it is answered."""
    account = accounts[number % len(accounts)]
    match number % 5:
        case 0:
            city = f"City {number}"
            card = bench.proposed("update_account", account=account, city=city)
            await bench.press(card, "kam_proposal_confirm")
            await bench.changed(card, "Confirmed by Anna Berg")
        case 1 | 2:
            await bench.whispered(bench.slack.command(typed(bench.slack, f"owner {account}", REP)))
        case _:
            await bench.slack.answer(bench.slack.said(f"Who owns {account}?", REP))


def _show(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"{cuts[9] * 1000:.0f}/{cuts[18] * 1000:.0f} ms"


def _megabytes() -> int:
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(x.split()[1]) >> 10 for x in status.splitlines() if x.startswith("VmRSS"))
