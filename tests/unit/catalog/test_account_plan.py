"""The account plan."""

from datetime import date

import pytest

from tests.unit.catalog.records import planned, section
from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.account_plan import account_plan
from tools.domain.plans import Validity
from tools.domain.vocabulary import PlanStatus, Role
from tools.errors import NotAllowed, NotFound


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    old = planned(world, account, status=PlanStatus.SUPERSEDED, title="Old")
    section(world, old, "profile", "old words")
    anna, head = world.person("Anna"), world.person("Head")
    plan = planned(
        world, account, edition=2, title="Acme 2018", author_id=anna, approver_id=head,
        approved_on=date(2017, 6, 2),
    )  # fmt: skip
    section(world, plan, "strategy", "\n## Aim\nWin **plant two**.\n", 2)
    section(world, plan, "needs", "x" * 100, 1)
    section(world, plan, "risks", " ", 3)
    return account


def test_the_edition_that_holds(world: World, acme: int) -> None:
    card = account_plan(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "The plan of Acme, edition 2, is in force on 2018-01-01: approved, 2017-01-01 to "
        "2018-12-31, 3 sections."
    )
    assert facts(card)["Author"] == "Anna"
    assert facts(card)["Approved by"] == "Head"
    assert table_rows(card) == [
        ["1", "Needs", "x" * 79 + "…", "3"],
        ["2", "Strategy", "Aim", "3"],
        ["3", "Risks", "–", "3"],
    ]
    assert [english(line) for line in card.missing] == [
        "No section on: profile, decision structure, competition, relationship, milestones.",
        "Empty sections: Risks.",
    ]
    renders(card)


@pytest.mark.parametrize("said", ["strategy", "Strategy", "策略"])
def test_one_section_in_full(world: World, acme: int, said: str) -> None:
    card = account_plan(world.deps(), "Acme", said).card()
    assert "Win **plant two**." in english(card.headline)
    assert card.table is None
    assert card.missing == ()
    renders(card)


def test_a_section_that_is_not_there(world: World, acme: int) -> None:
    with pytest.raises(NotFound):
        account_plan(world.deps(), "Acme", "budget")
    world.account("Bare")
    with pytest.raises(NotFound, match="has no plan"):
        account_plan(world.deps(), "Bare", "strategy")


def test_a_plan_that_does_not_serve_says_what_to_do(world: World, acme: int) -> None:
    late = account_plan(world.deps(), "Acme", on=date(2019, 1, 1))
    assert late.validity is Validity.EXPIRED
    assert english(late.card().next[0]) == "Write the next edition of the plan."
    planned(world, acme, edition=3, status=PlanStatus.DRAFT)
    draft = account_plan(world.deps(), "Acme").card()
    assert "edition 3, is not approved" in english(draft.headline)
    assert english(draft.next[0]) == "Have the plan approved."
    renders(draft)


def test_without_a_plan(world: World) -> None:
    world.account("Bare")
    card = account_plan(world.deps(), "Bare").card()
    assert english(card.headline) == "No account plan is recorded for Bare."
    renders(card)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        account_plan(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert account_plan(world.deps(world.asker(bob)), "Acme").plan is not None
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    with pytest.raises(NotFound):
        account_plan(world.deps(newcomer), "Acme")
