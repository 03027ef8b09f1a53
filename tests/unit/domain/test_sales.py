"""Deals counted and summed, currency by currency."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.sales import (
    Slice,
    Tally,
    WinRate,
    fold,
    growth,
    nothing,
    ranked,
    share,
    tally,
    total,
)
from tools.text import Money


def usd(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


def part(amount: int, currency: str | None, rate: str | None = None, count: int = 1) -> Slice:
    return Slice(("k",), currency, Decimal(rate) if rate else None, count, count, Decimal(amount))


SLICES = st.lists(
    st.builds(
        part,
        st.integers(0, 10**9),
        st.sampled_from([None, "USD", "CNY", "EUR"]),
        st.sampled_from([None, "0.15", "7"]),
        st.integers(1, 5),
    ),
    max_size=8,
)


def test_a_currency_is_kept_converted_or_put_aside() -> None:
    assert tally(part(10, "USD"), "USD").total == usd(10)
    assert tally(part(10, "CNY", "0.15"), "USD").total == usd("1.5")
    put_aside = tally(part(10, "CNY"), "USD")
    assert (put_aside.total, put_aside.unconverted) == (usd(0), (Money(Decimal(10), "CNY"),))
    assumed = tally(part(10, None), "USD")
    assert (assumed.total, assumed.assumed) == (usd(10), 10)


def test_deals_without_a_value_are_counted() -> None:
    found = tally(Slice((), None, None, 5, 2, Decimal(7)), "USD")
    assert (found.count, found.valueless, found.known) == (5, 3, usd(7))


def test_a_sum_of_nothing_known_is_not_zero() -> None:
    assert tally(Slice((), None, None, 2, 0, Decimal(0)), "USD").known is None
    assert tally(part(10, "CNY"), "USD").known is None
    assert nothing("USD").known == usd(0)


@given(SLICES)
def test_nothing_is_lost_however_slices_are_grouped(slices: list[Slice]) -> None:
    whole = total(fold(slices, "USD", lambda key: key[0]).values(), "USD")
    singly = total((tally(s, "USD") for s in slices), "USD")
    backwards = total((tally(s, "USD") for s in reversed(slices)), "USD")
    assert whole == singly == backwards
    assert whole.count == sum(s.deals for s in slices)


DAYS = st.none() | st.dates(date(2017, 1, 1), date(2017, 12, 31))
TALLIES = st.builds(
    lambda amount, unknown, count, valueless, days: Tally(
        usd(amount),
        tuple(Money(Decimal(1 + i), currency) for i, currency in enumerate(sorted(unknown))),
        Decimal(amount) / 2,
        count,
        min(count, valueless),
        *days,
    ),
    st.integers(0, 3),
    st.sets(st.sampled_from(["CNY", "EUR"])),
    st.integers(0, 3),
    st.integers(0, 3),
    st.tuples(DAYS, DAYS),
)


@given(st.lists(TALLIES, max_size=8))
def test_a_total_is_the_sum_one_by_one(tallies: list[Tally]) -> None:
    assert total(tallies, "USD") == sum(tallies, start=nothing("USD"))


def test_a_total_mixes_no_currencies() -> None:
    with pytest.raises(ValueError, match="EUR needs a rate"):
        total([nothing("EUR")], "USD")


@given(st.dictionaries(st.none() | st.sampled_from("abcdefgh"), TALLIES))
def test_a_rank_counts_those_that_are_ahead(tallies: dict[str | None, Tally]) -> None:
    amounts = [found.total.amount for key, found in tallies.items() if key is not None]
    entries = ranked(tallies)
    assert {key: found for _, key, found in entries} == tallies
    for rank, key, found in entries:
        ahead = sum(amount > found.total.amount for amount in amounts)
        assert rank == (None if key is None else 1 + ahead)
    ordered = [(rank, -found.count, key) for rank, key, found in entries if rank]
    assert ordered == sorted(ordered)


def test_days_span_all_deals() -> None:
    first, last = date(2017, 1, 1), date(2017, 2, 1)
    one = Tally(usd(1), first=last, latest=last)
    other = Tally(usd(1), first=first, latest=first)
    assert ((one + other).first, (one + other).latest) == (first, last)
    assert (one + nothing("USD")).first == last


def test_ranks_are_shared_and_deals_of_no_group_come_last() -> None:
    entries = ranked(
        {"a": Tally(usd(5)), None: Tally(usd(9)), "b": Tally(usd(7)), "c": Tally(usd(5))}
    )
    assert [(rank, key) for rank, key, _ in entries] == [(1, "b"), (2, "a"), (2, "c"), (None, None)]


def test_a_win_rate_needs_closed_deals() -> None:
    assert WinRate(4, 1).rate == Decimal("0.8")
    assert WinRate(0, 0).rate is None


def test_shares_and_growth_need_something_to_compare_with() -> None:
    assert share(usd(1), usd(4)) == Decimal("0.25")
    assert share(usd(1), usd(0)) is None
    assert growth(usd(3), usd(2)) == Decimal("0.5")
    assert growth(usd(1), usd(2)) == Decimal("-0.5")
    assert growth(usd(1), usd(0)) is None
