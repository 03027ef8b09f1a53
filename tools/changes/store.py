"""Change sets in the database: proposing them, finding those that wait."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tools.access import rights_of
from tools.changes.permission import require
from tools.changes.rows import Edit
from tools.changes.show import Proposal, shown
from tools.changes.trail import record
from tools.data.agenda import changes_waiting
from tools.data.models import ChangeLine, ChangeSet
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.errors import BadInput, NotFound
from tools.text import text

_LAST_NUMBER = 2**31 - 1
"""The largest whole number that every database keeps."""


class Confirmer(StrEnum):
    """Who may confirm: the one who asked, or anybody with the right to approve there."""

    ASKER = "asker"
    APPROVER = "approver"


def propose(
    session: Session,
    deps: Deps,
    title: str,
    edits: Sequence[Edit],
    confirmer: Confirmer = Confirmer.ASKER,
) -> Proposal:
    """Keeps a change set that waits for its confirmation; no other row is touched.

    The same request again in the same thread finds the one that waits already. Raises
    `NotAllowed` where the asker may not make the change, `BadInput` where nothing changes.
    """
    if all(edit.guards for edit in edits):
        raise BadInput(
            text("The records say that already; nothing to change.", "记录已是如此，无需修改。")
        )
    for edit in edits:
        _require_sizes(edit)
    if confirmer is Confirmer.ASKER:
        require(session, rights_of(session, deps.asker, deps.today), edits)
    for change in waiting(session, deps):
        if edits_of(session, change) == list(edits):
            return shown(session, change, lines_of(session, change))
    now = deps.clock()
    change = ChangeSet(
        asker_id=deps.asker.person_id,
        surface=deps.surface,
        thread=deps.thread,
        title=title,
        confirmer=confirmer,
        proposed_at=now,
        expires_at=now + timedelta(hours=deps.rules.changes.expiry_hours),
    )
    lines = keep(session, change, edits)
    record(session, deps, "change proposed", change)
    session.commit()
    return shown(session, change, lines)


def _require_sizes(edit: Edit) -> None:
    """Raises `BadInput` for a whole number beyond what a column keeps."""
    for value in edit.after.values():
        if isinstance(value, int) and abs(value) > _LAST_NUMBER:
            most = f"{_LAST_NUMBER:,}"
            raise BadInput(
                text(
                    "{figure} is too large; whole numbers go up to {most}.",
                    "{figure} 过大，整数最大为 {most}。",
                    figure=f"{value:,}",
                    most=most,
                )
            )


def keep(session: Session, change: ChangeSet, edits: Sequence[Edit]) -> list[ChangeLine]:
    """Adds the change set and its lines to the caller's transaction."""
    session.add(change)
    session.flush()
    lines = [
        ChangeLine(
            change_set_id=change.id or 0,
            position=position,
            table_name=edit.table,
            record_id=edit.record_id,
            read_version=edit.read_version,
            before=edit.before,
            after=edit.after,
            assumed=list(edit.assumed),
        )
        for position, edit in enumerate(edits)
    ]
    session.add_all(lines)
    session.flush()
    return lines


def waiting(session: Session, deps: Deps) -> list[ChangeSet]:
    """The change sets of this person and thread that wait and have not expired, oldest first."""
    query = _still_waiting(deps).where(ChangeSet.thread == deps.thread)
    return list(session.exec(query.order_by(col(ChangeSet.id))))


def pending(deps: Deps) -> tuple[Proposal, ...]:
    """What waits for this person's word in this thread, oldest first."""
    with deps.sessions() as session:
        return tuple(shown(session, c, lines_of(session, c)) for c in waiting(session, deps))


def pending_anywhere(deps: Deps) -> tuple[Proposal, ...]:
    """What waits for this person's word in any thread, the first to expire first."""
    with deps.sessions() as session:
        found = changes_waiting(session, deps.asker.person_id, deps.clock())
        return tuple(shown(session, c, lines_of(session, c)) for c in found)


def waiting_here(deps: Deps) -> dict[str, tuple[Proposal, ...]]:
    """What waits for this person's word in this place, by its thread, the oldest first."""
    query = _still_waiting(deps).order_by(col(ChangeSet.id))
    found: dict[str, tuple[Proposal, ...]] = {}
    with deps.sessions() as session:
        for change in session.exec(query).all():
            proposal = shown(session, change, lines_of(session, change))
            found[change.thread] = (*found.get(change.thread, ()), proposal)
    return found


def last_applied(deps: Deps) -> int | None:
    """The newest change that this person made in this thread and that stands."""
    query = select(ChangeSet.id).where(
        ChangeSet.status == ChangeStatus.APPLIED,
        ChangeSet.decided_by_id == deps.asker.person_id,
        ChangeSet.surface == deps.surface,
        ChangeSet.thread == deps.thread,
        col(ChangeSet.undoes_id).is_(None),
    )
    newest = query.order_by(col(ChangeSet.decided_at).desc(), col(ChangeSet.id).desc())
    with deps.sessions() as session:
        return session.exec(newest.limit(1)).first()


def newest_applied(session: Session, person_id: int | None) -> ChangeSet | None:
    """The newest change of a person that stands, wherever it was made."""
    query = select(ChangeSet).where(
        ChangeSet.status == ChangeStatus.APPLIED,
        ChangeSet.decided_by_id == person_id,
        col(ChangeSet.undoes_id).is_(None),
    )
    newest = query.order_by(col(ChangeSet.decided_at).desc(), col(ChangeSet.id).desc())
    return session.exec(newest.limit(1)).first()


def change_of(session: Session, change_id: int) -> ChangeSet:
    """The change set of that number; raises `NotFound`."""
    require_number(change_id)
    change = session.get(ChangeSet, change_id, populate_existing=True)
    if change is None:
        raise _no_change(change_id)
    return change


def require_number(change_id: int) -> None:
    """Raises `NotFound` for a number beyond what a database keeps."""
    if not 0 <= change_id <= _LAST_NUMBER:
        raise _no_change(change_id)


def _no_change(change_id: int) -> NotFound:
    return NotFound(
        text("There is no change #{id}.", "没有编号为 #{id} 的修改。", id=str(change_id))
    )


def lines_of(session: Session, change: ChangeSet) -> list[ChangeLine]:
    """The lines in order, those taken out included."""
    query = select(ChangeLine).where(ChangeLine.change_set_id == change.id)
    return list(session.exec(query.order_by(col(ChangeLine.position))))


def edits_of(session: Session, change: ChangeSet) -> list[Edit]:
    """The edits of a change set; a line taken out leaves an empty one in its place."""
    return [edit_of(line) for line in lines_of(session, change)]


def _still_waiting(deps: Deps) -> SelectOfScalar[ChangeSet]:
    """The change sets of this person and place that are not decided and have not expired."""
    return select(ChangeSet).where(
        ChangeSet.status == ChangeStatus.PROPOSED,
        ChangeSet.asker_id == deps.asker.person_id,
        ChangeSet.surface == deps.surface,
        col(ChangeSet.expires_at) > deps.clock(),
    )


def edit_of(line: ChangeLine) -> Edit:
    if line.removed:
        return NOTHING
    return Edit(
        line.table_name,
        line.record_id,
        line.read_version,
        line.before,
        line.after,
        tuple(line.assumed),
    )


NOTHING = Edit("", None, None, {}, {})
