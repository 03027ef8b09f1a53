"""A customer's parent and sub-units."""

from datetime import date

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.account_family import account_family
from tools.domain.vocabulary import Role
from tools.errors import NotFound

DAY = date(2017, 6, 1)


@pytest.fixture
def group(world: World) -> dict[str, int]:
    """Head > North > Harbour, Head > South; Anna owns Head, Ben sold to Harbour."""
    head = world.account("Head")
    north = world.account("North", parent_id=head)
    found = {
        "Head": head,
        "North": north,
        "South": world.account("South", parent_id=head),
        "Harbour": world.account("Harbour", parent_id=north),
        "Anna": world.person("Anna"),
        "Ben": world.person("Ben"),
    }
    world.covers(found["Anna"], head)
    world.deal(head, found["Anna"], 100, DAY)
    world.deal(found["Harbour"], found["Ben"], 20, DAY)
    return found


def test_the_tree_with_owners_and_the_sum(world: World, group: dict[str, int]) -> None:
    family = account_family(world.deps(), "head")
    assert [(m.unit.name, m.unit.depth, m.owner, m.derived) for m in family.units] == [
        ("North", 1, None, False),
        ("Harbour", 2, "Ben", True),
        ("South", 1, None, False),
    ]
    assert (family.head.owner, family.head.derived) == ("Anna", False)
    assert family.roll_up.total.amount == 120
    card = family.card()
    assert english(card.title) == "Sub-units of Head (3)"
    assert english(card.headline) == "Head has 3 sub-units: North, Harbour, South."
    assert "Without an owner: North, South" in map(english, card.missing)
    renders(card)


def test_a_unit_in_the_middle_and_one_at_the_end(world: World, group: dict[str, int]) -> None:
    middle = account_family(world.deps(), "North")
    assert english(middle.card().headline) == "North belongs to Head and has one sub-unit: Harbour."
    end = account_family(world.deps(), "South")
    assert english(end.card().headline) == "South belongs to Head and has no sub-units of its own."
    world.account("Alone")
    alone = account_family(world.deps(), "Alone").card()
    assert english(alone.headline) == "No parent and no sub-units are recorded for Alone."
    renders(alone)


def test_a_rep_sees_the_tree_but_the_figures_of_own_accounts_only(
    world: World, group: dict[str, int]
) -> None:
    family = account_family(world.deps(world.asker(group["Ben"])), "Head")
    assert len(family.units) == 3
    won = {m.unit.name: m.won for m in (family.head, *family.units)}
    assert [name for name, tally in won.items() if tally is not None] == ["Harbour"]
    assert family.roll_up.total.amount == 20
    missing = [english(line) for line in family.card().missing]
    assert "Accounts whose figures only their teams may read: 3." in missing


def test_a_newcomer_does_not_find_it(world: World, group: dict[str, int]) -> None:
    newcomer = world.asker(world.person("Nell", role=Role.NEWCOMER))
    with pytest.raises(NotFound):
        account_family(world.deps(newcomer), "Head")


def test_a_ring_of_parents_ends(world: World, group: dict[str, int]) -> None:
    with world.sessions() as session:
        from tools.data.models import Account

        session.get_one(Account, group["Head"]).parent_id = group["Harbour"]
        session.commit()
    family = account_family(world.deps(), "Head")
    assert [m.unit.name for m in family.units] == ["North", "Harbour", "South"]
