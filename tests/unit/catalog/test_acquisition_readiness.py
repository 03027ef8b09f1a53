"""How ready we are to win an account."""

import pytest

from tests.unit.catalog.records import need, planned, risk, section, supplied, ticked
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.acquisition_readiness import acquisition_readiness
from tools.data.models import Product
from tools.domain.vocabulary import CoverageRole, Horizon, Measure, RiskKind, Role
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    world.contact(account, "Kim", decides=True)
    need(world, account, "sensors")
    need(world, account, "plant", Horizon.LONG)
    world.figure(account, Measure.ADDRESSABLE_SPEND, 1_000)
    supplied(world, account, "Rival", 400)
    pump = world.add(Product(name="Pump", name_key="pump"))
    world.deal(account, name="First", product_id=pump)
    anna, boss = world.person("Anna"), world.person("Boss")
    world.covers(anna, account)
    world.covers(boss, account, role=CoverageRole.SPONSOR)
    section(world, planned(world, account), "milestones")
    risk(world, account, RiskKind.COMPETITOR, "price", answer="pilot", owner_id=anna)
    risk(world, account, RiskKind.DELIVERY, "late")
    ticked(world, account, "acquisition_plan", value_hypothesis="saves 40 hours", budget=None)
    return account


def test_records_and_ticks_side_by_side(world: World, acme: int) -> None:
    card = acquisition_readiness(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme on 2018-01-01: 6 of 11 lines of the acquisition plan are ready, 3 in part, 2 open; "
        "first: The profile is complete to information level 2."
    )
    states = [row[1:4] for row in table_rows(card)]
    assert states == [
        ["open", "–", "–"],
        ["in part", "decides: Kim", "–"],
        ["in part", "up to 3 months, 1 to 3 years", "–"],
        ["ready", "Rival 40%", "–"],
        ["ready", "First: Pump", "–"],
        ["ready", "–", "done"],
        ["ready", "owner Anna, executive sponsor Boss", "–"],
        ["open", "–", "–"],
        ["ready", "plan: Milestones", "–"],
        ["ready", "–", "done"],
        ["in part", "2 risks, 1 with owner and answer", "–"],
    ]
    assert facts(card)["ready"] == "6"
    assert english(card.missing[1]) == (
        "Ticked off without evidence: Budget and break-even are worked out."
    )
    assert english(card.next[1]).startswith("Next: Barriers have answers (What could stop us")
    renders(card)


def test_nothing_recorded(world: World) -> None:
    world.account("Bare")
    card = acquisition_readiness(world.deps(), "Bare").card()
    assert "0 of 11 lines of the acquisition plan are ready, 0 in part, 11 open" in english(
        card.headline
    )
    assert "has not been started" in english(card.missing[0])
    renders(card)


def test_a_derived_owner_is_no_team(world: World) -> None:
    account = world.account("Beta")
    world.deal(account, world.person("Carl"), 10, world.deps().today, currency="USD")
    rows = table_rows(acquisition_readiness(world.deps(), "Beta").card())
    assert rows[6][1] == "open"
    assert rows[4][1] == "open"


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        acquisition_readiness(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert acquisition_readiness(world.deps(world.asker(bob)), "Acme").items
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    with pytest.raises(NotFound):
        acquisition_readiness(world.deps(newcomer), "Acme")
