"""Who a customer is, as far as the asker may know."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.account_profile import Profile, account_profile
from tools.data.models import AccountAlias, Product
from tools.domain.vocabulary import Layer, Measure, Role, Stance
from tools.errors import NotFound

TODAY = date(2017, 12, 31)


@pytest.fixture
def account(world: World) -> int:
    """Anna sold GTX for 300 this year and 50 two years ago, and has a deal open."""
    head = world.account("Head")
    found = world.account("Alpha", "retail", parent_id=head, founded=1990, employees=70)
    world.add(AccountAlias(account_id=found, name="阿尔法", name_key="阿尔法"))
    anna = world.person("Anna")
    world.person("Ben")
    product = world.add(Product(name="GTX", name_key="gtx"))
    world.deal(found, anna, 300, date(2017, 1, 1), product_id=product)
    world.deal(found, anna, 50, date(2015, 6, 1), product_id=product)
    world.deal(found, anna, 1, engaged_on=date(2017, 6, 1))
    world.figure(
        found,
        Measure.COMPANY_REVENUE,
        1_100_040_000,
        currency=None,
        year=None,
        as_of=TODAY,
        level=1,
    )
    world.figure(found, Measure.COMPANY_PROFIT, 5, as_of=TODAY, level=3)
    world.contact(found, "Mia", layer=Layer.DECISION, stance=Stance.CHAMPION, title="CEO")
    world.contact(found, "Gone", layer=Layer.EXECUTION, left_on=TODAY)
    return found


def facts(profile: Profile) -> dict[str, str]:
    return {english(f.label): english(f.value) for f in profile.card().facts}


def test_everything_for_those_who_may_read_it(world: World, account: int) -> None:
    profile = account_profile(world.deps(today=TODAY), "alpha")
    shown = facts(profile)
    assert shown == {
        "Also called": "阿尔法",
        "Segment": "retail",
        "Belongs to": "Head",
        "Founded": "1990",
        "Employees": "70",
        "Its own revenue": "1,100,040,000",
        "Its own profit": "USD 5",
        "Won in 12 months": "USD 300",
        "Won this year": "USD 300",
        "Won in all": "USD 350",
        "Open deals": "1",
        "Products bought": "GTX (USD 350)",
        "Contacts: decision": "1",
    }
    card = profile.card()
    assert english(card.headline) == (
        "Alpha: active customer in retail; owner: Anna (derived); "
        "USD 300 won in 2017, USD 350 in all."
    )
    revenue = next(f for f in card.facts if english(f.label) == "Its own revenue")
    assert english(revenue.note) == (
        "currency and unit not stated, year not stated, as of 2017-12-31, report, assumed"
    )
    missing = [english(line) for line in card.missing]
    assert missing[:3] == [
        "Not recorded: region",
        "No contact in layer: execution",
        "No contact in layer: management",
    ]
    assert card.table is not None
    assert card.table.rows[0][0] == "Mia"
    renders(card)


def test_colleagues_see_the_public_part(world: World, account: int) -> None:
    ben = world.asker(world.person("Cleo"))
    profile = account_profile(world.deps(ben, today=TODAY), "Alpha")
    shown = facts(profile)
    assert "Its own revenue" in shown
    assert not {"Its own profit", "Won in all", "Open deals", "Contacts: decision"} & set(shown)
    card = profile.card()
    assert card.table is None
    assert "USD" not in english(card.headline)
    assert "Anna (derived)" in english(card.headline)
    renders(card)


def test_newcomers_find_the_practice_account_only(world: World, account: int) -> None:
    newcomer = world.asker(world.person("Nell", role=Role.NEWCOMER))
    with pytest.raises(NotFound):
        account_profile(world.deps(newcomer, today=TODAY), "Alpha")
    practice = world.account("Practice", sandbox=True)
    world.deal(practice, None, 9, date(2017, 5, 5))
    found = account_profile(world.deps(newcomer, today=TODAY), "Practice")
    assert found.trade is not None
    assert found.trade.ever.total.amount == Decimal(9)


def test_the_newest_figure_counts(world: World, account: int) -> None:
    world.figure(account, Measure.COMPANY_REVENUE, 7, year=2016, as_of=date(2017, 2, 1), level=1)
    world.figure(account, Measure.COMPANY_REVENUE, 8, year=2017, as_of=date(2018, 2, 1), level=1)
    profile = account_profile(world.deps(today=TODAY), "Alpha")
    assert facts(profile)["Its own revenue"] == "USD 7"
