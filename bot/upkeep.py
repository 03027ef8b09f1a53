"""What ends by itself: old conversations, proposals that expired, events long answered."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.settings import Settings
from tools.data.database import SessionFactory
from tools.retention import end_old

log = logging.getLogger(__name__)

_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Ended:
    """How much was ended of each kind."""

    conversations: int
    proposals: int
    events: int

    @property
    def any(self) -> bool:
        return bool(self.conversations or self.proposals or self.events)


async def run_once(settings: Settings, sessions: SessionFactory, now: datetime) -> Ended:
    """Ends what is due at that moment; doing it again changes nothing."""
    from bot import history
    from bot.main import open_checkpointer

    async with open_checkpointer(settings) as saver:
        conversations = await history.end_older(saver, sessions.engine, settings.history_days, now)
    records = await asyncio.to_thread(end_old, sessions, now, settings.history_days, conversations)
    return Ended(conversations, records.proposals, records.events)


async def run_daily(
    settings: Settings, sessions: SessionFactory, clock: Callable[[], datetime]
) -> None:
    """For a serving process: ends what is due now and then once a day, until cancelled. Several
    processes may do it; a failure is logged and tried again the next day."""
    while True:
        try:
            await run_once(settings, sessions, clock())
        except Exception:
            log.exception("what is due could not be ended")
        await asyncio.sleep(_DAY)
