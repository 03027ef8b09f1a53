"""Conversations as the checkpointer keeps them: backed up, moved, and ended by age.

Only the newest state of a conversation matters; a line holds one conversation.
"""

import base64
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple
from sqlalchemy import Engine, inspect
from sqlalchemy import text as sql

Saver = BaseCheckpointSaver[Any]
_TABLE = "checkpoints"
_FIRST_TICK = datetime(1582, 10, 15, tzinfo=UTC)


def conversations(engine: Engine) -> dict[str, datetime]:
    """Each conversation, by the key of its thread, with the time of its last message."""
    if not inspect(engine).has_table(_TABLE):
        return {}
    query = sql(f"SELECT thread_id, max(checkpoint_id) FROM {_TABLE} GROUP BY thread_id")  # noqa: S608
    with engine.connect() as connection:
        return {thread: _moment(newest) for thread, newest in connection.execute(query)}


async def lines(saver: Saver, threads: Iterable[str]) -> AsyncIterator[str]:
    """Each of these conversations as one line of JSON, alike for every database."""
    for thread in threads:
        kept = await saver.aget_tuple(_config(thread))
        if kept is not None:
            yield _line(saver, thread, kept)


async def take_in(saver: Saver, given: Iterable[str]) -> int:
    """Puts conversations in, each in the place of what was there; returns how many."""
    count = 0
    for line in given:
        held = json.loads(line)
        thread: str = held["thread"]
        if await saver.aget_tuple(_config(thread)) is not None:
            await saver.adelete_thread(thread)
        checkpoint = _read(saver, held["checkpoint"])
        config = await saver.aput(
            _config(thread),
            checkpoint,
            _read(saver, held["metadata"]),
            checkpoint["channel_versions"],
        )
        for task, writes in held["writes"].items():
            values = [(channel, _read(saver, value)) for channel, value in writes]
            await saver.aput_writes(config, values, task)
        count += 1
    return count


async def end_older(saver: Saver, engine: Engine, days: int, now: datetime) -> int:
    """Deletes the conversations without a message for so many days; 0 keeps all of them."""
    if not days:
        return 0
    limit = now - timedelta(days=days)
    old = [thread for thread, last in conversations(engine).items() if last < limit]
    return await end(saver, old)


async def end(saver: Saver, threads: Iterable[str]) -> int:
    """Deletes these conversations; returns how many."""
    count = 0
    for thread in threads:
        await saver.adelete_thread(thread)
        count += 1
    return count


async def naming(saver: Saver, engine: Engine, names: Sequence[str]) -> list[str]:
    """The conversations in which one of these names is said."""
    found = []
    for thread in conversations(engine):
        kept = await saver.aget_tuple(_config(thread))
        if kept is not None and any(name in _said(kept) for name in names):
            found.append(thread)
    return found


def of_person(engine: Engine, person_id: int) -> list[str]:
    """The conversations of one of our people: the key of a thread ends with the person's id."""
    return [thread for thread in conversations(engine) if thread.endswith(f":{person_id}")]


async def said_in(saver: Saver, threads: Iterable[str]) -> dict[str, list[str]]:
    """The messages of these conversations, as words."""
    found = {}
    for thread in threads:
        kept = await saver.aget_tuple(_config(thread))
        messages = kept.checkpoint["channel_values"].get("messages", ()) if kept else ()
        found[thread] = [f"{message.type}: {message.text}" for message in messages]
    return found


def _said(kept: CheckpointTuple) -> str:
    return repr(kept.checkpoint["channel_values"])


def _config(thread: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}


def _line(saver: Saver, thread: str, kept: CheckpointTuple) -> str:
    writes: dict[str, list[Any]] = {}
    for task, channel, value in kept.pending_writes or ():
        writes.setdefault(task, []).append([channel, _kept(saver, value)])
    held = {
        "thread": thread,
        "checkpoint": _kept(saver, kept.checkpoint),
        "metadata": _kept(saver, kept.metadata),
        "writes": writes,
    }
    return json.dumps(held, separators=(",", ":"))


def _kept(saver: Saver, value: Any) -> list[str]:
    kind, content = saver.serde.dumps_typed(value)
    return [kind, base64.b64encode(content).decode()]


def _read(saver: Saver, given: Sequence[str]) -> Any:
    kind, content = given
    return cast("Any", saver.serde.loads_typed((kind, base64.b64decode(content))))


def _moment(checkpoint_id: str) -> datetime:
    """When a checkpoint was made: its id is a UUID of version 6, which begins with the time in
    steps of 100 ns."""
    digits = checkpoint_id.replace("-", "")
    ticks = int(digits[:12], 16) << 12 | int(digits[13:16], 16)
    return _FIRST_TICK + timedelta(microseconds=ticks // 10)
