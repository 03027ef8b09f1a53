"""Deciding on a change set: confirm, cancel, take a line out, undo.

The first statement of each decision claims the change set by its status. So of two that
decide at once one wins, and a process that dies in between leaves nothing half done.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tools.access import Right, rights_of
from tools.changes import store
from tools.changes.claims import claim, refreshed, require_person
from tools.changes.outcome import Decision, Outcome
from tools.changes.permission import require
from tools.changes.rows import Edit, read, referred, write
from tools.changes.show import Proposal, shown
from tools.changes.trail import record
from tools.changes.undoing import inverse
from tools.changes.words import leave_words
from tools.data.models import ChangeLine, ChangeSet
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.errors import BadInput, NotAllowed
from tools.text import text


class _Stale(Exception):
    """A row is not as it was when the change was proposed."""


def confirm(deps: Deps, change_id: int) -> Decision:
    """Applies the change set as a whole, or tells why not.

    Raises `NotFound`, and `NotAllowed` for a person who may not decide on it or not make it
    (any more).
    """
    try:
        with deps.sessions() as session:
            return _confirmed(session, deps, change_id)
    except (_Stale, IntegrityError):
        return _again(deps, change_id)


def cancel(deps: Deps, change_id: int) -> Decision:
    """Drops a change set that waits."""
    with deps.sessions() as session:
        if not claim(session, deps, change_id, ChangeStatus.PROPOSED, ChangeStatus.CANCELLED):
            return _decided_before(session, deps, change_id)
        change = store.change_of(session, change_id)
        require_person(deps, change.asker_id)
        record(session, deps, "change cancelled", change)
        session.commit()
        return _told(session, change, Outcome.CANCELLED)


def remove_line(deps: Deps, change_id: int, position: int) -> Proposal:
    """Takes a line out of a change set that waits, with the lines that build on it."""
    with deps.sessions() as session:
        # The claim on its own status keeps everybody else from deciding meanwhile.
        if not claim(session, deps, change_id, ChangeStatus.PROPOSED, ChangeStatus.PROPOSED):
            _require_part(session, deps, store.change_of(session, change_id))
            raise NotAllowed(text("This change is decided already.", "该修改已处理。"))
        change = store.change_of(session, change_id)
        require_person(deps, change.asker_id)
        lines = store.lines_of(session, change)
        _require_line(lines, position)
        gone = {position}
        for line in lines:
            if gone & {referred(value) for value in line.after.values()}:
                gone.add(line.position)
        for line in lines:
            line.removed = line.removed or line.position in gone
        if all(line.removed for line in lines):
            change.status = ChangeStatus.CANCELLED
        record(session, deps, "change line removed", change)
        session.commit()
        return shown(session, change, lines)


def _require_line(lines: Sequence[ChangeLine], position: int) -> None:
    there = [line.position for line in lines if not line.removed]
    if position not in there:
        raise BadInput(
            text(
                "There is no line {line}; the lines are {lines}.",
                "没有第 {line} 行；现有的行：{lines}。",
                line=str(position + 1),
                lines=", ".join(str(one + 1) for one in there),
            )
        )


def undo(deps: Deps, change_id: int) -> Decision:
    """Takes an applied change back while no row of it has changed since."""
    try:
        with deps.sessions() as session:
            return _undone(session, deps, change_id)
    except (_Stale, IntegrityError):
        with deps.sessions() as session:
            return _told(session, store.change_of(session, change_id), Outcome.BUILT_ON)


def newest_applied(deps: Deps) -> Decision | None:
    """The newest change that this person made anywhere and that stands."""
    with deps.sessions() as session:
        change = store.newest_applied(session, deps.asker.person_id)
        return None if change is None else _told(session, change, Outcome.APPLIED)


def _confirmed(session: Session, deps: Deps, change_id: int) -> Decision:
    if not claim(session, deps, change_id, ChangeStatus.PROPOSED, ChangeStatus.APPLIED):
        return _decided_before(session, deps, change_id)
    change = store.change_of(session, change_id)
    lines = store.lines_of(session, change)
    edits = [store.edit_of(line) for line in lines]
    _may_confirm(session, deps, change)
    if change.expires_at <= deps.clock():
        change.status = ChangeStatus.EXPIRED
        record(session, deps, "change expired", change)
        session.commit()
        return _told(session, change, Outcome.EXPIRED)
    require(session, rights_of(session, deps.asker, deps.today), edits)
    _carry_out(session, lines, edits)
    record(session, deps, "change applied", change, lines)
    session.commit()
    return _told(session, change, Outcome.APPLIED)


def _undone(session: Session, deps: Deps, change_id: int) -> Decision:
    if not claim(session, deps, change_id, ChangeStatus.APPLIED, ChangeStatus.UNDONE):
        return _decided_before(session, deps, change_id, Outcome.NOT_APPLIED)
    change = store.change_of(session, change_id)
    require_person(deps, change.decided_by_id)
    edits = inverse(session, store.edits_of(session, change))
    if edits is None:
        raise _Stale
    require(session, rights_of(session, deps.asker, deps.today), edits)
    now = deps.clock()
    back = ChangeSet(
        asker_id=deps.asker.person_id,
        surface=deps.surface,
        thread=deps.thread,
        title=change.title,
        status=ChangeStatus.APPLIED,
        confirmer=store.Confirmer.ASKER,
        proposed_at=now,
        expires_at=now,
        decided_at=now,
        decided_by_id=deps.asker.person_id,
        undoes_id=change_id,
    )
    lines = store.keep(session, back, edits)
    _carry_out(session, lines, edits)
    record(session, deps, "change undone", back, lines)
    session.commit()
    return _told(session, back, Outcome.UNDONE)


def _carry_out(session: Session, lines: Sequence[ChangeLine], edits: Sequence[Edit]) -> None:
    """Changes the rows, all of them as they were read, else raises `_Stale`.

    Rows are locked in one order for all transactions, so that no two wait for each other.
    """
    todo = [(line, edit) for line, edit in zip(lines, edits, strict=True) if edit.table]
    for edit in sorted((e for _, e in todo if not e.makes), key=_place):
        now = read(session, edit, lock=True)
        if now is None or any(now.get(k) != v for k, v in edit.before.items()):
            raise _Stale
    made: dict[int, int | None] = {}
    for line, edit in todo:
        whole = replace(edit, after={k: _settled(v, made) for k, v in edit.after.items()})
        done, row_id = write(session, whole)
        if not done:
            raise _Stale
        made[line.position] = row_id
        line.record_id, line.after = row_id, whole.after
    session.flush()
    leave_words(session, [store.edit_of(line) for line, _ in todo])


def _settled(value: object, made: dict[int, int | None]) -> object:
    position = referred(value)
    return value if position is None else made[position]


def _place(edit: Edit) -> tuple[str, int]:
    return edit.table, edit.record_id or 0


def _again(deps: Deps, change_id: int) -> Decision:
    """Marks the change set as stale and proposes it again over the rows as they are now."""
    with deps.sessions() as session:
        if not claim(session, deps, change_id, ChangeStatus.PROPOSED, ChangeStatus.STALE):
            return _decided_before(session, deps, change_id)
        change = store.change_of(session, change_id)
        lines = store.lines_of(session, change)
        record(session, deps, "change refused as stale", change)
        fresh = [edit for line in lines if (edit := refreshed(session, store.edit_of(line)))]
        positions = len(fresh) == len(lines)
        moved = any(f != store.edit_of(line) for f, line in zip(fresh, lines, strict=False))
        session.commit()
        old = shown(session, change, lines)
        if not positions or not moved or all(edit.guards for edit in fresh):
            return Decision(Outcome.STALE, old)
        confirmer = store.Confirmer(change.confirmer)
        return Decision(
            Outcome.STALE, old, store.propose(session, deps, change.title, fresh, confirmer)
        )


def _may_confirm(session: Session, deps: Deps, change: ChangeSet) -> None:
    """The asker confirms; where an approver must, whoever has that right does."""
    if change.confirmer != store.Confirmer.APPROVER:
        require_person(deps, change.asker_id)
    elif Right.APPROVE not in rights_of(session, deps.asker, deps.today).held:
        raise NotAllowed(text("A manager has to confirm this.", "需由主管确认。"))


def _decided_before(
    session: Session, deps: Deps, change_id: int, outcome: Outcome = Outcome.ALREADY
) -> Decision:
    change = store.change_of(session, change_id)
    _require_part(session, deps, change)
    return _told(session, change, outcome)


def _require_part(session: Session, deps: Deps, change: ChangeSet) -> None:
    """Raises `NotAllowed` for whoever has no part in the change, and so learns nothing of it:
    who asked for it has one, who decided on it, and who might have approved it."""
    if deps.asker.person_id in (change.asker_id, change.decided_by_id):
        return
    _may_confirm(session, deps, change)
    edits = store.edits_of(session, change)
    require(session, rights_of(session, deps.asker, deps.today), edits)


def _told(session: Session, change: ChangeSet, outcome: Outcome) -> Decision:
    return Decision(outcome, shown(session, change, store.lines_of(session, change)))
