"""The index: passages in Chroma with their vectors, and in the lexical index with their terms.

A write goes to Chroma first and is then committed in the lexical index, between two marks
in a journal; what a killed process leaves half done is made good from the lexical index by
the next one that writes. This is the only module that imports chromadb.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kam_knowledge.beside import Beside
from kam_knowledge.documents import Passage
from kam_knowledge.embedding import Embedding
from kam_knowledge.lexical import PUBLIC, SCHEMA, Batch, LexicalIndex, number_of, text_for
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.lock import locked
from kam_knowledge.search import Readable

_ROWS = 1_000
_KEYS = 200
_NOBODY = -1
_WAIT = 30.0
_QUERY_WAIT = 1.0

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
        self._vectors = _Vectors(folder, embedding, chroma_url)
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
        than the part under way. Raises `Busy` when another process does not finish."""
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
            self._restore(json.loads(self._journal.read_text("utf-8")))
            self._journal.unlink()
        if not self._embedded.exists():
            keys = list(self.lexical.documents())
            for start in range(0, len(keys), _KEYS):
                self._restore(keys[start : start + _KEYS])
            self._embedded.touch()

    def _restore(self, keys: Iterable[str]) -> None:
        known = self.lexical.documents()
        self._vectors.write(
            [Batch(key, known.get(key, ""), self.lexical.passages(key)) for key in keys]
        )


class _Vectors:
    """A Chroma collection whose name carries the embedding's fingerprint.

    Two processes on one embedded path read each other's writes wrongly and silently. So the
    caller holds the index's lock, and a change of generation, written by any process after
    it wrote, makes the next operation open the path anew.
    """

    def __init__(self, folder: Path, embedding: Embedding, url: str | None) -> None:
        self._folder = folder
        self._embedding = embedding
        self._url = url
        self._generation = folder / "generation"
        self._opened: tuple[str, Any, Any] | None = None

    def write(self, batches: Sequence[Batch]) -> None:
        collection = self._collection()
        collection.delete(where={"key": {"$in": [batch.key for batch in batches]}})
        rows = [(batch, passage) for batch in batches for passage in batch.passages]
        for start in range(0, len(rows), _ROWS):
            self._add(collection, rows[start : start + _ROWS])
        self._stamp()

    def nearest(self, vector: Any, readable: Readable, limit: int) -> dict[int, float]:
        found = self._collection().query(
            query_embeddings=[vector],
            n_results=limit,
            where=_where(readable),
            include=["distances"],
        )
        distances = zip(found["ids"][0], found["distances"][0], strict=True)
        return {number_of(passage): 1 - float(distance) for passage, distance in distances}

    def contents(self) -> dict[str, set[tuple[str, str]]]:
        """Per document the ids of its passages, each with the document's digest."""
        collection = self._collection()
        held: dict[str, set[tuple[str, str]]] = {}
        for start in range(0, collection.count(), _ROWS):
            rows = collection.get(limit=_ROWS, offset=start, include=["metadatas"])
            for passage, about in zip(rows["ids"], rows["metadatas"], strict=True):
                held.setdefault(about["key"], set()).add((passage, about["digest"]))
        return held

    def close(self) -> None:
        if self._opened is None:
            return
        client = self._opened[1]
        self._opened = None
        close_chroma(client)

    def _add(self, collection: Any, rows: Sequence[tuple[Batch, Passage]]) -> None:
        texts = [passage.text for _, passage in rows]
        collection.upsert(
            ids=[passage.id for _, passage in rows],
            embeddings=self._embedding.embed(texts),
            documents=texts,
            metadatas=[_metadata(batch, passage) for batch, passage in rows],
        )

    def _collection(self) -> Any:
        generation = self._generation.read_text() if self._generation.exists() else ""
        if self._opened is not None and (self._url or self._opened[0] == generation):
            return self._opened[2]
        self.close()
        client = open_chroma(self._url, self._folder / "chroma")
        collection = client.get_or_create_collection(
            f"passages-{self._embedding.fingerprint}",
            embedding_function=None,
            metadata={"hnsw:space": "cosine"},
        )
        self._opened = (generation, client, collection)
        return collection

    def _stamp(self) -> None:
        generation = os.urandom(8).hex()
        self._generation.write_text(generation)
        if self._opened is not None:
            self._opened = (generation, *self._opened[1:])


def open_chroma(url: str | None, path: Path | None = None) -> Any:
    """A client of the server at `url`, or of the embedded Chroma in the folder `path`."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return chromadb.PersistentClient(str(path), settings=settings)
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=settings,
    )


def close_chroma(client: Any) -> None:
    """Closes the client, and the connections to a server that it leaves open."""
    client.close()
    for server in (client._server, client._admin_client._server):
        if hasattr(server, "_session"):
            server._session.close()


def _metadata(batch: Batch, passage: Passage) -> dict[str, str | int]:
    about = asdict(passage)
    del about["id"], about["text"]
    return about | {
        "key": batch.key,
        "digest": batch.digest,
        "account": _NOBODY if passage.account is None else passage.account,
        "unit": _NOBODY if passage.unit is None else passage.unit,
        "sources": " ".join(passage.sources),
    }


def _where(readable: Readable) -> dict[str, Any]:
    """The condition that keeps a query to what the asker may read."""
    general = [{"account": _NOBODY}, {"level": PUBLIC}]
    either: list[dict[str, Any]] = [{"level": {"$lte": readable.elsewhere}}, {"$and": general}]
    if readable.accounts is None:
        either.append({"account": {"$ne": _NOBODY}})
    elif readable.accounts:
        either.append({"account": {"$in": list(readable.accounts)}})
    conditions: list[dict[str, Any]] = [{"$or": either}]
    if readable.units is not None:
        conditions.append({"unit": {"$in": [_NOBODY, *readable.units]}})
    if readable.about is not None:
        method = [_NOBODY] if readable.method else []
        conditions.append({"account": {"$in": [*method, *readable.about]}})
    elif not readable.method:
        conditions.append({"account": {"$ne": _NOBODY}})
    return {"$and": conditions} if len(conditions) > 1 else conditions[0]


def _parts(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    part: list[Batch] = []
    for batch in batches:
        part.append(batch)
        if sum(len(held.passages) for held in part) >= _ROWS:
            yield part
            part = []
    if part:
        yield part
