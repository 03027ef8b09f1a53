"""Entries written by one thread, many in one transaction.

Whoever hands in an entry waits until it is kept; those who wait together share one commit, so
that readers do not queue for the database's only writer one by one.
"""

from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, Queue
from threading import Lock, Thread

from tools.audit.chain import Event, append_all
from tools.audit.witness import Witness
from tools.data.database import Sessions

_MOST_WAITING = 1_000
_AT_ONCE = 100
_PATIENCE = 30.0

_Waiting = tuple[Event, "Future[None]"]


class AuditWriter:
    """Keeps entries in one database; `witness` learns of each new head."""

    def __init__(self, sessions: Sessions, witness: Witness | None = None) -> None:
        self._sessions = sessions
        self._witness = witness
        self._queue: Queue[_Waiting | None] = Queue(_MOST_WAITING)
        self._starting = Lock()
        self._thread: Thread | None = None

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
            batch = [self._queue.get()]
            with suppress(Empty):
                while len(batch) < _AT_ONCE:
                    batch.append(self._queue.get_nowait())
            going = None not in batch
            self._write([waiting for waiting in batch if waiting is not None])

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
            if self._witness is not None:
                self._witness.note(session, head)
