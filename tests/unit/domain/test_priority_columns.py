"""Values and closeness by column are those of accounts one by one, whatever the company."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.closeness import Contacts, Judgement, closeness
from tools.domain.closeness_columns import ContactColumns, totals
from tools.domain.columns import SCALE
from tools.domain.rules import ClosenessRules, Multiplier, ValueRules
from tools.domain.value import Habit, Spend, estimate
from tools.domain.value_columns import ValueColumns, values
from tools.domain.vocabulary import Layer
from tools.errors import BadInput
from tools.text import Money

TODAY = date(2018, 1, 1)
D = Decimal
CLOSENESS = replace(
    ClosenessRules(),
    recency_weight=D("0.07"),
    frequency_weight=D("0.33"),
    window_days=97,
    target_days=7,
    executive_days=50,
)
VALUE = ValueRules(
    D("0.123"),
    (
        Multiplier("price_sensitivity", "high", D("0.8")),
        Multiplier("price_sensitivity", "low", D("1.1")),
        Multiplier("buying", "central", D("1.0001")),
        Multiplier("odd", "high", D(0)),
        Multiplier("odd", "so", D("7.77")),
    ),
)

ago = st.integers(0, 120).map(lambda count: TODAY - timedelta(days=count))
judgements = st.builds(Judgement, st.decimals(0, 100, places=4), ago)
counts = st.integers(0, 20)
met = st.frozensets(st.sampled_from(Layer), min_size=1)
logs = st.one_of(
    st.builds(Contacts, st.none() | ago, counts, met, st.none() | ago, st.none() | judgements),
    st.builds(Contacts, ago, st.just(0), st.just(frozenset()), ago, judgements),
    st.builds(Contacts, ago, st.integers(1, 20), st.none(), ago, judgements),
)


def contact_columns(company: Sequence[Contacts], rules: ClosenessRules) -> ContactColumns:
    def judged(log: Contacts) -> bool:
        within = timedelta(days=rules.window_days)
        return log.judged is not None and TODAY - log.judged.held_on <= within

    def recent(log: Contacts) -> bool:
        within = timedelta(days=rules.executive_days)
        return log.executive is not None and TODAY - log.executive <= within

    return ContactColumns(
        np.arange(len(company)),
        np.array([log.last is not None for log in company], bool),
        np.array([(TODAY - log.last).days if log.last else 0 for log in company], np.int64),
        np.array([log.count for log in company], np.int64),
        np.array([len(log.layers or ()) for log in company], np.int64),
        np.array([recent(log) for log in company], bool),
        np.array([judged(log) for log in company], bool),
        np.array([log.judged.points * SCALE if log.judged else 0 for log in company], np.int64),
    )


@given(st.lists(logs, max_size=30), st.sampled_from([ClosenessRules(), CLOSENESS]))
def test_every_closeness_is_that_of_the_account_alone(
    company: list[Contacts], rules: ClosenessRules
) -> None:
    found = totals(contact_columns(company, rules), rules)
    expected = [closeness(log, TODAY, rules).total for log in company]
    assert [found.get(account) for account in range(len(company))] == expected


def test_weights_that_do_not_sum_to_one_are_refused() -> None:
    wrong = replace(ClosenessRules(), judged_weight=D("0.4"))
    with pytest.raises(BadInput, match="sum to 1"):
        totals(contact_columns([], wrong), wrong)


spends = st.none() | st.decimals(-100, 10**13, places=4)
habits = st.dictionaries(
    st.sampled_from(["price_sensitivity", "buying", "odd", "other"]),
    st.sampled_from(["high", "low", "central", "so"]),
)


@given(st.lists(st.tuples(spends, habits), max_size=30), st.sampled_from([ValueRules(), VALUE]))
def test_every_value_is_that_of_the_account_alone(
    company: list[tuple[Decimal | None, dict[str, str]]], rules: ValueRules
) -> None:
    columns = value_columns(company, rules)
    found, open_ = values(columns, rules), columns.with_open_traits()
    for account, (spend, chosen) in enumerate(company):
        known = spend and Spend(Money(spend, "USD"), 2017, TODAY, "survey", confirmed=True)
        buying = {
            trait: Habit(trait, value, TODAY, "visit", confirmed=True)
            for trait, value in chosen.items()
        }
        expected = estimate(known or None, buying, rules)
        assert found.get(account) == (expected and expected.value.amount)
        assert (account in open_) == bool(expected and expected.open_traits)


def test_without_multipliers_spend_alone_decides() -> None:
    rules = ValueRules(D("0.5"), ())
    columns = value_columns([(D(10), {"buying": "central"}), (None, {})], rules)
    assert values(columns, rules) == {0: D(5)}
    assert columns.with_open_traits() == set()


def value_columns(
    company: Sequence[tuple[Decimal | None, dict[str, str]]], rules: ValueRules
) -> ValueColumns:
    places = {(m.trait, m.value): place for place, m in enumerate(rules.multipliers, start=1)}
    return ValueColumns(
        np.arange(len(company)),
        np.array([int((spend or 0) * SCALE) for spend, _ in company], np.int64),
        np.array([bool(spend) for spend, _ in company], bool),
        [
            np.array([places.get((t, h.get(t, "")), 0) for _, h in company], np.int64)
            for t in sorted({multiplier.trait for multiplier in rules.multipliers})
        ],
    )
