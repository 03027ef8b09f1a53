"""How complete the information on an account is."""

from datetime import date
from decimal import Decimal

import pytest

from kam_knowledge.checklists import checklists
from tests.unit.catalog.records import answered, habit, need, supplied
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.information_state import information_state
from tools.domain.vocabulary import Layer, Measure, Role
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def acme(world: World) -> int:
    """Level 1 complete, 3 of 4 on level 2, 6 of 6 on level 3, 2 of 4 on level 4."""
    account = world.account(
        "Acme", city="Kiel", employees=900, founded=1990, website="https://acme.example"
    )
    world.figure(account, Measure.COMPANY_REVENUE, 80_000_000)
    world.figure(account, Measure.COMPANY_PROFIT, 5_000_000)
    world.figure(account, Measure.ADDRESSABLE_SPEND, 1_000_000)
    supplied(world, account, "Rival", 300_000)
    habit(world, account, "buying", "central")
    need(world, account, "sensors", amount=Decimal(50_000), currency="USD")
    world.contact(account, "Kim", layer=Layer.DECISION, decides=True)
    answered(world, account, "market_future", "grows", date(2016, 12, 31))
    answered(world, account, "entry_barriers", "high")
    answered(world, account, "demand_use", "two lines", date(2017, 9, 1))
    answered(world, account, "structure_sites", "Kiel")
    return account


def test_levels_domains_and_the_next_question(world: World, acme: int) -> None:
    card = information_state(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme on 2018-01-01: information complete to level 1 of 4, 17 of 20 items known, 4 of 24 "
        "analysis questions answered; ask next: “Strategy: what are its mission and long-term "
        "aims?”."
    )
    rows = {row[0]: row[1:] for row in table_rows(card)}
    assert rows["level 1"] == ["6", "6", "100%", "–"]
    assert rows["level 2"] == ["3", "4", "75%", "its aims"]
    assert rows["level 3"] == ["6", "6", "100%", "–"]
    assert rows["level 4"] == [
        "2",
        "4",
        "50%",
        "who holds the budget, a confirmed requirement with amount and day",
    ]
    assert rows["industry and market"][:3] == ["2", "13", "15.4%"]
    assert rows["demand for our products"][:3] == ["1", "2", "50%"]
    assert facts(card)["Answers confirmed"] == "0"
    assert [english(line) for line in card.missing] == [
        "To complete level 2: its aims.",
        "Renew the answer of 2016-12-31: Market: how will its market develop?",
        "Renew the answer of 2017-09-01: Demand: what does it use of ours and of others?",
    ]
    assert english(card.next[0]).startswith("Ask: Strategy: what are its mission")
    assert len(card.next) == 3
    renders(card)


def test_nothing_is_known_of_a_bare_account(world: World) -> None:
    world.account("Bare", None)
    result = information_state(world.deps(), "Bare")
    card = result.card()
    assert result.reached == 0
    assert "0 of 20 items known, 0 of 24" in english(card.headline)
    assert english(card.next[0]).startswith("Ask: Structure: where does it work")
    renders(card)


def test_everything_answered_leaves_nothing_to_ask(world: World, acme: int) -> None:
    for item in checklists()["customer_analysis"].items:
        answered(world, acme, item.key, "yes", date(2017, 12, 31))
    card = information_state(world.deps(), "Acme", date(2018, 1, 1)).card()
    assert card.next == ()
    assert "24 of 24 analysis questions answered." in english(card.headline)
    renders(card)


def test_answers_of_later_days_do_not_count_yet(world: World, acme: int) -> None:
    earlier = information_state(world.deps(), "Acme", date(2017, 9, 1)).card()
    assert "2 of 24 analysis questions" in english(earlier.headline)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        information_state(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert information_state(world.deps(world.asker(bob)), "Acme").reached == 1
    with pytest.raises(NotFound):
        information_state(world.deps(world.asker(world.person("N", Role.NEWCOMER))), "Acme")
