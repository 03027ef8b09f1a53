"""What is worked out once in a turn holds for the same tools, names and day alone."""

from datetime import UTC, datetime, timedelta

from langchain_core.messages import AIMessage, HumanMessage

from bot.agent.builtin.model import BuiltInModel
from bot.agent.lexicon import Lexicon, Named
from tests.unit.builtin.world import clock
from tools.catalog import READS, WRITES
from tools.once import kept

ASKED = "who covers Kan-code?"
KNOWN = Lexicon([Named("account", "Kan-code", "Kan-code")])


def _calls(model: BuiltInModel, text: str = ASKED) -> list[str]:
    answer = model.invoke([HumanMessage(text)])
    assert isinstance(answer, AIMessage)
    return [call["name"] for call in answer.tool_calls]


def _model(names: Lexicon = KNOWN) -> BuiltInModel:
    return BuiltInModel(tools=READS, writes=WRITES, lexicon=lambda: names, clock=clock)


def test_it_is_shared_within_a_turn_and_not_beyond() -> None:
    model = _model()
    with kept():
        first = model._understanding()
        assert model._understanding() is first
    with kept():
        assert model._understanding() is not first
    assert model._understanding() is not model._understanding()


def test_a_model_with_fewer_tools_takes_none_from_one_with_all() -> None:
    model = _model()
    with kept():
        assert _calls(model) == ["coverage_owner"]
        fewer = model.bind_tools([tool.function for tool in READS if tool.name != "coverage_owner"])
        assert "coverage_owner" not in _calls(fewer)
        assert _calls(model) == ["coverage_owner"]


def test_a_name_that_came_meanwhile_is_known() -> None:
    names = [Lexicon([]), KNOWN]
    model = BuiltInModel(tools=READS, writes=WRITES, lexicon=lambda: names[0], clock=clock)
    with kept():
        before = model._understanding()
        names.pop(0)
        assert model._understanding() is not before
        assert _calls(model) == ["coverage_owner"]


def test_another_day_is_read_anew() -> None:
    days = [datetime(2017, 12, 31, tzinfo=UTC)]
    model = BuiltInModel(tools=READS, writes=WRITES, lexicon=lambda: KNOWN, clock=lambda: days[-1])
    with kept():
        before = model._understanding()
        days.append(days[-1] + timedelta(days=1))
        assert model._understanding() is not before
