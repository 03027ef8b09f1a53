"""Who is responsible for an account: recorded, derived, on a past day, and for whom to see."""

from datetime import date

import pytest

from tests.unit.catalog.world import World, english, renders
from tools import resolve
from tools.catalog.coverage_owner import coverage_owner
from tools.domain.coverage import Gap
from tools.domain.vocabulary import CoverageRole, Line, Role
from tools.errors import NotFound


@pytest.fixture
def west(world: World) -> int:
    return world.unit("West")


@pytest.fixture
def acme(world: World, west: int) -> int:
    """Anna won 100 in one deal, Ben 90 in two; Cleo has an open deal. Mia leads, Dora directs."""
    account = world.account("Acme")
    anna, ben, cleo = (world.person(name, unit=west) for name in ("Anna", "Ben", "Cleo"))
    mia, dora = world.person("Mia", Role.MANAGER, west), world.person("Dora", Role.DIRECTOR)
    world.reports(anna, mia)
    world.reports(anna, dora, Line.DOTTED)
    world.deal(account, anna, 100, date(2017, 5, 1))
    world.deal(account, ben, 40, date(2017, 6, 1))
    world.deal(account, ben, 50, date(2017, 7, 1))
    world.deal(account, cleo, 999, engaged_on=date(2017, 8, 1))
    return account


def person(world: World, name: str) -> int:
    deps = world.deps()
    with deps.sessions() as session:
        return resolve.person(session, name, deps.asker).id or 0


def test_a_derived_owner_with_evidence_and_both_lines(world: World, acme: int) -> None:
    card = coverage_owner(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Anna owns Acme on 2018-01-01 (derived: the most won, USD 100 in 1 deal, among 3 people "
        "with deals there); the solid line goes to Mia, the dotted line to Dora."
    )
    facts = {english(fact.label): english(fact.value) for fact in card.facts}
    assert facts["unit"] == "West"
    assert facts["region"] == "West"
    assert facts["stand-in"] == "not recorded"
    assert card.table is not None
    assert [[english(cell) for cell in row] for row in card.table.rows] == [
        ["Anna", "1", "1", "USD 100", "2017-05-01"],
        ["Ben", "2", "2", "USD 90", "2017-07-01"],
        ["Cleo", "1", "0", "–", "–"],
    ]
    assert "3 people worked on deals with Acme, 2 people with wins" in english(card.why[0])
    assert [english(line) for line in card.missing] == ["No owner is recorded for the account."]
    renders(card)


def test_a_recorded_owner_beats_the_derived_one(world: World, acme: int) -> None:
    world.covers(person(world, "Cleo"), acme)
    result = coverage_owner(world.deps(), "Acme")
    assert [owner.name for owner in result.coverage.owners] == ["Cleo"]
    assert english(result.card().headline) == (
        "Cleo owns Acme on 2018-01-01 (recorded); no reporting line is recorded."
    )


def test_roles_in_force_are_shown(world: World, acme: int) -> None:
    for name, role in (
        ("Ben", CoverageRole.STAND_IN),
        ("Mia", CoverageRole.SPONSOR),
        ("Dora", CoverageRole.DIRECTOR),
    ):
        world.covers(person(world, name), acme, role=role)
    world.covers(
        person(world, "Cleo"), acme, role=CoverageRole.SPECIALIST, ends_on=date(2017, 1, 1)
    )
    result = coverage_owner(world.deps(), "Acme")
    facts = {english(fact.label): english(fact.value) for fact in result.card().facts}
    assert facts["stand-in"] == "Ben"
    assert facts["executive sponsor"] == "Mia"
    assert facts["key account director"] == "Dora"
    assert facts["specialist"] == "not recorded"
    assert result.gaps == ()


@pytest.mark.parametrize(
    ("on", "owner"),
    [("2017-03-31", "Ben"), ("2017-04-01", "Cleo"), ("2017-05-31", "Cleo"), ("2017-06-01", "Anna")],
)
def test_the_owner_of_a_past_day(world: World, acme: int, on: str, owner: str) -> None:
    world.covers(person(world, "Ben"), acme, ends_on=date(2017, 3, 31))
    world.covers(person(world, "Cleo"), acme, starts_on=date(2017, 4, 1), ends_on=date(2017, 5, 31))
    result = coverage_owner(world.deps(), "Acme", on=date.fromisoformat(on))
    assert [who.name for who in result.coverage.owners] == [owner]


def test_the_derived_owner_follows_the_deals_known_that_day(world: World, acme: int) -> None:
    world.deal(acme, person(world, "Ben"), 20, date(2017, 12, 1))
    names = {
        day: [who.name for who in coverage_owner(world.deps(), "Acme", on=day).coverage.owners]
        for day in (date(2017, 4, 30), date(2017, 11, 30), date(2017, 12, 1))
    }
    assert list(names.values()) == [[], ["Anna"], ["Ben"]]


def test_two_owners_are_covered_twice(world: World, acme: int) -> None:
    for name in ("Anna", "Cleo"):
        world.covers(person(world, name), acme)
    result = coverage_owner(world.deps(), "Acme")
    assert result.gaps == (Gap.TWICE, Gap.NO_STAND_IN)
    assert english(result.card().headline) == (
        "Acme is covered twice on 2018-01-01: Anna, Cleo are all recorded as owner."
    )
    assert len(result.lines) == 2
    renders(result.card())


def test_nobody_covers_an_account_without_wins(world: World) -> None:
    world.account("Bare")
    card = coverage_owner(world.deps(), "Bare").card()
    assert english(card.headline) == (
        "Nobody covers Bare on 2018-01-01: no owner is recorded and none follows from won deals."
    )
    renders(card)


def test_sellers_in_several_currencies_are_not_compared(world: World, acme: int) -> None:
    world.deal(acme, person(world, "Cleo"), 5, date(2017, 7, 1), currency="EUR")
    result = coverage_owner(world.deps(), "Acme")
    assert result.coverage.owners == ()
    assert "several currencies" in english(result.card().headline)


def test_an_owner_who_has_left_is_flagged(world: World, acme: int) -> None:
    gone = world.person("Gone", active=False)
    world.covers(gone, acme)
    result = coverage_owner(world.deps(), "Acme")
    assert Gap.LEFT in result.gaps
    assert "but has left the company" in english(result.card().headline)


def test_others_see_who_covers_but_no_sales(world: World, acme: int) -> None:
    card = coverage_owner(world.deps(world.asker(person(world, "Ben"))), "Acme").card()
    assert english(card.headline).startswith(
        "Anna owns Acme on 2018-01-01 (derived from won deals);"
    )
    assert (card.table, card.why) == (None, ())
    renders(card)


def test_a_newcomer_does_not_learn_of_real_accounts(world: World, acme: int) -> None:
    new = world.person("New", Role.NEWCOMER)
    with pytest.raises(NotFound):
        coverage_owner(world.deps(world.asker(new)), "Acme")
