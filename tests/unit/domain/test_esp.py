"""ESP+: stages, routes, duties of a project."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.esp import (
    Duties,
    EspStage,
    Relation,
    Route,
    closer,
    limit_of,
    route_of,
    stage_of,
    stages,
)
from tools.domain.overrides import with_overrides
from tools.domain.rules import EspRules, LargeDeal
from tools.domain.vocabulary import Layer
from tools.errors import BadInput

D = Decimal
NOTHING: frozenset[Layer] = frozenset()


@pytest.mark.parametrize(
    ("key", "amount", "limit", "expected"),
    [
        (True, 450_000, 300_000, Route.LARGE_PROJECT),
        (True, 300_000, 300_000, Route.LARGE_PROJECT),
        (True, 40_000, 300_000, Route.FAST_TRACK),
        (False, 150_000, 120_000, Route.SIMPLIFIED),
        (False, None, None, Route.SIMPLIFIED),
        (None, 450_000, 300_000, Route.NOT_SCORED),
        (True, 450_000, None, Route.NOT_SET),
        (True, None, 300_000, Route.NO_AMOUNT),
    ],
)
def test_routes(key: bool | None, amount: int | None, limit: int | None, expected: Route) -> None:
    found = route_of(
        key, None if amount is None else D(amount), None if limit is None else D(limit)
    )
    assert found is expected


def test_a_limit_of_the_segment_beats_the_general_one() -> None:
    rules = with_overrides(
        1,
        {
            "esp.large_deals": [
                {"segment": "", "amount": 300_000},
                {"segment": "Education", "amount": 120_000},
            ]
        },
    ).esp
    assert rules.large_deals[1] == LargeDeal("Education", D(120_000))
    assert limit_of("education", rules) == 120_000
    assert limit_of("retail", rules) == limit_of(None, rules) == 300_000
    assert limit_of("retail", EspRules()) is None


def test_the_first_stage_without_proof_is_the_present_one() -> None:
    order = stages(EspRules())
    assert order == tuple(EspStage)
    proven = dict.fromkeys(order, True)
    assert stage_of(proven, order) is EspStage.MONITOR
    proven[EspStage.STRATEGY] = proven[EspStage.MONITOR] = False
    assert stage_of(proven, order) is EspStage.STRATEGY


@pytest.mark.parametrize("names", [(), ("identify", "dance"), ("identify", "identify")])
def test_stages_that_do_not_exist_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match=r"esp\.stages"):
        stages(EspRules(stages=names))


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (Relation(D(48), NOTHING, True), Relation(D(57), NOTHING, True), True),
        (Relation(D(48), NOTHING, True), Relation(D(48), NOTHING, True), False),
        (Relation(None, NOTHING, False), Relation(D(9), frozenset({Layer.DECISION}), True), True),
        (Relation(None, NOTHING, True), Relation(None, NOTHING, True), False),
        (Relation(D(48), NOTHING, True), Relation(None, NOTHING, False), None),
        (None, Relation(D(57), NOTHING, True), None),
    ],
)
def test_closer(begin: Relation | None, end: Relation, expected: bool | None) -> None:
    assert closer(begin, end) is expected


@pytest.mark.parametrize(
    ("did", "flagged"),
    [
        (Duties(True, False), False),
        (Duties(False, True), False),
        (Duties(False, False), True),
        (Duties(None, False), True),
    ],
)
def test_a_project_is_flagged_that_does_neither(did: Duties, *, flagged: bool) -> None:
    assert did.flagged is flagged


amounts = st.integers(0, 1000).map(D)


@given(amounts, amounts, amounts)
def test_a_larger_deal_never_takes_a_lighter_route(
    low: Decimal, more: Decimal, limit: Decimal
) -> None:
    small, large = route_of(True, low, limit), route_of(True, low + more, limit)
    assert (small, large) != (Route.LARGE_PROJECT, Route.FAST_TRACK)


@given(st.permutations(list(EspStage)), st.sets(st.sampled_from(EspStage)))
def test_every_stage_before_the_present_one_is_proven(
    order: list[EspStage], passed: set[EspStage]
) -> None:
    now = stage_of({stage: stage in passed for stage in EspStage}, order)
    assert set(order[: order.index(now)]) <= passed
    assert now not in passed or now is order[-1]
