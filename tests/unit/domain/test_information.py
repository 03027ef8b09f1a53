"""Completeness of information."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_knowledge.checklists import checklists
from tools.domain.information import (
    ITEMS,
    Domain,
    Item,
    by_domain,
    by_level,
    complete_to,
    domain_of,
    next_questions,
    outdated,
)
from tools.domain.vocabulary import Level

QUESTIONS = [item.key for item in checklists()["customer_analysis"].items]


def test_every_question_of_the_checklist_has_a_domain() -> None:
    counts = {domain: found.of for domain, found in by_domain(QUESTIONS, ()).items()}
    assert counts == {
        Domain.STRUCTURE: 3,
        Domain.INDUSTRY: 13,
        Domain.STRATEGY: 3,
        Domain.DEMAND: 2,
        Domain.PERFORMANCE: 3,
    }
    with pytest.raises(ValueError, match="weather"):
        domain_of("weather_today")


def test_a_gap_below_stops_the_level() -> None:
    held = [item for items in ITEMS.values() for item in items]
    assert complete_to(by_level(held)) == 4
    held.remove(Item.PROFIT)
    assert complete_to(by_level(held)) == 1
    assert complete_to(by_level(())) == 0


def test_the_least_complete_domain_is_asked_first() -> None:
    known = {"structure_sites", "structure_people", "demand_use", "performance_finance"}
    known |= {key for key in QUESTIONS if domain_of(key) is Domain.INDUSTRY}
    asked = next_questions(by_domain(QUESTIONS, known))
    assert asked[:3] == ("strategy_aims", "strategy_initiatives", "strategy_alliance")
    assert asked[3:5] == ("performance_operations", "performance_strengths")
    assert asked[5:] == ("demand_plans", "structure_buying")


@pytest.mark.parametrize(
    ("question", "as_of", "old"),
    [
        ("market_future", date(2017, 1, 1), False),
        ("market_future", date(2016, 12, 31), True),
        ("demand_plans", date(2017, 10, 1), False),
        ("demand_plans", date(2017, 9, 30), True),
    ],
)
def test_answers_on_demand_age_faster(question: str, as_of: date, *, old: bool) -> None:
    assert outdated(question, as_of, date(2018, 1, 1)) is old


@given(st.sets(st.sampled_from(Item)), st.sampled_from(Item))
def test_one_more_item_never_lowers_the_level(held: set[Item], more: Item) -> None:
    before, after = by_level(held), by_level(held | {more})
    assert complete_to(after) >= complete_to(before)
    assert sum(found.known for found in after.values()) == len(held | {more})
    assert complete_to(before) in {0, *Level}


@given(st.sets(st.sampled_from(QUESTIONS)))
def test_each_question_is_either_answered_or_asked(answered: set[str]) -> None:
    asked = next_questions(by_domain(QUESTIONS, answered))
    assert sorted([*asked, *answered]) == sorted(QUESTIONS)
