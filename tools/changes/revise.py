"""A proposal with other values, the same one over fresh rows, or in another conversation.

Nothing here writes a record: each function leaves a proposal that waits for its confirmation.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from tools.changes import store
from tools.changes.claims import claim, refreshed, require_person
from tools.changes.fields import EDITABLE, Shape, parsed, settled, shape_of
from tools.changes.rows import Edit, read, referred
from tools.changes.show import Proposal, record_of, shown, value_of
from tools.changes.trail import record
from tools.data.models import ChangeLine, ChangeSet
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.errors import BadInput, NotAllowed
from tools.text import Text, Value, show, text

Place = tuple[int, str]
"""A field of a change set: the line's position, and the field's name."""


@dataclass(frozen=True)
class EditableField:
    """A field that may get another value: `value` is what the proposal sets, as it is kept.

    `said` tells whether the proposal sets it at all; the others of a row to be made are empty.
    """

    position: int
    name: str
    record: Text
    shape: Shape
    value: Any
    said: bool

    @property
    def place(self) -> Place:
        return self.position, self.name


class Misfits(BadInput):
    """Values that do not fit, each with its reason."""

    def __init__(self, reasons: Mapping[Place, Text]) -> None:
        super().__init__(next(iter(reasons.values())))
        self.reasons = reasons


def editable(deps: Deps, change_id: int) -> tuple[EditableField, ...]:
    """The fields of a waiting proposal that its asker may give another value, in order.

    Raises `NotFound`, and `NotAllowed` for anybody else or once it is decided.
    """
    with deps.sessions() as session:
        change = _waiting(session, deps, change_id)
        lines = store.lines_of(session, change)
        return tuple(field for line in lines for field in _fields_of(session, line))


def revise(deps: Deps, change_id: int, said: Mapping[Place, str | None]) -> Proposal:
    """The proposal with these values in place of its own: a new one that replaces the old.

    Values come as a person types them (dates in ISO form, "true" or "false", members of closed
    lists by their key); None empties a field. Where nothing differs the old proposal stays.
    Raises `Misfits`, and what `tools.changes` raises for who may not.
    """
    with deps.sessions() as session:
        change = _waiting(session, deps, change_id)
        lines = store.lines_of(session, change)
        known = {f.place: f for line in lines for f in _fields_of(session, line)}
        values = _values(deps, lines, {p: v for p, v in said.items() if p in known})
        edits = [_with(deps, session, line, values) for line in lines]
        if edits == store.edits_of(session, change):
            return shown(session, change, lines)
        title = _retitled(session, deps, change.title, lines, values)
        return _replaced(session, deps, change, title, edits)


def renew(deps: Deps, change_id: int) -> Proposal | None:
    """A proposal that expired, once more over the rows as they are now, for its asker.

    None where its rows are gone or say already what it wanted.
    """
    with deps.sessions() as session:
        change = store.change_of(session, change_id)
        if change.status is not ChangeStatus.EXPIRED or change.asker_id != deps.asker.person_id:
            return None
        lines = store.lines_of(session, change)
        fresh = [edit for line in lines if (edit := refreshed(session, store.edit_of(line)))]
        if len(fresh) < len(lines) or all(edit.guards for edit in fresh):
            return None
        there = replace(deps, surface=change.surface, thread=change.thread)
        return store.propose(session, there, change.title, fresh, store.Confirmer(change.confirmer))


def move(deps: Deps, change_id: int, thread: str) -> None:
    """Lets a waiting proposal of the asker be found in another conversation: the place of
    `deps`, and this thread."""
    with deps.sessions() as session:
        change = _waiting(session, deps, change_id)
        change.surface, change.thread = deps.surface, thread
        session.commit()


def _waiting(session: Session, deps: Deps, change_id: int) -> ChangeSet:
    change = store.change_of(session, change_id)
    require_person(deps, change.asker_id)
    if change.status is not ChangeStatus.PROPOSED:
        raise NotAllowed(text("This change is decided already.", "该修改已处理。"))
    if change.expires_at <= deps.clock():
        raise NotAllowed(text("This proposal has expired.", "该修改已过期。"))
    return change


def _fields_of(session: Session, line: ChangeLine) -> list[EditableField]:
    edit = store.edit_of(line)
    if not edit.after:
        return []
    names = EDITABLE.get(line.table_name, ())
    there = [n for n in names if edit.makes or n in edit.after]
    named = record_of(session, line)
    return [
        EditableField(
            line.position,
            name,
            named,
            shape_of(line.table_name, name),
            edit.after.get(name),
            name in edit.after,
        )
        for name in there
        if referred(edit.after.get(name)) is None
    ]


def _values(
    deps: Deps, lines: Sequence[ChangeLine], said: Mapping[Place, str | None]
) -> dict[Place, Any]:
    """The values as they are kept, of those that differ; raises `Misfits`."""
    tables = {line.position: line for line in lines}
    values: dict[Place, Any] = {}
    wrong: dict[Place, Text] = {}
    for (position, name), words in said.items():
        line = tables[position]
        try:
            value = parsed(deps, line.table_name, name, words)
        except BadInput as error:
            wrong[position, name] = error.message
            continue
        if value != line.after.get(name):
            values[position, name] = value
    if wrong:
        raise Misfits(wrong)
    return values


def _with(deps: Deps, session: Session, line: ChangeLine, values: Mapping[Place, Any]) -> Edit:
    """The line's edit with its new values; an empty one where the row says all that already."""
    edit = store.edit_of(line)
    mine = {name: value for (position, name), value in values.items() if position == line.position}
    if not mine:
        return edit
    held = {} if edit.makes else read(session, edit) or {}
    try:
        more = settled(deps, edit.table, held | edit.after | mine, mine)
    except BadInput as error:
        raise Misfits(
            {(line.position, error.parameter or next(iter(mine))): error.message}
        ) from error
    after = edit.after | more | mine
    assumed = tuple(n for n in (*edit.assumed, *more) if n not in mine)
    if edit.makes:
        return replace(
            edit, after={k: v for k, v in after.items() if v is not None}, assumed=assumed
        )
    before = edit.before | {n: held.get(n) for n in after if n not in edit.before}
    differs = {name: value for name, value in after.items() if value != before[name]}
    if not differs:
        return store.NOTHING
    kept = tuple(name for name in assumed if name in differs)
    return replace(edit, before={n: before[n] for n in differs}, after=differs, assumed=kept)


def _replaced(
    session: Session, deps: Deps, change: ChangeSet, title: str, edits: Sequence[Edit]
) -> Proposal:
    """Drops the old proposal and makes the new one in one transaction, where the old one is
    still waiting by then."""
    number = change.id or 0
    there = replace(deps, surface=change.surface, thread=change.thread)
    if not claim(session, deps, number, ChangeStatus.PROPOSED, ChangeStatus.CANCELLED):
        raise NotAllowed(text("This change is decided already.", "该修改已处理。"))
    record(session, deps, "change edited", change)
    confirmer = store.Confirmer(change.confirmer)
    proposal = store.propose(session, there, title, edits, confirmer)
    session.commit()
    return proposal


def _retitled(
    session: Session,
    deps: Deps,
    title: str,
    lines: Sequence[ChangeLine],
    values: Mapping[Place, Any],
) -> str:
    """The title with the new values where it names the old ones."""
    rows = {line.position: line for line in lines}
    for (position, name), value in values.items():
        line = rows[position]
        old = _words(deps, session, line, name, line.after.get(name))
        new = _words(deps, session, line, name, value)
        alone = re.compile(rf"(?<![\w.,]){re.escape(old)}(?!\w|[.,]\d)")
        if len(alone.findall(title)) == 1:
            title = new.join(alone.split(title))
    return title


def _words(deps: Deps, session: Session, line: ChangeLine, name: str, value: Any) -> str:
    kept: Value = value_of(session, line.table_name, name, value)
    return show(kept, deps.language)
