"""Crediting of revenue."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.credit import Crediting, Fault, Party, credit
from tools.domain.rules import CreditRules
from tools.domain.vocabulary import CoverageRole
from tools.errors import BadInput

D = Decimal
TWICE, SHARED = CreditRules("counted_twice"), CreditRules("shared")


def party(person: int, role: CoverageRole, share: str | None = None) -> Party:
    return Party(person, f"P{person}", role, None if share is None else D(share))


OWNER, DIRECTOR = party(1, CoverageRole.OWNER), party(2, CoverageRole.DIRECTOR)


def test_nothing_recorded_and_no_rule_is_not_set() -> None:
    found = credit([OWNER, DIRECTOR], CreditRules())
    assert found.rule is Crediting.NOT_SET
    assert found.total is None


def test_counted_twice_is_in_full_for_both_sides() -> None:
    helper = party(3, CoverageRole.SPECIALIST)
    found = credit([OWNER, DIRECTOR, helper], TWICE)
    assert [item.share for item in found.credited] == [1, 1, None]
    assert found.total == 2


@pytest.mark.parametrize(
    ("parties", "faults"),
    [
        ([], (Fault.NO_SALES_SIDE, Fault.NO_KEY_ACCOUNT_SIDE)),
        ([OWNER], (Fault.NO_KEY_ACCOUNT_SIDE,)),
        ([DIRECTOR], (Fault.NO_SALES_SIDE,)),
        ([OWNER, party(3, CoverageRole.OWNER), DIRECTOR], (Fault.SEVERAL,)),
    ],
)
def test_counting_twice_takes_one_on_each_side(
    parties: list[Party], faults: tuple[Fault, ...]
) -> None:
    found = credit(parties, TWICE)
    assert found.faults == faults
    assert found.total is None


def test_recorded_shares_beat_the_rule_of_the_company() -> None:
    shared = [
        party(1, CoverageRole.OWNER, "0.6"),
        party(2, CoverageRole.SPECIALIST, "0.4"),
        DIRECTOR,
    ]
    found = credit(shared, TWICE)
    assert (found.rule, found.faults, found.total) == (Crediting.SHARED, (), 1)
    assert [item.share for item in found.credited] == [D("0.6"), D("0.4"), None]


@pytest.mark.parametrize("shares", [("0.6",), ("0.6", "0.5"), ("1.2", "-0.2")])
def test_shares_that_do_not_make_a_whole_credit_nobody(shares: tuple[str, ...]) -> None:
    found = credit([party(n, CoverageRole.OWNER, s) for n, s in enumerate(shares)], CreditRules())
    assert found.faults == (Fault.SUM,)
    assert found.total is None


def test_sharing_without_a_ratio_is_not_settled() -> None:
    assert credit([OWNER], SHARED).faults == (Fault.NO_RATIO,)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(BadInput, match=r"credit\.mode is half"):
        credit([OWNER], CreditRules("half"))


cents = st.integers(0, 100)


@given(st.lists(cents, min_size=1, max_size=5), st.integers(0, 10**9).map(D))
def test_shared_amounts_sum_to_the_revenue_or_nobody_gets_any(
    hundredths: list[int], revenue: Decimal
) -> None:
    parties = [
        Party(n, f"P{n}", CoverageRole.OWNER, D(part) / 100) for n, part in enumerate(hundredths)
    ]
    found = credit(parties, CreditRules())
    amounts = [revenue * item.share for item in found.credited if item.share is not None]
    if sum(hundredths) == 100:
        assert sum(amounts) == revenue
    else:
        assert amounts == []
