"""How won revenue is ranked, and which of the ranks an asker may see."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from tools.data import sales
from tools.deal_selection import Asked, DealSelection
from tools.domain.periods import last_months
from tools.domain.sales import Tally, fold, ranked
from tools.groups import SERIES, Group, Grouping


def dated(asked: Asked, by: str, today: date) -> Asked:
    """Without a period the last 12 months count; a series of years takes all records."""
    if asked.since or asked.until or by == "year":
        return asked
    period = last_months(today, 12)
    return replace(asked, since=period.since, until=period.until)


def ranked_groups(
    session: Session, base: str, selection: DealSelection, group_by: Grouping
) -> list[tuple[int | None, Group, Tally]]:
    """Rank, group and tally: highest first with those of no group last, or in order of time.

    Accounts are ranked over the whole company, so that a rank means the same for everybody;
    newcomers see the practice accounts ranked among themselves.
    """
    everywhere = group_by.by == "account" and selection.scope.elsewhere >= 1
    where = selection.where if everywhere else selection.readable
    slices = sales.won(session, base, group_by.columns, where)
    entries = ranked(fold(slices, base, group_by.group))
    if group_by.by in SERIES:
        return sorted(entries, key=lambda entry: str(entry[1] or ""))
    return entries


def may_show(by: str, group: Group, selection: DealSelection) -> bool:
    """Whether the asker may see the figures of a group that was ranked over the company."""
    if by != "account" or selection.scope.full is None:
        return True
    return isinstance(group, int) and selection.scope.reads_fully(group)
