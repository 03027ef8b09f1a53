"""Threads followed without a new mention, and when to stay quiet there.

A mention makes the assistant part of a thread. There it answers what the person who mentioned it
says next. It falls quiet as soon as people talk among themselves: when that person's message
begins with, or names, somebody else, or when anybody else speaks without mentioning it. The next
mention brings it back; "stop following" takes it out.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.slack.answer import Where
from bot.slack.inbound import Asked
from bot.slack.inbox import SURFACE
from bot.slack.people import Visitor
from tools.data import followed, visitors
from tools.data.database import Sessions


class Following:
    """The threads that the assistant is part of, in the records."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    async def is_addressed(self, asked: Asked) -> bool:
        """Whether the message is for the assistant."""
        if asked.where.kind == "im" or asked.mention:
            return True
        if asked.where.thread is None:
            return False
        return await asyncio.to_thread(self._heard, asked)

    async def join(self, where: Where, visitor: Visitor) -> None:
        """Takes part in the thread of that place; this person has the floor."""

        def write() -> None:
            with self._sessions() as session:
                followed.follow(
                    session,
                    SURFACE,
                    where.place,
                    where.root,
                    person_id=visitor.asker.person_id,
                    now=self._clock(),
                )

        await asyncio.to_thread(write)

    async def leave(self, where: Where) -> None:
        """Takes no part in the thread any more."""

        def write() -> None:
            with self._sessions() as session:
                followed.leave(session, SURFACE, where.place, where.root, self._clock())

        await asyncio.to_thread(write)

    def _heard(self, asked: Asked) -> bool:
        where = asked.where
        with self._sessions() as session:
            thread = followed.followed(session, SURFACE, where.place, where.root)
            if thread is None or thread.asker_id is None:
                return False
            speaker = visitors.by_slack(session, f"{where.team}:{where.user}")
            if not asked.others and speaker is not None and speaker.id == thread.asker_id:
                return True
            followed.step_back(session, thread)
            return False
