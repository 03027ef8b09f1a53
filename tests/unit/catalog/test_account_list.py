"""Lists of accounts: what is new, what has no plan, how they are spread, and who sees it."""

from datetime import date

import pytest

from tests.unit.catalog.records import planned
from tests.unit.catalog.tooling import follows_the_contract
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog import account_list as module
from tools.catalog.account_list import AccountList, account_list
from tools.domain.vocabulary import AccountStatus, PlanStatus, Role

JULY = date(2017, 7, 1)


def test_it_is_a_tool_of_the_catalog() -> None:
    follows_the_contract(module)


@pytest.fixture
def rep(world: World) -> int:
    """Anna of West covers Alpha, Beta and Gamma, but not Delta of East.

    Alpha is a customer since 2015, Beta since its first sale in July 2017, Gamma a prospect.
    Alpha has a current plan, Beta's ended and Gamma's was superseded.
    """
    anna = world.person("Anna", unit=world.unit("West"))
    world.unit("East")
    alpha = world.account("Alpha", city="Lyon", customer_since=date(2015, 3, 1))
    beta = world.account("Beta", "medical")
    gamma = world.account("Gamma", None, region="East", status=AccountStatus.PROSPECT)
    world.account("Delta", region="East")
    for account in (alpha, beta, gamma):
        world.covers(anna, account)
    world.deal(beta, anna, 5, date(2017, 9, 1))
    world.deal(beta, anna, 5, JULY)
    planned(world, alpha)
    planned(world, beta, until=date(2017, 12, 31))
    planned(world, gamma, status=PlanStatus.SUPERSEDED)
    return anna


def named(found: AccountList) -> list[str]:
    return [item.customer.name for item in found.found]


def test_every_account_is_listed_with_what_is_open_to_all(world: World, rep: int) -> None:
    card = account_list(world.deps(world.asker(rep))).card()
    assert english(card.headline) == "All accounts you can read: 4 accounts."
    assert table_rows(card) == [
        ["Alpha", "retail", "West", "Lyon", "active customer", "2015-03-01"],
        ["Beta", "medical", "West", "–", "active customer", "2017-07-01 (first sale)"],
        ["Delta", "retail", "East", "–", "active customer", "–"],
        ["Gamma", "–", "East", "–", "prospect", "–"],
    ]
    renders(card)


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("region", [["East", "2", "50%"], ["West", "2", "50%"]]),
        (
            "segment",
            [
                ["retail", "2", "50%"],
                ["medical", "1", "25%"],
                ["not recorded", "1", "25%"],
            ],
        ),
        ("status", [["active customer", "3", "75%"], ["prospect", "1", "25%"]]),
    ],
)
def test_accounts_are_counted_by(world: World, rep: int, by: str, rows: list[list[str]]) -> None:
    card = account_list(world.deps(), by=by).card()  # type: ignore[arg-type]
    assert table_rows(card) == rows
    assert f"by {by}; most in {rows[0][0]} ({rows[0][1]})" in english(card.headline)
    assert card.chart is not None
    renders(card)


def test_new_customers_by_recorded_day_or_first_sale(world: World, rep: int) -> None:
    found = account_list(world.deps(), since=JULY, until=date(2017, 12, 31))
    assert named(found) == ["Beta"]
    card = found.card()
    assert english(card.headline) == (
        "All accounts you can read: 1 account (new from 2017-07-01 to 2017-12-31)."
    )
    assert english(card.missing[0]) == "Neither a first day nor a sale is recorded: 2 accounts."
    assert named(account_list(world.deps(), until=date(2016, 1, 1))) == ["Alpha"]
    renders(card)


def test_accounts_without_a_current_plan(world: World, rep: int) -> None:
    found = account_list(world.deps(), without_plan=True)
    assert named(found) == ["Beta", "Delta", "Gamma"]
    card = found.card()
    assert [row[-1] for row in table_rows(card)] == ["2017-12-31", "–", "–"]
    assert "without a current plan" in english(card.headline)
    assert named(account_list(world.deps(), without_plan=True, segment="medical")) == ["Beta"]
    renders(card)


def test_a_plan_ends_with_its_last_day(world: World, rep: int) -> None:
    last = world.deps(today=date(2017, 12, 31))
    assert "Beta" not in named(account_list(last, without_plan=True))


def test_what_is_internal_is_for_the_account_s_team(world: World, rep: int) -> None:
    ben = world.person("Ben")
    other = world.deps(world.asker(ben))
    assert len(named(account_list(other))) == 4
    assert "first sale" not in str(table_rows(account_list(other).card()))
    for asked in (account_list(other, without_plan=True), account_list(other, since=JULY)):
        assert named(asked) == []
        assert "in full only" in english(asked.card().missing[0])
        renders(asked.card())
    new = world.deps(world.asker(world.person("New", Role.NEWCOMER)))
    assert named(account_list(new)) == []


def test_a_long_list_is_cut(world: World, rep: int) -> None:
    card = account_list(world.deps(), top=2).card()
    assert len(table_rows(card)) == 2
    assert facts(card)["Accounts"] == "4"
    assert english(card.missing[-1]) == "Shown are 2 of 4 accounts."


def test_filters_by_person_and_region(world: World, rep: int) -> None:
    assert named(account_list(world.deps(), person="Anna")) == ["Alpha", "Beta", "Gamma"]
    assert named(account_list(world.deps(), region="East")) == ["Delta", "Gamma"]
