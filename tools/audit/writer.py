"""Entries written by one thread, many in one transaction.

Whoever hands in an entry waits until it is kept; those who wait together share one commit, so
that readers do not queue for the database's only writer one by one.
"""

import logging
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, Queue
from threading import Lock, Thread
from time import monotonic

from tools.audit.chain import Event, Head, append_all
from tools.audit.witness import Witness
from tools.data.database import Sessions

log = logging.getLogger(__name__)

_MOST_WAITING = 1_000
_AT_ONCE = 100
_PATIENCE = 30.0
_WITNESS_EVERY = 1.0

_Waiting = tuple[Event, "Future[None]"]


class AuditWriter:
    """Keeps entries in one database; `witness` learns of the newest head once a second and when
    the writer is closed."""

    def __init__(self, sessions: Sessions, witness: Witness | None = None) -> None:
        self._sessions = sessions
        self._witness = witness
        self._queue: Queue[_Waiting | None] = Queue(_MOST_WAITING)
        self._starting = Lock()
        self._thread: Thread | None = None
        self._newest: Head | None = None
        self._due = 0.0

    def keep(self, event: Event) -> None:
        """Returns when the entry is committed; raises what kept it from being so."""
        self._start()
        done: Future[None] = Future()
        self._queue.put((event, done), timeout=_PATIENCE)
        done.result()

    def close(self) -> None:
        """Writes what waits and ends the thread."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        going = True
        while going:
            batch = self._next()
            going = None not in batch
            self._write([waiting for waiting in batch if waiting is not None])
            if not going or self._due <= monotonic():
                self._note()

    def _next(self) -> list[_Waiting | None]:
        """What waits, once something does or the witness is due; None ends the thread."""
        left = None if self._newest is None else max(0.0, self._due - monotonic())
        try:
            batch = [self._queue.get(timeout=left)]
        except Empty:
            return []
        with suppress(Empty):
            while len(batch) < _AT_ONCE:
                batch.append(self._queue.get_nowait())
        return batch

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            if batch:
                self._commit([event for event, _ in batch])
        except Exception as error:  # noqa: BLE001  (whoever waits gets it)
            for _, done in batch:
                done.set_exception(error)
            return
        for _, done in batch:
            done.set_result(None)

    def _commit(self, events: list[Event]) -> None:
        with self._sessions() as session:
            head = append_all(session, events)
            session.commit()
        if self._newest is None:
            self._due = monotonic() + _WITNESS_EVERY
        self._newest = head

    def _note(self) -> None:
        """Tells the witness of the newest head. Nobody waits for it: replacing a file can take
        longer than the commit."""
        newest, self._newest = self._newest, None
        if self._witness is None or newest is None:
            return
        try:
            with self._sessions() as session:
                self._witness.note(session, newest)
        except Exception:
            log.exception("the witness of the audit trail was not told")
