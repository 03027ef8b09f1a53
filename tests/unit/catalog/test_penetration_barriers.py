"""What keeps us from growing inside an account."""

from datetime import date

import pytest

from tests.unit.catalog.records import habit, need, planned, risk, supplied, ticked
from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.penetration_barriers import penetration_barriers
from tools.data.models import ChecklistItem, ChecklistRun
from tools.domain.barriers import Verdict
from tools.domain.vocabulary import Dimension, Layer, Measure, RiskKind, Role
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    world.contact(account, "Kim", layer=Layer.EXECUTION)
    need(world, account, "sensors", capability_gap="no sensor", resource_gap="no engineer")
    habit(world, account, "price_sensitivity", "low")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 1_200_000)
    supplied(world, account, "We", 300_000, ours=True)
    supplied(world, account, "Rival", 600_000)
    east, west = (world.account(name, parent_id=account) for name in ("East", "West"))
    anna = world.person("Anna")
    world.covers(anna, east)
    world.deal(west, value=5, closed=date(2017, 6, 1), currency="USD")
    world.evaluated(account, Dimension.FULFILMENT, 60, TODAY)
    ticked(world, account, "penetration_plan", relationship="sponsor meets board in May")
    planned(world, account)
    return account


def test_signs_answers_and_room(world: World, acme: int) -> None:
    card = penetration_barriers(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme on 2018-01-01: 4 of 6 barriers found (relationship, solution, incumbent, "
        "organisation or region), 2 clear, 0 unknown; without an answer: 3; room USD 60,000 a year."
    )
    assert table_rows(card) == [
        [
            "relationship", "found", "a single contact: Kim, only the execution layer is known",
            "done", "sponsor meets board in May", "–",
        ],
        ["solution", "found", "sensors: no sensor, no engineer", "open", "–", "–"],
        ["price or contract", "clear", "price sensitivity: low", "open", "–", "–"],
        ["incumbent", "found", "Rival has 50% of the wallet (USD 600,000)", "open", "–", "–"],
        [
            "organisation or region", "found",
            "no owner on our side: West, bought nothing in 12 months: East", "open", "–", "–",
        ],
        ["delivery record", "clear", "fulfilment 60 on 2018-01-01", "open", "–", "–"],
    ]  # fmt: skip
    assert facts(card)["Our share now"] == "25%"
    assert card.missing == ()
    assert [english(line) for line in card.next] == [
        "Plan an answer: solution.",
        "Plan an answer: incumbent.",
        "Plan an answer: organisation or region.",
    ]
    renders(card)


def test_good_records_clear_a_barrier_and_risks_find_one(world: World) -> None:
    account = world.account("Acme")
    for name, layer in (("Kim", Layer.EXECUTION), ("Lee", Layer.DECISION)):
        world.contact(account, name, layer=layer)
    need(world, account, "sensors")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 100)
    supplied(world, account, "We", 100, ours=True)
    unit = world.account("East", parent_id=account)
    world.covers(world.person("Anna"), unit)
    world.deal(unit, value=5, closed=date(2017, 6, 1), currency="USD")
    world.evaluated(account, Dimension.SATISFACTION, 59, TODAY)
    risk(world, account, RiskKind.CONTRACT, "volume clause")
    result = penetration_barriers(world.deps(), "Acme")
    assert [state.verdict for state in result.barriers] == [
        Verdict.CLEAR,
        Verdict.CLEAR,
        Verdict.FOUND,
        Verdict.CLEAR,
        Verdict.CLEAR,
        Verdict.FOUND,
    ]
    card = result.card()
    assert facts(card)["Room to grow a year"] == "USD 0"
    assert "has not been started" in english(card.missing[0])
    renders(card)


def test_a_note_on_an_open_line_is_no_answer(world: World, acme: int) -> None:
    run = world.add(ChecklistRun(account_id=acme, checklist="penetration_plan", started_on=TODAY))
    world.add(ChecklistItem(run_id=run, item="incumbent", evidence="still there"))
    card = penetration_barriers(world.deps(), "Acme").card()
    assert table_rows(card)[3][3:5] == ["open", "still there"]
    assert "without an answer: 4" in english(card.headline)


def test_nothing_recorded_is_unknown_and_not_clear(world: World) -> None:
    world.account("Bare")
    card = penetration_barriers(world.deps(), "Bare").card()
    assert "0 of 6 barriers found, 0 clear, 6 unknown; without an answer: 0." in english(
        card.headline
    )
    assert len(card.missing) == 8
    assert english(card.missing[0]) == (
        "relationship: nothing is recorded; enter contacts with their layer."
    )
    renders(card)


def test_sub_units_that_the_asker_cannot_read_are_not_called_silent(
    world: World, acme: int
) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        penetration_barriers(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    rows = table_rows(penetration_barriers(world.deps(world.asker(bob)), "Acme").card())
    assert rows[4][2] == "no owner on our side: West"
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    with pytest.raises(NotFound):
        penetration_barriers(world.deps(newcomer), "Acme")
