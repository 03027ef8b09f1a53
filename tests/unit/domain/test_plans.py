"""Whether a plan serves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.plans import Topic, Validity, absent, validity
from tools.domain.vocabulary import PlanStatus

START, END = date(2017, 1, 1), date(2017, 12, 31)


@pytest.mark.parametrize(
    ("status", "on", "expected"),
    [
        (PlanStatus.APPROVED, START, Validity.IN_FORCE),
        (PlanStatus.APPROVED, END, Validity.IN_FORCE),
        (PlanStatus.APPROVED, START - timedelta(days=1), Validity.NOT_BEGUN),
        (PlanStatus.APPROVED, END + timedelta(days=1), Validity.EXPIRED),
        (PlanStatus.DRAFT, START, Validity.NOT_APPROVED),
        (PlanStatus.SUBMITTED, END, Validity.NOT_APPROVED),
        (PlanStatus.SUBMITTED, END + timedelta(days=1), Validity.EXPIRED),
    ],
)
def test_validity(status: PlanStatus, on: date, expected: Validity) -> None:
    assert validity(START, END, status, on) is expected


@given(st.sets(st.sampled_from([*(topic.value for topic in Topic), "annex"])))
def test_a_topic_is_written_or_absent(keys: set[str]) -> None:
    lacking = {topic.value for topic in absent(keys)}
    assert not lacking & keys
    assert lacking | keys >= {topic.value for topic in Topic}


@given(st.dates(), st.sampled_from(PlanStatus))
def test_only_an_approved_plan_is_in_force_and_only_on_its_days(
    on: date, status: PlanStatus
) -> None:
    in_force = validity(START, END, status, on) is Validity.IN_FORCE
    assert in_force == (START <= on <= END and status is PlanStatus.APPROVED)
