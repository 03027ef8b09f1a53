"""Work that goes on after Slack has its acknowledgement."""

from collections.abc import Coroutine, Hashable
from typing import Any


class Tasks:
    """The running work of this process."""

    def start(self, work: Coroutine[Any, Any, None], *, key: Hashable | None = None) -> None:
        """Starts work; what it raises is logged. `key` is what `cancel` finds it by."""
        raise NotImplementedError

    async def cancel(self, key: Hashable) -> bool:
        """Cancels the work under that key and waits for it; whether there was any."""
        raise NotImplementedError

    async def drain(self, limit: float) -> None:
        """Waits until all work is done; cancels what is not after `limit` seconds."""
        raise NotImplementedError
