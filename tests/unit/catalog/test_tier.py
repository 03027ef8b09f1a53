"""Tiers: of one account, and the list."""

from datetime import date

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.tier import tier
from tools.catalog.tier_list import tier_list
from tools.domain.tiers import Tier
from tools.domain.vocabulary import Factor
from tools.errors import NotAllowed

VALUES = (40, 60, 90, 120, 180, 250, 400, 600, 900, 1500)
POTENTIALS = {2: 2000, 5: 500, 6: 1600, 8: 300, 9: 3000}


@pytest.fixture
def ten(world: World) -> list[int]:
    """Ten accounts with values in thousands: 80th percentile 660,000, 40th 156,000.

    Potentials in thousands: five given, five of 1,000, so that the median is 1,000,000.
    """
    found = []
    for place, value in enumerate(VALUES):
        account = world.account(f"A{place}")
        world.deal(account, value=value * 1000, closed=date(2017, 6, 1), currency="USD")
        potential = POTENTIALS.get(place, 1000) * 1000
        world.factor(account, Factor.POTENTIAL, potential, unit="USD")
        found.append(account)
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [("A9", Tier.VIP), ("A6", Tier.GROWTH), ("A8", Tier.STABLE), ("A5", None), ("A2", None)],
)
def test_the_tier_of_each(world: World, ten: list[int], name: str, expected: Tier | None) -> None:
    result = tier(world.deps(), name)
    assert result.classified is not None
    assert result.classified.tier is expected
    renders(result.card())


def test_the_inputs_and_limits_are_shown(world: World, ten: list[int]) -> None:
    card = tier(world.deps(), "A9").card()
    assert english(card.headline) == (
        "A9 is a VIP account on 2018-01-01 (high value, high potential): solutions made for it, "
        "a service team of its own, regular executive contact."
    )
    assert [row[1:6] for row in table_rows(card)] == [
        ["USD 1,500,000", "high", "USD 660,000", "USD 156,000", "2018-01-01"],
        ["USD 3,000,000", "high", "USD 1,000,000", "–", "2018-01-01"],
    ]
    assert facts(card)["Tier"] == "VIP"
    assert card.next == ()


def test_unclassified_with_what_would_have_to_change(world: World, ten: list[int]) -> None:
    card = tier(world.deps(), "A5").card()
    assert "the nearest are growth, stable, basic" in english(card.headline)
    assert [english(line) for line in card.next] == [
        "growth would take a potential from USD 1,000,000.",
        "stable would take a value from USD 660,000.",
        "basic would take a value below USD 156,000.",
    ]
    low = tier(world.deps(), "A2").card()
    assert "growth would take a value from USD 156,000 to under USD 660,000." in [
        english(line) for line in low.next
    ]


def test_what_is_missing_is_named(world: World, ten: list[int]) -> None:
    world.account("Bare", segment=None)
    card = tier(world.deps(), "Bare").card()
    assert english(card.headline) == (
        "Bare has no tier on 2018-01-01: revenue, potential not known."
    )
    assert len(card.missing) == 3
    renders(card)


def test_the_list_by_tier(world: World, ten: list[int]) -> None:
    world.account("Bare")
    card = tier_list(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read: 1 VIP, 3 growth, 1 stable, 0 basic and 5 unclassified of "
        "10 accounts on 2018-01-01."
    )
    assert [row[0] for row in table_rows(card)[:5]] == ["A9", "A7", "A6", "A4", "A8"]
    assert [english(line) for line in card.missing] == ["Bare lacks revenue, potential."]
    renders(card)


def test_a_rep_sees_own_rows_against_the_company_s_limits(world: World, ten: list[int]) -> None:
    anna = world.person("Anna")
    world.covers(anna, ten[6])
    result = tier_list(world.deps(world.asker(anna)))
    assert [(c.name, t.tier) for c, t in result.tiered] == [("A6", Tier.GROWTH)]
    with pytest.raises(NotAllowed):
        tier(world.deps(world.asker(anna)), "A9")


def test_an_empty_company_and_an_earlier_day(world: World, ten: list[int]) -> None:
    earlier = tier_list(world.deps(), on=date(2017, 12, 31))
    assert (earlier.tiered, len(earlier.unknown)) == ((), 10)
    assert english(earlier.card().missing[-1]) == "Further without a tier: 5."
    renders(earlier.card())
    assert tier_list(world.deps(today=TODAY), top=3).card().table is not None
