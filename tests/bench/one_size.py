"""A process of its own that opens the assistant over a home and asks: run by the bench of scale.

Says in one line of JSON how long turns of each kind took, by the clock and by the processor, and
how much memory the process holds in the end.
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Turn
from tools.access import OPERATOR

LOOK_UPS = (
    "who covers {0}?",
    "{0}的负责人是谁？",
    "revenue of {0} this year",
    "{0}有哪些需求",
    "which deals are open at {0}?",
    "{0}的联系人",
)
RANKINGS = (
    "which are our key accounts?",
    "哪些是重点客户",
    "top 10 accounts by won revenue this year",
    "which accounts come first?",
)
SEARCHES = (
    "what is share of wallet?",
    "what does an executive sponsor do?",
    "重点客户多久复盘一次",
    "what do our notes say about {0} and prices?",
    "哪些客户提到交期",
)
TURNS = 24
Taken = tuple[float, float]


async def measured(home: Path, names: Sequence[str]) -> dict[str, list[Taken]]:
    """Milliseconds of each turn by the clock and by the processor."""
    found: dict[str, list[Taken]] = {}
    async with open_assistant(Settings(_env_file=None, KAM_HOME=home), ahead=True) as assistant:
        while not gc.get_freeze_count():
            await asyncio.sleep(0.1)
        for kind, lines in (("look-up", LOOK_UPS), ("ranking", RANKINGS), ("search", SEARCHES)):
            found[kind] = []
            for number in range(-len(lines), TURNS):
                line = lines[number % len(lines)].format(names[number % len(names)])
                clock, cpu = time.perf_counter(), time.process_time()
                reply = await assistant.answer(Turn(f"{kind}{number}", OPERATOR, line))
                taken = time.perf_counter() - clock, time.process_time() - cpu
                assert reply.failure is None, line
                if number >= 0:
                    found[kind].append((taken[0] * 1000, taken[1] * 1000))
    return found


def megabytes() -> int:
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(x.split()[1]) >> 10 for x in status.splitlines() if x.startswith("VmRSS"))


if __name__ == "__main__":
    turns = asyncio.run(measured(Path(sys.argv[1]), sys.argv[2:]))
    print(json.dumps({"turns": turns, "memory": megabytes()}))
