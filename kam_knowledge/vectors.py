"""The vectors of the passages, in Chroma. This is the only module that imports chromadb."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kam_knowledge.documents import Passage
from kam_knowledge.embedding import Embedding
from kam_knowledge.lock import Unavailable
from kam_knowledge.search import PUBLIC, Readable
from kam_knowledge.stored import NOBODY, Batch, number_of

_ROWS = 1_000
_SERVER_OPENS, _SERVER_ANSWERS = 10.0, 60.0


class Vectors:
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
        with self._answering() as collection:
            collection.delete(where={"key": {"$in": [batch.key for batch in batches]}})
            rows = [(batch, passage) for batch in batches for passage in batch.passages]
            for start in range(0, len(rows), _ROWS):
                self._add(collection, rows[start : start + _ROWS])
            self._stamp()

    def nearest(self, vector: Any, readable: Readable, limit: int) -> dict[int, float]:
        with self._answering() as collection:
            found = collection.query(
                query_embeddings=[vector],
                n_results=limit,
                where=_where(readable),
                include=["distances"],
            )
        distances = zip(found["ids"][0], found["distances"][0], strict=True)
        return {number_of(passage): 1 - float(distance) for passage, distance in distances}

    def contents(self) -> dict[str, set[tuple[str, str]]]:
        """Per document the ids of its passages, each with the document's digest."""
        held: dict[str, set[tuple[str, str]]] = {}
        with self._answering() as collection:
            for start in range(0, collection.count(), _ROWS):
                rows = collection.get(limit=_ROWS, offset=start, include=["metadatas"])
                for passage, about in zip(rows["ids"], rows["metadatas"], strict=True):
                    held.setdefault(about["key"], set()).add((passage, about["digest"]))
        return held

    @property
    def embedded(self) -> bool:
        """Whether Chroma's files are in this folder, and not with a server."""
        return self._url is None

    def wipe(self) -> None:
        """Removes the embedded Chroma from the disk, which otherwise keeps texts that were
        deleted. Other processes open it anew; this one may have it open only here."""
        self.close()
        shutil.rmtree(self._folder / "chroma", ignore_errors=True)
        self._stamp()

    def close(self) -> None:
        if self._opened is None:
            return
        client = self._opened[1]
        self._opened = None
        close_chroma(client)

    @contextmanager
    def _answering(self) -> Iterator[Any]:
        """The collection. Whatever Chroma, or a server on the way to it, fails with becomes
        `Unavailable`, and the next use opens it anew: a server may come back as another."""
        try:
            yield self._collection()
        except Exception as error:
            with suppress(Exception):
                self.close()
            where = self._url or self._folder / "chroma"
            raise Unavailable(f"Chroma ({where}): {error}") from error

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
    _awake(url)
    client: Any = chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=settings,
    )
    client._server._session.timeout = _SERVER_ANSWERS
    return client


def _awake(url: str) -> None:
    """Raises where the server does not answer: the client itself would wait for ever."""
    import httpx

    httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_SERVER_OPENS).raise_for_status()


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
        "account": NOBODY if passage.account is None else passage.account,
        "unit": NOBODY if passage.unit is None else passage.unit,
        "sources": " ".join(passage.sources),
    }


def _where(readable: Readable) -> dict[str, Any]:
    """The condition that keeps a query to what the asker may read."""
    general = [{"account": NOBODY}, {"level": PUBLIC}]
    either: list[dict[str, Any]] = [{"level": {"$lte": readable.elsewhere}}, {"$and": general}]
    if readable.accounts is None:
        either.append({"account": {"$ne": NOBODY}})
    elif readable.accounts:
        either.append({"account": {"$in": list(readable.accounts)}})
    conditions: list[dict[str, Any]] = [{"$or": either}]
    if readable.units is not None:
        conditions.append({"unit": {"$in": [NOBODY, *readable.units]}})
    if readable.about is not None:
        method = [NOBODY] if readable.method else []
        conditions.append({"account": {"$in": [*method, *readable.about]}})
    elif not readable.method:
        conditions.append({"account": {"$ne": NOBODY}})
    return {"$and": conditions} if len(conditions) > 1 else conditions[0]
