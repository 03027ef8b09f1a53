"""Names in cells that stand for other records: found, near to a known one, or unknown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel

from kam_knowledge.scripts import has_chinese, normalise
from tools.data.importing import words
from tools.data.importing.finder import table_of
from tools.data.models import (
    Account,
    AccountAlias,
    ExternalKey,
    Person,
    PersonAlias,
    Product,
    Unit,
    UnitAlias,
)
from tools.domain.names import NearName, name_key

_NUMBERS = re.compile("[0-9一二三四五六七八九十甲乙丙丁东南西北]")
_KEPT = 20_000
_LOOKED_UP = 500

_TABLES: dict[str, tuple[type[SQLModel], type[SQLModel] | None, str]] = {
    "account": (Account, AccountAlias, "account_id"),
    "person": (Person, PersonAlias, "person_id"),
    "product": (Product, None, ""),
    "unit": (Unit, UnitAlias, "unit_id"),
}
Referred = Literal["account", "person", "product", "unit"]


@dataclass(frozen=True)
class Match:
    """What a name stands for. `near` are known names like it, and `meant` the id of the only
    nearest one; `several` says that more than one record goes by the name itself."""

    id: int | None = None
    near: tuple[str, ...] = ()
    meant: int | None = None
    several: bool = False


class References:
    """Resolves names of one kind of record; keeps a bounded number of answers.

    A name is the same if it agrees but for case, width and script. One that differs in
    spaces or punctuation, or by a typing mistake, is near: proposed, never taken for it.
    """

    def __init__(self, session: Session, kind: Referred, system: str) -> None:
        self.session, self.kind, self.system = session, kind, system
        model, alias, self._owner = _TABLES[kind]
        self._table: Table = table_of(model)
        self._aliases: Table | None = None if alias is None else table_of(alias)
        self._answers: dict[str, Match] = {}
        self._everything: tuple[list[str], list[str], list[int]] | None = None
        self._looked_up = 0

    def forget(self) -> None:
        """Names may have been added: what was unknown may be known now."""
        self._everything = None
        self._answers = {name: hit for name, hit in self._answers.items() if hit.id is not None}

    def resolve(self, names: Iterable[str]) -> dict[str, Match]:
        wanted = set(names)
        missing = wanted - self._answers.keys()
        if len(self._answers) > _KEPT:
            self._answers.clear()
            missing = wanted
        if missing:
            self._answers |= self._find(missing)
        return {name: self._answers[name] for name in wanted}

    def _find(self, names: set[str]) -> dict[str, Match]:
        same = self._same_names(names)
        external = self._external(names - same.keys())
        found: dict[str, Match] = {}
        for name in names:
            ids = same.get(name) or external.get(name) or set()
            if len(ids) == 1:
                found[name] = Match(next(iter(ids)))
            elif ids:
                found[name] = Match(several=True)
            else:
                found[name] = self._near(name)
        return found

    def _same_names(self, names: set[str]) -> dict[str, set[int]]:
        """Ids by name as written, for names that agree but for case, width and script."""
        asked: dict[str, list[str]] = {}
        for name in names:
            asked.setdefault(_form(name), []).append(name)
        found: dict[str, set[int]] = {}
        for record, stored in self._by_key({name_key(name) for name in names}):
            for name in asked.get(_form(stored), ()):
                found.setdefault(name, set()).add(record)
        return found

    def _by_key(self, keys: set[str]) -> Iterable[tuple[int, str]]:
        table = self._table
        query: Any = select(table.c.id, table.c.name).where(table.c.name_key.in_(keys))
        yield from ((row[0], row[1]) for row in self.session.execute(query))
        if self._aliases is not None:
            other = self._aliases
            query = select(other.c[self._owner], other.c.name).where(other.c.name_key.in_(keys))
            yield from ((row[0], row[1]) for row in self.session.execute(query))

    def _external(self, names: set[str]) -> dict[str, set[int]]:
        """The cell may hold the id that the record has in the system it comes from."""
        if not names:
            return {}
        table = table_of(ExternalKey)
        query = select(table.c.key, table.c.record_id).where(
            table.c.system == self.system, table.c.kind == self.kind, table.c.key.in_(names)
        )
        return {row.key: {row.record_id} for row in self.session.execute(query)}

    def _near(self, name: str) -> Match:
        """The nearest known names; after many misses no more are looked for."""
        self._looked_up += 1
        if self._looked_up > _LOOKED_UP:
            return Match()
        from rapidfuzz import fuzz, process

        keys, names, ids = self._known()
        wanted = name_key(name)
        hits = process.extract(wanted, keys, scorer=fuzz.ratio, limit=4, score_cutoff=70)
        near = [(names[i], score, ids[i]) for key, score, i in hits if _is_near(wanted, key, score)]
        best = words.best(_distinct(near))
        meant = next((record for shown, _, record in near if best and shown == best.name), None)
        return Match(near=tuple(dict.fromkeys(shown for shown, _, _ in near))[:3], meant=meant)

    def _known(self) -> tuple[list[str], list[str], list[int]]:
        if self._everything is None:
            query = select(self._table.c.name_key, self._table.c.name, self._table.c.id)
            rows = self.session.execute(query.order_by(self._table.c.name)).all()
            self._everything = (
                [row[0] for row in rows],
                [row[1] for row in rows],
                [row[2] for row in rows],
            )
        return self._everything


def _form(name: str) -> str:
    return " ".join(normalise(name).split())


def _is_near(wanted: str, key: str, score: float) -> bool:
    """Names that differ in a number are two names ("Plant 1", "Plant 2"), however alike.

    Chinese names are short: one wrong sign of four or more is near there.
    """
    if _NUMBERS.findall(wanted) != _NUMBERS.findall(key):
        return False
    if score >= words.NEAR:
        return True
    from rapidfuzz.distance import Levenshtein

    return has_chinese(wanted) and len(wanted) >= 4 and Levenshtein.distance(wanted, key) == 1


def _distinct(near: list[tuple[str, float, int]]) -> list[NearName]:
    return [NearName(name, score) for name, score, _ in near]
