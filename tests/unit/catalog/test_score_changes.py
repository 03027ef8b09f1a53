"""What changed in a score between two days."""

from datetime import UTC, date, datetime

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.score_changes import score_changes
from tools.data.models import RuleSetRow
from tools.domain.overrides import with_overrides
from tools.domain.vocabulary import Factor, Role
from tools.errors import BadInput, NotAllowed, NotFound

JULY = date(2017, 7, 1)


@pytest.fixture
def acme(world: World) -> int:
    """In July revenue 20 points, potential 80, demonstration 60, ability 60: 54. In January
    revenue 60 and demonstration 100: 74. Beta stays at 60."""
    account = world.account("Acme")
    world.deal(account, value=90_000, closed=date(2017, 3, 1), currency="USD")
    world.deal(account, value=510_000, closed=date(2017, 9, 1), currency="USD")
    world.factor(account, Factor.POTENTIAL, 9_000_000, JULY, unit="USD")
    world.factor(account, Factor.DEMONSTRATION, 50, JULY)
    world.factor(account, Factor.DEMONSTRATION, 90, date(2017, 12, 1))
    world.factor(account, Factor.ABILITY, 50, JULY)
    beta = world.account("Beta")
    world.deal(beta, value=600_000, closed=date(2017, 3, 1), currency="USD")
    world.factor(beta, Factor.POTENTIAL, 3_000_000, JULY, unit="USD")
    for factor in (Factor.DEMONSTRATION, Factor.ABILITY):
        world.factor(beta, factor, 50, JULY)
    return account


def test_points_rank_and_the_effect_of_each_factor(world: World, acme: int) -> None:
    card = score_changes(world.deps(), "Acme", JULY).card()
    assert english(card.headline) == (
        "Acme scores 74 on 2018-01-01, 20 more than on 2017-07-01 (54); rank 2 of 2 became 1 of 2; "
        "most came from revenue (+12)."
    )
    assert [[row[0], *row[5:]] for row in table_rows(card)] == [
        ["revenue", "20", "60", "0.3", "0.3", "+12", "0"],
        ["potential", "80", "80", "0.3", "0.3", "0", "0"],
        ["demonstration effect", "60", "100", "0.2", "0.2", "+8", "0"],
        ["ability to win", "60", "60", "0.2", "0.2", "0", "0"],
    ]
    assert table_rows(card)[0][1:3] == ["USD 90,000", "USD 600,000"]
    shown = facts(card)
    assert (shown["Score then"], shown["Score now"], shown["Change"]) == ("54", "74", "+20")
    assert [english(fact.note) for fact in card.facts[:2]] == [
        "2017-07-01, rules version 0",
        "2018-01-01, rules version 0",
    ]
    renders(card)


def test_each_day_is_computed_with_its_own_rules(world: World, acme: int) -> None:
    overrides = {"score.weights.revenue": "0.2", "score.weights.ability": "0.3"}
    with world.sessions() as session:
        at = datetime(2017, 10, 1, tzinfo=UTC)
        session.add(RuleSetRow(version=1, overrides=overrides, created_at=at))
        session.commit()
    card = score_changes(world.deps(rules=with_overrides(1, overrides)), "Acme", JULY).card()
    assert facts(card) == {
        "Score then": "54",
        "Score now": "74",
        "Change": "+20",
        "Of it by new values": "+16",
        "Of it by new rules": "+4",
    }
    assert english(card.facts[1].note) == "2018-01-01, rules version 1"
    between = score_changes(world.deps(), "Acme", JULY, date(2017, 9, 30)).card()
    assert "rules version 0" in english(between.facts[1].note)
    after = score_changes(world.deps(), "Acme", JULY, date(2017, 10, 1)).card()
    assert "rules version 1" in english(after.facts[1].note)
    renders(card)


def test_a_rank_lost_to_others_is_said(world: World, acme: int) -> None:
    result = score_changes(world.deps(), "Beta", JULY)
    card = result.card()
    assert result.total == 0
    assert "the same as on 2017-07-01" in english(card.headline)
    assert english(card.why[1]).startswith("The score did not move")
    renders(card)


def test_by_default_the_last_ninety_days_are_looked_at(world: World, acme: int) -> None:
    result = score_changes(world.deps(), "Acme")
    assert (result.then.on, result.now.on) == (date(2017, 10, 3), date(2018, 1, 1))
    assert english(result.card().facts[2].value) == "+8"


def test_a_missing_factor_leaves_the_change_open(world: World, acme: int) -> None:
    result = score_changes(world.deps(), "Acme", date(2017, 6, 30))
    card = result.card()
    assert result.total is None
    assert "potential, demonstration effect, ability to win missing on 2017-06-30" in english(
        card.headline
    )
    assert facts(card)["Score then"] == "incomplete"
    assert facts(card)["Of it by new values"] == "–"
    assert len(card.missing) == 1
    renders(card)


def test_nothing_recorded(world: World) -> None:
    world.account("Bare")
    card = score_changes(world.deps(), "Bare").card()
    assert "is not known" in english(card.headline)
    assert card.chart is None
    renders(card)


def test_days_in_the_wrong_order_are_refused(world: World, acme: int) -> None:
    with pytest.raises(BadInput, match="swap the two days"):
        score_changes(world.deps(), "Acme", date(2018, 2, 1), JULY)


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    anna = world.person("Anna")
    with pytest.raises(NotAllowed):
        score_changes(world.deps(world.asker(anna)), "Acme", JULY)
    world.covers(anna, acme)
    assert score_changes(world.deps(world.asker(anna)), "Acme", JULY).total == 20
    newcomer = world.asker(world.person("New", Role.NEWCOMER))
    with pytest.raises(NotFound):
        score_changes(world.deps(newcomer), "Acme", JULY)
