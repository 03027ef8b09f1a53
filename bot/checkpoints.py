"""Where conversations are kept: beside the records, in the configured database.

A conversation is its newest state; the states before it are deleted, so that what is kept grows
with the conversations and not with the square of their length. What is read back becomes messages
and plain values only, never a call of something that the kept bytes name.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.engine import URL

_BUSY_SECONDS = 30.0
_CONNECTIONS = 8
_PRUNED_EVERY = 8
_SETUP_LOCK = 4_711_001
_Pool = AsyncConnectionPool[Any]
_OLDER_STATES = (
    "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?"
)
_OLDER_WRITES = "DELETE FROM writes WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?"


class SqliteConversations(AsyncSqliteSaver):
    """Keeps the newest state of each conversation in a SQLite file."""

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        saved = await super().aput(config, checkpoint, metadata, new_versions)
        place = saved["configurable"]
        key = (place["thread_id"], place["checkpoint_ns"], place["checkpoint_id"])
        async with self.lock:
            await self.conn.execute(_OLDER_STATES, key)
            await self.conn.execute(_OLDER_WRITES, key)
            await self.conn.commit()
        return saved


class PostgresConversations(AsyncPostgresSaver):
    """Keeps the newest states of each conversation in PostgreSQL."""

    def __init__(self, pool: _Pool) -> None:
        super().__init__(pool, serde=_plain_values())
        self._saved = count(1)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        saved = await super().aput(config, checkpoint, metadata, new_versions)
        if next(self._saved) % _PRUNED_EVERY == 0:
            # Another process may be saving the same conversation; the next time will do.
            with suppress(SerializationFailure, DeadlockDetected):
                await self.aprune([saved["configurable"]["thread_id"]])
        return saved


def _plain_values() -> JsonPlusSerializer:
    """Reads back what the library lists as safe and nothing else: by default it imports and
    calls whatever a database or a backup names."""
    return JsonPlusSerializer(allowed_msgpack_modules=None)


@asynccontextmanager
async def sqlite_conversations(path: str) -> AsyncIterator[SqliteConversations]:
    """Conversations in that file, in WAL mode; waits for other writers."""
    async with aiosqlite.connect(path, timeout=_BUSY_SECONDS) as connection:
        await connection.execute("PRAGMA synchronous=NORMAL")
        saver = SqliteConversations(connection, serde=_plain_values())
        await saver.setup()
        yield saver


@asynccontextmanager
async def postgres_conversations(url: URL) -> AsyncIterator[PostgresConversations]:
    """Conversations in that database over a few connections, each tried before it is used, so
    that a restart of the database costs no turn."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    async with AsyncConnectionPool(
        address,
        min_size=1,
        max_size=_CONNECTIONS,
        kwargs=options,
        check=AsyncConnectionPool.check_connection,
        open=False,
    ) as pool:
        saver = PostgresConversations(pool)
        async with _alone(pool):
            await saver.setup()
        yield saver


@asynccontextmanager
async def _alone(pool: AsyncConnectionPool[Any]) -> AsyncIterator[None]:
    """One process at a time makes the tables. It asks again and again, since a statement that
    waits for the lock would hold up the indexes that the other one builds."""
    async with pool.connection() as connection:
        while not await _took(connection):
            await asyncio.sleep(0.1)
        try:
            yield
        finally:
            await connection.execute("SELECT pg_advisory_unlock(%s)", (_SETUP_LOCK,))


async def _took(connection: Any) -> bool:
    answer = await connection.execute("SELECT pg_try_advisory_lock(%s) AS taken", (_SETUP_LOCK,))
    row: DictRow = await answer.fetchone()
    return bool(row["taken"])
