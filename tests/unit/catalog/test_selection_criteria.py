"""The four selection criteria, beside the composite score."""

from datetime import date

import pytest

from tests.unit.catalog.world import TODAY, World, english, renders, table_rows
from tools.catalog.selection_criteria import selection_criteria
from tools.domain.judgements import CRITERIA
from tools.domain.vocabulary import Dimension
from tools.errors import NotAllowed

MAY = date(2017, 5, 1)


@pytest.fixture
def judged(world: World) -> int:
    """80, 75, 65 and 80 give 75; an older judgement of each is 10."""
    account = world.account("Acme")
    anna = world.person("Anna")
    world.covers(anna, account)
    for dimension, points in zip(CRITERIA, (80, 75, 65, 80), strict=True):
        world.evaluated(account, dimension, 10, date(2017, 1, 1))
        world.evaluated(account, dimension, points, MAY, person_id=anna, note="visit")
    return account


def test_newest_judgements_with_day_and_name(world: World, judged: int) -> None:
    card = selection_criteria(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme has 75 of 100 on the selection criteria on 2018-01-01; the weakest is strategic "
        "synergy (65). Composite score, kept apart: incomplete."
    )
    assert [row[2:] for row in table_rows(card)] == [
        ["80", "25%", "2017-05-01", "Anna", "judged", "visit"],
        ["75", "25%", "2017-05-01", "Anna", "judged", "visit"],
        ["65", "25%", "2017-05-01", "Anna", "judged", "visit"],
        ["80", "25%", "2017-05-01", "Anna", "judged", "visit"],
    ]
    assert english(card.basis[0]) == "Method: four selection criteria (K4)."
    renders(card)


def test_the_composite_score_stands_beside_it(world: World, judged: int) -> None:
    world.deal(judged, value=600_000, closed=MAY, currency="USD")
    world.scored(judged, 9_000_000, 85, 50)
    result = selection_criteria(world.deps(), "Acme")
    assert "Composite score, kept apart: 74, rank 1 of 1." in english(result.card().headline)
    assert result.criteria.total == 75


def test_a_judgement_of_a_later_day_does_not_count(world: World, judged: int) -> None:
    result = selection_criteria(world.deps(), "Acme", on=date(2017, 4, 30))
    assert result.criteria.total == 10


def test_without_one_subscore_there_is_no_average(world: World) -> None:
    account = world.account("Bolt")
    world.evaluated(account, Dimension.CRITERION_REVENUE, 90, MAY)
    world.evaluated(account, Dimension.CRITERION_LOYALTY, None, MAY)
    card = selection_criteria(world.deps(), "Bolt").card()
    assert "not judged are stability and loyalty, strategic synergy, risk control" in english(
        card.headline
    )
    assert len(card.missing) == 3
    renders(card)
    world.account("Empty")
    renders(selection_criteria(world.deps(), "Empty").card())


def test_only_the_team_reads_it(world: World, judged: int) -> None:
    stranger = world.person("Bob")
    with pytest.raises(NotAllowed):
        selection_criteria(world.deps(world.asker(stranger), TODAY), "Acme")
