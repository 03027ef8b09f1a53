"""The roll-out plan (K1): where each activity stands on a day; the states are house."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Progress(StrEnum):
    """Where an activity stands."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    PLANNED = "planned"
    UNDATED = "undated"


class Activity(NamedTuple):
    """One activity of the plan that introduces key account management."""

    phase: str
    activity: str
    owner: str | None
    resources: str | None
    deliverable: str | None
    starts: date | None
    ends: date | None
    done: date | None


def progress(activity: Activity, on: date) -> Progress:
    """The state on a day: late from the day after the end while it is not done."""
    if activity.done is not None and activity.done <= on:
        return Progress.DONE
    if activity.ends is not None and activity.ends < on:
        return Progress.LATE
    if activity.starts is None:
        return Progress.UNDATED
    return Progress.RUNNING if activity.starts <= on else Progress.PLANNED


def elapsed(activity: Activity, on: date) -> Decimal | None:
    """The part of its time that has passed, both ends counted; None without both dates."""
    if activity.starts is None or activity.ends is None or activity.ends < activity.starts:
        return None
    days = (activity.ends - activity.starts).days + 1
    return Decimal(min(max((on - activity.starts).days + 1, 0), days)) / days
