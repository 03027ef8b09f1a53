"""Whether a person may make these edits: each row traced to its account, each with its right."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from tools.access import Right, Rights, right_needed
from tools.changes.rows import Edit, Plain, decoded, read, referred

_PARENTS = {
    "checklist_item": ("run_id", "checklist_run"),
    "interaction_contact": ("interaction_id", "interaction"),
    "plan_section": ("plan_id", "plan"),
}


def require(session: Session, rights: Rights, edits: Sequence[Edit]) -> None:
    """Raises `NotAllowed` unless every edit is within the rights."""
    for edit in edits:
        if not edit.guards:
            _require(session, rights, edit, edits)


def _require(session: Session, rights: Rights, edit: Edit, edits: Sequence[Edit]) -> None:
    held = {} if edit.makes else read(session, edit) or {}
    sides = [held | edit.before, held | edit.before | edit.after]
    states = {decoded(edit.table, "status", side.get("status")) for side in sides if side}
    fields = set() if edit.makes else edit.before.keys() | edit.after.keys()
    key = next((str(side["key"]) for side in sides if "key" in side), "")
    right = right_needed(edit.table, states if edit.table == "plan" else set(), fields, key)
    for side in filter(None, sides):
        if right is Right.LEARN:
            rights.require_own(side.get("person_id"))
        elif right is Right.TARGETS and (side.get("unit_id") or side.get("person_id")):
            rights.require_led(right, side.get("unit_id"), side.get("person_id"))
        else:
            rights.require(right, _account(session, edit, side, edits))


def account_of(session: Session, edit: Edit, edits: Sequence[Edit]) -> int | None:
    """The account that an edit is about, if any; `edits` are those of its change set."""
    held = {} if edit.makes else read(session, edit) or {}
    return _account(session, edit, held | edit.before | edit.after, edits)


def _account(session: Session, edit: Edit, row: Plain, edits: Sequence[Edit]) -> int | None:
    """The account that a row belongs to; None for a row of the company's own."""
    if edit.table == "account":
        return edit.record_id
    if edit.table not in _PARENTS:
        found: int | None = row.get("account_id")
        return found
    field, parent = _PARENTS[edit.table]
    if field not in row:
        return None
    made = referred(row[field])
    if made is not None:
        return _account(session, edits[made], edits[made].after, edits)
    above = Edit(parent, row[field], None, {}, {})
    owner: dict[str, Any] = read(session, above) or {}
    return _account(session, above, owner, edits)
