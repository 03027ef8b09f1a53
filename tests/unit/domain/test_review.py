"""Evaluation cadences and what needs attention first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tools.domain.checklists import Done, Progress, Run, progress, states, unknown
from tools.domain.family import tree
from tools.domain.review import (
    Concern,
    Evaluated,
    Health,
    Timeliness,
    Urgency,
    concerns,
    evaluated,
    urgency,
)
from tools.domain.rules import EvaluationRules
from tools.domain.vocabulary import Dimension, ItemState

TODAY = date(2017, 12, 31)
HEALTHY = Health(
    owned=True,
    derived=False,
    risks=(14,),
    last_contact=TODAY - timedelta(days=180),
    window_days=180,
    decision_contact=True,
    plan_until=TODAY,
    plan_approved=True,
    evaluations=(),
    growth=Decimal("-0.19"),
    need_gaps=0,
    late_steps=0,
    scored=True,
)


@pytest.mark.parametrize(
    ("days", "state", "tight"),
    [
        (0, Timeliness.CURRENT, Timeliness.CURRENT),
        (89, Timeliness.CURRENT, Timeliness.CURRENT),
        (90, Timeliness.DUE, Timeliness.DUE),
        (91, Timeliness.DUE, Timeliness.OVERDUE),
        (180, Timeliness.DUE, Timeliness.OVERDUE),
        (181, Timeliness.OVERDUE, Timeliness.OVERDUE),
    ],
)
def test_importance_is_due_after_three_and_overdue_after_six_months(
    days: int, state: Timeliness, tight: Timeliness
) -> None:
    last = {Dimension.IMPORTANCE: TODAY - timedelta(days=days)}
    cadences = EvaluationRules().cadences
    assert evaluated(last, cadences, TODAY)[0].timeliness is state
    assert evaluated(last, cadences, TODAY, tight=True)[0].timeliness is tight
    assert evaluated(last, cadences, TODAY)[1].timeliness is Timeliness.NEVER


def late(timeliness: Timeliness) -> tuple[Evaluated, ...]:
    return (Evaluated(Dimension.NEEDS, None, None, timeliness),)


@pytest.mark.parametrize(
    ("change", "concern"),
    [
        ({"owned": False}, Concern.NO_OWNER),
        ({"derived": True}, Concern.DERIVED_OWNER),
        ({"risks": (4, 15)}, Concern.GRAVE_RISK),
        ({"last_contact": None}, Concern.NO_CONTACT),
        ({"last_contact": TODAY - timedelta(days=181)}, Concern.NO_CONTACT),
        ({"decision_contact": False}, Concern.NO_DECISION_CONTACT),
        ({"plan_until": None}, Concern.NO_PLAN),
        ({"plan_until": TODAY - timedelta(days=1)}, Concern.PLAN_EXPIRED),
        ({"plan_approved": False}, Concern.PLAN_UNAPPROVED),
        ({"evaluations": late(Timeliness.NEVER)}, Concern.EVALUATION_OVERDUE),
        ({"evaluations": late(Timeliness.OVERDUE)}, Concern.EVALUATION_OVERDUE),
        ({"evaluations": late(Timeliness.DUE)}, Concern.EVALUATION_DUE),
        ({"growth": Decimal("-0.20")}, Concern.REVENUE_FALLS),
        ({"need_gaps": 1}, Concern.NEED_GAP),
        ({"late_steps": 1}, Concern.STEP_LATE),
        ({"scored": False}, Concern.SCORE_INCOMPLETE),
    ],
)
def test_each_concern_has_its_cause(change: dict[str, object], concern: Concern) -> None:
    assert concerns(HEALTHY, TODAY) == []
    assert concerns(replace(HEALTHY, **change), TODAY) == [concern]


def test_the_urgent_come_first() -> None:
    ill = replace(HEALTHY, scored=False, owned=False, need_gaps=2, plan_until=None)
    found = concerns(ill, TODAY)
    assert [urgency(concern) for concern in found] == [
        Urgency.NOW,
        Urgency.SOON,
        Urgency.SOON,
        Urgency.LATER,
    ]


def test_items_of_a_checklist_never_touched_are_open() -> None:
    run = Run("x", TODAY, None, {"a": Done(ItemState.DONE), "z": Done(ItemState.DONE)})
    assert list(states(run, ["b", "a"])) == ["b", "a"]
    assert progress(run, ["a", "b"]) == Progress(1, 1, 0)
    assert progress(run, ["a", "b"]).share == Decimal("0.5")
    assert unknown(run, ["a", "b"]) == ("z",)
    assert Progress(0, 0, 3).share is None


def test_a_tree_is_read_from_the_top_by_name() -> None:
    units = [(4, "d", 2), (3, "b", 1), (2, "c", 1), (1, "head", 4)]
    assert [(m.name, m.depth) for m in tree(1, units)] == [("b", 1), ("c", 1), ("d", 2)]
