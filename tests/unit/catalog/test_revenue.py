"""Won revenue: ranks, series, periods, currencies, access."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.revenue import RevenueReport, revenue
from tools.data.models import ExchangeRate, Product, Transaction
from tools.domain.vocabulary import Role, Stage, UnitKind
from tools.errors import BadInput, NotAllowed
from tools.text import Money

YEAR = {"since": date(2017, 1, 1), "until": date(2017, 12, 31)}


@pytest.fixture
def people(world: World) -> dict[str, int]:
    west = world.unit("West")
    branch = world.unit("Branch", UnitKind.BRANCH, parent=west)
    return {
        "Anna": world.person("Anna", unit=branch),
        "Ben": world.person("Ben", unit=west, role=Role.MANAGER),
        "Cleo": world.person("Cleo", unit=world.unit("East")),
    }


@pytest.fixture
def accounts(world: World, people: dict[str, int]) -> dict[str, int]:
    """Won in 2017: Alpha 300 and 100, Beta 250, Gamma 400; Beta 50 a day before and after."""
    found = {name: world.account(name) for name in ("Alpha", "Beta", "Gamma")}
    world.deal(found["Alpha"], people["Anna"], 300, date(2017, 1, 1))
    world.deal(found["Alpha"], people["Cleo"], 100, date(2017, 12, 31))
    world.deal(found["Beta"], people["Anna"], 250, date(2017, 6, 1))
    world.deal(found["Beta"], people["Anna"], 50, date(2016, 12, 31))
    world.deal(found["Beta"], people["Anna"], 50, date(2018, 1, 1))
    world.deal(found["Gamma"], people["Cleo"], 400, date(2017, 3, 31))
    return found


def rows(report: RevenueReport) -> list[tuple[object, str, Decimal]]:
    return [(row.rank, english(row.label), row.tally.total.amount) for row in report.rows]


def test_accounts_are_ranked_and_equal_ones_share_a_rank(
    world: World, accounts: dict[str, int]
) -> None:
    report = revenue(world.deps(), **YEAR)
    assert rows(report) == [(1, "Alpha", 400), (1, "Gamma", 400), (3, "Beta", 250)]
    assert report.total.total == Money(Decimal(1050), "USD")
    assert english(report.card().headline) == "Alpha leads 3 accounts with USD 400 won in 2017."
    assert report.rows[2].share == Decimal(250) / 1050
    renders(report.card())


@pytest.mark.parametrize(
    ("since", "until", "won"),
    [
        (date(2017, 6, 1), date(2017, 6, 1), 250),
        (date(2016, 12, 31), date(2017, 6, 1), 300),
        (date(2017, 6, 2), None, 50),
        (None, date(2017, 5, 31), 50),
        (date(2017, 6, 2), date(2017, 12, 31), 0),
    ],
)
def test_both_ends_of_a_period_count(
    world: World, accounts: dict[str, int], since: date | None, until: date | None, won: int
) -> None:
    report = revenue(world.deps(), account="Beta", since=since, until=until)
    assert report.total.total.amount == won


def test_without_a_period_the_last_twelve_months_count(
    world: World, accounts: dict[str, int]
) -> None:
    report = revenue(world.deps(today=date(2017, 12, 31)))
    assert report.total.total.amount == 1050


def test_an_empty_period_names_the_span_of_the_records(
    world: World, accounts: dict[str, int]
) -> None:
    card = revenue(world.deps(today=date(2026, 1, 1))).card()
    assert english(card.headline) == "Nothing was won from 2025-01-02 to 2026-01-01."
    assert english(card.next[0]) == (
        "The records hold won revenue from 2016-12-31 to 2018-01-01; ask for a period in it."
    )


def test_a_period_turned_round_is_refused(world: World, accounts: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="swap the two days"):
        revenue(world.deps(), since=date(2017, 2, 1), until=date(2017, 1, 31))


def test_a_series_is_in_order_of_time(world: World, accounts: dict[str, int]) -> None:
    report = revenue(world.deps(), by="quarter", **YEAR)
    assert [(english(r.label), r.tally.total.amount) for r in report.rows] == [
        ("2017-Q1", 700),
        ("2017-Q2", 250),
        ("2017-Q4", 100),
    ]
    assert "the best quarter is 2017-Q1 with USD 700" in english(report.card().headline)
    years = revenue(world.deps(), by="year")
    assert [english(r.label) for r in years.rows] == ["2016", "2017", "2018"]
    months = revenue(world.deps(), by="month", **YEAR)
    assert [english(r.label) for r in months.rows] == ["2017-01", "2017-03", "2017-06", "2017-12"]
    renders(months.card())


def test_the_region_is_the_account_s_else_the_seller_s(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    placed = world.account("Delta", region="North")
    world.deal(placed, people["Anna"], 900, date(2017, 2, 2))
    report = revenue(world.deps(), by="region", **YEAR)
    assert rows(report) == [(1, "North", 900), (2, "West", 550), (3, "East", 500)]
    assert revenue(world.deps(), region="West", **YEAR).total.total.amount == 550
    assert revenue(world.deps(), region="North", **YEAR).total.total.amount == 900
    assert revenue(world.deps(), unit="West", **YEAR).total.total.amount == 1450


def test_groups_of_nothing_come_last_without_a_rank(world: World, accounts: dict[str, int]) -> None:
    product = world.add(Product(name="GTX", name_key="gtx"))
    world.deal(accounts["Beta"], None, 10, date(2017, 6, 1), product_id=product)
    report = revenue(world.deps(), by="product", **YEAR)
    assert rows(report) == [(1, "GTX", 10), (None, "no product", 1050)]
    assert report.groups == 1


def test_amounts_without_a_rate_stay_apart_and_are_named(
    world: World, accounts: dict[str, int]
) -> None:
    day = date(2017, 6, 1)
    world.add(ExchangeRate(currency="CNY", into="USD", valid_from=day, rate=Decimal("0.15")))
    world.add(
        ExchangeRate(currency="USD", into="JPY", valid_from=date(2017, 1, 1), rate=Decimal(125))
    )
    world.deal(accounts["Alpha"], None, 1000, day, currency="CNY")
    world.deal(accounts["Alpha"], None, 1000, date(2017, 5, 31), currency="CNY")
    world.deal(accounts["Alpha"], None, 1000, day, currency="JPY")
    world.deal(accounts["Alpha"], None, 77, day, currency="EUR")
    world.add(
        Transaction(
            external_id="1",
            account_id=accounts["Alpha"],
            booked_on=day,
            amount=Decimal(2),
            currency="USD",
            source="test",
        )
    )
    report = revenue(world.deps(), account="Alpha", **YEAR)
    assert report.total.total == Money(Decimal("560"), "USD")  # 400 + 150 + 8 + 2
    assert report.total.unconverted == (Money(Decimal(1000), "CNY"), Money(Decimal(77), "EUR"))
    assert [english(line) for line in report.card().missing] == [
        "CNY 1,000 is not in the total: no exchange rate into USD for its days.",
        "EUR 77 is not in the total: no exchange rate into USD for its days.",
    ]
    assert report.total.assumed == 400
    assert "assumed to be in USD" in english(report.card().basis[1])


def test_lost_and_open_deals_are_no_revenue(world: World, accounts: dict[str, int]) -> None:
    world.deal(accounts["Beta"], None, 999, date(2017, 6, 1), stage=Stage.LOST)
    world.deal(accounts["Beta"], None, 999)
    world.deal(accounts["Beta"], None, None, date(2017, 6, 1))
    report = revenue(world.deps(), account="Beta", **YEAR)
    assert (report.total.total.amount, report.total.count, report.total.valueless) == (250, 2, 1)
    assert english(report.card().missing[0]).startswith("Deals without a value: 1;")


def test_a_rep_sees_own_accounts_with_the_rank_in_the_company(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    """Anna owns Beta (derived); Alpha's owner is she too, for her 300 against Cleo's 100."""
    report = revenue(world.deps(world.asker(people["Anna"])), **YEAR)
    assert rows(report) == [(1, "Alpha", 400), (3, "Beta", 250)]
    assert (report.groups, report.limited) == (3, True)
    cleo = revenue(world.deps(world.asker(people["Cleo"])), **YEAR)
    assert rows(cleo) == [(1, "Gamma", 400)]
    with pytest.raises(NotAllowed):
        revenue(world.deps(world.asker(people["Cleo"])), account="Beta", **YEAR)


def test_by_seller_a_rep_sees_own_accounts_and_own_deals(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    """Cleo owns Gamma and sold 100 to Alpha, which is not hers."""
    report = revenue(world.deps(world.asker(people["Cleo"])), by="person", **YEAR)
    assert rows(report) == [(1, "Cleo", 500)]
    ben = revenue(world.deps(world.asker(people["Ben"])), by="person", **YEAR)
    assert rows(ben) == [(1, "Anna", 550), (2, "Cleo", 100)]


def test_a_newcomer_sees_the_practice_account_only(world: World, accounts: dict[str, int]) -> None:
    practice = world.account("Practice", sandbox=True)
    world.deal(practice, None, 5000, date(2017, 5, 5))
    assert revenue(world.deps(), **YEAR).total.total.amount == 1050
    newcomer = world.asker(world.person("Nell", role=Role.NEWCOMER))
    assert rows(revenue(world.deps(newcomer), **YEAR)) == [(1, "Practice", 5000)]


def test_somebody_without_accounts_is_told_so(world: World, accounts: dict[str, int]) -> None:
    dora = world.asker(world.person("Dora"))
    headline = english(revenue(world.deps(dora), **YEAR).card().headline)
    assert headline == "Nothing was won in 2017 on the accounts you read."
