"""The edits that take applied edits back."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tools.changes.rows import Edit
from tools.data.models import RuleSetRow


def inverse(session: Session, edits: Sequence[Edit]) -> list[Edit] | None:
    """Last edit first; None where the rules have moved on, whose versions are never deleted."""
    found = []
    for edit in reversed(edits):
        if edit.guards:
            continue
        back = _rules_back(session, edit) if edit.table == "rule_set" else _back(edit)
        if back is None:
            return None
        found.append(back)
    return found


def _back(edit: Edit) -> Edit:
    version = 1 if edit.makes and edit.read_version is None else (edit.read_version or 0) + 1
    return Edit(edit.table, edit.record_id, version, before=edit.after, after=edit.before)


def _rules_back(session: Session, edit: Edit) -> Edit | None:
    """A further version of the rules with the values before, as results name the version
    that they were computed with."""
    version = edit.after["version"]
    newest = select(RuleSetRow).order_by(col(RuleSetRow.version).desc()).limit(2)
    rows = list(session.exec(newest))
    if rows[0].version != version:
        return None
    earlier = rows[1].overrides if len(rows) > 1 else {}
    after = edit.after | {"version": version + 1, "overrides": earlier}
    return Edit("rule_set", None, None, {}, after)
