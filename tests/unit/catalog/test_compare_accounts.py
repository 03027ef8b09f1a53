"""Accounts side by side."""

from datetime import date

import pytest

from tests.unit.catalog.world import TODAY, World, english, renders, table_rows
from tools.catalog.compare_accounts import compare_accounts
from tools.data.models import Risk
from tools.domain.vocabulary import RiskKind
from tools.errors import BadInput, NotAllowed


@pytest.fixture
def three(world: World) -> dict[str, int]:
    """Acme scores 74 and grew by half; Bolt sold more without a score; Cole has nothing."""
    found = {name: world.account(name) for name in ("Acme", "Bolt", "Cole")}
    world.deal(found["Acme"], value=600_000, closed=date(2017, 5, 1), currency="USD")
    world.deal(found["Acme"], value=400_000, closed=date(2016, 5, 1), currency="USD")
    world.scored(found["Acme"], 9_000_000, 85, 50)
    world.deal(found["Bolt"], value=900_000, closed=date(2017, 5, 1), currency="USD")
    for likelihood in (2, 4):
        world.add(
            Risk(
                account_id=found["Bolt"],
                kind=RiskKind.CONTRACT,
                description="price",
                likelihood=likelihood,
                impact=3,
                as_of=TODAY,
                source="team",
            )
        )
    return found


def test_side_by_side_in_the_order_asked(world: World, three: dict[str, int]) -> None:
    card = compare_accounts(world.deps(), ["Bolt", "Acme"]).card()
    assert english(card.headline) == (
        "Acme scores highest on 2018-01-01 (74, rank 1); Bolt won the most in 12 months "
        "(USD 900,000)."
    )
    rows = {row[0]: row[1:] for row in table_rows(card)}
    assert rows["Composite score"] == ["–", "74"]
    assert rows["Won in 12 months"] == ["USD 900,000", "USD 600,000"]
    assert rows["Growth"] == ["–", "50%"]
    assert rows["Gravest risk (likelihood × impact)"] == ["12", "–"]
    assert [english(line) for line in card.missing] == [
        "Bolt: the score is incomplete, it can be 32 to 88."
    ]
    renders(card)


def test_none_is_scored(world: World, three: dict[str, int]) -> None:
    card = compare_accounts(world.deps(), ["Cole", "Bolt"]).card()
    assert "None of the 2 has a full score" in english(card.headline)
    renders(card)


@pytest.mark.parametrize("names", [["Acme"], ["Acme", "acme"], []])
def test_two_different_accounts_are_needed(
    world: World, three: dict[str, int], names: list[str]
) -> None:
    with pytest.raises(BadInput, match="two to 5"):
        compare_accounts(world.deps(), names)


def test_each_account_has_to_be_readable(world: World, three: dict[str, int]) -> None:
    anna = world.person("Anna")
    world.covers(anna, three["Acme"])
    with pytest.raises(NotAllowed):
        compare_accounts(world.deps(world.asker(anna)), ["Acme", "Bolt"])
