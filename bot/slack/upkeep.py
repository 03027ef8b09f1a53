"""What goes on beside the answers: claims renewed, events of dead processes taken over, and
reminders sent."""

import asyncio
import logging

from bot.slack import handling, visits
from bot.slack.desk import Desk
from bot.slack.inbound import Asked
from bot.slack.reminding import Reminding
from tools.domain.vocabulary import InboundState

log = logging.getLogger(__name__)

_PURGE_EVERY = 360
_REMIND_EVERY = 60


async def keep_up(desk: Desk, *, every: float = 10.0) -> None:
    """Runs until it is cancelled. What fails is logged and tried again. Reminders go out beside
    it: claims are renewed however many there are to write to."""
    reminding = Reminding(desk)
    round_ = 0
    while True:
        try:
            await _renewed(desk)
            await taken_over(desk)
            if round_ % _PURGE_EVERY == 0:
                await desk.inbox.purge()
            if round_ % _REMIND_EVERY == 0:
                desk.tasks.start(_reminded(reminding))
        except Exception:
            log.exception("the inbox could not be looked after")
        round_ += 1
        await asyncio.sleep(every)


async def taken_over(desk: Desk) -> int:
    """Takes up what other processes left; how many events."""
    left = await desk.inbox.take_over()
    for taken in left:
        log.warning("event %s was left by another process, try %s", taken.event_id, taken.attempts)
        await (visits if visits.is_interaction(taken) else handling).resume(desk, taken)
    return len(left)


async def _renewed(desk: Desk) -> None:
    """Prolongs the claims, and cancels turns that were stopped by way of another process."""
    for event_id, payload in (await desk.inbox.renew()).items():
        asked = Asked.of(payload)
        await desk.tasks.cancel(handling.turn_key(asked.where.place, asked.conversation))
        await desk.inbox.answered(event_id, InboundState.STOPPED)


async def _reminded(reminding: Reminding) -> None:
    if count := await reminding.run():
        log.info("%s reminders sent", count)
