"""The index: passages in Chroma with their vectors, and in the lexical index with their terms.

A write goes to Chroma first and is then committed in the lexical index, between two marks
in a journal; what a killed process leaves half done is made good from the lexical index by
the next one that writes.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kam_knowledge.beside import Beside
from kam_knowledge.documents import Passage
from kam_knowledge.embedding import Embedding
from kam_knowledge.lexical import LexicalIndex
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.lock import Unavailable, locked
from kam_knowledge.search import Readable
from kam_knowledge.stored import SCHEMA, Batch, text_for
from kam_knowledge.vectors import Vectors

_ROWS = 1_000
_KEYS = 200
_WAIT = 30.0
_QUERY_WAIT = 1.0
_LATE = 1.0

Progress = Callable[[int], None]


class Index:
    """Everything that can be searched, kept under one folder."""

    def __init__(
        self, folder: Path, lexicon: Lexicon, embedding: Embedding, chroma_url: str | None = None
    ) -> None:
        self.folder = folder
        self._lexicon = lexicon
        self.embedding = embedding
        self.lexical = LexicalIndex(folder / f"lexical-{SCHEMA}", lexicon)
        self.asked = LexicalIndex(folder / f"asked-{SCHEMA}", lexicon)
        self._vectors = Vectors(folder, embedding, chroma_url)
        self._lock = folder / "lock"
        self._journal = folder / "unfinished.json"
        self._embedded = folder / f"embedded-{embedding.fingerprint}"

    def replace(self, document_id: str, passages: Sequence[Passage], digest: str) -> None:
        """Puts a document's passages in the place of those it had; none removes it."""
        self.apply([Batch(document_id, digest, tuple(passages))])

    def remove(self, document_id: str) -> None:
        self.apply([Batch(document_id, "", ())])

    def apply(self, batches: Iterable[Batch], progress: Progress | None = None) -> None:
        """Replaces many documents, some hundred passages at a time; a kill loses no more
        than the part under way. Raises `Unavailable` when it cannot be written now."""
        with ExitStack() as stack:
            beside: Beside | None = None
            for part in _parts(batches):
                count = sum(len(batch.passages) for batch in part)
                if beside is None and count >= _ROWS:
                    beside = stack.enter_context(Beside(self.folder, self._lexicon))
                with locked(self._lock, wait=_WAIT):
                    self._repair()
                    self._write(part, beside)
                if progress is not None:
                    progress(count)

    def nearest(self, question: str, readable: Readable, limit: int) -> dict[int, float]:
        """The passages with the nearest vectors by number, with their cosines.

        Raises `Busy` while another process writes for long."""
        vector = self.embedding.embed([question])[0]
        with locked(self._lock, wait=_QUERY_WAIT):
            return self._vectors.nearest(vector, readable, limit)

    def repair(self) -> None:
        """Makes good what a killed process left half done, and embeds everything that is
        indexed when the embedding has changed."""
        if self._journal.exists() or not self._embedded.exists():
            with locked(self._lock, wait=_WAIT):
                self._repair()

    def rewrite(self) -> None:
        """Writes all that is indexed anew, so that what was removed is left in no file here:
        neither Chroma nor the lexical index wipes it on the disk. A Chroma server's files are
        its own matter. Raises `Unavailable` as `apply` does; `repair` does what is left then."""
        with locked(self._lock, wait=_WAIT), _kept():
            self._repair()
            if self._vectors.embedded:
                self._embedded.unlink()
                self._vectors.wipe()
            self.lexical.rewrite()
            self._repair()

    def to_embed(self) -> int:
        """How many documents `repair` would embed anew, since the embedding has changed."""
        return 0 if self._embedded.exists() else len(self.lexical.documents())

    def close(self) -> None:
        """Lets go of Chroma; the next use opens it again."""
        self._vectors.close()

    def disagreements(self) -> list[str]:
        """Keys of documents that Chroma and the lexical index do not hold alike."""
        with locked(self._lock, wait=_WAIT):
            dense = self._vectors.contents()
            keys = set(self.lexical.documents()) | set(dense)
            return sorted(key for key in keys if self._contents(key) != dense.get(key, set()))

    def restore(self, keys: Iterable[str]) -> None:
        """Makes Chroma hold these documents as the lexical index does."""
        with locked(self._lock, wait=_WAIT):
            self._restore(keys)

    def _contents(self, key: str) -> set[tuple[str, str]]:
        digest = self.lexical.documents(key).get(key, "")
        return {(passage.id, digest) for passage in self.lexical.passages(key)}

    def _write(self, part: Sequence[Batch], beside: Beside | None) -> None:
        if beside is not None:
            beside.ask([text_for(passage) for batch in part for passage in batch.passages])
        with _kept():
            self._keep(part, beside)

    def _keep(self, part: Sequence[Batch], beside: Beside | None) -> None:
        pending = self._journal.with_suffix(".new")
        with pending.open("w", encoding="utf-8") as file:
            json.dump([batch.key for batch in part], file)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self._journal)
        self._vectors.write(part)
        asked = [b for b in part if b.questions is not None]
        if asked:
            self.asked.write(Batch(b.key, b.digest, b.questions or ()) for b in asked)
        self.lexical.write(part, beside.answers() if beside is not None else None)
        self._journal.unlink()

    def _repair(self) -> None:
        if self._journal.exists():
            self._let_pass()
            self._restore(json.loads(self._journal.read_text("utf-8")))
            self._journal.unlink()
        if not self._embedded.exists():
            keys = list(self.lexical.documents())
            for start in range(0, len(keys), _KEYS):
                self._restore(keys[start : start + _KEYS])
            self._embedded.touch()

    def _let_pass(self) -> None:
        """Waits until a Chroma server has carried out what a process asked of it that was then
        killed; it would undo what is made good before."""
        if not self._vectors.embedded:
            age = time.time() - self._journal.stat().st_mtime
            time.sleep(min(max(_LATE - age, 0.0), _LATE))

    def _restore(self, keys: Iterable[str]) -> None:
        known = self.lexical.documents()
        self._vectors.write(
            [Batch(key, known.get(key, ""), self.lexical.passages(key)) for key in keys]
        )


@contextmanager
def _kept() -> Iterator[None]:
    """Makes `Unavailable` of what a full or failing disk makes Python and tantivy raise."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise Unavailable(f"the index cannot be written: {error}") from error


def _parts(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    part: list[Batch] = []
    for batch in batches:
        part.append(batch)
        if sum(len(held.passages) for held in part) >= _ROWS:
            yield part
            part = []
    if part:
        yield part
