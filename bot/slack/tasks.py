"""Work that goes on after Slack has its acknowledgement."""

import asyncio
import logging
from collections.abc import Coroutine, Hashable
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """The running work of this process."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[None], Hashable | None] = {}

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, None], *, key: Hashable | None = None) -> None:
        """Starts work; what it raises is logged. `key` is what `cancel` finds it by."""
        task = asyncio.get_running_loop().create_task(work)
        self._running[task] = key
        task.add_done_callback(self._ended)

    async def cancel(self, key: Hashable) -> bool:
        """Cancels the work under that key and waits for it; whether there was any."""
        found = [task for task, held in self._running.items() if held == key]
        for task in found:
            task.cancel()
        await asyncio.gather(*found, return_exceptions=True)
        return bool(found)

    async def drain(self, limit: float) -> None:
        """Waits until all work is done; cancels what is not after `limit` seconds."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=limit)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work in the background failed", exc_info=error)
