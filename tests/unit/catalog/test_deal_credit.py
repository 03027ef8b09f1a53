"""How revenue is credited."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.deal_credit import deal_credit
from tools.data.models import Product
from tools.domain.overrides import with_overrides
from tools.domain.vocabulary import CoverageRole, Role
from tools.errors import BadInput, NotAllowed, NotFound

TWICE = with_overrides(4, {"credit.mode": "counted_twice"})


@pytest.fixture
def acme(world: World) -> int:
    """Anna owns it and sold 700, Carl sold 300; Dora is the director."""
    account = world.account("Acme")
    anna, carl = world.person("Anna"), world.person("Carl")
    world.covers(anna, account)
    world.covers(world.person("Dora"), account, role=CoverageRole.DIRECTOR)
    pump = world.add(Product(name="Pump", name_key="pump"))
    world.deal(account, anna, 700, date(2017, 6, 1), currency="USD", product_id=pump)
    world.deal(account, carl, 300, date(2017, 7, 1), currency="USD")
    world.deal(account, anna, 50, date(2016, 6, 1), currency="USD")
    return account


def shared(world: World, account: int, share: str, until: date | None = None) -> None:
    person = world.person(f"S{share}")
    world.covers(
        person, account, role=CoverageRole.SPECIALIST, credit_share=Decimal(share), ends_on=until
    )


def test_without_shares_and_rule_it_is_not_set(world: World, acme: int) -> None:
    card = deal_credit(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "How Acme's revenue is credited is not set: no share is recorded and the company has no "
        "rule; won from 2017-01-02 to 2018-01-01: USD 1,000."
    )
    assert table_rows(card) == [
        ["Anna", "owner", "–", "–", "–", "USD 700"],
        ["Dora", "key account director", "–", "–", "–", "–"],
        ["Carl", "sold, no coverage", "–", "–", "–", "USD 300"],
    ]
    assert "credit.mode is not set" in english(card.missing[0])
    renders(card)


def test_counted_twice(world: World, acme: int) -> None:
    card = deal_credit(world.deps(rules=TWICE), "Acme").card()
    assert english(card.headline) == (
        "Acme's revenue is counted twice: USD 1,000 won from 2017-01-02 to 2018-01-01, credited to "
        "Anna 100%, Dora 100%."
    )
    assert [row[4] for row in table_rows(card)] == ["USD 1,000", "USD 1,000", "–"]
    assert facts(card)["Credited in all"] == "200%"
    assert "Rule without recorded shares: set by the company." in [english(b) for b in card.basis]
    renders(card)


def test_recorded_shares(world: World, acme: int) -> None:
    shared(world, acme, "0.6")
    shared(world, acme, "0.4")
    shared(world, acme, "0.3", until=date(2017, 12, 31))
    card = deal_credit(world.deps(rules=TWICE), "Acme").card()
    rows = {row[0]: row[2:5] for row in table_rows(card)}
    assert rows["S0.6"] == ["60%", "60%", "USD 600"]
    assert rows["S0.4"] == ["40%", "40%", "USD 400"]
    assert rows["Anna"] == ["–", "–", "–"]
    assert facts(card)["Credited in all"] == "100%"
    renders(card)
    before = deal_credit(world.deps(), "Acme", until=date(2017, 12, 31)).card()
    assert "the recorded shares do not sum to 100 %" in english(before.headline)
    assert all(row[4] == "–" for row in table_rows(before))
    renders(before)


def test_one_product_and_a_period(world: World, acme: int) -> None:
    pump = deal_credit(world.deps(rules=TWICE), "Acme", product="Pump").card()
    assert facts(pump)["Won revenue"] == "USD 700"
    assert english(pump.title) == "Credit: Acme (Pump)"
    early = deal_credit(
        world.deps(rules=TWICE), "Acme", since=date(2016, 1, 1), until=date(2016, 12, 31)
    )
    assert english(early.card().facts[1].value) == "USD 50"
    with pytest.raises(BadInput):
        deal_credit(world.deps(), "Acme", since=date(2018, 2, 1))


def test_a_derived_owner_stands_on_the_sales_side(world: World) -> None:
    account = world.account("Beta")
    world.deal(account, world.person("Carl"), 10, date(2017, 6, 1))
    card = deal_credit(world.deps(rules=TWICE), "Beta").card()
    assert table_rows(card)[0][:2] == ["Carl", "owner (derived)"]
    assert "no key account director is recorded" in english(card.headline)
    renders(card)


def test_nothing_sold_and_nobody_there(world: World) -> None:
    world.account("Bare")
    card = deal_credit(world.deps(), "Bare").card()
    assert card.table is None
    assert facts(card)["Won revenue"] == "USD 0"
    renders(card)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        deal_credit(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert deal_credit(world.deps(world.asker(bob)), "Acme").revenue.count == 2
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    with pytest.raises(NotFound):
        deal_credit(world.deps(newcomer), "Acme")
