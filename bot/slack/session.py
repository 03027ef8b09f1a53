"""The session that Slack shows beside a conversation: its status and its title.

It is an ornament: what Slack refuses of it is not told to anybody.
"""

import asyncio
import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Literal

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.sending import error_of

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.answer import Where

log = logging.getLogger(__name__)

Status = Literal["processing", "active", "suspended", "closed"]
_TITLE = 80
_PATIENCE = 0.4
"""Seconds that a turn may take before it is shown as worked at."""


class SessionStatus:
    """The status of one turn's session; the calls go out in their order, and no answer waits
    for them. A turn that ends at once is told of by its end alone."""

    def __init__(self, client: "AsyncWebClient", where: "Where") -> None:
        self._client = impatient(client)
        self._where = where
        self._title: str | None = None
        self._beginning: asyncio.Task[None] | None = None
        self._last: asyncio.Task[None] | None = None

    def begin(self, title: str | None = None) -> None:
        """The turn is being worked at; `title` names a session that is new."""
        self._title = title
        self._beginning = asyncio.create_task(self._work_shown())

    def end(self, status: Status, *, told: bool = False) -> None:
        """The turn has ended; `told` where Slack heard so with the answer."""
        self._stop_waiting()
        if not (told and self._last is not None and self._last.done()):
            self._set(status)

    async def _work_shown(self) -> None:
        await asyncio.sleep(_PATIENCE)
        self._beginning = None
        self._set("processing")

    def _stop_waiting(self) -> None:
        if self._beginning is not None:
            self._beginning.cancel()
            self._beginning = None

    def _set(self, status: Status) -> None:
        """Sends the status after those before it, with the title where it is the first."""
        title = self._title if self._last is None else None
        thread = self._where.channel, self._where.root
        self._then(set_status(self._client, *thread, status, title))

    def rename(self, title: str) -> None:
        """Names the session after what it turned out to be about."""
        self._then(
            tried(
                self._client.agents_sessions_rename(
                    channel_id=self._where.channel,
                    thread_ts=self._where.root,
                    title=title_of(title),
                )
            )
        )

    async def settled(self) -> None:
        """Waits until all of it is sent."""
        self._stop_waiting()
        if self._last is not None:
            await self._last

    def _then(self, call: Awaitable[None]) -> None:
        self._last = asyncio.create_task(_after(self._last, call))


async def _after(before: "asyncio.Task[None] | None", call: Awaitable[None]) -> None:
    if before is not None:
        await before
    await call


async def set_status(
    client: "AsyncWebClient", channel: str, thread: str, status: Status, title: str | None = None
) -> None:
    """Sets the status of a thread's session; refusals go to the log."""
    await tried(
        client.agents_sessions_setStatus(
            channel_id=channel, thread_ts=thread, status=status, title=title
        )
    )


def title_of(text: str) -> str:
    """A title from a sentence: its first line, cut to what fits a list."""
    from bot.slack.mrkdwn import cut, one_line

    return cut(one_line(text.strip().split("\n", 1)[0]), _TITLE)


async def tried(call: Awaitable[object]) -> None:
    """Makes a call whose failure matters to nobody; it goes to the log."""
    try:
        await call
    except SlackApiError as error:
        log.info("Slack did not take a session's status or title: %s", error_of(error))
    except (aiohttp.ClientError, TimeoutError) as error:
        log.info("Slack could not be reached for a session's status: %s", error)


def impatient(client: "AsyncWebClient") -> "AsyncWebClient":
    """The client without waiting and trying again: what comes late is of no use."""
    from slack_sdk.web.async_client import AsyncWebClient

    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=5,
        session=client.session,
        retry_handlers=[],
    )
