"""The rules in force."""

from datetime import UTC, datetime

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.access import Asker
from tools.catalog.rules_in_force import rules_in_force
from tools.data.models import RuleSetRow
from tools.domain.overrides import values, with_overrides
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Role
from tools.errors import NotAllowed, NotFound
from tools.rule_labels import GROUPS

OWN = {
    "score.top_share": "0.125",
    "esp.large_deals": [{"segment": "retail", "amount": 5000}, {"segment": "", "amount": 9000}],
    "score.segment_bands": [
        {"segment": "retail", "factor": "ability", "bands": [{"at_least": 0, "points": 10}]}
    ],
}


def test_every_rule_is_listed_in_a_group_with_its_origin(world: World) -> None:
    card = rules_in_force(world.deps()).card()
    rows = {row[1]: row for row in table_rows(card)}
    assert set(rows) == {value.path for value in values(RuleSet(), {})}
    assert rows["score.top_share"] == [
        "composite score",
        "score.top_share",
        "0.20",
        "house default",
    ]
    assert rows["evaluation.cadences"][2].startswith(
        "importance due from 90, overdue past 180 days"
    )
    assert rows["evaluation.cadences"][3] == "source K3"
    assert rows["score.bands.revenue"][2].startswith("from 0: 20, from 100,000: 40")
    assert rows["serving.contribution_margin"][2] == "not set"
    assert rows["coverage.single_roles"][2] == "owner, key account director"
    assert rows["esp.large_deals"][2] == "none"
    assert {path.partition(".")[0] for path in rows} == set(GROUPS)
    assert any("serving.contribution_margin is not set" in english(m) for m in card.missing)
    renders(card)


def test_company_values_are_told_apart_with_who_set_them(world: World) -> None:
    anna = world.person("Anna", Role.SALES_OPERATIONS)
    with world.sessions() as session:
        at = datetime(2017, 10, 1, tzinfo=UTC)
        session.add(
            RuleSetRow(version=3, overrides=OWN, created_at=at, created_by_id=anna, reason="board")
        )
        session.commit()
    card = rules_in_force(world.deps(rules=with_overrides(3, OWN))).card()
    rows = {row[1]: row[2:] for row in table_rows(card)}
    assert rows["score.top_share"] == ["0.125", "set by the company"]
    assert rows["esp.large_deals"][0] == "retail from 5,000, every segment from 9,000"
    assert rows["score.segment_bands"][0] == "retail, ability: from 0: 10"
    assert facts(card)["Version"] == "3"
    assert facts(card)["Set by"] == "Anna"
    assert facts(card)["set by the company"] == "3"
    renders(card)


@pytest.mark.parametrize(
    ("term", "first", "count"),
    [
        ("score.top_share", "score.top_share", 1),
        ("tiers", "tiers.value_high", 3),
        ("关系紧密度", "closeness.recency_weight", 8),
        ("關係緊密度", "closeness.recency_weight", 8),
        ("weights", "score.weights.revenue", 4),
    ],
)
def test_a_rule_a_group_or_a_word(world: World, term: str, first: str, count: int) -> None:
    result = rules_in_force(world.deps(), term)
    assert (result.found[0].path, len(result.found)) == (first, count)
    renders(result.card())


def test_one_rule_is_answered_in_a_sentence(world: World) -> None:
    card = rules_in_force(world.deps(), "score.top_share").card()
    assert english(card.headline) == "The rule score.top_share is 0.20 (house default, version 0)."


def test_an_unknown_rule_offers_the_groups(world: World) -> None:
    with pytest.raises(NotFound) as refused:
        rules_in_force(world.deps(), "weather")
    assert "tiers" in refused.value.choices


def test_unknown_people_learn_nothing(world: World) -> None:
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    assert rules_in_force(world.deps(newcomer)).found
    with pytest.raises(NotAllowed):
        rules_in_force(world.deps(Asker(None, "guest", Role.REP)))
