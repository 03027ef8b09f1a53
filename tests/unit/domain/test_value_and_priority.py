"""Account value, quadrants and tiers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.priority import Placed, Quadrant, by_quadrant, prioritised, quadrant
from tools.domain.rules import PriorityRules, TierRules, ValueRules
from tools.domain.tiers import Classified, Cuts, Near, Standing, Tier, classify, cuts
from tools.domain.value import Habit, Spend, estimate
from tools.text import Money

D = Decimal
DAY = date(2018, 1, 1)
SPEND = Spend(Money(D(1_000_000), "USD"), 2017, DAY, "survey", confirmed=True)
LIMITS = Cuts(D(80), D(40), D(50))


def habit(trait: str, value: str) -> dict[str, Habit]:
    return {trait: Habit(trait, value, DAY, "visit", confirmed=False)}


def test_value_is_spend_times_share_times_behaviour() -> None:
    habits = habit("buying", "central") | habit("price_sensitivity", "high")
    found = estimate(SPEND, habits, ValueRules())
    assert found is not None
    assert found.behaviour == D("0.88")
    assert found.value == Money(D(264_000), "USD")
    assert found.open_traits == ("payment",)


def test_a_behaviour_without_a_multiplier_changes_nothing_and_is_named() -> None:
    found = estimate(SPEND, habit("buying", "by committee"), ValueRules())
    assert found is not None
    assert found.value == Money(D(300_000), "USD")
    assert "buying" in found.open_traits


def test_without_a_spend_there_is_no_value() -> None:
    assert estimate(None, {}, ValueRules()) is None


@pytest.mark.parametrize(
    ("value", "near", "expected"),
    [
        (100, 50, Quadrant.DEFEND),
        (100, "49.99", Quadrant.WIN),
        ("99.99", 50, Quadrant.KEEP),
        (0, 0, Quadrant.CHANNEL),
    ],
)
def test_the_quadrant_limits_belong_to_the_upper_side(
    value: object, near: object, expected: Quadrant
) -> None:
    assert quadrant(D(str(value)), D(str(near)), D(100), PriorityRules()) is expected


def order(entries: list[Placed], limit: Decimal) -> list[tuple[Quadrant, Placed]]:
    return list(prioritised(by_quadrant(entries, limit, PriorityRules())))


def test_order_is_quadrant_then_value_then_closeness_gap_then_name() -> None:
    entries = [
        Placed(1, "Low", D(10), D(10)),
        Placed(2, "Zeta", D(200), D(60)),
        Placed(3, "Alpha", D(200), D(60)),
        Placed(4, "Nearer", D(200), D(90)),
        Placed(5, "Biggest", D(300), D(90)),
        Placed(6, "Far", D(400), D(10)),
    ]
    ordered = order(entries, D(100))
    assert [entry.name for _, entry in ordered] == [
        "Biggest", "Alpha", "Zeta", "Nearer", "Far", "Low",
    ]  # fmt: skip


placed = st.builds(
    Placed,
    st.integers(0, 10**6),
    st.text(max_size=3),
    st.integers(0, 5).map(D),
    st.integers(0, 100).map(D),
)


@given(st.lists(placed, unique_by=lambda item: item.account_id), st.integers(0, 5).map(D))
def test_the_order_does_not_depend_on_the_order_given(
    entries: list[Placed], limit: Decimal
) -> None:
    ordered = order(entries, limit)
    assert ordered == order(entries[::-1], limit)
    assert len(ordered) == len(entries)
    places = list(Quadrant)
    assert ordered == sorted(
        ordered,
        key=lambda found: (
            places.index(found[0]),
            -found[1].value,
            found[1].closeness,
            found[1].name,
            found[1].account_id,
        ),
    )


@pytest.mark.parametrize(
    ("value", "potential", "tier"),
    [
        (80, 50, Tier.VIP),
        (79, 50, Tier.GROWTH),
        (40, 50, Tier.GROWTH),
        (80, 49, Tier.STABLE),
        (39, 49, Tier.BASIC),
    ],
)
def test_the_four_tiers(value: int, potential: int, tier: Tier) -> None:
    assert classify(D(value), D(potential), LIMITS).tier is tier


def test_other_combinations_are_unclassified_with_the_nearest_tiers() -> None:
    middling = classify(D(50), D(10), LIMITS)
    assert middling == Classified(
        None,
        Standing.MIDDLE,
        Standing.LOW,
        (
            Near(Tier.GROWTH, None, Standing.HIGH),
            Near(Tier.STABLE, Standing.HIGH, None),
            Near(Tier.BASIC, Standing.LOW, None),
        ),
    )
    promising = classify(D(10), D(90), LIMITS)
    assert promising.tier is None
    assert [near.tier for near in promising.nearest] == [Tier.GROWTH, Tier.BASIC]


def test_cuts_come_from_the_segment() -> None:
    values = [D(v) for v in range(0, 101, 10)]
    assert cuts(values, values, TierRules()) == Cuts(D(80), D(40), D(50))
    assert cuts([], values, TierRules()) is None
