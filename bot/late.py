"""A library that costs nothing until it is asked."""

from collections.abc import Callable
from threading import Lock
from typing import Protocol

from kam_knowledge.documents import Passage
from kam_knowledge.search import Finding, Library, Readable
from tools.feed import told_when_down


class Closable(Library, Protocol):
    """A library that holds files or connections."""

    def close(self) -> None: ...


class LateLibrary:
    """Stands for a library that is opened by its first use; safe to use from many threads."""

    def __init__(self, opened: Callable[[], Closable]) -> None:
        self._open = opened
        self._lock = Lock()
        self._library: Closable | None = None

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        return self._opened().search(question, readable, language=language, limit=limit)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return self._opened().passage(passage_id, readable)

    def close(self) -> None:
        """Lets go of what was opened, if anything was."""
        with self._lock:
            if self._library is not None:
                self._library.close()
                self._library = None

    def _opened(self) -> Library:
        with self._lock:
            if self._library is None:
                with told_when_down():
                    self._library = self._open()
            return self._library
