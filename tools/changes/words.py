"""What the index has to learn from applied edits."""

from collections.abc import Iterable

from sqlmodel import Session, select

from tools.changes.rows import Edit, read
from tools.data.models import Plan
from tools.data.outbox import leave_word
from tools.data.written import NOTES, PLAN


def leave_words(session: Session, edits: Iterable[Edit]) -> None:
    """Leaves word, within the caller's transaction, of the plans and notes that changed."""
    plans: set[int] = set()
    notes: set[int] = set()
    for edit in edits:
        row = (read(session, edit) or {}) | edit.before | edit.after
        if edit.table == "plan" and edit.record_id is not None:
            plans.add(edit.record_id)
        elif edit.table == "plan_section":
            plans.add(row["plan_id"])
        elif edit.table == "interaction":
            notes.add(row["account_id"])
        elif edit.table == "account" and "name" in edit.after and edit.record_id is not None:
            notes.add(edit.record_id)
            plans |= set(session.exec(select(Plan.id).where(Plan.account_id == edit.record_id)))  # type: ignore[arg-type]
    leave_word(session, PLAN, plans)
    leave_word(session, NOTES, notes)
