"""Finds the stored record that a draft means: by external key, else by its own keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, or_, select
from sqlmodel import Session, SQLModel

from tools.data.importing.rows import Row
from tools.data.models import ExternalKey
from tools.text import Text, text

Stored = Mapping[str, Any]


def table_of(model: type[SQLModel]) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True)
class Target:
    """A kind of record: its table and the keys by which a record is found, strongest first.

    A `weak` key counts only where no stronger one is stated, and never against a record whose
    stronger key says otherwise. Records with `external` keys are remembered by what they are
    called in the system they come from. `side` records come along with others and may recur.
    """

    name: str
    model: type[SQLModel]
    keys: tuple[tuple[str, ...], ...]
    weak: tuple[str, ...] | None = None
    external: bool = False
    side: bool = False


@dataclass
class Draft:
    """One record as a row states it.

    `first` holds values for a new record only; `along` values that are written only together
    with another change (where a fact comes from). `respelt` holds the values that an
    unaccepted spelling probably means: where the record has them already, they stay.
    """

    row: Row
    values: dict[str, Any]
    first: dict[str, Any] = field(default_factory=dict)
    along: dict[str, Any] = field(default_factory=dict)
    respelt: dict[str, Any] = field(default_factory=dict)
    external_key: str | None = None
    label: str = ""
    id: int | None = None


class Finder:
    """Finds the stored record of each draft: by external key, else by its own keys."""

    def __init__(self, session: Session, target: Target, system: str) -> None:
        self.session, self.target, self.system = session, target, system
        self.table = table_of(target.model)

    def find(self, drafts: Sequence[Draft]) -> dict[int, Stored]:
        """Stored rows by the draft's identity; refuses drafts that fit two records."""
        candidates: dict[int, list[Stored]] = defaultdict(list)
        for draft, stored in self._by_id(drafts):
            candidates[id(draft)].append(stored)
        foreign = self._foreign_keys(drafts)
        for key in self.target.keys:
            for draft, matches in self._by_key(key, drafts):
                self._collect(candidates[id(draft)], draft, key, matches, foreign)
        found = {}
        for draft in drafts:
            ids = {stored["id"] for stored in candidates[id(draft)]}
            if len(ids) > 1:
                draft.row.refuse(_field_of(draft), _two_records())
            elif ids:
                found[id(draft)] = candidates[id(draft)][0]
        return found

    def _collect(
        self,
        into: list[Stored],
        draft: Draft,
        key: tuple[str, ...],
        matches: Sequence[Stored],
        foreign: Mapping[int, str],
    ) -> None:
        if key == self.target.weak:
            if into:
                return
            matches = [m for m in matches if self._agrees(draft, m, foreign)]
        elif draft.external_key is not None:
            for match in matches:
                if foreign.get(match["id"], draft.external_key) != draft.external_key:
                    draft.row.refuse(_field_of(draft), _two_records())
        into.extend(matches)

    def _agrees(self, draft: Draft, stored: Stored, foreign: Mapping[int, str]) -> bool:
        if (
            draft.external_key
            and foreign.get(stored["id"], draft.external_key) != draft.external_key
        ):
            return False
        strong = {name for key in self.target.keys if key != self.target.weak for name in key}
        return all(
            draft.values.get(name) is None
            or stored[name] is None
            or stored[name] == draft.values[name]
            for name in strong
        )

    def _by_id(self, drafts: Sequence[Draft]) -> Iterable[tuple[Draft, Stored]]:
        wanted = {id(draft): draft.id for draft in drafts if draft.id is not None}
        if self.target.external:
            wanted = self._external_ids(drafts) | wanted
        stored = self._fetch({"id": set(wanted.values())}) if wanted else []
        by_id = {row["id"]: row for row in stored}
        for draft in drafts:
            row = by_id.get(wanted.get(id(draft), 0))
            if row is not None:
                yield draft, row

    def _external_ids(self, drafts: Sequence[Draft]) -> dict[int, int]:
        keys = {draft.external_key for draft in drafts if draft.external_key}
        if not keys:
            return {}
        table = table_of(ExternalKey)
        query = select(table.c.key, table.c.record_id).where(
            table.c.system == self.system, table.c.kind == self.target.name, table.c.key.in_(keys)
        )
        known = {row.key: row.record_id for row in self.session.execute(query)}
        return {
            id(draft): known[draft.external_key] for draft in drafts if draft.external_key in known
        }

    def _foreign_keys(self, drafts: Sequence[Draft]) -> dict[int, str]:
        """Record id to external key, for the records that share a key with a draft."""
        if not self.target.external or not any(draft.external_key for draft in drafts):
            return {}
        ids = {
            stored["id"]
            for key in self.target.keys
            for _, matches in self._by_key(key, drafts)
            for stored in matches
        }
        table = table_of(ExternalKey)
        query = select(table.c.record_id, table.c.key).where(
            table.c.system == self.system,
            table.c.kind == self.target.name,
            table.c.record_id.in_(ids),
        )
        return {row.record_id: row.key for row in self.session.execute(query)}

    def _by_key(
        self, key: tuple[str, ...], drafts: Sequence[Draft]
    ) -> Iterable[tuple[Draft, Sequence[Stored]]]:
        stated = {
            id(draft): tuple(_stated(draft, name) for name in key)
            for draft in drafts
            if _has_key(draft, key)
        }
        if not stated:
            return
        wanted = {name: {values[i] for values in stated.values()} for i, name in enumerate(key)}
        stored: dict[tuple[Any, ...], list[Stored]] = defaultdict(list)
        for row in self._fetch(wanted):
            stored[tuple(row[name] for name in key)].append(row)
        for draft in drafts:
            matches = stored.get(stated.get(id(draft), ()), ())
            if matches:
                yield draft, matches

    def _fetch(self, wanted: Mapping[str, set[Any]]) -> list[Stored]:
        query = select(self.table)
        for name, values in wanted.items():
            column = self.table.c[name]
            present = column.in_([value for value in values if value is not None])
            query = query.where(or_(present, column.is_(None)) if None in values else present)
        return [dict(row) for row in self.session.execute(query).mappings()]


def _stated(draft: Draft, name: str) -> Any:
    return draft.values.get(name, draft.first.get(name))


def _has_key(draft: Draft, key: tuple[str, ...]) -> bool:
    """A key of one column must be stated; one of several may have empty parts."""
    if len(key) == 1:
        return _stated(draft, key[0]) is not None
    return all(name in draft.values or name in draft.first for name in key)


def _field_of(draft: Draft) -> str | None:
    return "external_id" if draft.external_key else "name"


def _two_records() -> Text:
    return text(
        "id, email and name point at different records; nothing was changed",
        "编号、邮箱与名称指向不同的记录，未作更改",
    )
