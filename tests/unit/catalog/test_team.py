"""Who reports to whom, and who belongs to a unit."""

from datetime import date

import pytest

from tests.unit.catalog.tooling import follows_the_contract
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.access import Asker
from tools.catalog import team as module
from tools.catalog.team import team
from tools.domain.vocabulary import Line, Role
from tools.errors import NotAllowed, NotFound


def test_it_is_a_tool_of_the_catalog() -> None:
    follows_the_contract(module)


@pytest.fixture
def chief(world: World) -> int:
    """Chief of West leads Anna, who leads Ben of a branch; Cleo is on the dotted line, Dan was
    until 2017, and Eve has left. Chief reports to Head."""
    west = world.unit("West")
    branch = world.unit("Branch", parent=west)
    head = world.person("Head", Role.MANAGER)
    chief = world.person("Chief", Role.MANAGER, west)
    anna = world.person("Anna", unit=west)
    ben = world.person("Ben", unit=branch)
    cleo = world.person("Cleo", Role.DIRECTOR)
    dan = world.person("Dan", unit=west)
    eve = world.person("Eve", unit=west, active=False)
    world.reports(chief, head)
    world.reports(anna, chief)
    world.reports(ben, anna)
    world.reports(cleo, chief, Line.DOTTED)
    world.reports(dan, chief, ends_on=date(2017, 12, 31))
    world.reports(eve, chief)
    return chief


def test_who_reports_to_a_person(world: World, chief: int) -> None:
    card = team(world.deps(), person="Chief").card()
    assert english(card.headline) == (
        "2 people report directly to Chief on 2018-01-01: 1 on the solid line, 1 on the dotted "
        "one; 3 people with all below."
    )
    assert table_rows(card) == [
        ["Anna", "–", "sales", "West", "solid"],
        ["Cleo", "–", "key account director", "–", "dotted"],
    ]
    assert facts(card) == {"Reports to, solid": "Head", "Reports to, dotted": "–"}
    assert [english(line) for line in card.missing] == [
        "Eve has left and is not counted, but still stands in the records."
    ]
    renders(card)


def test_lines_hold_on_their_days(world: World, chief: int) -> None:
    before = team(world.deps(), person="Chief", on=date(2017, 6, 1))
    assert [member.name for member in before.listed] == ["Anna", "Cleo", "Dan"]


def test_nobody_below(world: World, chief: int) -> None:
    card = team(world.deps(), person="Cleo").card()
    assert english(card.headline) == "Nobody reports to Cleo on 2018-01-01."
    assert facts(card)["Reports to, dotted"] == "Chief"
    renders(card)
    unled = team(world.deps(), person="Head").card()
    assert "To whom Head reports is not recorded." in [english(line) for line in unled.missing]


def test_the_people_of_a_unit_and_below(world: World, chief: int) -> None:
    found = team(world.deps(), unit="West")
    assert [member.name for member in found.listed] == ["Anna", "Ben", "Chief", "Dan"]
    card = found.card()
    assert english(card.headline) == "West has 4 people on 2018-01-01, units below included."
    assert table_rows(card)[1] == ["Ben", "–", "sales", "Branch", "Anna", "–"]
    renders(card)
    assert len(team(world.deps(), unit="West", top=2).card().missing) == 1


def test_my_team_is_meant_where_nothing_is_said(world: World, chief: int) -> None:
    assert team(world.deps(world.asker(chief))).name == "West"
    assert team(world.deps(world.asker(chief)), person="me").name == "Chief"


def test_it_is_for_colleagues(world: World, chief: int) -> None:
    new = world.person("New", Role.NEWCOMER)
    for asker in (world.asker(new), Asker(None, "guest", Role.REP)):
        with pytest.raises(NotAllowed):
            team(world.deps(asker), person="Chief")
    with pytest.raises(NotFound):
        team(world.deps(), person="Zacharias")
