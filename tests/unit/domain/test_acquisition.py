"""Readiness for acquisition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_knowledge.checklists import checklists
from tools.domain.acquisition import Line, Readiness, Shown, readiness
from tools.domain.vocabulary import ItemState
from tools.text import text

ALL, SOME = Shown(text("all", "全"), whole=True), Shown(text("some", "部分"), whole=False)


def test_the_lines_are_those_of_the_checklist() -> None:
    assert [i.key for i in checklists()["acquisition_plan"].items] == [x.value for x in Line]


@pytest.mark.parametrize(
    ("shown", "ticked", "expected"),
    [
        (None, None, Readiness.OPEN),
        (None, ItemState.OPEN, Readiness.OPEN),
        (SOME, ItemState.OPEN, Readiness.PARTLY),
        (ALL, None, Readiness.READY),
        (None, ItemState.DONE, Readiness.READY),
        (ALL, ItemState.NOT_APPLICABLE, Readiness.NOT_APPLICABLE),
    ],
)
def test_records_or_a_tick_make_a_line_ready(
    shown: Shown | None, ticked: ItemState | None, expected: Readiness
) -> None:
    ticks = {"needs": ticked} if ticked else {}
    found = {line.line: line for line in readiness({Line.NEEDS: shown}, ticks)}
    assert found[Line.NEEDS].readiness is expected


_ORDER = (Readiness.OPEN, Readiness.PARTLY, Readiness.READY)


@given(st.sampled_from([None, SOME, ALL]), st.sampled_from([None, ItemState.OPEN, ItemState.DONE]))
def test_more_evidence_never_makes_a_line_less_ready(
    shown: Shown | None, ticked: ItemState | None
) -> None:
    ticks = {"needs": ticked} if ticked else {}
    now = readiness({Line.NEEDS: shown}, ticks)[2].readiness
    more = readiness({Line.NEEDS: ALL}, ticks)[2].readiness
    assert _ORDER.index(more) >= _ORDER.index(now)
