"""Writing a change set: what a tool that writes says of each row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlmodel import Session, SQLModel, select

from tools import resolve
from tools.access import Right, rights_of, scope_of
from tools.changes.rows import Edit, encoded, name_of, plain, reference
from tools.changes.show import Proposal
from tools.changes.store import Confirmer, propose
from tools.data.models import Account
from tools.data.models.base import Record
from tools.deps import Deps
from tools.text import Text


class Draft:
    """Collects the rows of one change set; nothing is written before it is confirmed."""

    def __init__(self, session: Session, deps: Deps) -> None:
        self.session = session
        self.deps = deps
        self._edits: list[Edit] = []

    def require(self, right: Right) -> None:
        """Raises `NotAllowed` early where the asker's role never makes this kind of change."""
        rights_of(self.session, self.deps.asker, self.deps.today).require_held(right)

    def account(self, name: str) -> Account:
        """The account of that name; raises `NotAllowed` unless the asker reads it in full."""
        scope = scope_of(self.session, self.deps.asker, self.deps.today)
        found = resolve.account(self.session, name, scope)
        scope.require_full(found.id or 0, found.name)
        return found

    def add(
        self, row: SQLModel, *, assumed: Iterable[str] = (), made: dict[str, int] | None = None
    ) -> int:
        """A row to make; returns its place, to which `made` of a later row may refer."""
        after = plain(row) | {field: reference(n) for field, n in (made or {}).items()}
        self._edits.append(Edit(name_of(row), None, None, {}, after, tuple(assumed)))
        return len(self._edits) - 1

    def change(self, row: Record, *, assumed: Iterable[str] = (), **fields: Any) -> bool:
        """New values for a row, as far as they differ; whether any does."""
        after = {k: encoded(v) for k, v in fields.items() if v != getattr(row, k)}
        before = {name: encoded(getattr(row, name)) for name in after}
        if after:
            kept = tuple(name for name in assumed if name in after)
            self._edits.append(Edit(name_of(row), row.id, row.version, before, after, kept))
        return bool(after)

    def put(self, row: Record, key: tuple[str, ...], *, assumed: Iterable[str] = ()) -> None:
        """The row made, or where one with the same key is recorded, that one changed to it."""
        same = {name: getattr(row, name) for name in key}
        held = self.session.exec(select(type(row)).filter_by(**same)).first()
        if held is None:
            self.add(row, assumed=assumed)
            return
        stated = row.model_dump(exclude={"id", "version", *key})
        self.change(held, assumed=assumed, **stated)

    def guard(self, row: Record) -> None:
        """The change only holds while this row is as it was read."""
        self._edits.append(Edit(name_of(row), row.id, row.version, {}, {}))

    def propose(
        self,
        title: Text,
        confirmer: Confirmer = Confirmer.ASKER,
        remarks: tuple[Text, ...] = (),
    ) -> Proposal:
        """The change set, kept until it is confirmed; raises `BadInput` if it is empty."""
        said = title.render(self.deps.language)
        proposal = propose(self.session, self.deps, said, self._edits, confirmer)
        return replace(proposal, remarks=remarks)


@contextmanager
def drafting(deps: Deps) -> Iterator[Draft]:
    """A draft over a session of its own."""
    with deps.sessions() as session:
        yield Draft(session, deps)
