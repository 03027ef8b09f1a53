"""Shares of a wallet, gaps and growth."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.wallet import Figure, Portion, Wallet, growth, wallet
from tools.errors import BadInput
from tools.text import Language, Money

D = Decimal
DAY = date(2018, 1, 1)


def figure(amount: object) -> Figure:
    return Figure(Money(D(str(amount)), "USD"), DAY, "report", confirmed=True)


def split(spend: object, ours: object | None, **others: object) -> Wallet:
    portions = [Portion(name, False, figure(amount)) for name, amount in others.items()]
    if ours is not None:
        portions.append(Portion("Us", True, figure(ours)))
    return wallet(2017, figure(spend), portions)


def test_shares_and_the_unknown_rest() -> None:
    found = split(3_600_000, 900_000, y=720_000, x=1_440_000)
    assert [(s.name, s.share) for s in found.suppliers] == [
        ("Us", D("0.25")),
        ("x", D("0.4")),
        ("y", D("0.2")),
    ]
    assert found.unknown == Money(D(540_000), "USD")
    assert found.gap is not None
    assert (found.gap.to.name, found.gap.points) == ("x", D("0.15"))
    assert found.gap.money == Money(D(540_000), "USD")


def test_exactly_the_whole_is_allowed_and_more_is_refused() -> None:
    assert split(100, 60, x=40).unknown.amount == 0
    with pytest.raises(BadInput) as refused:
        split(100, 25, x=50, y=30)
    assert refused.value.message.render(Language.ENGLISH).startswith(
        "The shares of 2017 sum to 105%, past 100%: the suppliers have USD 105 of a spend of "
        "USD 100."
    )


@pytest.mark.parametrize("spend", [0, -1])
def test_a_spend_of_nothing_has_no_shares(spend: int) -> None:
    with pytest.raises(BadInput, match="above zero"):
        split(spend, 0)


def test_without_our_sales_there_is_no_gap() -> None:
    assert split(100, None, x=40).gap is None
    assert split(100, 40).gap is None


def test_categories_of_one_supplier_are_one_share() -> None:
    portions = [Portion("x", False, figure(10)), Portion("x", False, figure(15))]
    assert [s.share for s in wallet(2017, figure(100), portions).suppliers] == [D("0.25")]


def test_growth_comes_from_the_wallet_and_from_the_share() -> None:
    found = growth(split(3_600_000, 900_000), split(4_000_000, 1_400_000))
    assert found is not None
    assert (found.points, found.total.amount) == (D("0.1"), D(500_000))
    assert (found.by_wallet.amount, found.by_share.amount) == (D(100_000), D(400_000))
    assert growth(split(100, None), split(100, 1)) is None


@given(st.lists(st.integers(0, 1000), max_size=5), st.integers(0, 1000), st.integers(0, 1000))
def test_known_and_unknown_make_the_whole(others: list[int], ours: int, rest: int) -> None:
    spend = sum(others) + ours + rest + 1
    found = split(spend, ours, **{f"s{i}": amount for i, amount in enumerate(others)})
    assert found.unknown.amount == rest + 1
    taken = sum((s.amount.amount for s in found.suppliers), D(0))
    assert taken + found.unknown.amount == spend
