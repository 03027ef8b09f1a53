"""What came in: each event claimed once among all processes, kept until it is answered.

Claims are made before Slack has its acknowledgement, so what a process that dies has taken is
taken over by another one.
"""

import asyncio
import os
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from tools.data import inbound
from tools.data.database import Sessions
from tools.data.models import InboundEvent
from tools.domain.vocabulary import InboundState

SURFACE = "slack"
LEASE_SECONDS = 45.0
_KEPT = timedelta(days=2)
_TOO_OLD = timedelta(minutes=15)
_TRIES = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """An event taken over: what it needs to be answered, when it came, how often it was tried,
    and whether its answer may stand there already."""

    event_id: str
    payload: Mapping[str, Any]
    received_at: datetime
    attempts: int
    maybe_sent: bool
    stopped: bool

    def is_too_late(self, now: datetime) -> bool:
        """Whether it is so old, or was tried so often, that it is apologised for instead."""
        return now - self.received_at > _TOO_OLD or self.attempts > _TRIES


class Inbox:
    """The claims of one process. It has threads of its own, so that a claim never waits behind
    an answer that is being computed."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime], *, lease: float = LEASE_SECONDS
    ) -> None:
        self.owner = f"{os.getpid()}-{secrets.token_hex(6)}"
        self.lease = timedelta(seconds=lease)
        self._sessions = sessions
        self._clock = clock
        self._threads = ThreadPoolExecutor(2, "inbox")

    async def claim(
        self,
        event_id: str,
        place: str,
        moment: str,
        payload: Mapping[str, Any],
        *,
        conversation: str = "",
    ) -> bool:
        """Whether this process is the one to answer: true once per event id, and once per
        place and moment. `payload` is what is needed to answer it later; events of one
        `conversation` are answered in their order."""
        now = self._clock()
        event = InboundEvent(
            surface=SURFACE,
            event_id=event_id,
            place=place,
            moment=moment,
            conversation=conversation,
            payload=dict(payload),
            claimed_by=self.owner,
            received_at=now,
            claimed_at=now,
        )
        return await self._do(lambda session: inbound.claim(session, event))

    async def once(self, event_id: str, place: str, moment: str) -> bool:
        """Whether nobody saw this before, which is done with at once, as a click is: it is
        claimed like any event, but never answered later."""
        now = self._clock()
        event = InboundEvent(
            surface=SURFACE,
            event_id=event_id,
            place=place,
            moment=moment,
            claimed_by=self.owner,
            received_at=now,
            claimed_at=now,
            answered_at=now,
            state=InboundState.ANSWERED,
        )
        return await self._do(lambda session: inbound.claim(session, event))

    async def turn_has_come(self, event_id: str) -> bool:
        """Whether nothing said before in the same conversation is still open."""

        def look(session: Session) -> bool:
            event = session.get(InboundEvent, (SURFACE, event_id))
            return event is None or not inbound.earlier_open(session, event)

        return await self._do(look)

    async def may_send(self, event_id: str) -> bool:
        """Whether the answer may go out now: nobody took the event over or stopped it."""
        return await self._do(
            lambda session: inbound.begin_sending(session, SURFACE, event_id, self.owner)
        )

    async def answered(self, event_id: str, state: InboundState = InboundState.ANSWERED) -> None:
        """Marks an event as done with, unless another process took it over."""
        now = self._clock()
        await self._do(
            lambda session: inbound.finish(
                session, SURFACE, event_id, self.owner, now=now, state=state
            )
        )

    async def stop(self, place: str, conversation: str) -> dict[str, datetime]:
        """Marks what is open in a conversation as not wanted any more, whoever works on it; the
        events, and when they came."""
        return await self._do(lambda session: inbound.stop(session, SURFACE, place, conversation))

    async def is_open(self, place: str, thread: str) -> bool:
        """Whether anything that anybody said in the thread is still open."""
        return await self._do(lambda session: inbound.is_open(session, SURFACE, place, thread))

    async def renew(self) -> dict[str, dict[str, Any]]:
        """Prolongs the claims; the events whose answer is not wanted any more, with their
        payload."""
        now = self._clock()
        return await self._do(lambda session: inbound.renew(session, self.owner, now))

    async def take_over(self) -> list[Taken]:
        """What other processes have claimed and left, now claimed by this one."""
        now = self._clock()
        left = await self._do(
            lambda session: inbound.take_over(session, SURFACE, self.owner, now, now - self.lease)
        )
        return [_taken(event) for event in left]

    async def release(self, event_id: str | None = None) -> None:
        """Hands a claim back, or all of them, so that another process or the next start
        answers."""
        await self._do(lambda session: inbound.release(session, self.owner, event_id))

    async def purge(self) -> None:
        """Drops what was answered long ago."""
        before = self._clock() - _KEPT
        await self._do(lambda session: inbound.purge(session, before))

    def close(self) -> None:
        self._threads.shutdown()

    async def _do(self, work: Callable[[Session], T]) -> T:
        def run() -> T:
            with self._sessions() as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)


def _taken(event: InboundEvent) -> Taken:
    return Taken(
        event.event_id,
        event.payload,
        event.received_at,
        event.attempts,
        event.state is InboundState.SENDING,
        event.state is InboundState.STOPPED,
    )
