"""Stages of an account strategy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.strategy import (
    STAGES,
    Device,
    State,
    Step,
    reached,
    skipped,
    stages,
    unplaced,
)

DAY = date(2018, 1, 1)


def step(
    stage: str, done: date | None = None, due: date | None = None, kind: str = "ladder"
) -> Step:
    return Step(kind, stage, "what", due, done, None)


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        (None, DAY, State.DONE),
        (date(2017, 1, 1), DAY, State.DONE),
        (None, date(2018, 1, 2), State.PLANNED),
        (DAY, None, State.PLANNED),
        (date(2017, 12, 31), None, State.LATE),
        (None, None, State.PLANNED),
    ],
)
def test_the_state_of_a_step(due: date | None, done: date | None, expected: State) -> None:
    assert step("co_built", done, due).state(DAY) is expected


def test_a_rung_counts_only_on_top_of_those_below() -> None:
    found = stages([step("basic_service", DAY), step("co_built", DAY)], DAY)
    rung = reached(found, Device.LADDER)
    assert rung is not None
    assert rung.name == "basic_service"
    assert [stage.name for stage in skipped(found)] == ["value_added"]
    assert reached(found, Device.RELEASE) is None


def test_a_stage_with_several_items_is_done_when_all_are() -> None:
    mixed = stages([step("basic_service", DAY), step("basic_service")], DAY)
    assert mixed[0].state is State.PLANNED
    late = stages([step("basic_service"), step("basic_service", None, date(2017, 1, 1))], DAY)
    assert late[0].state is State.LATE


def test_items_that_the_method_does_not_name_are_kept_apart() -> None:
    odd = step("basic_service", kind="dance")
    assert unplaced([odd, step("basic_service")]) == (odd,)


names = [(device.value, name) for device, found in STAGES.items() for name in found]
steps = st.lists(
    st.builds(
        lambda place, done, due: Step(place[0], place[1], "x", due, done, None),
        st.sampled_from(names),
        st.none() | st.dates(date(2017, 1, 1), date(2018, 12, 31)),
        st.none() | st.dates(date(2017, 1, 1), date(2018, 12, 31)),
    )
)


@given(steps)
def test_each_item_stands_in_one_stage_and_nothing_below_the_reached_one_is_open(
    items: list[Step],
) -> None:
    found = stages(items, DAY)
    assert sum(len(stage.steps) for stage in found) == len(items)
    for device in Device:
        own = [stage for stage in found if stage.device is device]
        last = reached(found, device)
        place = own.index(last) + 1 if last else 0
        assert all(stage.state is State.DONE for stage in own[:place])
        assert place == len(own) or own[place].state is not State.DONE
