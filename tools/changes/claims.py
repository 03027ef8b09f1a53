"""What every decision on a change set begins and ends with: the claim, the person, the record."""

from dataclasses import replace

from sqlalchemy import update
from sqlmodel import Session, col

from tools.changes import store
from tools.changes.rows import Edit, read
from tools.data.models import ChangeSet
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.errors import NotAllowed
from tools.text import text


def claim(
    session: Session, deps: Deps, change_id: int, held: ChangeStatus, to: ChangeStatus
) -> bool:
    """Moves the change set from one status to the next, if it still has the first; raises
    `NotFound` for a number that none can have."""
    store.require_number(change_id)
    claimed = session.connection().execute(
        update(ChangeSet)
        .where(col(ChangeSet.id) == change_id, col(ChangeSet.status) == held)
        .values(status=to, version=col(ChangeSet.version) + 1)
    )
    if claimed.rowcount != 1:
        session.rollback()
        return False
    change = store.change_of(session, change_id)
    if to is not ChangeStatus.UNDONE and to is not held:
        change.decided_at, change.decided_by_id = deps.clock(), deps.asker.person_id
    return True


def require_person(deps: Deps, person_id: int | None) -> None:
    """Raises `NotAllowed` for anybody but this person."""
    if deps.asker.person_id != person_id:
        raise NotAllowed(
            text(
                "Only the person who asked for this change decides on it.",
                "只有提出该修改的人可以处理。",
            )
        )


def refreshed(session: Session, edit: Edit) -> Edit | None:
    """The edit over the row as it is now; None where the row is gone."""
    if edit.makes or not edit.table:
        return edit
    now = read(session, edit)
    if now is None:
        return None
    before = {name: now[name] for name in edit.before}
    if edit.after and before == edit.after:
        return store.NOTHING
    return replace(edit, read_version=now.get("version"), before=before)
