"""Lists of coverage and of its gaps."""

from datetime import date

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.coverage_gaps import coverage_gaps
from tools.catalog.coverage_list import coverage_list
from tools.data import coverage
from tools.domain.coverage import Gap
from tools.domain.vocabulary import CoverageRole, Role

DAY = date(2017, 6, 1)


@pytest.fixture
def people(world: World) -> dict[str, int]:
    """Anna and Ben in a branch of West, Cleo in East."""
    west, east = world.unit("West"), world.unit("East")
    branch = world.unit("Branch", parent=west)
    return {
        "Anna": world.person("Anna", unit=branch),
        "Ben": world.person("Ben", unit=west),
        "Cleo": world.person("Cleo", unit=east, active=False),
    }


@pytest.fixture
def accounts(world: World, people: dict[str, int]) -> dict[str, int]:
    """A and B Anna's (B derived), C doubled, D the leaver's, E nobody's."""
    found = {name: world.account(name) for name in "ABCDE"}
    world.covers(people["Anna"], found["A"])
    world.covers(people["Ben"], found["A"], role=CoverageRole.STAND_IN)
    world.deal(found["B"], people["Anna"], 5, DAY)
    world.covers(people["Anna"], found["C"])
    world.covers(people["Ben"], found["C"])
    world.covers(people["Cleo"], found["D"])
    return found


def test_the_accounts_of_a_person(world: World, accounts: dict[str, int]) -> None:
    result = coverage_list(world.deps(), person="Anna")
    assert [(e.customer.name, e.role, e.derived) for e in result.entries] == [
        ("A", CoverageRole.OWNER, False),
        ("B", CoverageRole.OWNER, True),
        ("C", CoverageRole.OWNER, False),
    ]
    assert english(result.card().headline) == ("Anna covers 3 accounts on 2018-01-01, 3 as owner.")
    renders(result.card())


def test_the_load_of_a_unit_and_below(world: World, accounts: dict[str, int]) -> None:
    result = coverage_list(world.deps(), unit="West")
    assert [(who.name, count) for who, count in result.load] == [("Anna", 3), ("Ben", 1)]
    assert result.accounts == 3
    assert english(result.card().headline) == (
        "Unit West: 3 accounts on 2018-01-01, covered by 2 people; Anna owns the most (3 accounts)."
    )
    renders(result.card())


def test_somebody_asks_for_own_accounts_by_saying_nothing(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    result = coverage_list(world.deps(world.asker(people["Ben"])))
    assert [(e.customer.name, e.role) for e in result.entries] == [
        ("A", CoverageRole.STAND_IN),
        ("C", CoverageRole.OWNER),
    ]


def test_a_leaver_s_accounts_are_pointed_out(world: World, accounts: dict[str, int]) -> None:
    missing = coverage_list(world.deps(), person="Cleo").card().missing
    assert [english(line) for line in missing] == ["Cleo has left and still owns 1 account."]


def test_who_covers_is_open_to_colleagues_but_not_to_newcomers(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    ben = world.deps(world.asker(people["Ben"]))
    assert coverage_list(ben, person="Anna").accounts == 3
    new = world.deps(world.asker(world.person("New", Role.NEWCOMER)))
    assert coverage_list(new, person="Anna").entries == ()
    assert coverage_gaps(new).accounts == 0
    renders(coverage_list(new, person="Anna").card())


def test_every_gap_is_counted_and_listed(world: World, accounts: dict[str, int]) -> None:
    result = coverage_gaps(world.deps())
    assert dict(result.counts) == {
        Gap.UNCOVERED: 1, Gap.TWICE: 1, Gap.LEFT: 1, Gap.NO_STAND_IN: 4,
    }  # fmt: skip
    assert [customer.name for customer, _, _ in result.found] == ["E", "C", "D"]
    assert result.derived == 1
    assert english(result.card().headline) == (
        "All accounts you can read: of 5 accounts on 2018-01-01, 1 uncovered, 1 covered twice, "
        "1 owned by somebody who has left."
    )
    renders(result.card())


def test_gaps_of_a_unit_and_of_a_region(world: World, accounts: dict[str, int]) -> None:
    assert [c.name for c, _, _ in coverage_gaps(world.deps(), unit="West").found] == ["C"]
    assert [c.name for c, _, _ in coverage_gaps(world.deps(), region="East").found] == ["D"]
    placed = world.account("F", region="West")
    assert placed in [c.id for c, _, _ in coverage_gaps(world.deps(), unit="West").found]


def test_no_gap_is_said(world: World, people: dict[str, int]) -> None:
    world.covers(people["Anna"], world.account("A"))
    card = coverage_gaps(world.deps()).card()
    assert "no gap on 2018-01-01; 1 account with exactly one owner" in english(card.headline)
    assert card.table is None
    renders(card)


def test_the_accounts_of_people_for_access(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    with world.sessions() as session:
        anna = coverage.accounts_of(session, {people["Anna"]}, date(2018, 1, 1))
        ben = coverage.accounts_of(session, {people["Ben"]}, date(2018, 1, 1))
        before = coverage.accounts_of(session, {people["Anna"]}, date(2017, 5, 31))
        assert coverage.accounts_of(session, set(), date(2018, 1, 1)) == set()
    assert anna == {accounts["A"], accounts["B"], accounts["C"]}
    assert ben == {accounts["A"], accounts["C"]}
    assert before == {accounts["A"], accounts["C"]}


def test_a_manager_reads_what_the_unit_sold(
    world: World, people: dict[str, int], accounts: dict[str, int]
) -> None:
    with world.sessions() as session:
        covered = coverage.accounts_of(session, set(people.values()), date(2018, 1, 1))
    assert covered == {accounts[name] for name in "ABCD"}
