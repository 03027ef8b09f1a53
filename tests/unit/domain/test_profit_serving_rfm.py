"""Profit, serving modes and RFM quintiles."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.figures import Figure
from tools.domain.profit import COSTS, Profit
from tools.domain.rfm import Bought, rfm
from tools.domain.rules import ModeCosts, ServingRules
from tools.domain.serving import Mode, choose, economies
from tools.domain.vocabulary import Measure
from tools.errors import BadInput
from tools.text import Money

D = Decimal
COSTS_OF_A = (1_200_000, 90_000, 40_000, 110_000, 60_000, 50_000, 30_000)
TEAM = ModeCosts(D(600_000), D(150_000), D(60_000), D(15_000), D(3_000))


def figure(amount: int) -> Figure:
    return Figure(Money(D(amount), "USD"), date(2018, 1, 1), "books", confirmed=True)


def profit(revenue: int | None, costs: tuple[int | None, ...]) -> Profit:
    known = {m: None if c is None else figure(c) for m, c in zip(COSTS, costs, strict=True)}
    return Profit("USD", None if revenue is None else figure(revenue), known)


def usd(amount: int) -> Money:
    return Money(D(amount), "USD")


def test_profit_is_what_is_left_after_goods_and_service() -> None:
    found = profit(2_000_000, COSTS_OF_A)
    assert (found.gross, found.to_serve) == (usd(800_000), usd(380_000))
    assert found.profit == usd(420_000)
    assert found.on_revenue(found.profit) == D("0.21")


def test_a_missing_cost_is_not_zero() -> None:
    found = profit(2_000_000, (*COSTS_OF_A[:3], None, *COSTS_OF_A[4:]))
    assert found.missing == (Measure.COST_DELIVERY,)
    assert (found.profit, found.to_serve) == (None, None)
    assert found.remains == usd(530_000)


def test_without_revenue_nothing_remains() -> None:
    found = profit(None, COSTS_OF_A)
    assert (found.gross, found.remains, found.profit) == (None, None, None)
    assert found.missing == (Measure.OUR_REVENUE,)
    assert profit(0, COSTS_OF_A).on_revenue(usd(1)) is None


@pytest.mark.parametrize(
    ("expected", "mode", "dearer"),
    [
        (1_320_000, Mode.SHARED_MANAGER, Mode.DEDICATED_TEAM),
        (2_000_000, Mode.DEDICATED_TEAM, None),
        (1_999_999, Mode.SHARED_MANAGER, Mode.DEDICATED_TEAM),
        (9_999, None, Mode.REMOTE),
    ],
)
def test_the_dearest_mode_that_pays(expected: int, mode: Mode | None, dearer: Mode | None) -> None:
    modes = economies(ServingRules(TEAM, D("0.30")))
    assert [m.break_even for m in modes] == [2_000_000, 500_000, 200_000, 50_000, 10_000]
    found = choose(modes, D(expected))
    assert (found.mode.mode if found.mode else None) == mode
    assert (found.dearer.mode if found.dearer else None) == dearer


def test_what_is_not_set_has_no_break_even() -> None:
    assert {m.break_even for m in economies(ServingRules(TEAM))} == {None}
    partly = economies(ServingRules(ModeCosts(field_sales=D(10)), D("0.5")))
    assert [m.mode for m in partly if m.break_even is not None] == [Mode.FIELD_SALES]
    assert choose(economies(ServingRules()), D(1)).mode is None


@pytest.mark.parametrize("margin", ["0", "-0.1", "1.01"])
def test_a_margin_that_is_no_fraction_is_refused(margin: str) -> None:
    with pytest.raises(BadInput, match="contribution_margin"):
        economies(ServingRules(TEAM, D(margin)))


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(BadInput, match="remote"):
        economies(ServingRules(ModeCosts(remote=D(-1)), D("0.3")))


@given(st.decimals(1, 10**8, places=2), st.decimals(1, 10**8, places=2))
def test_more_revenue_never_leads_to_a_cheaper_mode(low: Decimal, more: Decimal) -> None:
    modes = economies(ServingRules(TEAM, D("0.30")))
    first, second = choose(modes, low).mode, choose(modes, low + more).mode
    if first is not None:
        assert second is not None
        assert modes.index(second) <= modes.index(first)


def test_five_accounts_fall_into_five_fifths() -> None:
    rows = [Bought(i, f"A{i}", 10 * i, 6 - i, D(100 - i)) for i in range(1, 6)]
    assert [item.code for item in rfm(rows)] == ["555", "444", "333", "222", "111"]


def test_equal_values_share_the_lower_quintile() -> None:
    rows = [Bought(i, f"A{i}", 5, 1, D(7)) for i in range(4)]
    assert {item.code for item in rfm(rows)} == {"111"}
    assert rfm([]) == []


ROWS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 9), st.integers(0, 50)), min_size=1, max_size=40
)


@given(ROWS)
def test_quintiles_agree_with_counting_who_is_worse(rows: list[tuple[int, int, int]]) -> None:
    bought = [Bought(i, str(i), d, n, D(m)) for i, (d, n, m) in enumerate(rows)]
    for item in rfm(bought):
        days, times, money = rows[item.bought.account_id]
        worse = (
            sum(other[0] > days for other in rows),
            sum(other[1] < times for other in rows),
            sum(other[2] < money for other in rows),
        )
        expected = tuple(min(5, 1 + int(5 * count / len(rows))) for count in worse)
        assert (item.recency, item.frequency, item.money) == expected
