"""What a reminder says: the urgent part of a person's day, or once a week all of it."""

from dataclasses import replace
from datetime import timedelta

from tools.cards import Card
from tools.catalog.my_day import Day, Entry, my_day
from tools.catalog.portfolio_summary import portfolio_summary
from tools.deps import Deps
from tools.domain.reminding import Kind
from tools.domain.vocabulary import Role
from tools.text import text

_SHOWN = 10
_SOON = timedelta(days=1)
_LEADING = frozenset({Role.MANAGER, Role.DIRECTOR, Role.SALES_OPERATIONS})


def reminder(deps: Deps, kind: Kind) -> tuple[Card, ...]:
    """The cards of a reminder; none where nothing needs to be said."""
    day = my_day(deps, top=_SHOWN)
    if kind is Kind.DIGEST:
        return _digest(deps, day)
    urgent = replace(day, entries=tuple(entry for entry in day.entries if _urgent(entry, day)))
    return (urgent.card(),) if urgent.entries else ()


def _digest(deps: Deps, day: Day) -> tuple[Card, ...]:
    """Everything that waits and, for those who lead, what stands out among their accounts."""
    cards = (replace(day.card(), title=text("Your week", "本周概览")),) if day.entries else ()
    if deps.asker.role not in _LEADING:
        return cards
    unit = "" if deps.asker.role is Role.SALES_OPERATIONS else "my team"
    overview = portfolio_summary(deps, unit=unit, top=3)
    return (*cards, overview.card()) if overview.found else cards


def _urgent(entry: Entry, day: Day) -> bool:
    """What has a day and is to be done by tomorrow, and what another waits for."""
    return entry.pressing or (entry.by is not None and entry.by <= day.on + _SOON)
