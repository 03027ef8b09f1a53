"""WHCSE of one account."""

from datetime import date, timedelta

import pytest

from tests.unit.catalog.world import TODAY, World, english, renders, table_rows
from tools.catalog.whcse import whcse
from tools.data.models import ChecklistItem, ChecklistRun, Need, Plan, StrategyItem
from tools.domain.vocabulary import Dimension, Factor, Horizon, ItemState, Line, PlanStatus
from tools.domain.whcse import Part, State
from tools.errors import NotAllowed


def run(world: World, account: int, checklist: str, *done: str) -> None:
    started = world.add(
        ChecklistRun(account_id=account, checklist=checklist, started_on=date(2017, 1, 1))
    )
    for item in done:
        world.add(ChecklistItem(run_id=started, item=item, state=ItemState.DONE))


@pytest.fixture
def good(world: World) -> int:
    account = world.account("Good")
    world.deal(account, value=600_000, closed=date(2017, 12, 1), currency="USD")
    world.scored(account, 9_000_000, 85, 50)
    anna, head = world.person("Anna"), world.person("Head")
    world.covers(anna, account)
    for line in Line:
        world.reports(anna, head, line)
    run(world, account, "acquisition_plan")
    run(world, account, "information_levels", "level_1", "level_2")
    world.add(
        Need(
            account_id=account,
            horizon=Horizon.SHORT,
            description="sensors",
            as_of=TODAY,
            source="talk",
        )
    )
    world.add(
        StrategyItem(account_id=account, kind="release", stage="prototype", description="test")
    )
    world.add(
        Plan(
            account_id=account,
            title="Plan",
            status=PlanStatus.DRAFT,
            period_start=date(2017, 1, 1),
            period_end=TODAY,
            updated_on=TODAY,
        )
    )
    for dimension in (Dimension.IMPORTANCE, Dimension.NEEDS, Dimension.RELATIONSHIP):
        world.evaluated(account, dimension, 50, TODAY - timedelta(days=29))
    return account


def test_everything_in_place(world: World, good: int) -> None:
    result = whcse(world.deps(), "Good")
    assert set(result.states.values()) == {State.IN_PLACE}
    card = result.card()
    assert english(card.headline) == ("Good has 5 of the five WHCSE parts in place on 2018-01-01.")
    assert card.missing == ()
    renders(card)


def test_time_undoes_score_plan_and_evaluations(world: World, good: int) -> None:
    later = TODAY + timedelta(days=184)
    result = whcse(world.deps(today=later), "Good")
    assert result.states == {
        Part.WHO: State.PARTLY,
        Part.COVERAGE: State.IN_PLACE,
        Part.HOW: State.IN_PLACE,
        Part.STRATEGY: State.PARTLY,
        Part.EVALUATE: State.MISSING,
    }
    card = result.card()
    assert english(card.headline).endswith("close first: Who.")
    assert [english(line).partition(":")[0] for line in card.missing] == [
        "Who", "Strategy", "Evaluate",
    ]  # fmt: skip
    last_fresh = whcse(world.deps(today=TODAY + timedelta(days=183)), "Good")
    assert last_fresh.states[Part.WHO] is State.IN_PLACE


def test_partly_and_missing(world: World) -> None:
    account = world.account("Bare")
    result = whcse(world.deps(), "Bare")
    assert set(result.states.values()) == {State.MISSING}
    assert len(result.card().missing) == 8
    renders(result.card())
    world.factor(account, Factor.ABILITY, 5)
    world.deal(account, world.person("Carl"), 5, date(2017, 6, 1), currency="USD")
    run(world, account, "information_levels", "level_1")
    world.evaluated(account, Dimension.NEEDS, 5, TODAY)
    partly = whcse(world.deps(), "Bare")
    assert partly.states == {
        Part.WHO: State.PARTLY,
        Part.COVERAGE: State.PARTLY,
        Part.HOW: State.PARTLY,
        Part.STRATEGY: State.MISSING,
        Part.EVALUATE: State.PARTLY,
    }
    assert "owner Carl, recorded: no" in table_rows(partly.card())[1][2]
    renders(partly.card())


def test_only_the_team_reads_it(world: World, good: int) -> None:
    with pytest.raises(NotAllowed):
        whcse(world.deps(world.asker(world.person("Bob"))), "Good")
