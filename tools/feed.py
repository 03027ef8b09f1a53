"""Records that people can search: plans and notes, carried into the index as they change.

Whoever changes one leaves an outbox row in the same transaction. Each index folder remembers
which rows it has taken in, so any number of processes and folders follow the same outbox.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session, col, func, select

from kam_knowledge.documents import Passage
from kam_knowledge.index import Index
from kam_knowledge.lock import Behind, Unavailable, locked
from kam_knowledge.search import Finding, Library, Readable
from kam_knowledge.stored import Batch
from tools.data.database import Sessions
from tools.data.models import OutboxEntry
from tools.data.written import NOTES, PLAN, keys_of, written
from tools.errors import KamError
from tools.text import text

log = logging.getLogger(__name__)

_LATE = 1_000
"""Rows may be committed out of the order of their ids, by at most this many."""

_WAIT = 30.0
_AT_ONCE = 200


@dataclass
class RecordFeed:
    """Brings plans and notes of one database into one index."""

    sessions: Sessions
    index: Index
    folder: Path
    _seen: tuple[int, int] = field(default=(0, -1), init=False)

    def catch_up(self, at_most: int | None = None) -> int:
        """Takes in what has changed; returns how many documents. Costs one small query when
        nothing has. Raises `Behind` where more than `at_most` may have."""
        with self.sessions() as session:
            newest, count = _extent(session, self._seen[0] - _LATE)
            if (newest, count) == self._seen and self._state.exists():
                return 0
            seen = newest, _extent(session, newest - _LATE)[1]
        with locked(self.folder / "feed.lock", wait=_WAIT):
            changed = self._take_in(at_most)
        self._seen = seen
        return changed

    def disagreements(self) -> list[str]:
        """Keys of documents that the index does not hold as the records do."""
        with self.sessions() as session:
            held = {key: written(session, key).digest for key in keys_of(session)}
        known = self._indexed()
        return sorted(key for key in held.keys() | known.keys() if held.get(key) != known.get(key))

    def rebuild(self) -> int:
        """Compares every document and takes in those that differ; returns how many."""
        with locked(self.folder / "feed.lock", wait=_WAIT):
            self._state.unlink(missing_ok=True)
            return self._take_in()

    @property
    def _state(self) -> Path:
        return self.folder / "records.json"

    def _take_in(self, at_most: int | None = None) -> int:
        done = self._done()
        with self.sessions() as session:
            if done is None:
                rows: dict[int, str] = dict.fromkeys(_recent(session, 0), "")
                keys = [*keys_of(session), *self._indexed()]
            else:
                rows = {
                    i: k for i, k in _recent(session, max(done) - _LATE).items() if i not in done
                }
                keys = list(rows.values())
            due = sorted(set(keys))
            if at_most is not None and len(due) > at_most:
                raise Behind(len(due))
            taken = self._write(session, due)
        self._remember([*(done or [0]), *rows])
        return taken

    def _write(self, session: Session, keys: list[str]) -> int:
        known = self._indexed()
        taken = 0
        for start in range(0, len(keys), _AT_ONCE):
            documents = [written(session, key) for key in keys[start : start + _AT_ONCE]]
            changed = [
                d for d in documents if known.get(d.key) != (d.digest if d.passages else None)
            ]
            self.index.apply(
                Batch(d.key, d.digest if d.passages else "", d.passages) for d in changed
            )
            taken += len(changed)
        return taken

    def _indexed(self) -> dict[str, str]:
        return {
            key: digest
            for kind in (PLAN, NOTES)
            for key, digest in self.index.lexical.documents(f"{kind}:").items()
        }

    def _done(self) -> set[int] | None:
        """The outbox rows taken in, the newest thousand of them; None before the first time."""
        if not self._state.exists():
            return None
        return set(json.loads(self._state.read_text("utf-8")))

    def _remember(self, rows: list[int]) -> None:
        pending = self._state.with_suffix(".new")
        newest = max(rows)
        kept = sorted({row for row in rows if row > newest - _LATE} | {newest})
        pending.write_text(json.dumps(kept), "utf-8")
        pending.replace(self._state)


class LibraryDown(KamError):
    """The library cannot be searched for now; the records can be used all the same."""


@contextmanager
def told_when_down() -> Iterator[None]:
    """Makes `LibraryDown` of an index that cannot be reached, read or written for now."""
    try:
        yield
    except (Unavailable, OSError) as error:
        log.warning("the library is down: %s", error)
        raise LibraryDown(
            text(
                "The library cannot be reached right now, so nothing was looked up in documents, "
                "plans and notes. Figures and changes work as usual; please ask again in a few "
                "minutes.",
                "资料库暂时无法访问，因此未能查阅文档、计划和记录。数据查询与修改不受影响，"
                "请几分钟后再试。",
            )
        ) from error


@dataclass(frozen=True)
class FreshLibrary:
    """A library that takes in changed records before it answers. Raises `LibraryDown` where
    it cannot."""

    library: Library
    feed: RecordFeed

    def close(self) -> None:
        """Lets go of the index."""
        self.feed.index.close()

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        with told_when_down():
            self.feed.catch_up()
            return self.library.search(question, readable, language=language, limit=limit)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        with told_when_down():
            self.feed.catch_up()
            return self.library.passage(passage_id, readable)


def _extent(session: Session, after: int) -> tuple[int, int]:
    """The newest outbox row, and how many there are past `after`: a commit moves one of them."""
    query = select(func.max(OutboxEntry.id), func.count()).where(col(OutboxEntry.id) > after)
    newest, count = session.exec(query).one()
    return int(newest or 0), int(count)


def _recent(session: Session, after: int) -> dict[int, str]:
    """The keys of the documents that outbox rows name, by row."""
    query = select(OutboxEntry.id, OutboxEntry.kind, OutboxEntry.key)
    rows = session.exec(query.where(col(OutboxEntry.id) > after))
    return {row or 0: f"{kind}:{key}" for row, kind, key in rows}
