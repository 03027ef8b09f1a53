"""Which tools a language model is shown: the right one nearly always, few, and in an order that a
provider's cache can use."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call

import prompts
from bot.agent.binding import bind
from bot.agent.builtin.model import BuiltInModel
from bot.agent.lexicon import Lexicon
from bot.agent.method_names import method_names
from bot.agent.provider.limits import Limits
from bot.agent.provider.preselection import CORE, FIND_TOOLS, Preselection
from bot.agent.provider.schemas import sent
from bot.agent.provider.tokens import tokens_of
from bot.agent.recorded_names import LexiconProvider
from bot.evaluation.cases import load_cases
from bot.evaluation.company import MORNING
from bot.main import open_records
from bot.settings import Settings
from tests.scenario.recall import calls_of, held_out, missed_alone, missed_in_threads
from tools.catalog import READS, WRITES
from tools.catalog.spec import Tool

CASES = Path(__file__).parents[1] / "evals" / "conversations"
SHOWN = Limits().tools
TOOLS = (*READS, *WRITES)
FOLDS, SAMPLE = 5, 4
_PROMPT = prompts.load("system", today="2026-06-15", language="English")


@pytest.fixture(scope="module")
def lexicon(demo_file: Path) -> Iterator[Lexicon]:
    """The names of the demo company."""
    with closing(open_records(Settings(DATABASE_URL=f"sqlite:///{demo_file}"))) as sessions:
        yield LexiconProvider(sessions, method_names)()


def _chooser(lexicon: Lexicon, tools: tuple[Tool, ...] | list[Tool]) -> BuiltInModel:
    writes = {tool.name for tool in WRITES}
    return BuiltInModel(
        tools=tuple(tool for tool in tools if tool.name not in writes),
        writes=tuple(tool for tool in tools if tool.name in writes),
        lexicon=lambda: lexicon,
        clock=lambda: MORNING,
    )


@pytest.fixture(scope="module")
def chooser(lexicon: Lexicon) -> BuiltInModel:
    return _chooser(lexicon, TOOLS)


@pytest.fixture(scope="module")
def selection(chooser: BuiltInModel) -> Preselection:
    return Preselection(chooser, SHOWN, strict=True)


def test_the_right_tool_is_shown_for_wordings_never_seen(lexicon: Lexicon) -> None:
    """A fifth of the example sentences is taken out, and a part of these asked."""
    kept, asked = held_out(TOOLS, 0, FOLDS)
    asked = asked[::SAMPLE]
    missed = missed_alone(_chooser(lexicon, kept), asked, SHOWN)
    assert len(asked) > 100
    assert len(missed) <= 0.02 * len(asked), missed


def test_the_right_tool_is_shown_in_conversations(chooser: BuiltInModel) -> None:
    cases = load_cases([CASES])[::SAMPLE]
    wanted = sum(len(set(calls_of(said))) for case in cases for said in case.turns)
    missed = missed_in_threads(chooser, cases, SHOWN)
    assert wanted > 50
    assert len(missed) <= 0.02 * wanted, missed


def test_a_question_costs_less_than_half_of_what_all_tools_cost(selection: Preselection) -> None:
    question = "谁负责霁川半导体，综合积分是多少？"
    prompt = tokens_of(_PROMPT) + tokens_of(question)
    all_of_them = [bind(tool) for tool in TOOLS]
    names = selection.names([HumanMessage(question)])
    shown = [tool for tool in (*all_of_them, *selection.tools) if tool.name in names]
    whole, part = (
        prompt + sum(sent(tool, strict=True).tokens for tool in tools)
        for tools in (all_of_them, shown)
    )
    assert part <= 0.4 * whole, (part, whole)


def test_the_core_comes_first_and_never_changes(selection: Preselection) -> None:
    questions = ("share of wallet of Merrowick", "记一次拜访", "hello", "")
    shown = [selection.names([HumanMessage(question)]) for question in questions]
    assert {tuple(names[: len(CORE) + 1]) for names in shown} == {(*CORE, FIND_TOOLS)}
    assert all(len(names) == len({*names}) <= SHOWN + len(CORE) + 1 for names in shown)


def test_what_the_thread_used_stays_for_what_follows(selection: Preselection) -> None:
    thread = [*_turn("show the ESP stage of Merrowick", "esp_stage"), HumanMessage("why is that?")]
    assert "esp_stage" in selection.names(thread)
    later = [*thread[:-1], *(m for n in range(3) for m in _turn(f"hello {n}", "capabilities"))]
    assert "esp_stage" not in selection.names([*later, HumanMessage("hello")])


def test_a_request_to_mend_changes_nothing(selection: Preselection) -> None:
    asked = [HumanMessage("win rate by region")]
    mend = HumanMessage("Write the risks again.", additional_kwargs={"mends": True})
    assert selection.names([*asked, AIMessage("Draft."), mend]) == selection.names(asked)


def test_tools_are_found_by_what_they_do(selection: Preselection) -> None:
    (finder,) = selection.tools
    found = finder.invoke({"need": "set the exchange rate of a currency"})
    assert found.splitlines()[0].startswith("set_exchange_rate: ")
    assert len(found.splitlines()) == 8


def _turn(said: str, tool: str) -> list[AnyMessage]:
    call = tool_call(name=tool, args={}, id=f"call {said}")
    return [
        HumanMessage(said),
        AIMessage("", tool_calls=[call]),
        ToolMessage("{}", tool_call_id=str(call["id"])),
        AIMessage("There it is."),
    ]
