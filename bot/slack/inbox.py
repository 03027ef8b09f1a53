"""What came in: each event claimed once among all processes, kept until it is answered."""

from collections.abc import Mapping
from typing import Any


class Inbox:
    """The claims of one process."""

    async def claim(
        self, event_id: str, place: str, moment: str, payload: Mapping[str, Any]
    ) -> bool:
        """Whether this process is the one to answer: true once per event id, and once per
        place and moment. `payload` is what is needed to answer it later."""
        raise NotImplementedError

    async def answered(self, event_id: str) -> None:
        """Marks an event as done with."""
        raise NotImplementedError
