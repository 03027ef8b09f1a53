"""The assessment of a strategic account."""

from datetime import date

import pytest

from tests.unit.catalog.records import SELECTION, answered, habit, need, risk, supplied
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.strategic_assessment import strategic_assessment
from tools.domain.vocabulary import Horizon, Layer, Measure, RiskKind, Role, Stance
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def group(world: World) -> int:
    account = world.account("Group", employees=4_000)
    plant = world.account("Plant", parent_id=account)
    world.account("Line", parent_id=plant)
    world.covers(world.person("Anna"), plant)
    world.figure(account, Measure.ADDRESSABLE_SPEND, 1_000_000)
    supplied(world, account, "We", 500_000, ours=True)
    supplied(world, account, "Rival", 300_000)
    habit(world, account, "buying", "central")
    need(world, account, "new plant", Horizon.LONG)
    need(world, account, "spares", capability_gap="no stock")
    risk(world, account, RiskKind.COMPETITOR, "price")
    world.contact(account, "Kim", layer=Layer.MANAGEMENT, stance=Stance.CHAMPION)
    answered(world, account, "market_future", "grows", date(2017, 5, 1))
    answered(world, account, "market_future", "grows fast", date(2017, 11, 1))
    answered(world, account, "strengths", "service", date(2017, 12, 1), SELECTION)
    return account


def test_records_answer_point_or_leave_open(world: World, group: int) -> None:
    card = strategic_assessment(world.deps(), "Group").card()
    rows = {row[1]: row[2:] for row in table_rows(card)}
    assert rows["sub-units and their levels"] == [
        "answered",
        "2 sub-units on 2 levels; without an owner on our side: 1",
    ]
    assert rows["people and turnover"] == ["answered", "4,000 employees"]
    assert rows["trend of its needs"][1].startswith("grows fast (talk, 2017-11-01)")
    assert rows["how headquarters manages its units"] == [
        "answered",
        "buying: central (talk, 2018-01-01)",
    ]
    assert rows["dependence of the units on headquarters"][0] == "indicated"
    assert rows["ability to pay"] == ["open", "–"]
    assert rows["what is in use today"] == ["open", "–"]
    assert rows["competitors inside"][1].startswith("share of wallet: Rival 30%")
    assert rows["our strengths"][0] == "answered"
    assert rows["our strengths"][1] == (
        "service (talk, 2017-12-01), largest known supplier, 50% of the wallet, people for us: Kim"
    )
    assert rows["our weaknesses"] == [
        "indicated",
        "needs with a gap on our side: 1, a single contact",
    ]
    assert rows["our opportunities"] == ["indicated", "needs that we can serve: 1"]
    assert rows["threats to us"][0] == "indicated"
    assert english(card.headline) == (
        "Group on 2018-01-01: 1 of 5 parts of the strategic assessment are answered, 1 open "
        "(present IT state)."
    )
    assert facts(card)["our SWOT"] == "answered in part"
    assert [english(line) for line in card.missing] == [
        "Collect: ability to pay.",
        "Collect: what is in use today.",
        "Collect: partners inside.",
        "Write down, records point to it: dependence of the units on headquarters, our "
        "weaknesses, our opportunities, threats to us.",
    ]
    renders(card)


def test_answers_count_from_their_day(world: World, group: int) -> None:
    earlier = strategic_assessment(world.deps(), "Group", date(2017, 6, 1)).card()
    rows = {row[1]: row[2:] for row in table_rows(earlier)}
    assert rows["trend of its needs"][1].startswith("grows (talk, 2017-05-01)")
    assert rows["our strengths"][0] == "indicated"


def test_nothing_recorded_leaves_everything_open(world: World) -> None:
    world.account("Bare")
    card = strategic_assessment(world.deps(), "Bare").card()
    assert "0 of 5 parts of the strategic assessment are answered, 5 open" in english(card.headline)
    assert len(card.missing) == 14
    renders(card)


def test_a_wallet_that_contradicts_itself_is_named_and_not_used(world: World, group: int) -> None:
    supplied(world, group, "Third", 900_000)
    card = strategic_assessment(world.deps(), "Group").card()
    rows = {row[1]: row[2:] for row in table_rows(card)}
    assert rows["competitors inside"][0] == "indicated"
    assert any("past 100%" in english(line) for line in card.missing)
    renders(card)


def test_only_the_team_reads_it(world: World, group: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        strategic_assessment(world.deps(world.asker(bob)), "Group")
    world.covers(bob, group)
    assert strategic_assessment(world.deps(world.asker(bob)), "Group").known.units
    with pytest.raises(NotFound):
        strategic_assessment(world.deps(world.asker(world.person("N", Role.NEWCOMER))), "Group")


def test_a_newcomer_learns_of_no_real_sub_unit(world: World) -> None:
    practice = world.account("Practice", sandbox=True)
    world.account("Real", parent_id=practice)
    newcomer = world.asker(world.person("New", Role.NEWCOMER))
    assert strategic_assessment(world.deps(newcomer), "Practice").known.units == ()
    assert len(strategic_assessment(world.deps(), "Practice").known.units) == 1
