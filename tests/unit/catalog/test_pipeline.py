"""The pipeline: deals of every stage counted and summed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.pipeline import pipeline
from tools.domain.vocabulary import Stage
from tools.errors import NotFound


@pytest.fixture
def seller(world: World) -> int:
    return world.person("Anna", unit=world.unit("West"))


@pytest.fixture
def accounts(world: World, seller: int) -> dict[str, int]:
    """Alpha: open 10 and one without value, won 40; Beta: open 30, lost 5."""
    found = {name: world.account(name) for name in ("Alpha", "Beta")}
    world.deal(found["Alpha"], seller, 10, engaged_on=date(2017, 3, 1))
    world.deal(found["Alpha"], seller, None, stage=Stage.PROSPECTING)
    world.deal(found["Alpha"], seller, 40, date(2017, 6, 30), engaged_on=date(2017, 3, 1))
    world.deal(found["Beta"], seller, 30, engaged_on=date(2017, 6, 30))
    lost = {"stage": Stage.LOST, "engaged_on": date(2017, 1, 1)}
    world.deal(found["Beta"], seller, 5, date(2017, 7, 1), **lost)
    return found


def test_stages_are_counted_and_summed(world: World, accounts: dict[str, int]) -> None:
    report = pipeline(world.deps())
    assert [(s.value, t.count, t.total.amount, t.valueless) for s, t in report.stages] == [
        ("prospecting", 1, 0, 1),
        ("engaging", 2, 40, 0),
        ("won", 1, 40, 0),
        ("lost", 1, 5, 0),
    ]
    assert (report.open.count, report.open.total.amount) == (3, 40)
    card = report.card()
    assert english(card.headline) == (
        "The pipeline in all records: 3 open (USD 40), 1 won (USD 40), 1 lost."
    )
    assert card.table is not None
    assert card.table.rows[0][2] is None, "a stage without any value shows none, not zero"
    assert english(card.missing[0]).startswith("Deals without a value: 1;")
    renders(card)


def test_by_account_the_most_open_value_comes_first(world: World, accounts: dict[str, int]) -> None:
    report = pipeline(world.deps(), by="account")
    shown = [
        (r.label, r.open.count, r.open.total.amount, r.won.count, r.lost.count) for r in report.rows
    ]
    assert shown == [("Beta", 1, 30, 0, 1), ("Alpha", 2, 10, 1, 0)]
    cut = pipeline(world.deps(), by="account", top=1).card()
    assert english(cut.missing[-1]) == "Shown are 1 of 2 accounts."
    renders(cut)


def test_open_deals_count_when_begun_and_closed_ones_when_closed(
    world: World, accounts: dict[str, int]
) -> None:
    june = pipeline(world.deps(), since=date(2017, 6, 30), until=date(2017, 6, 30))
    assert [(s.value, t.total.amount) for s, t in june.stages] == [("engaging", 30), ("won", 40)]
    assert june.undated == 1
    assert "Deals without a date: 1;" in " ".join(map(english, june.card().missing))


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        ("won", 1),
        ("赢单", 1),
        ("成交", 1),
        ("open", 3),
        ("在谈", 3),
        ("closed", 2),
        ("Engaging", 2),
    ],
)
def test_stages_by_name(world: World, accounts: dict[str, int], stage: str, count: int) -> None:
    assert pipeline(world.deps(), stage=stage).total.count == count


def test_an_unknown_stage_offers_those_there_are(world: World, accounts: dict[str, int]) -> None:
    with pytest.raises(NotFound) as refusal:
        pipeline(world.deps(), stage="halfway")
    assert refusal.value.choices[:2] == ("prospecting", "engaging")


def test_filters_narrow_together(world: World, accounts: dict[str, int], seller: int) -> None:
    other = world.person("Ben", unit=world.unit("East"))
    world.deal(accounts["Alpha"], other, 7)
    assert pipeline(world.deps(), account="Alpha", person="Ben").open.total.amount == Decimal(7)
    assert pipeline(world.deps(), unit="West", person="Ben").total.count == 0
    assert pipeline(world.deps(), region="East").total.count == 1
    headline = english(pipeline(world.deps(), unit="West", person="Ben").card().headline)
    assert headline == (
        "There are no deals in all records (unit with those below: West, seller: Ben)."
    )


def test_others_deals_are_not_counted(world: World, accounts: dict[str, int]) -> None:
    ben = world.person("Ben")
    world.deal(None, ben, 3)
    assert pipeline(world.deps(world.asker(ben))).total.count == 1


def test_open_deals_by_when_they_are_expected_to_close(world: World, seller: int) -> None:
    alpha = world.account("Alpha")
    begun = {"engaged_on": date(2017, 3, 1)}
    world.deal(alpha, seller, 10, expected_on=date(2018, 2, 28), **begun)
    world.deal(alpha, seller, 7, expected_on=date(2018, 3, 1), **begun)
    world.deal(alpha, seller, 20, **begun)
    world.deal(alpha, seller, 40, date(2018, 2, 1), **begun)
    february = {"since": date(2018, 2, 1), "until": date(2018, 2, 28)}
    report = pipeline(world.deps(), closing=True, **february)
    assert (report.open.total.amount, report.stage(Stage.WON).total.amount) == (10, 40)
    card = report.card()
    assert english(card.headline) == (
        "The pipeline expected to close from 2018-02-01 to 2018-02-28: 1 open (USD 10), "
        "1 won (USD 40), 0 lost."
    )
    assert [english(line) for line in card.missing] == [
        "Open deals without an expected closing day: 1; they are left out."
    ]
    assert "expected to close, closed ones" in english(card.why[0])
    renders(card)
    assert pipeline(world.deps(), closing=True).open.count == 3
    assert pipeline(world.deps(), **february).open.count == 0
