"""How far the strategy for an account is."""

from datetime import date

import pytest

from tests.unit.catalog.records import need, planned, section, step
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.strategy_state import strategy_state
from tools.domain.vocabulary import Role
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    anna = world.person("Anna")
    step(world, account, "ladder", "basic_service", "on-site", done_on=date(2017, 5, 1))
    step(world, account, "ladder", "value_added", "tracing", due_on=date(2018, 3, 1), owner_id=anna)
    step(world, account, "release", "prototype_tested", "pilot", due_on=date(2017, 12, 1))
    step(world, account, "hedging", "price_formula", "copper index", due_on=date(2018, 2, 1))
    step(world, account, "gift", "basket", "cheese")
    need(world, account, "tracing", capability_gap="none built", checked_sales=True)
    section(world, planned(world, account), "strategy")
    return account


def test_stages_and_what_is_open(world: World, acme: int) -> None:
    card = strategy_state(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme on 2018-01-01: service ladder: basic service; staged release: no stage reached; "
        "stages done 1, late 1 (prototype tested), open 7."
    )
    rows = {row[1]: row[2:] for row in table_rows(card)}
    assert rows["basic service"] == ["done", "on-site", "–", "2017-05-01", "–"]
    assert rows["value-added modules"] == ["planned", "tracing", "2018-03-01", "–", "Anna"]
    assert rows["full roll-out"] == ["open", "–", "–", "–", "–"]
    assert table_rows(card)[-1][:4] == ["gift", "basket", "planned", "cheese"]
    assert facts(card) == {
        "Needs to answer": "1",
        "Checked with technology": "0",
        "Checked with sales": "1",
        "Checked with operations": "0",
        "Strategy in the plan": "yes",
    }
    assert [english(line) for line in card.missing] == [
        "service ladder: nothing recorded for co-built ecosystem.",
        "staged release: nothing recorded for requirement confirmed, full roll-out.",
        "hedging clause: nothing recorded for flexible scope.",
        "review before renewal: nothing recorded for economic side, brand side, technology side.",
    ]
    assert [english(line) for line in card.next] == ["Finish or reschedule, due 2017-12-01: pilot."]
    renders(card)


def test_the_day_decides_what_is_done_and_late(world: World, acme: int) -> None:
    early = strategy_state(world.deps(), "Acme", date(2017, 4, 30)).card()
    assert "stages done 0, late 0" in english(early.headline)
    late = strategy_state(world.deps(), "Acme", date(2018, 4, 1)).card()
    assert "late 3" in english(late.headline)


def test_a_skipped_gate_is_said(world: World, acme: int) -> None:
    step(world, acme, "release", "full_rollout", "all sites", done_on=date(2017, 12, 1))
    missing = [english(m) for m in strategy_state(world.deps(), "Acme").card().missing]
    assert "prototype tested is not done though a later stage is." in missing
    assert "requirement confirmed is not done though a later stage is." in missing


def test_nothing_recorded_leaves_all_open(world: World) -> None:
    world.account("Bare")
    card = strategy_state(world.deps(), "Bare").card()
    assert "stages done 0, late 0, open 11" in english(card.headline)
    assert facts(card)["Strategy in the plan"] == "no"
    renders(card)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        strategy_state(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert strategy_state(world.deps(world.asker(bob)), "Acme").others
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    with pytest.raises(NotFound):
        strategy_state(world.deps(newcomer), "Acme")
