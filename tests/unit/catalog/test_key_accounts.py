"""Key accounts: the top share, its scope, ties and the unranked."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.key_accounts import KeyAccounts, key_accounts
from tools.domain.vocabulary import Role
from tools.errors import BadInput

DAY = date(2017, 6, 1)


@pytest.fixture
def ten(world: World) -> list[int]:
    """Ten scored accounts, A the best and J the worst; odd ones retail, even ones medical."""
    accounts = []
    for position, name in enumerate("ABCDEFGHIJ"):
        account = world.account(f"{name} Works", ["retail", "medical"][position % 2])
        world.deal(account, value=[600_000, 50_000][position // 5], closed=DAY, currency="USD")
        world.scored(account, [9_000_000, 100][position // 5], 20 * (4 - position % 5), 50)
        accounts.append(account)
    return accounts


def names(result: KeyAccounts) -> list[str]:
    return [item.customer.name[0] for item in result.key]


def test_the_top_share_is_listed_best_first(world: World, ten: list[int]) -> None:
    result = key_accounts(world.deps())
    assert names(result) == ["A", "B"]
    assert [item.overall.rank for item in result.key] == [1, 2]
    card = result.card()
    assert english(card.headline) == (
        "All accounts you can read: 2 key accounts on 2018-01-01 (top 20%), led by A Works "
        "with 74 points; without a score: 0 accounts."
    )
    renders(card)


def test_percent_decides_how_many(world: World, ten: list[int]) -> None:
    assert names(key_accounts(world.deps(), percent=Decimal(50))) == ["A", "B", "C", "D", "E"]
    assert names(key_accounts(world.deps(), percent=Decimal(0))) == []
    assert len(key_accounts(world.deps(), percent=Decimal(100)).key) == 10


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_out_of_range_is_refused(world: World, percent: int) -> None:
    with pytest.raises(BadInput, match="between 0 and 100 percent"):
        key_accounts(world.deps(), percent=Decimal(percent))


def test_all_that_tie_at_the_cut_are_listed(world: World, ten: list[int]) -> None:
    twin = world.account("Bee Works")
    world.deal(twin, value=600_000, closed=DAY, currency="USD")
    world.scored(twin, 9_000_000, 60, 50)
    result = key_accounts(world.deps(), percent=Decimal(18))
    assert [item.customer.name for item in result.key] == ["A Works", "B Works", "Bee Works"]


def test_a_segment_is_ranked_within_itself(world: World, ten: list[int]) -> None:
    result = key_accounts(world.deps(), segment="medical")
    assert names(result) == ["B"]
    assert (result.key[0].place.rank, result.key[0].place.of) == (1, 5)
    assert result.key[0].overall.rank == 2
    assert names(key_accounts(world.deps(), by_segment=True)) == ["A", "B"]
    assert names(key_accounts(world.deps(), by_segment=True, percent=Decimal(40))) == [
        "A", "B", "C", "D",
    ]  # fmt: skip


def test_ranks_stay_those_of_the_company_in_a_rep_s_list(world: World, ten: list[int]) -> None:
    anna = world.person("Anna")
    for account in ten[1:3]:
        world.covers(anna, account)
    mine = key_accounts(world.deps(world.asker(anna)), percent=Decimal(50))
    assert names(mine) == ["B", "C"]
    assert [item.overall.rank for item in mine.key] == [2, 3]
    assert mine.company == 10
    assert mine.ranked == 2


def test_person_unit_and_region_limit_the_list(world: World, ten: list[int]) -> None:
    west = world.unit("West")
    anna, ben = world.person("Anna", unit=west), world.person("Ben")
    world.covers(anna, ten[0])
    world.covers(ben, ten[1])
    everything = Decimal(100)
    assert names(key_accounts(world.deps(), person="Anna", percent=everything)) == ["A"]
    assert names(key_accounts(world.deps(), unit="West", percent=everything)) == ["A"]
    assert names(key_accounts(world.deps(), region="West", percent=everything)) == ["A"]
    mine = key_accounts(world.deps(world.asker(ben)), person="me", percent=everything)
    assert names(mine) == ["B"]


def test_unranked_accounts_are_counted_and_named(world: World, ten: list[int]) -> None:
    for number in range(7):
        world.account(f"Unknown {number}")
    result = key_accounts(world.deps())
    assert (result.ranked, result.unranked, len(result.incomplete)) == (10, 7, 5)
    assert [count for _, count in result.lacks] == [7, 7, 7, 7]
    missing = [english(line) for line in result.card().missing]
    assert missing[0].startswith("Unknown 0 lacks revenue, potential")
    assert missing[-1] == "Further accounts without a score: 2."


def test_the_table_shows_no_more_than_top_and_counts_all(world: World, ten: list[int]) -> None:
    table = key_accounts(world.deps(), percent=Decimal(100), top=3).card().table
    assert table is not None
    assert (len(table.rows), table.total) == (3, 10)
    with pytest.raises(BadInput, match="at least one row"):
        key_accounts(world.deps(), top=0)


def test_an_empty_company_has_no_key_accounts(world: World) -> None:
    result = key_accounts(world.deps())
    assert result.key == ()
    renders(result.card())


def test_a_newcomer_sees_practice_accounts_only(world: World, ten: list[int]) -> None:
    practice = world.account("Practice", sandbox=True)
    world.deal(practice, value=5, closed=DAY, currency="USD")
    world.scored(practice, 1, 1, 1)
    new = world.deps(world.asker(world.person("New", Role.NEWCOMER)))
    assert [item.customer.name for item in key_accounts(new).key] == ["Practice"]
    assert "Practice" not in [i.customer.name for i in key_accounts(world.deps()).key]
