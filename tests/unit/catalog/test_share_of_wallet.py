"""Share of wallet of one account."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.share_of_wallet import share_of_wallet
from tools.data.models import ExchangeRate, WalletShare
from tools.domain.vocabulary import Measure
from tools.errors import BadInput, NotAllowed

D = Decimal


def buys(world: World, account: int, supplier: str, amount: int, **more: Any) -> None:
    given = {"year": 2017, "currency": "USD", "as_of": TODAY, "source": "buyer"} | more
    world.add(WalletShare(account_id=account, supplier=supplier, amount=D(amount), **given))


@pytest.fixture
def acme(world: World) -> int:
    """3,600,000 spent in 2017: we 900,000, X 1,440,000, Y 720,000."""
    account = world.account("Acme")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 3_600_000, confirmed=True)
    buys(world, account, "Us", 900_000, ours=True, confirmed=True)
    buys(world, account, "X", 1_440_000)
    buys(world, account, "Y", 720_000)
    return account


def test_now(world: World, acme: int) -> None:
    card = share_of_wallet(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "We have 25% of Acme's 2017 wallet: USD 900,000 of USD 3,600,000, 15 points "
        "(USD 540,000 a year) behind X."
    )
    assert [row[1:4] + row[6:] for row in table_rows(card)] == [
        ["we", "25%", "USD 900,000", "confirmed"],
        ["X", "40%", "USD 1,440,000", "assumed"],
        ["Y", "20%", "USD 720,000", "assumed"],
        ["not known", "15%", "USD 540,000", "–"],
        ["whole spend", "100%", "USD 3,600,000", "confirmed"],
    ]
    assert facts(card)["Gap in points"] == "15"
    assert [english(line).partition(":")[0] for line in card.missing] == ["Forecast"]
    renders(card)


def test_forecast_and_growth(world: World, acme: int) -> None:
    for year, spend, ours in ((2020, 9_000_000, 9), (2018, 4_000_000, 1_400_000)):
        world.figure(acme, Measure.ADDRESSABLE_SPEND, spend, year=year, forecast=True)
        buys(world, acme, "Us", ours, year=year, ours=True, forecast=True)
    card = share_of_wallet(world.deps(), "Acme").card()
    assert english(card.headline).endswith("; 35% are forecast for 2018.")
    assert english(card.why[1]) == (
        "Forecast growth USD 500,000 = USD 100,000 from a larger wallet at today's share + "
        "USD 400,000 from 10 points of share."
    )
    renders(card)


def test_shares_past_the_whole_are_refused(world: World, acme: int) -> None:
    buys(world, acme, "Z", 540_001)
    with pytest.raises(BadInput, match="past 100%"):
        share_of_wallet(world.deps(), "Acme")


def test_our_sales_come_from_won_deals_where_none_are_recorded(world: World) -> None:
    account = world.account("Bolt")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 1_000)
    unknown = share_of_wallet(world.deps(), "Bolt")
    assert unknown.now is not None
    assert unknown.now.ours is None
    assert "our own sales are not recorded" in english(unknown.card().headline)
    renders(unknown.card())
    world.deal(account, value=400, closed=date(2016, 12, 31), currency="USD")
    assert facts(share_of_wallet(world.deps(), "Bolt").card())["Share now"] == "0%"
    world.deal(account, value=250, closed=date(2017, 12, 31), currency="USD")
    world.deal(account, value=300, closed=date(2018, 1, 1), currency="USD")
    card = share_of_wallet(world.deps(), "Bolt").card()
    assert facts(card)["Share now"] == "25%"
    assert table_rows(card)[0][4:] == ["2017-12-31", "won deals and transactions", "computed"]


def test_without_a_spend_there_is_no_share(world: World) -> None:
    account = world.account("Bare")
    buys(world, account, "Us", 10, ours=True)
    card = share_of_wallet(world.deps(), "Bare").card()
    assert "the customer's spend is not recorded" in english(card.headline)
    assert card.table is None
    renders(card)


def test_other_currencies_are_converted_or_left_out_and_named(world: World, acme: int) -> None:
    buys(world, acme, "Z", 100_000, currency="EUR")
    card = share_of_wallet(world.deps(), "Acme").card()
    assert "Z 2017: EUR 100,000 is left out, no exchange rate is known." in [
        english(line) for line in card.missing
    ]
    world.add(ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 1, 1), rate=D("1.8")))
    rows = table_rows(share_of_wallet(world.deps(), "Acme").card())
    assert ["Z", "5%", "USD 180,000"] in [row[1:4] for row in rows]


def test_what_is_known_later_does_not_count(world: World, acme: int) -> None:
    assert share_of_wallet(world.deps(), "Acme", on=date(2017, 12, 31)).now is None


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    with pytest.raises(NotAllowed):
        share_of_wallet(world.deps(world.asker(world.person("Bob"))), "Acme")
