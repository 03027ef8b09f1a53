"""Relationship closeness: each aspect, its limits, and what is missing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.closeness import Aspect, Contacts, Judgement, closeness
from tools.domain.rules import ClosenessRules
from tools.domain.vocabulary import Layer
from tools.errors import BadInput

RULES = ClosenessRules()
TODAY = date(2018, 1, 1)
ALL = frozenset(Layer)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def points(contacts: Contacts, aspect: Aspect) -> Decimal | None:
    return closeness(contacts, TODAY, RULES).points[aspect]


def test_both_parts_add_up() -> None:
    contacts = Contacts(
        ago(105), 3, frozenset({Layer.EXECUTION}), ago(180), Judgement(Decimal(80), ago(10))
    )
    found = closeness(contacts, TODAY, RULES)
    # recency (180-105)/150 = 50, frequency 3 of 6 = 50, breadth 1 of 3, executive in time
    assert found.computed == Decimal("36.666666666667")
    assert found.judged == 24
    assert found.total == found.computed + found.judged
    assert found.missing == ()


def test_thirds_that_make_a_whole_reach_the_limit() -> None:
    contacts = Contacts(
        ago(32), 1, frozenset(list(Layer)[:2]), ago(1), Judgement(Decimal(12), ago(1))
    )
    # recency 148/150, frequency 1 of 6, breadth 2 of 3: 19 11/15 + 3 1/3 + 13 1/3 + 10 + 3.6
    assert closeness(contacts, TODAY, RULES).total == 50


@pytest.mark.parametrize(("days", "expected"), [(0, 100), (30, 100), (105, 50), (180, 0), (400, 0)])
def test_recency_falls_from_the_target_to_the_end_of_the_window(days: int, expected: int) -> None:
    assert points(Contacts(ago(days), 1), Aspect.RECENCY) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (3, 50), (6, 100), (60, 100)])
def test_frequency_is_measured_against_the_target(count: int, expected: int) -> None:
    assert points(Contacts(ago(1), count), Aspect.FREQUENCY) == expected


@pytest.mark.parametrize(("days", "expected"), [(None, 0), (180, 100), (181, 0)])
def test_executive_contact_counts_while_recent(days: int | None, expected: int) -> None:
    latest = None if days is None else ago(days)
    assert points(Contacts(ago(1), 1, ALL, latest), Aspect.EXECUTIVE) == expected


@pytest.mark.parametrize(("days", "expected"), [(180, Decimal(70)), (181, None)])
def test_a_judgement_counts_while_it_lies_in_the_window(
    days: int, expected: Decimal | None
) -> None:
    judged = Judgement(Decimal(70), ago(days))
    assert points(Contacts(ago(1), 1, judged=judged), Aspect.JUDGED) == expected


def test_nothing_logged_is_unknown_and_not_zero() -> None:
    found = closeness(Contacts(), TODAY, RULES)
    assert set(found.missing) == set(Aspect)
    assert (found.total, found.computed, found.judged) == (None, None, None)
    assert (found.lowest, found.highest) == (0, 100)


def test_contacts_that_ended_long_ago_are_zero_and_not_unknown() -> None:
    found = closeness(Contacts(ago(900)), TODAY, RULES)
    assert found.computed == 0
    assert found.missing == (Aspect.JUDGED,)
    assert (found.lowest, found.highest) == (0, 30)


def test_unknown_layers_leave_breadth_open() -> None:
    found = closeness(Contacts(ago(1), 6, None, ago(1)), TODAY, RULES)
    assert found.missing == (Aspect.BREADTH, Aspect.JUDGED)
    assert found.computed is None
    assert (found.lowest, found.highest) == (50, 100)


def test_weights_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(BadInput, match="sum to 1"):
        closeness(Contacts(), TODAY, replace(RULES, judged_weight=Decimal("0.4")))


days = st.integers(0, 500)
layers = st.none() | st.frozensets(st.sampled_from(Layer))
judgements = st.none() | st.builds(Judgement, st.integers(0, 100).map(Decimal), days.map(ago))
logs = st.builds(
    Contacts,
    st.none() | days.map(ago),
    st.integers(0, 50),
    layers,
    st.none() | days.map(ago),
    judgements,
)


@given(logs)
def test_the_range_lies_in_0_to_100_and_holds_the_total(contacts: Contacts) -> None:
    found = closeness(contacts, TODAY, RULES)
    assert 0 <= found.lowest <= found.highest <= 100
    assert (found.total is None) == bool(found.missing)
    assert found.total in (None, found.lowest)


@given(logs, st.integers(1, 20), st.sampled_from(Layer))
def test_more_contact_never_lowers_the_closeness(
    contacts: Contacts, more: int, layer: Layer
) -> None:
    if contacts.last is None:
        return
    before = closeness(contacts, TODAY, RULES)
    closer = replace(
        contacts,
        last=TODAY,
        count=contacts.count + more,
        layers=None if contacts.layers is None else contacts.layers | {layer},
        executive=TODAY,
    )
    assert closeness(closer, TODAY, RULES).lowest >= before.lowest
