"""What happens to a change set, in the audit trail."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from tools import audit
from tools.changes.permission import account_of
from tools.changes.rows import Edit
from tools.data.models import ChangeLine, ChangeSet
from tools.deps import Deps


def record(
    session: Session,
    deps: Deps,
    action: str,
    change: ChangeSet,
    lines: Sequence[ChangeLine] = (),
) -> None:
    """Adds an entry within the caller's transaction: `lines` go into it value by value."""
    rows = [
        {"table": x.table_name, "id": x.record_id, "before": x.before, "after": x.after}
        for x in lines
        if not x.removed
    ]
    audit.append(
        session,
        at=deps.clock(),
        actor_id=deps.asker.person_id,
        actor=deps.asker.name,
        surface=deps.surface,
        thread=deps.thread,
        action=action,
        subject=f"change:{change.id}",
        accounts=frozenset(_accounts(session, change)),
        detail={"title": change.title, "rows": rows},
        rules_version=deps.rules.version,
    )


def _accounts(session: Session, change: ChangeSet) -> Iterator[int]:
    """The accounts that a change set is about; those it would make are not known yet."""
    query = select(ChangeLine).where(ChangeLine.change_set_id == change.id)
    lines = sorted(session.exec(query), key=lambda line: line.position)
    edits = [Edit(x.table_name, x.record_id, x.read_version, x.before, x.after) for x in lines]
    for edit in edits:
        account = account_of(session, edit, edits) if edit.table else None
        if account is not None:
            yield account
