"""Libraries that cost nothing until they are asked."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from bot.building import Builder, lock_of
from kam_knowledge.documents import Passage
from kam_knowledge.lexicon import lexicon_file
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.lock import Behind, held
from kam_knowledge.search import Finding, Library, Readable
from tools.feed import FreshLibrary, LibraryDown, RecordFeed, told_when_down
from tools.text import text

_FEW = 50
"""Documents that a serving process indexes itself; more are for another process."""


class Closable(Library, Protocol):
    """A library that holds files or connections."""

    def close(self) -> None: ...


class Loadable(Closable, Protocol):
    """A library that can be loaded before it is asked; `stop` ends that loading."""

    def load(self) -> None: ...

    def stop(self) -> None: ...


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

    def load(self) -> None:
        """Opens it, and searches once."""
        _tried(self)

    def stop(self) -> None:
        """Leaves the loading to end by itself."""

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


class LibraryAtWork(LibraryDown):
    """Much is being indexed; until that is done nothing is looked up, since an answer could be
    short of what was written, or show what is no longer to be read."""


class BuiltBeside:
    """The library of a process that serves: where much is to be indexed, another process does
    it, and questions are told so meanwhile. Safe to use from many threads."""

    def __init__(
        self,
        home: Path,
        builder: Builder,
        opened: Callable[[], tuple[IndexedLibrary, RecordFeed]],
    ) -> None:
        self._home = home
        self._builder = builder
        self._open = opened
        self._lock = Lock()
        self._library: tuple[IndexedLibrary, RecordFeed] | None = None

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        return self._ready().search(question, readable, language=language, limit=limit)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return self._ready().passage(passage_id, readable)

    def load(self) -> None:
        """Opens it, once what is to be indexed has been; and searches once."""
        while not self._builder.closed:
            with suppress(LibraryAtWork):
                _tried(self)
                break
            self._builder.wait()

    def stop(self) -> None:
        """Ends the other process, and with it the loading."""
        self._builder.close()

    def close(self) -> None:
        """Lets go of the index, if it was opened, and ends the other process."""
        self._builder.close()
        with self._lock:
            if self._library is not None:
                self._library[0].index.close()
                self._library = None

    def _ready(self) -> FreshLibrary:
        """The library with all taken in. Raises `LibraryDown` where that takes another process,
        or cannot be done."""
        if self._builder.running or held(lock_of(self._home)):
            raise self._elsewhere()
        try:
            with told_when_down():
                return self._caught_up()
        except Behind as behind:
            raise self._elsewhere() from behind

    def _caught_up(self) -> FreshLibrary:
        documents, feed = self._opened()
        # Files that the other process could not read are left, and no reason to start it again.
        few = None if self._builder.unseen else _FEW
        documents.refresh(few)
        feed.catch_up(few)
        self._builder.seen()
        return FreshLibrary(documents, feed)

    def _opened(self) -> tuple[IndexedLibrary, RecordFeed]:
        with self._lock:
            if self._library is None:
                if not lexicon_file(self._home / "index").exists():
                    raise Behind(1)
                self._library = self._open()
            return self._library

    def _elsewhere(self) -> LibraryDown:
        """Has the index brought up to date; the words for who asked meanwhile."""
        self._builder.start()
        reference = self._builder.failure
        return _failed(reference) if reference else _at_work()


def _tried(library: Library) -> None:
    """Searches once, in both languages, for nobody."""
    nobody = Readable(frozenset(), 0, frozenset())
    library.search("account plan 客户计划", nobody, language="en")


def _at_work() -> LibraryAtWork:
    return LibraryAtWork(
        text(
            "The library is being indexed, so nothing was looked up in documents, plans and "
            "notes. Figures and changes work as usual; please ask again in a few minutes.",
            "资料库正在建立索引，因此未能查阅文档、计划和记录。数据查询与修改不受影响，"
            "请几分钟后再试。",
        )
    )


def _failed(reference: str) -> LibraryDown:
    return LibraryDown(
        text(
            "The library could not be indexed, so nothing was looked up in documents, plans and "
            "notes. Figures and changes work as usual. It is tried again every minute that "
            "somebody asks; if it stays so, tell whoever runs the assistant the reference "
            "{reference}.",
            "资料库未能建立索引，因此未能查阅文档、计划和记录。数据查询与修改不受影响。"
            "之后有人提问时会自动重试；若仍不行，请把编号 {reference} 告诉管理员。",
            reference=reference,
        )
    )
