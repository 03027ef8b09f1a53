"""RFM over a scope."""

from datetime import date, timedelta

import pytest

from tests.unit.catalog.world import TODAY, World, english, renders, table_rows
from tools.catalog.rfm import RfmList, rfm
from tools.errors import BadInput


@pytest.fixture
def five(world: World) -> dict[str, int]:
    """Five buyers: the first the latest and the most; one who never bought, one unpriced."""
    found = {}
    for place, name in enumerate("ABCDE"):
        found[name] = world.account(name, segment="retail" if name < "D" else "medical")
        for number in range(5 - place):
            world.deal(
                found[name],
                value=1000,
                closed=TODAY - timedelta(days=10 * place + number),
                currency="USD",
            )
    world.account("Never")
    world.deal(world.account("Open"), value=5)
    world.deal(world.account("Unpriced"), value=None, closed=TODAY)
    return found


def codes(result: RfmList) -> dict[str, str]:
    return {item.bought.name: item.code for item in result.ranked}


def test_quintiles_of_the_company(world: World, five: dict[str, int]) -> None:
    result = rfm(world.deps())
    assert codes(result) == {"A": "555", "B": "444", "C": "333", "D": "222", "E": "111"}
    assert (result.never, result.unpriced) == (2, ("Unpriced",))
    card = result.card()
    assert english(card.headline) == (
        "All accounts you can read: A leads 5 accounts on 2018-01-01 with RFM 555 (last bought "
        "0 days ago, 5 times, USD 5,000)."
    )
    assert table_rows(card)[1] == ["B", "444", "12", "10", "4", "USD 4,000"]
    renders(card)


def test_money_and_frequency_are_of_the_last_12_months(world: World) -> None:
    for name, closed in (("Old", date(2017, 1, 1)), ("New", date(2017, 1, 2))):
        world.deal(world.account(name), value=9, closed=closed, currency="USD")
    result = rfm(world.deps(today=date(2018, 1, 1)))
    assert [(i.bought.name, i.bought.times) for i in result.ranked] == [("New", 1), ("Old", 0)]
    assert codes(result) == {"New": "333", "Old": "111"}


def test_a_rep_sees_own_rows_with_the_scope_s_quintiles(world: World, five: dict[str, int]) -> None:
    anna = world.person("Anna")
    world.covers(anna, five["B"])
    world.covers(anna, five["D"])
    assert codes(rfm(world.deps(world.asker(anna)))) == {"B": "444", "D": "222"}
    assert codes(rfm(world.deps(world.asker(anna)), segment="medical")) == {"D": "333"}


def test_nothing_bought_and_no_rows(world: World) -> None:
    card = rfm(world.deps()).card()
    assert "no account with a purchase" in english(card.headline)
    renders(card)
    with pytest.raises(BadInput):
        rfm(world.deps(), top=0)


def test_the_table_shows_no_more_than_top(world: World, five: dict[str, int]) -> None:
    table = rfm(world.deps(), top=2).card().table
    assert table is not None
    assert (len(table.rows), table.total) == (2, 5)
