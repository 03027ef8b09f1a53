"""Figures beyond all records and days beyond the calendar: refused or bounded, never a failure."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.agent.binding import arguments_of
from bot.agent.builtin.quantities import as_argument
from bot.agent.builtin.spans import back, coming, window
from bot.slack.fields import Field, Kind
from bot.slack.filling import arguments
from tests.unit.catalog.world import World
from tests.unit.changes.records import renamed
from tools.catalog import READS, WRITES
from tools.changes import Misfits, revise
from tools.data.database import Sessions
from tools.data.models import AccountAlias
from tools.errors import BadInput
from tools.notes.coming import coming_day
from tools.notes.figures import amounts_of
from tools.notes.past import past_day
from tools.text import text

TODAY = date(2018, 1, 1)
TOOLS = {tool.name: tool for tool in (*READS, *WRITES)}
HUGE = ["1e999999999", "-1e999999999", "9" * 5_000, "100000000000000"]


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("score_what_if", {"account": "Alpha", "ability": 10**50}),
        ("score_what_if", {"account": "Alpha", "ability": "-1e999999999"}),
        ("account_list", {"top": 2**63}),
    ],
)
def test_a_tool_takes_no_figure_beyond_all_records(tool: str, given: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="too large"):
        arguments_of(TOOLS[tool]).model_validate(given)


@pytest.mark.parametrize("said", HUGE)
def test_a_form_takes_no_figure_beyond_all_records(sessions: Sessions, said: str) -> None:
    kinds: tuple[Kind, ...] = ("integer", "decimal")
    for kind in kinds:
        field = Field("amount", text("amount", "金额"), kind, required=False)
        with sessions() as session, pytest.raises(BadInput, match="too large"):
            arguments(session, 1, [field], {"amount": said})


@pytest.mark.parametrize("said", [*HUGE, "2147483648", "NaN", "Infinity"])
def test_an_edited_proposal_takes_no_figure_beyond_its_column(
    sessions: Sessions, said: str
) -> None:
    world = World(sessions)
    number = world.account("Alpha")
    change = renamed(world.deps(), number, employees=40).change_id
    with pytest.raises((BadInput, Misfits)):
        revise(world.deps(), change, {(0, "employees"): said})


def test_no_proposal_holds_a_whole_number_beyond_its_column(sessions: Sessions) -> None:
    world = World(sessions)
    number = world.account("Alpha")
    with pytest.raises(BadInput, match="2,147,483,647"):
        renamed(world.deps(), number, employees=2**31)


def test_a_number_that_no_conversation_keeps_is_passed_on_in_digits() -> None:
    assert as_argument(Decimal(2**53)) == 2**53
    assert as_argument(Decimal(10**20)) == "1" + "0" * 20


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "half", "year"])
def test_spans_end_with_the_calendar(unit: str) -> None:
    for count in (10**8, 10**300):
        assert back(count, unit, TODAY) == date.min
        assert window(count, unit, TODAY)[1] == TODAY
        assert coming(count, unit, TODAY) == (TODAY, date.max)


@pytest.mark.parametrize("count", ["99999999", "9" * 30])
def test_a_note_names_no_day_beyond_the_calendar(count: str) -> None:
    for unit in ("days", "weeks", "months"):
        assert past_day(f"we met {count} {unit} ago", TODAY) is None
        assert coming_day(f"they decide within {count} {unit}", TODAY) is None
    assert past_day(f"{count}天前见过", TODAY) is None
    assert coming_day(f"{count}年内", TODAY) is None


def test_a_note_holds_no_amount_beyond_all_records() -> None:
    assert [a.value for a in amounts_of("usd 99999999999999", "USD")] == [Decimal(10**14 - 1)]
    assert amounts_of("usd " + "9" * 30, "USD") == amounts_of("100000000000万元", "CNY") == []


def test_errors_of_the_database_hold_no_values_of_records(sessions: Sessions) -> None:
    with sessions() as session:
        session.add(AccountAlias(account_id=99, name="Quillmoor", name_key="quillmoor"))
        with pytest.raises(IntegrityError) as failed:
            session.flush()
    assert "Quillmoor" not in str(failed.value)
