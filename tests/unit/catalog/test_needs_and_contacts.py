"""Needs by horizon, and the contact map."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.contact_map import contact_map
from tools.catalog.needs import needs
from tools.data.models import Need
from tools.domain.vocabulary import Horizon, Layer, NeedKind, RecordState, Stance
from tools.errors import NotAllowed


def need(world: World, account: int, horizon: Horizon, amount: int | None, **more: Any) -> None:
    given = {
        "description": horizon.value,
        "currency": "USD",
        "as_of": TODAY,
        "source": "interview",
        "amount": None if amount is None else Decimal(amount),
    } | more
    world.add(Need(account_id=account, horizon=horizon, **given))


@pytest.fixture
def blue(world: World) -> int:
    account = world.account("Blue Sky")
    need(world, account, Horizon.LONG, 680_000, kind=NeedKind.HIDDEN, capability_gap="no module",
         resource_gap="1 consultant")  # fmt: skip
    need(world, account, Horizon.MEDIUM, 240_000, resource_gap="2 engineers")
    need(world, account, Horizon.SHORT, 80_000, confirmed=True, checked_technology=True,
         checked_sales=True, checked_operations=True)  # fmt: skip
    need(world, account, Horizon.SHORT, 9, state=RecordState.CLOSED)
    return account


def test_needs_by_horizon_with_gaps(world: World, blue: int) -> None:
    card = needs(world.deps(), "Blue Sky").card()
    assert english(card.headline) == (
        "Blue Sky: 3 open needs, USD 1,000,000; without a gap on our side: 1, USD 80,000."
    )
    assert [[row[1], row[2], row[4], row[8], row[11]] for row in table_rows(card)] == [
        ["up to 3 months", "explicit", "USD 80,000", "–", "confirmed"],
        ["3 to 12 months", "explicit", "USD 240,000", "technology, sales, operations", "assumed"],
        ["1 to 3 years", "hidden", "USD 680,000", "technology, sales, operations", "assumed"],
    ]
    assert facts(card)["With a capability gap"] == "1"
    assert facts(card)["With a resource gap"] == "2"
    renders(card)


def test_currencies_are_kept_apart_and_missing_amounts_counted(world: World) -> None:
    account = world.account("Acme")
    need(world, account, Horizon.SHORT, 5)
    need(world, account, Horizon.SHORT, 7, currency="EUR")
    need(world, account, Horizon.SHORT, None)
    need(world, account, Horizon.SHORT, 3, currency=None)
    card = needs(world.deps()).card()
    assert "4 open needs, EUR 7, USD 5" in english(card.headline)
    assert [english(line) for line in card.missing] == [
        "Needs without an amount: 2.",
        "Needs not yet checked from technology, sales and operations: 4.",
        "No need is recorded for 3 to 12 months.",
        "No need is recorded for 1 to 3 years.",
    ]
    renders(card)


def test_no_need(world: World) -> None:
    world.account("Acme")
    card = needs(world.deps(), "Acme").card()
    assert "no open need is recorded" in english(card.headline)
    renders(card)


def test_contacts_from_the_top_with_who_is_not_met_often_enough(world: World) -> None:
    account = world.account("Acme")

    def contact(name: str, days: int | None, **more: Any) -> None:
        found = world.contact(account, name, **more)
        if days is not None:
            world.met(account, TODAY - timedelta(days=days), found)
            world.met(account, TODAY - timedelta(days=days + 5), found)
            world.met(account, TODAY + timedelta(days=1), found)

    contact("Clerk", 30, layer=Layer.EXECUTION, stance=Stance.CHAMPION, decides=False)
    contact("Late", 31, layer=Layer.EXECUTION, stance=Stance.SCEPTIC, decides=False)
    contact("Boss", 180, layer=Layer.DECISION, stance=Stance.NEUTRAL, decides=True)
    contact("Owner", 181, layer=Layer.DECISION, holds_budget=True)
    contact("New", None)
    contact("Gone", 1, left_on=TODAY)
    card = contact_map(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme: 5 contacts on 2018-01-01, decision 2, management 0, execution 2; not met often "
        "enough: Owner, Late, New."
    )
    assert [(row[0], row[6], row[7]) for row in table_rows(card)] == [
        ("Boss", "2017-07-05", "yes"),
        ("Owner", "2017-07-04", "no"),
        ("Clerk", "2017-12-02", "yes"),
        ("Late", "2017-12-01", "no"),
        ("New", "never", "no"),
    ]
    assert facts(card) == {
        "Decide": "Boss",
        "Hold the budget": "Owner",
        "Champions": "Clerk",
        "Sceptics and opponents": "Late",
    }
    assert [english(line) for line in card.missing] == [
        "No contact in the layer management is recorded.",
        "layer not known of: New.",
        "stance not known of: Owner, New.",
        "part in the decision not known of: Owner, New.",
    ]
    renders(card)


def test_no_contact(world: World) -> None:
    world.account("Acme")
    card = contact_map(world.deps(), "Acme", on=date(2017, 1, 1)).card()
    assert english(card.headline) == "Acme: no contact is recorded on 2017-01-01."
    assert len(card.missing) == 3
    renders(card)


def test_only_the_team_reads_them(world: World, blue: int) -> None:
    stranger = world.deps(world.asker(world.person("Dora")))
    for tool in (needs, contact_map):
        with pytest.raises(NotAllowed):
            tool(stranger, "Blue Sky")
    assert needs(stranger).needs == ()
