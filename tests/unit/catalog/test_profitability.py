"""Profit of one account."""

from datetime import date

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.profitability import profitability
from tools.domain.profit import COSTS
from tools.domain.vocabulary import Measure
from tools.errors import NotAllowed

COSTS_OF_A = (1_200_000, 90_000, 40_000, 110_000, 60_000, 50_000, 30_000)


@pytest.fixture
def acme(world: World) -> int:
    """All costs of 2017 and 2,000,000 won in it; older costs that do not count."""
    account = world.account("Acme")
    world.deal(account, value=1_999_000, closed=date(2017, 1, 1), currency="USD")
    world.deal(account, value=1_000, closed=date(2017, 12, 31), currency="USD")
    world.deal(account, value=77, closed=date(2018, 1, 1), currency="USD")
    for measure, amount in zip(COSTS, COSTS_OF_A, strict=True):
        world.figure(account, measure, amount, confirmed=True)
        world.figure(account, measure, 1, year=2016)
        world.figure(account, measure, 2, year=2018, forecast=True)
    return account


def test_profit_with_each_line(world: World, acme: int) -> None:
    card = profitability(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme left a profit of USD 420,000 in 2017, 21% of USD 2,000,000 revenue."
    )
    assert facts(card) == {
        "Gross profit": "USD 800,000",
        "Cost to serve": "USD 380,000",
        "Profit": "USD 420,000",
    }
    assert table_rows(card)[0] == [
        "our revenue", "USD 2,000,000", "100%", "2017-12-31", "won deals and transactions",
        "computed",
    ]  # fmt: skip
    assert table_rows(card)[4] == [
        "delivery cost", "USD 110,000", "5.5%", "2018-01-01", "report", "confirmed",
    ]  # fmt: skip
    renders(card)


def test_a_missing_cost_makes_it_incomplete(world: World) -> None:
    account = world.account("Bolt")
    world.figure(account, Measure.OUR_REVENUE, 2_000_000)
    for measure, amount in zip(COSTS, COSTS_OF_A, strict=True):
        if measure is not Measure.COST_DELIVERY:
            world.figure(account, measure, amount)
    card = profitability(world.deps(), "Bolt").card()
    assert english(card.headline) == (
        "The profit of Bolt in 2017 is incomplete: before delivery cost, which are not known, "
        "USD 530,000 remain."
    )
    assert english(card.missing[0]).startswith("delivery cost 2017: not known")
    assert facts(card)["Profit"] == "incomplete"
    renders(card)


def test_a_cost_without_a_rate_is_left_out_and_named(world: World, acme: int) -> None:
    world.deal(acme, value=1, closed=date(2017, 5, 5), currency="USD")
    account = world.account("Bolt")
    world.figure(account, Measure.OUR_REVENUE, 100)
    world.figure(account, Measure.COST_SALES, 10, currency="EUR")
    result = profitability(world.deps(), "Bolt")
    assert english(result.card().missing[0]) == (
        "sales cost: EUR 10 is left out, no exchange rate to USD is known."
    )
    assert Measure.COST_SALES in result.profit.missing


def test_nothing_known(world: World) -> None:
    world.account("Bare")
    card = profitability(world.deps(), "Bare").card()
    assert "is not known: missing are our revenue, cost of goods" in english(card.headline)
    assert (card.table, len(card.missing)) == (None, 8)
    renders(card)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    with pytest.raises(NotAllowed):
        profitability(world.deps(world.asker(world.person("Bob"))), "Acme")
