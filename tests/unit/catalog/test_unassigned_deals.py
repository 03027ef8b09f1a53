"""Deals that name no account."""

from datetime import date
from decimal import Decimal

from tests.unit.catalog.world import World, english, renders
from tools.catalog.unassigned_deals import unassigned_deals
from tools.domain.vocabulary import Role, Stage
from tools.text import Money


def two_sellers(world: World) -> tuple[int, int]:
    """Anna has two deals without an account, Ben one; Ben's other deal has one."""
    west = world.unit("West")
    anna, ben = world.person("Anna", unit=west), world.person("Ben", unit=world.unit("East"))
    world.deal(None, anna, 5, engaged_on=date(2017, 2, 1), external_id="A1")
    world.deal(None, anna, None, stage=Stage.PROSPECTING, external_id="A2")
    world.deal(None, ben, 9, engaged_on=date(2017, 3, 1), external_id="B1", currency="EUR")
    world.deal(world.account("Alpha"), ben, 100)
    return anna, ben


def test_they_are_counted_by_stage_and_listed(world: World) -> None:
    two_sellers(world)
    report = unassigned_deals(world.deps())
    assert [(english(label), t.count) for label, t in report.groups] == [
        ("engaging", 2),
        ("prospecting", 1),
    ]
    assert [(d.reference, d.seller, d.value) for d in report.deals] == [
        ("B1", "Ben", Money(Decimal(9), "EUR")),
        ("A1", "Anna", Money(Decimal(5), "USD")),
        ("A2", "Anna", None),
    ]
    card = report.card()
    assert english(card.headline) == (
        "Deals without an account in all records: 3; most by stage: engaging (2)."
    )
    assert card.table is not None
    assert card.table.total == 3
    renders(card)


def test_by_seller_and_in_a_period(world: World) -> None:
    two_sellers(world)
    by_seller = unassigned_deals(world.deps(), by="person")
    assert [(label, t.count) for label, t in by_seller.groups] == [("Anna", 2), ("Ben", 1)]
    march = unassigned_deals(world.deps(), since=date(2017, 2, 2))
    assert (march.total.count, march.undated) == (1, 1)
    assert unassigned_deals(world.deps(), person="Ben").total.count == 1
    assert len(unassigned_deals(world.deps(), top=1).deals) == 1


def test_none_left(world: World) -> None:
    card = unassigned_deals(world.deps()).card()
    assert english(card.headline) == "Every deal in all records has an account."
    renders(card)


def test_a_seller_sees_own_ones_and_a_manager_those_of_the_unit(world: World) -> None:
    anna, ben = two_sellers(world)
    assert unassigned_deals(world.deps(world.asker(anna))).total.count == 2
    with world.sessions() as session:
        from tools.data.models import Person

        unit = session.get_one(Person, ben).unit_id
    boss = world.person("Boss", role=Role.MANAGER, unit=unit)
    assert unassigned_deals(world.deps(world.asker(boss))).total.count == 1
