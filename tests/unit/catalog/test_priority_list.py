"""The priority list: value, closeness, quadrants, gaps, access."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.unit.catalog.world import TODAY, World, english, renders
from tools.catalog.priority_list import PriorityList, priority_list
from tools.data.models import PurchasingBehaviour
from tools.domain.priority import Quadrant
from tools.domain.vocabulary import Layer, Measure
from tools.text import Money

D = Decimal


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def close(world: World, account: int) -> None:
    """Full computed points (70) and a judgement of 50 (15): closeness 85."""
    for position, layer in enumerate(Layer):
        contact = world.contact(account, f"Contact {position}", layer=layer)
        world.met(account, days_ago(position), contact)
        world.met(account, days_ago(40 + position))
    world.judged(account, 50, days_ago(5))


def distant(world: World, account: int) -> None:
    """One contact at the end of the window: breadth 1 of 3, 1 of 6 meetings, judged 0."""
    contact = world.contact(account, "Clerk", layer=Layer.EXECUTION)
    world.met(account, days_ago(180), contact)
    world.judged(account, 0, days_ago(5))


@pytest.fixture
def four(world: World) -> dict[str, int]:
    """One account in each quadrant; the value limit is the middle of 1 to 4 million."""
    found = {}
    for name, spend, near in (
        ("Win", 4_000_000, distant),
        ("Defend", 3_000_000, close),
        ("Keep", 2_000_000, close),
        ("Channel", 1_000_000, distant),
    ):
        found[name] = world.account(name)
        world.figure(found[name], Measure.ADDRESSABLE_SPEND, spend)
        near(world, found[name])
    return found


def order(result: PriorityList) -> list[tuple[str, Quadrant]]:
    return [(item.customer.name, quadrant) for quadrant, item in result.placed]


def test_each_quadrant_with_its_figures(world: World, four: dict[str, int]) -> None:
    result = priority_list(world.deps())
    assert order(result) == [
        ("Defend", Quadrant.DEFEND),
        ("Win", Quadrant.WIN),
        ("Keep", Quadrant.KEEP),
        ("Channel", Quadrant.CHANNEL),
    ]
    assert result.limit == Money(D(750_000), "USD")
    card = result.card()
    assert english(card.headline) == (
        "All accounts you can read: Defend comes first on 2018-01-01 (defend and grow, value "
        "USD 900,000, closeness 85); placed: 4 accounts, incomplete: 0 accounts."
    )
    assert card.table is not None
    assert [[english(cell) for cell in row] for row in card.table.rows[:2]] == [
        [
            "1", "Defend", "defend and grow", "USD 900,000", "USD 3,000,000", "2018-01-01",
            "report (assumed)", "1", "85", "70", "15",
        ],
        [
            "2", "Win", "win", "USD 1,200,000", "USD 4,000,000", "2018-01-01",
            "report (assumed)", "1", "10", "10", "0",
        ],
    ]  # fmt: skip
    renders(card)


def test_behaviour_moves_an_account_over_the_limit(world: World, four: dict[str, int]) -> None:
    for trait, value in (("price_sensitivity", "high"), ("buying", "local")):
        world.add(
            PurchasingBehaviour(
                account_id=four["Defend"], trait=trait, value=value, as_of=TODAY, source="visit"
            )
        )
    result = priority_list(world.deps())
    values = {i.customer.name: i.value.value.amount for _, i in result.placed if i.value}
    assert values["Defend"] == D(648_000)
    assert result.limit == Money(D(624_000), "USD")


def test_what_is_missing_keeps_an_account_off_the_list(world: World, four: dict[str, int]) -> None:
    no_spend, not_judged, nothing = (world.account(name) for name in ("X", "Y", "Z"))
    close(world, no_spend)
    world.figure(not_judged, Measure.ADDRESSABLE_SPEND, 1)
    world.met(not_judged, days_ago(1))
    world.figure(nothing, Measure.ADDRESSABLE_SPEND, 1)
    world.judged(nothing, 90, days_ago(181))
    result = priority_list(world.deps())
    assert [item.customer.name for item in result.incomplete] == ["X", "Y", "Z"]
    assert [english(line) for line in result.card().missing[:3]] == [
        "X lacks addressable spend.",
        "Y lacks breadth over layers, judged part; its closeness can be 23.33 to 73.33.",
        "Z lacks logged contacts, judged part; its closeness can be 0 to 100.",
    ]


def test_records_of_later_days_do_not_count(world: World, four: dict[str, int]) -> None:
    earlier = priority_list(world.deps(), on=date(2016, 1, 1))
    assert earlier.placed == ()
    assert earlier.limit is None
    renders(earlier.card())


def test_a_rep_sees_own_rows_against_the_company_s_limit(
    world: World, four: dict[str, int]
) -> None:
    anna = world.person("Anna")
    world.covers(anna, four["Keep"])
    result = priority_list(world.deps(world.asker(anna)))
    assert order(result) == [("Keep", Quadrant.KEEP)]
    assert result.limit == Money(D(750_000), "USD")


def test_the_list_shows_no_more_than_top(world: World, four: dict[str, int]) -> None:
    table = priority_list(world.deps(), top=1).card().table
    assert table is not None
    assert (len(table.rows), table.total) == (1, 4)


def test_an_executive_flag_counts_without_a_known_layer(world: World) -> None:
    account = world.account("Acme")
    world.met(account, days_ago(1), executive=True)
    near = priority_list(world.deps()).incomplete[0].closeness
    assert near.lowest == D("33.333333333333")  # recency 20, frequency 1 of 6, executive 10
