"""When a person may be written to unasked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.reminding import Kind, Wishes, kind_at

DAILY, DIGEST = Kind.DAILY, Kind.DIGEST
USUAL = Wishes()
NIGHT = Wishes(quiet_from=22, quiet_until=6)
NOON = Wishes(quiet_from=12, quiet_until=14)
ALWAYS = Wishes(quiet_from=0, quiet_until=0)

instants = st.datetimes(datetime(2018, 1, 1), datetime(2018, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.integers(0, 23)
wishes = st.builds(
    Wishes,
    reminders=st.booleans(),
    digest=st.booleans(),
    quiet_from=hours,
    quiet_until=hours,
    snoozed_until=st.none() | st.dates(date(2018, 1, 1), date(2018, 12, 31)),
)


@pytest.mark.parametrize(
    ("wishes", "local", "kind"),
    [
        # 1 January 2018 was a Monday.
        (USUAL, "2018-01-01T10:00", DIGEST),
        (USUAL, "2018-01-02T10:00", DAILY),
        (USUAL, "2018-01-05T10:00", DAILY),
        (USUAL, "2018-01-06T10:00", None),
        (USUAL, "2018-01-07T10:00", None),
        (Wishes(digest=False), "2018-01-01T10:00", DAILY),
        (Wishes(reminders=False), "2018-01-01T10:00", DIGEST),
        (Wishes(reminders=False), "2018-01-02T10:00", None),
        (Wishes(reminders=False, digest=False), "2018-01-01T10:00", None),
        # Quiet from 19 until 9, over midnight.
        (USUAL, "2018-01-02T08:59", None),
        (USUAL, "2018-01-02T09:00", DAILY),
        (USUAL, "2018-01-02T18:59", DAILY),
        (USUAL, "2018-01-02T19:00", None),
        (USUAL, "2018-01-02T00:00", None),
        (NIGHT, "2018-01-02T05:59", None),
        (NIGHT, "2018-01-02T06:00", DAILY),
        (NIGHT, "2018-01-02T21:59", DAILY),
        (NIGHT, "2018-01-02T22:00", None),
        # Within a day, and never.
        (NOON, "2018-01-02T11:59", DAILY),
        (NOON, "2018-01-02T12:00", None),
        (NOON, "2018-01-02T13:59", None),
        (NOON, "2018-01-02T14:00", DAILY),
        (ALWAYS, "2018-01-02T00:00", DAILY),
        (ALWAYS, "2018-01-02T23:59", DAILY),
        (Wishes(snoozed_until=date(2018, 1, 3)), "2018-01-02T10:00", None),
        (Wishes(snoozed_until=date(2018, 1, 3)), "2018-01-03T10:00", DAILY),
    ],
)
def test_what_may_be_sent(wishes: Wishes, local: str, kind: Kind | None) -> None:
    assert kind_at(wishes, datetime.fromisoformat(local)) is kind


@given(wishes, instants)
def test_what_nobody_wished_is_never_sent(wishes: Wishes, local: datetime) -> None:
    kind = kind_at(wishes, local)
    if kind is None:
        return
    assert wishes.digest if kind is DIGEST else wishes.reminders
    assert local.weekday() < 5
    assert wishes.snoozed_until is None or local.date() >= wishes.snoozed_until
    assert kind is not DIGEST or local.weekday() == 0


@given(wishes, st.dates(date(2018, 1, 1), date(2018, 12, 31)))
def test_quiet_hours_are_as_many_as_wished(wishes: Wishes, day: date) -> None:
    """Of the day's hours either those that are quiet are left out, or all."""
    begun = datetime.combine(day, time(), UTC)
    kinds = [kind_at(wishes, begun + timedelta(hours=hour)) for hour in range(24)]
    quiet = (wishes.quiet_until - wishes.quiet_from) % 24
    assert kinds.count(None) in (quiet, 24)
    assert len(set(kinds) - {None}) <= 1
