"""What an account would score."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.score_what_if import score_what_if
from tools.domain.vocabulary import Factor
from tools.errors import BadInput, NotAllowed

D = Decimal
MAY = date(2017, 5, 1)


@pytest.fixture
def two(world: World) -> dict[str, int]:
    """Acme: 18 + 24 + 20 + 12 = 74; Bolt: 24 + 24 + 20 + 12 = 80."""
    found = {}
    for name, won in (("Acme", 600_000), ("Bolt", 3_000_000)):
        found[name] = world.account(name)
        world.deal(found[name], value=won, closed=MAY, currency="USD")
        world.scored(found[name], 9_000_000, 85, 50)
    return found


def test_a_raised_input_moves_score_and_rank(world: World, two: dict[str, int]) -> None:
    card = score_what_if(world.deps(), "Acme", ability=D(80), potential=D(30_000_000)).card()
    assert english(card.headline) == (
        "Acme would score 88 instead of 74 on 2018-01-01: rank 1 of 2, a key account, now rank 2 "
        "of 2, not a key account."
    )
    assert [[row[0], row[2], row[4], row[7]] for row in table_rows(card)] == [
        ["revenue", "USD 600,000", "60", "0"],
        ["potential", "USD 30,000,000", "100", "6"],
        ["demonstration effect", "85", "100", "0"],
        ["ability to win", "80", "100", "8"],
    ]
    renders(card)


def test_other_weights_hold_for_everybody(world: World, two: dict[str, int]) -> None:
    result = score_what_if(world.deps(), "Acme", revenue_weight=D("0.5"), potential_weight=D("0.1"))
    assert result.then.totals == {two["Acme"]: D(70), two["Bolt"]: D(80)}
    assert facts(result.card())["Score then"] == "70"


def test_weights_that_do_not_sum_to_one_are_refused(world: World, two: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="sum to 1"):
        score_what_if(world.deps(), "Acme", revenue_weight=D("0.5"))


@pytest.mark.parametrize(
    ("factor", "value"), [("ability", 101), ("demonstration", -1), ("revenue", -1)]
)
def test_inputs_out_of_range_are_refused(
    world: World, two: dict[str, int], factor: str, value: int
) -> None:
    supposed: dict[str, Any] = {factor: D(value)}
    with pytest.raises(BadInput, match="out of range"):
        score_what_if(world.deps(), "Acme", **supposed)


def test_something_has_to_be_different(world: World, two: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="different"):
        score_what_if(world.deps(), "Acme")


def test_a_supposed_input_can_fill_a_gap_or_leave_one(world: World, two: dict[str, int]) -> None:
    gap = world.account("Gap")
    world.deal(gap, value=600_000, closed=MAY, currency="USD")
    world.factor(gap, Factor.POTENTIAL, 9_000_000, unit="USD")
    world.factor(gap, Factor.DEMONSTRATION, 85)
    filled = score_what_if(world.deps(), "Gap", ability=D(100)).card()
    assert "would score 82 instead of incomplete" in english(filled.headline)
    assert "now without a rank" in english(filled.headline)
    still = score_what_if(world.deps(), "Gap", revenue=D(0)).card()
    assert "would still have no full score: ability to win missing" in english(still.headline)
    renders(filled)
    renders(still)


def test_nothing_is_recorded(world: World, two: dict[str, int]) -> None:
    first = score_what_if(world.deps(), "Acme", ability=D(80))
    second = score_what_if(world.deps(), "Acme", ability=D(80))
    assert first.now.totals == second.now.totals


def test_only_the_team_may_ask(world: World, two: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        score_what_if(world.deps(world.asker(world.person("Bob"))), "Acme", ability=D(1))
