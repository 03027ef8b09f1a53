"""What a turn costs beside its language model, at 10,000 accounts and 20,000 passages.

Run by `make bench`. Figures are milliseconds of CPU time, which a busy machine lengthens less
than time by the clock; each stands beside the limit that a turn is meant to keep by the clock on
two quiet cores. At the end the bare loop of the agent framework, with one trivial tool.
"""

import asyncio
import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.messages.tool import tool_call

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Turn
from tests.bench.big_company import account_name, build, person_name
from tests.scenario.openai_peer import calls, on_model, openai_peer, says
from tools.access import OPERATOR, Asker
from tools.domain.vocabulary import Role

pytestmark = pytest.mark.bench

MEDIAN, P95 = 0.100, 0.250
EN, ZH, OTHER = account_name(300), account_name(302), account_name(301)
REP = Asker(60, person_name(59), Role.REP, 21)
MANAGER = Asker(8, person_name(7), Role.MANAGER, 14)
DIRECTOR = Asker(2, person_name(1), Role.DIRECTOR, 3)

OF_ONE = (
    f"who covers {EN}?",
    "and what is its revenue this year?",
    f"show the profile of {EN}",
    "which deals are open there?",
    f"what are the contacts at {OTHER}?",
    "what needs does it have?",
    f"risks of {EN}",
    f"which plan do we have for {EN}?",
    f"when was {OTHER} last evaluated?",
    "what is still missing for its score?",
    f"{ZH}的负责人是谁？",
    "那它的收入呢",
    f"{ZH}有哪些需求",
    "它的风险有哪些",
    f"{ZH}的联系人",
    f"誰負責{ZH}？",
    "那它今年的營收是多少？",
    f"{ZH}的客戶計劃",
    f"how close are we to {EN}?",
    f"who is responsible for {OTHER.split()[0]} {OTHER.split()[1]}?",
)
OF_THE_METHOD = (
    "what is share of wallet?",
    "what does an executive sponsor do?",
    "什么是钱包份额",
    "重点客户多久复盘一次",
    "區域大客戶總監有哪些職責？",
    "show the acquisition plan checklist",
    "which duties does a key account manager have?",
    "客户分级的标准是什么",
    "what can you do?",
    "怎么制定客户计划",
    "what do plans say about the turbine order?",
    "哪些客户提到二供认证",
    "which rules are in force?",
    "who approves an account plan?",
    "客戶計劃要包含哪些內容？",
)
OF_MANY = (
    "top 10 accounts by won revenue this year",
    "revenue by region this year",
    "win rate by region",
    "各区域的赢单率",
    "今年赢单金额前十的客户",
    "pipeline by stage",
    "which accounts in the East region have no plan?",
    "哪些客户没有负责人",
    f"which accounts does {person_name(59)} cover?",
    f"{person_name(59)}负责哪些客户",
    "who is in East Branch 1?",
    "deals that are not linked to an account",
    "revenue of the last quarter",
    "今年的收入趋势",
    "how many accounts do we have in retail?",
)
RANKED = (
    "which are our key accounts?",
    "which accounts are VIP?",
    f"what is the composite score of {EN}?",
    "哪些是重点客户",
    f"{ZH}的评分是多少",
    "which accounts come first?",
)
"""Answers that rank the whole company."""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(KAM_HOME=tmp_path_factory.mktemp("big"))
    build(settings, date.today())  # noqa: DTZ011
    return settings


class Spent(NamedTuple):
    """Seconds of a turn."""

    cpu: float
    clock: float


def report(what: str, spent: Sequence[Spent]) -> None:
    ordered, by_clock = sorted(one.cpu for one in spent), sorted(one.clock for one in spent)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(
        f"\n{what} ({len(ordered)} turns): median {middle * 1000:.0f} ms of {MEDIAN * 1000:.0f}, "
        f"95th percentile {late * 1000:.0f} of {P95 * 1000:.0f}, most {ordered[-1] * 1000:.0f} ms; "
        f"by the clock {statistics.median(by_clock) * 1000:.0f} and "
        f"{by_clock[int(len(by_clock) * 0.95)] * 1000:.0f} ms"
    )


async def timed(settings: Settings, turns: Sequence[Turn]) -> list[tuple[Turn, Spent]]:
    """What each turn takes, in one process; the first turns, which load what is loaded once,
    apart."""
    spent = []
    async with open_assistant(settings, ahead=True) as assistant:
        for line in ("hello", f"who covers {EN}?", "what is share of wallet?", f"谁负责{ZH}"):
            await assistant.answer(Turn("warm", OPERATOR, line))
        while not gc.get_freeze_count():
            await asyncio.sleep(0.1)
        for turn in turns:
            start = time.process_time(), time.perf_counter()
            reply = await assistant.answer(turn)
            took = Spent(time.process_time() - start[0], time.perf_counter() - start[1])
            spent.append((turn, took))
            assert reply.failure is None, turn
    gc.unfreeze()
    return spent


def mix(lines: Sequence[str]) -> list[Turn]:
    """The lines by the operator, a rep, a manager and a director, each in a thread."""
    askers = (OPERATOR, REP, MANAGER, DIRECTOR)
    return [Turn(f"{a.name}-1", a, line) for a in askers for line in lines]


@pytest.mark.parametrize("what", ["OF_ONE", "OF_THE_METHOD", "OF_MANY", "RANKED"])
def test_a_turn(big: Settings, what: str) -> None:
    spent = asyncio.run(timed(big, mix(globals()[what])))
    report(what, [took for _, took in spent])
    for turn, took in sorted(spent, key=lambda item: -item[1].cpu)[:5]:
        print(f"  {took.cpu * 1000:5.0f} ms  {turn.asker.name}: {turn.text}")


def test_all_but_rankings(big: Settings) -> None:
    spent = [s for _, s in asyncio.run(timed(big, mix([*OF_ONE, *OF_THE_METHOD, *OF_MANY])))]
    report("all but rankings", spent)
    bare = statistics.median(asyncio.run(_bare()))
    middle = statistics.median(took.cpu for took in spent)
    print(f"the bare loop: {bare * 1000:.1f} ms; a turn is {middle / bare:.1f} ×")


def test_a_language_model_that_answers_at_once(big: Settings, tmp_path: Path) -> None:
    script = [
        calls("covers", ("coverage_owner", {"account": EN})),
        says("covers", "Here is who covers it."),
        calls("revenue", ("revenue", {"account": EN})),
        says("revenue", "Here is the revenue."),
        calls("sponsor", ("method_search", {"question": "what does an executive sponsor do"})),
        says("sponsor", "Here is what a sponsor does."),
    ]
    lines = [f"who covers {EN}?", f"revenue of {EN}", "what does a sponsor do?"] * 5
    with openai_peer(script, tmp_path, strict=False) as peer:
        turns = [Turn("lm", OPERATOR, line) for line in lines]
        spent = asyncio.run(timed(on_model(big, peer.url), turns))
    report("with a language model of no think time, its HTTP included", [s for _, s in spent])


def test_a_long_thread(big: Settings) -> None:
    lines = [f"who covers {EN}?", "and what is its revenue this year?", f"{ZH}的负责人是谁？"]
    turns = [Turn("long", OPERATOR, lines[n % 3]) for n in range(200)]
    spent = [took for _, took in asyncio.run(timed(big, turns))]
    report("turns 11 to 30 of a thread", spent[10:30])
    report("turns 181 to 200 of a thread", spent[180:])


async def _bare() -> list[float]:
    """CPU seconds per turn of the framework's own loop, built once: a model, a tool, no records,
    no memory. The first turns, which load what is loaded once, do not count."""

    def weather(city: str) -> str:
        """The weather."""
        return f"sunny in {city}"

    def said() -> Iterator[AIMessage]:
        while True:
            asks = tool_call(name="weather", args={"city": "x"}, id="1")
            yield AIMessage("", tool_calls=[asks])
            yield AIMessage("sunny")

    agent = create_agent(_Bindable(messages=said()), [weather])
    spent = []
    for _ in range(70):
        start = time.process_time()
        await agent.ainvoke({"messages": [HumanMessage("weather?")]})
        spent.append(time.process_time() - start)
    return spent[10:]


class _Bindable(GenericFakeChatModel):
    def bind_tools(self, tools: object, **_: object) -> "_Bindable":
        return self
