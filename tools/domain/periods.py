"""Periods: both ends included, either end open."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """The days from `since` to `until`, both included; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def empty(self) -> bool:
        """Whether no day can lie in it."""
        return self.since is not None and self.until is not None and self.since > self.until


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier; a day that month does not have becomes its last."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_months(today: date, months: int) -> Period:
    """The `months` months that end today: 2017-12-31 and 12 give 2017-01-01 to 2017-12-31."""
    return Period(months_before(today, months) + timedelta(days=1), today)


def year_to_date(today: date) -> Period:
    return Period(date(today.year, 1, 1), today)


def before(period: Period) -> Period:
    """The period of the same length that ends the day before; both ends must be given.

    A period of whole calendar months is preceded by as many whole months.
    """
    if period.since is None or period.until is None:
        raise ValueError("an open period has no period before it")
    last = period.since - timedelta(days=1)
    months = _whole_months(period.since, period.until)
    if months:
        return Period(months_before(period.since, months), last)
    return Period(last - (period.until - period.since), last)


def _whole_months(since: date, until: date) -> int:
    after = until + timedelta(days=1)
    if since.day != after.day:
        return 0
    return (after.year - since.year) * 12 + after.month - since.month


def month_label(year: int, month: int) -> str:
    """2017 and 3: "2017-03"."""
    return f"{year}-{month:02d}"


def quarter_label(year: int, month: int) -> str:
    """2017 and 3: "2017-Q1"."""
    return f"{year}-Q{(month + 2) // 3}"
