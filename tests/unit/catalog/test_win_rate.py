"""The win rate: won deals among closed ones."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.win_rate import win_rate
from tools.domain.vocabulary import Stage

DAY = date(2017, 6, 1)


def lose(world: World, account: int, person: int, on: date = DAY) -> None:
    world.deal(account, person, 1, on, stage=Stage.LOST)


@pytest.fixture
def people(world: World) -> dict[str, int]:
    """West: Anna wins 3 of 4; East: Cleo wins 1 of 2; one deal of each is still open."""
    found = {
        "Anna": world.person("Anna", unit=world.unit("West")),
        "Cleo": world.person("Cleo", unit=world.unit("East")),
    }
    account = world.account("Alpha")
    for day in (date(2017, 1, 1), DAY, date(2017, 12, 31)):
        world.deal(account, found["Anna"], 10, day)
    lose(world, account, found["Anna"])
    world.deal(account, found["Cleo"], 10, DAY)
    lose(world, account, found["Cleo"])
    world.deal(account, found["Anna"], 10)
    world.deal(account, found["Cleo"], 10)
    return found


def test_by_region_the_best_comes_first(world: World, people: dict[str, int]) -> None:
    report = win_rate(world.deps())
    assert [(r.label, r.rate.won, r.rate.lost, r.rate.rate) for r in report.rows] == [
        ("West", 3, 1, Decimal("0.75")),
        ("East", 1, 1, Decimal("0.5")),
    ]
    card = report.card()
    assert english(card.headline) == (
        "The win rate in all records is 66.7% (4 of 6 closed deals won); "
        "the best region is West with 75%."
    )
    assert "4 ÷ (4 + 2)" in english(card.why[0])
    assert any("seller's unit" in english(line) for line in card.basis)
    renders(card)


@pytest.mark.parametrize(
    ("since", "until", "won", "lost"),
    [
        (date(2017, 1, 1), date(2017, 1, 1), 1, 0),
        (date(2017, 1, 2), date(2017, 12, 30), 2, 2),
        (DAY, None, 3, 2),
    ],
)
def test_the_closing_day_decides(
    world: World,
    people: dict[str, int],
    since: date | None,
    until: date | None,
    won: int,
    lost: int,
) -> None:
    overall = win_rate(world.deps(), since=since, until=until).overall
    assert (overall.won, overall.lost) == (won, lost)


def test_nothing_closed_has_no_rate(world: World, people: dict[str, int]) -> None:
    report = win_rate(world.deps(), since=date(2020, 1, 1))
    assert report.overall.rate is None
    assert english(report.card().headline) == (
        "No deal was closed since 2020-01-01, so there is no win rate."
    )
    renders(report.card())


def test_a_team_that_lost_everything_has_a_rate_of_zero(world: World) -> None:
    lose(world, world.account("Alpha"), world.person("Anna"))
    report = win_rate(world.deps(), by="person")
    assert report.rows[0].rate.rate == 0
    assert english(report.card().headline) == (
        "The win rate in all records is 0%: 0 of 1 closed deals won."
    )


def test_months_are_in_order_of_time(world: World, people: dict[str, int]) -> None:
    report = win_rate(world.deps(), by="month", person="Anna")
    assert [(r.label, r.rate.won, r.rate.lost) for r in report.rows] == [
        ("2017-01", 1, 0),
        ("2017-06", 1, 1),
        ("2017-12", 1, 0),
    ]


def test_a_rep_s_own_rate_leaves_out_colleagues(world: World, people: dict[str, int]) -> None:
    report = win_rate(world.deps(world.asker(people["Cleo"])))
    assert [(r.label, r.rate.won, r.rate.lost) for r in report.rows] == [("East", 1, 1)]
    assert any("Only deals you may read" in english(line) for line in report.card().basis)
