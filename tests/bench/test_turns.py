"""How long people wait: for the command, for a first answer, for a further turn.

Run by `make bench`. Each figure stands beside the limit it is meant to keep.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Turn
from tools.access import OPERATOR

pytestmark = pytest.mark.bench

KAM = [sys.executable, "-c", "from bot.cli import main; main()"]
QUESTIONS = (
    "who covers Merrowick Semiconductor?",
    "and what is its score?",
    "霁川半导体的负责人是谁？",
    "那它的评分呢",
    "top 10 accounts by won revenue this year",
    "各区域的赢单率",
    "哪些客户没有负责人",
    "what is share of wallet?",
    "區域大客戶總監有哪些職責？",
    "show the acquisition plan checklist",
)


def _median(run: Callable[[], object], times: int) -> float:
    """Seconds, the median of several runs."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _report(what: str, seconds: float, limit: float) -> None:
    print(f"\n{what}: {seconds * 1000:,.0f} ms, {seconds / limit:.2f} of the {limit:g} s allowed")


def _kam(home: Settings, *words: str) -> Callable[[], object]:
    env = os.environ | {"KAM_HOME": str(home.home)}
    return lambda: subprocess.run([*KAM, *words], env=env, capture_output=True, check=True)


def test_help(demo: Settings) -> None:
    _report("kam --help", _median(_kam(demo, "--help"), 5), 0.5)


@pytest.mark.parametrize("question", QUESTIONS[:1] + QUESTIONS[-3:-1])
def test_first_answer(demo: Settings, question: str) -> None:
    _report(f"kam ask {question!r}", _median(_kam(demo, "ask", question), 3), 4)


def test_further_turns(demo: Settings) -> None:
    async def turns() -> list[float]:
        spent = []
        async with open_assistant(demo) as assistant:
            for round_ in range(6):
                for question in QUESTIONS:
                    start = time.perf_counter()
                    await assistant.answer(Turn(f"t{round_}", OPERATOR, question))
                    spent.append(time.perf_counter() - start)
        return spent[len(QUESTIONS) :]

    spent = sorted(asyncio.run(turns()))
    _report("a further turn, median", statistics.median(spent), 0.15)
    _report("a further turn, 95th percentile", spent[int(len(spent) * 0.95)], 0.15)
