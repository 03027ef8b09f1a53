"""When a person may be written to unasked (house)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_SATURDAY = 5


class Kind(StrEnum):
    """What a reminder is: the day's urgent things, or once a week everything."""

    DAILY = "daily"
    DIGEST = "digest"


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to be reminded. Nothing comes from `quiet_from` until `quiet_until`,
    hours of their own day, and nothing before `snoozed_until`."""

    reminders: bool = True
    digest: bool = True
    quiet_from: int = 19
    quiet_until: int = 9
    snoozed_until: date | None = None


def kind_at(wishes: Wishes, local: datetime) -> Kind | None:
    """What may be sent at this local time, if anything: a digest on Mondays, else a daily
    reminder; on weekends nothing."""
    if wishes.snoozed_until is not None and local.date() < wishes.snoozed_until:
        return None
    if local.weekday() >= _SATURDAY or _quiet(wishes, local.hour):
        return None
    if wishes.digest and local.weekday() == 0:
        return Kind.DIGEST
    return Kind.DAILY if wishes.reminders else None


def _quiet(wishes: Wishes, hour: int) -> bool:
    begins, ends = wishes.quiet_from, wishes.quiet_until
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
