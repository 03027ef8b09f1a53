"""Reads of the checklists being worked through for accounts."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tools.data.models import ChecklistItem, ChecklistRun, Person
from tools.domain.checklists import Done, Run


def runs_of(session: Session, account_id: int, checklist: str | None = None) -> list[Run]:
    """The account's runs with the items recorded in them, the latest first."""
    query = select(ChecklistRun).where(ChecklistRun.account_id == account_id)
    if checklist is not None:
        query = query.where(ChecklistRun.checklist == checklist)
    latest = query.order_by(col(ChecklistRun.started_on).desc(), col(ChecklistRun.id).desc())
    runs = list(session.exec(latest))
    items = _items(session, [run.id or 0 for run in runs])
    return [
        Run(run.checklist, run.started_on, run.finished_on, items.get(run.id or 0, {}))
        for run in runs
    ]


def _items(session: Session, run_ids: Sequence[int]) -> dict[int, dict[str, Done]]:
    query = (
        select(ChecklistItem, Person.name)
        .outerjoin(Person, col(Person.id) == ChecklistItem.person_id)
        .where(col(ChecklistItem.run_id).in_(run_ids))
    )
    found: dict[int, dict[str, Done]] = {}
    for item, person in session.exec(query):
        known = found.setdefault(item.run_id, {})
        known[item.item] = Done(item.state, item.evidence, person, item.decided_on)
    return found
