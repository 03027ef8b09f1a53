"""Derived owners and coverage gaps."""

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tools.domain.coverage import AccountCoverage, Colleague, Gap, WonDeal, derive_owners
from tools.domain.rules import CoverageRules
from tools.domain.vocabulary import CoverageRole

NAMES = {1: "Anna", 2: "Ben", 3: "Cleo"}
SINGLE = CoverageRules().single_roles
ANNA, BEN = Colleague(1, "Anna", True, None), Colleague(2, "Ben", True, None)
GONE = Colleague(3, "Cleo", False, None)


def won(person: int, value: int, day: date, currency: str = "USD", account: int = 9) -> WonDeal:
    return WonDeal(account, person, day, Decimal(value), currency)


def owner(*deals: WonDeal) -> int | None:
    return derive_owners(deals, NAMES, 12)[9].owner_id


def test_the_highest_won_value_decides() -> None:
    day = date(2017, 6, 1)
    assert owner(won(1, 100, day), won(2, 60, day), won(2, 50, day)) == 2


def test_only_the_twelve_months_to_the_latest_win_count() -> None:
    last = won(2, 1, date(2017, 12, 31))
    assert owner(won(1, 999, date(2016, 12, 31)), last) == 2
    assert owner(won(1, 999, date(2017, 1, 1)), last) == 1


def test_ties_go_to_the_latest_win_then_to_the_name() -> None:
    early, late = date(2017, 5, 1), date(2017, 6, 1)
    assert owner(won(1, 100, early), won(2, 100, late)) == 2
    assert owner(won(2, 100, late), won(1, 100, late)) == 1


def test_deals_in_several_currencies_cannot_be_compared() -> None:
    day = date(2017, 6, 1)
    found = derive_owners([won(1, 100, day), won(2, 1, day, "EUR")], NAMES, 12)[9]
    assert found.owner_id is None
    assert len(found.sellers) == 2


def test_the_evidence_counts_deals_and_value_per_seller() -> None:
    day = date(2017, 6, 1)
    found = derive_owners([won(1, 5, day), won(1, 7, day), won(3, 1, day)], NAMES, 12)[9]
    assert [(s.name, s.deals, s.value) for s in found.sellers] == [
        ("Anna", 2, {"USD": Decimal(12)}),
        ("Cleo", 1, {"USD": Decimal(1)}),
    ]


deals = st.lists(
    st.builds(
        won,
        st.sampled_from([1, 2, 3]),
        st.integers(1, 3),
        st.dates(date(2016, 1, 1), date(2018, 1, 1)),
    ),
    min_size=1,
)


@given(deals, st.randoms(use_true_random=False))
def test_the_owner_does_not_depend_on_the_order_of_deals(
    given_deals: list[WonDeal], random: Random
) -> None:
    shuffled = list(given_deals)
    random.shuffle(shuffled)
    assert owner(*shuffled) == owner(*given_deals)
    assert owner(*given_deals) in NAMES


def test_a_recorded_owner_beats_a_derived_one() -> None:
    covered = AccountCoverage(9, {CoverageRole.OWNER: (ANNA,)}, derived=BEN)
    assert covered.owners == (ANNA,)
    assert not covered.is_derived
    assert AccountCoverage(9, {}, derived=BEN).is_derived


def test_each_gap_is_seen() -> None:
    stand_in = {CoverageRole.STAND_IN: (BEN,)}
    assert AccountCoverage(9, stand_in).gaps(SINGLE) == (Gap.UNCOVERED,)
    twice = AccountCoverage(9, {CoverageRole.OWNER: (ANNA, BEN), **stand_in})
    assert twice.gaps(SINGLE) == (Gap.TWICE,)
    directors = AccountCoverage(9, {CoverageRole.DIRECTOR: (ANNA, BEN), **stand_in}, ANNA)
    assert directors.gaps(SINGLE) == (Gap.TWICE,)
    assert AccountCoverage(9, stand_in, GONE).gaps(SINGLE) == (Gap.LEFT,)
    assert AccountCoverage(9, {}, ANNA).gaps(SINGLE) == (Gap.NO_STAND_IN,)
    assert AccountCoverage(9, stand_in, ANNA).gaps(SINGLE) == ()


def test_sponsors_may_be_several() -> None:
    covered = AccountCoverage(
        9, {CoverageRole.SPONSOR: (ANNA, BEN), CoverageRole.STAND_IN: (BEN,)}, ANNA
    )
    assert covered.gaps(SINGLE) == ()
    assert [role for role, _ in covered.everybody] == [
        CoverageRole.OWNER,
        CoverageRole.STAND_IN,
        CoverageRole.SPONSOR,
        CoverageRole.SPONSOR,
    ]
