"""What is read back of a conversation is data, whoever wrote it."""

import asyncio
import base64
import json
import logging
from pathlib import Path

import ormsgpack
import pytest

from bot import history
from bot.main import open_checkpointer
from bot.settings import Settings
from tools.data.database import migrate, open_engine

_CALL = 0
"""How the library marks a value that is made by a call with one argument."""


def _line(message: object) -> str:
    """A conversation of a backup whose message is this value."""
    call = ormsgpack.packb(message)
    checkpoint = {
        "v": 4,
        "ts": "2026-01-01T00:00:00+00:00",
        "id": "1f0b5c3e-8a3e-6b5e-8000-000000000000",
        "channel_values": {"messages": [ormsgpack.Ext(_CALL, call)]},
        "channel_versions": {"messages": "1"},
        "versions_seen": {},
    }
    kept = {"checkpoint": checkpoint, "metadata": {"source": "loop", "step": 1, "parents": {}}}
    packed = {
        name: ["msgpack", base64.b64encode(ormsgpack.packb(value)).decode()]
        for name, value in kept.items()
    }
    return json.dumps({"thread": "terminal:t:operator", "writes": {}, **packed})


def test_no_backup_makes_a_restore_run_what_it_names(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(KAM_HOME=tmp_path, KAM_DATABASE_URL=database_url)
    engine = open_engine(database_url)
    migrate(engine)
    engine.dispose()
    mark = tmp_path / "ran"
    command = f"touch {mark}"

    async def restored() -> str:
        async with open_checkpointer(settings) as saver:
            assert await history.take_in(saver, [_line(("os", "system", command))]) == 1
            kept = await saver.aget_tuple({"configurable": {"thread_id": "terminal:t:operator"}})
            assert kept is not None
            return repr(kept.checkpoint["channel_values"]["messages"])

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(restored()) == repr([command])
    assert not mark.exists()
