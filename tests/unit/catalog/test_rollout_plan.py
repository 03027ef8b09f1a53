"""The roll-out plan and where it stands."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.rollout_plan import rollout_plan
from tools.data.models import RolloutActivity
from tools.domain.rollout import Activity, Progress, elapsed, progress
from tools.domain.vocabulary import Role
from tools.errors import NotAllowed

START, END = date(2026, 4, 1), date(2026, 6, 30)


def activity(starts: date | None, ends: date | None, done: date | None = None) -> Activity:
    return Activity("pilot", "first plans", None, None, None, starts, ends, done)


@pytest.mark.parametrize(
    ("found", "on", "state"),
    [
        (activity(START, END), date(2026, 3, 31), Progress.PLANNED),
        (activity(START, END), START, Progress.RUNNING),
        (activity(START, END), END, Progress.RUNNING),
        (activity(START, END), date(2026, 7, 1), Progress.LATE),
        (activity(START, END, date(2026, 7, 5)), date(2026, 7, 4), Progress.LATE),
        (activity(START, END, date(2026, 7, 5)), date(2026, 7, 5), Progress.DONE),
        (activity(None, None), START, Progress.UNDATED),
        (activity(START, None), END, Progress.RUNNING),
    ],
)
def test_where_an_activity_stands(found: Activity, on: date, state: Progress) -> None:
    assert progress(found, on) is state


def test_the_time_that_has_passed_counts_both_ends() -> None:
    found = activity(START, END)
    assert elapsed(found, date(2026, 5, 15)) == Decimal(45) / 91
    assert (elapsed(found, date(2026, 3, 1)), elapsed(found, date(2027, 1, 1))) == (0, 1)
    assert elapsed(activity(START, None), END) is None


def test_the_plan(world: World) -> None:
    anna = world.person("Anna")
    for position, (name, starts, ends, done) in enumerate(
        (
            ("criteria", date(2017, 1, 1), date(2017, 2, 1), date(2017, 2, 1)),
            ("pilot", date(2017, 3, 1), date(2017, 12, 31), None),
            ("extend", date(2018, 1, 1), None, None),
        ),
        1,
    ):
        world.add(
            RolloutActivity(
                phase="one",
                position=position,
                activity=name,
                owner_id=anna if name == "pilot" else None,
                starts_on=starts,
                ends_on=ends,
                done_on=done,
            )
        )
    card = rollout_plan(world.deps()).card()
    assert english(card.headline) == (
        "1 of 3 roll-out activities are done on 2018-01-01, 1 running, 1 late, first “pilot”."
    )
    assert [[row[1], row[2], row[8], row[9]] for row in table_rows(card)] == [
        ["criteria", "–", "100%", "done"],
        ["pilot", "Anna", "100%", "late"],
        ["extend", "–", "–", "running"],
    ]
    assert facts(card)["late"] == "1"
    assert [english(line) for line in card.missing] == [
        "Activities without an owner: 2, first “criteria”.",
        "Activities without an end: 1, first “extend”.",
    ]
    renders(card)


def test_no_plan_and_who_may_read_it(world: World) -> None:
    renders(rollout_plan(world.deps(world.asker(world.person("Bob")))).card())
    with pytest.raises(NotAllowed):
        rollout_plan(world.deps(world.asker(world.person("New", Role.NEWCOMER))))
