"""Names found as somebody types them: by any alias, in either script, by pinyin, with a typo."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlmodel import Session, func, select

from bot.agent.lexicon import sound_of
from kam_knowledge.scripts import has_chinese
from tools.data.database import Sessions
from tools.data.models import Account, AccountAlias, AuditEntry, Person, PersonAlias
from tools.domain.names import name_key

MOST = 100
"""Options that a menu takes."""
_ENOUGH = 10
_LIKE = 80.0
_SHORTEST_TYPO = 3
_WORDS = re.compile(r"[^\W_]+")


Named = tuple[int, str, str, str]
"""A record's id and name, one way to write it, and the key of that."""


@dataclass(frozen=True)
class Found:
    """A record that goes by what was typed; `called` is the alias that fits, where it is one."""

    id: int
    name: str
    called: str | None = None

    @property
    def label(self) -> str:
        return f"{self.name} ({self.called})" if self.called else self.name


@dataclass(frozen=True)
class _Entry:
    id: int
    name: str
    alias: str
    key: str
    words: tuple[str, ...]
    sound: str
    initials: str


class Finder:
    """The names of one kind of record, read anew when they change."""

    def __init__(
        self,
        sessions: Sessions,
        names: Callable[[Session], Iterable[Named]],
        watched: Sequence[Any],
    ) -> None:
        """`watched` are the tables whose rows hold the names."""
        self._sessions = sessions
        self._names = names
        self._watched = watched
        self._state: tuple[Any, ...] | None = None
        self._entries: tuple[_Entry, ...] = ()
        self._lock = Lock()

    def find(self, typed: str, may_see: Callable[[int], bool], most: int = MOST) -> list[Found]:
        """The records that may be seen and go by what was typed, the most likely first."""
        wanted = name_key(typed)
        if not wanted:
            return []
        entries = self._read()
        ranked = _ranked(entries, wanted, has_chinese(typed))
        found = _allowed(ranked, may_see, most)
        if len(found) < _ENOUGH and len(wanted) >= _SHORTEST_TYPO:
            more = _allowed(_alike(entries, wanted), may_see, most)
            known = {one.id for one in found}
            found += [one for one in more if one.id not in known]
        return found[:most]

    def _read(self) -> tuple[_Entry, ...]:
        with self._lock, self._sessions() as session:
            state = _state_of(session, self._watched)
            if state != self._state:
                self._entries = tuple(_entry(*named) for named in self._names(session))
                self._state = state
            return self._entries


def account_finder(sessions: Sessions) -> Finder:
    """Accounts by name and alias."""
    return Finder(sessions, _named(Account, AccountAlias, "account_id"), (Account, AccountAlias))


def person_finder(sessions: Sessions) -> Finder:
    """Colleagues who are here, by name and alias."""
    return Finder(sessions, _colleagues, (Person, PersonAlias))


def _named(table: Any, alias: Any, owner: str) -> Callable[[Session], Iterable[Named]]:
    def read(session: Session) -> Iterable[Named]:
        held = getattr(alias, owner)
        own = session.exec(select(table.id, table.name, table.name, table.name_key))
        aliases = select(table.id, table.name, alias.name, alias.name_key)
        return [*map(tuple, own), *map(tuple, session.exec(aliases.where(held == table.id)))]

    return read


def _colleagues(session: Session) -> Iterable[Named]:
    here = set(session.exec(select(Person.id).where(Person.active)))
    read = _named(Person, PersonAlias, "person_id")
    return [named for named in read(session) if named[0] in here]


def _state_of(session: Session, tables: Sequence[Any]) -> tuple[Any, ...]:
    """Changes whenever a row of these tables comes, goes or rises in its version, and with
    every entry of the audit trail."""
    figures = [part for t in tables for part in (func.count(t.id), func.sum(t.version))]
    columns = [select(figure).scalar_subquery() for figure in (*figures, func.max(AuditEntry.id))]
    return tuple(session.connection().execute(select(*columns)).one())


def _entry(number: int, name: str, alias: str, key: str) -> _Entry:
    sounds = [sound_of(sign) for sign in key] if has_chinese(key) else []
    words = tuple(_WORDS.findall(alias.casefold()))
    return _Entry(
        number,
        name,
        alias,
        key,
        words[1:],
        "".join(sounds),
        "".join(sound[:1] for sound in sounds),
    )


def _ranked(entries: Iterable[_Entry], wanted: str, chinese: bool) -> list[tuple[int, int, _Entry]]:
    ranks = ((_rank(entry, wanted, chinese), entry) for entry in entries)
    return [(rank, len(entry.key), entry) for rank, entry in ranks if rank is not None]


def _rank(entry: _Entry, wanted: str, chinese: bool) -> int | None:
    """How well an entry fits, 0 being best; None where it does not."""
    if entry.key.startswith(wanted):
        return 0 if entry.key == wanted else 1
    if any(word.startswith(wanted) for word in entry.words):
        return 2
    if wanted in entry.key:
        return 4
    return None if chinese or not entry.sound else _rank_by_sound(entry, wanted)


def _rank_by_sound(entry: _Entry, wanted: str) -> int | None:
    if entry.sound.startswith(wanted) or entry.initials.startswith(wanted):
        return 3
    return 5 if len(wanted) > 2 and wanted in entry.sound else None


def _alike(entries: Sequence[_Entry], wanted: str) -> list[tuple[int, int, _Entry]]:
    """The entries of which a part is nearly what was typed."""
    from rapidfuzz import fuzz, process

    found = []
    for keys in ([entry.key for entry in entries], [entry.sound for entry in entries]):
        near = process.extract(
            wanted, keys, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=4 * MOST
        )
        # What is much shorter than the text typed is found within any text.
        found += [
            (round(100 - likeness), len(entries[i].key), entries[i])
            for key, likeness, i in near
            if 2 * len(key) > len(wanted)
        ]
    return found


def _allowed(
    ranked: Iterable[tuple[int, int, _Entry]], may_see: Callable[[int], bool], most: int
) -> list[Found]:
    """Each record once, by the name that fits it best."""
    found: dict[int, Found] = {}
    for _, _, entry in sorted(ranked, key=lambda each: (each[0], each[1], each[2].name)):
        if entry.id not in found and may_see(entry.id):
            called = entry.alias if entry.alias != entry.name else None
            found[entry.id] = Found(entry.id, entry.name, called)
            if len(found) == most:
                break
    return list(found.values())
