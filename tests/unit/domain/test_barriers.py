"""Barriers and the room to grow."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kam_knowledge.checklists import checklists
from tools.domain.barriers import Barrier, Sign, Verdict, judge, room
from tools.text import text

D = Decimal
FOR, AGAINST = Sign(text("a", "甲"), against_us=True), Sign(text("b", "乙"), against_us=False)


def test_one_sign_finds_a_barrier_and_no_record_is_unknown() -> None:
    found = judge({Barrier.SOLUTION: [AGAINST, FOR], Barrier.INCUMBENT: [AGAINST]})
    verdicts = {state.barrier: state.verdict for state in found}
    assert verdicts[Barrier.SOLUTION] is Verdict.FOUND
    assert verdicts[Barrier.INCUMBENT] is Verdict.CLEAR
    assert verdicts[Barrier.RELATIONSHIP] is Verdict.UNKNOWN


def test_the_barriers_are_the_lines_of_the_checklist() -> None:
    items = [item.key for item in checklists()["penetration_plan"].items]
    assert items == [barrier.value for barrier in Barrier]


def test_room_is_what_lies_between_our_sales_and_the_attainable_share() -> None:
    assert room(D(1_200_000), D("0.40"), D(300_000)) == 180_000
    assert room(D(1_200_000), D("0.20"), D(300_000)) == 0


money = st.integers(0, 10_000_000).map(D)


@given(money, st.decimals(0, 1, places=2), money, money)
def test_selling_more_never_makes_more_room(
    spend: Decimal, share: Decimal, ours: Decimal, more: Decimal
) -> None:
    assert 0 <= room(spend, share, ours + more) <= room(spend, share, ours) <= spend


signs = st.dictionaries(
    st.sampled_from(Barrier), st.lists(st.sampled_from([FOR, AGAINST]), max_size=3)
)


@given(signs)
def test_each_barrier_is_judged_once(given_signs: dict[Barrier, list[Sign]]) -> None:
    found = judge(given_signs)
    assert [state.barrier for state in found] == list(Barrier)
    for state in found:
        assert (state.verdict is Verdict.FOUND) == (FOR in given_signs.get(state.barrier, []))
