"""What keeps accounts from a full score."""

from datetime import date

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.score_gaps import score_gaps
from tools.domain.vocabulary import Factor

DAY = date(2017, 6, 1)


@pytest.fixture
def company(world: World) -> dict[str, int]:
    """One account complete, one without ability, one without anything."""
    found = {name: world.account(name) for name in ("Full", "Nearly", "Bare")}
    for name in ("Full", "Nearly"):
        world.deal(found[name], value=600_000, closed=DAY, currency="USD")
        world.factor(found[name], Factor.POTENTIAL, 9_000_000, unit="USD")
        world.factor(found[name], Factor.DEMONSTRATION, 85)
    world.factor(found["Full"], Factor.ABILITY, 50)
    return found


def test_gaps_are_counted_per_factor_and_the_nearest_to_a_score_come_first(
    world: World, company: dict[str, int]
) -> None:
    result = score_gaps(world.deps())
    assert dict(result.lacks) == {
        Factor.REVENUE: 1, Factor.POTENTIAL: 1, Factor.DEMONSTRATION: 1, Factor.ABILITY: 2,
    }  # fmt: skip
    assert [customer.name for customer, _ in result.incomplete] == ["Nearly", "Bare"]
    card = result.card()
    assert english(card.headline) == (
        "All accounts you can read: no full score for 2 of 3 accounts on 2018-01-01; most often "
        "ability to win is missing (2 accounts)."
    )
    assert card.table is not None
    assert [english(cell) for cell in card.table.rows[0]] == [
        "Nearly", "retail", "ability to win", "62", "66 to 82",
    ]  # fmt: skip
    renders(card)


def test_nothing_missing_is_said(world: World, company: dict[str, int]) -> None:
    anna = world.person("Anna")
    world.covers(anna, company["Full"])
    card = score_gaps(world.deps(world.asker(anna))).card()
    assert english(card.headline) == (
        "All accounts you can read: nothing is missing on 2018-01-01; 1 account with a full score."
    )
    assert (card.table, card.missing) == (None, ())
    renders(card)


def test_no_account_is_said(world: World) -> None:
    card = score_gaps(world.deps()).card()
    assert "there is no account to score" in english(card.headline)
    renders(card)


def test_inputs_recorded_later_are_missing_on_an_earlier_day(
    world: World, company: dict[str, int]
) -> None:
    assert score_gaps(world.deps(), on=date(2017, 12, 1)).count == 3
