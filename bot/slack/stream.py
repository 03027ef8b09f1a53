"""An answer that grows while it is made: the steps of the work, then its sentences.

Only in direct messages, since what may be shown in a channel is known at the end alone. The
stream begins with a step, and after a moment, so an answer that is fast or needs no tool is one
plain message. A stream that Slack closed (it does so after some minutes) is replaced by the whole
answer, so nothing stands there twice.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import Message
from bot.slack.mrkdwn import cut, escaped
from bot.slack.sending import delivered, error_of
from bot.slack.session import Status, impatient
from bot.slack.steps import step_title
from tools.text import Language

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.answer import Where

log = logging.getLogger(__name__)

_PATIENCE, _GATHER, _PACE, _LAST_WAIT = 1.0, 0.2, 1.0, 5.0
_LONGEST_TEXT = 11_000
Chunk = dict[str, Any]


class Stream:
    """The growing message of one turn. Calls of `step` and `say` never wait."""

    def __init__(
        self,
        client: "AsyncWebClient",
        where: "Where",
        language: Language,
        *,
        patience: float = _PATIENCE,
    ) -> None:
        self._client = client
        self._hasty = impatient(client)
        self._where = where
        self._language = language
        self._patience = patience
        self._chunks: list[Chunk] = []
        self._step: Chunk | None = None
        self._steps = 0
        self._said = 0
        self._ts: str | None = None
        self._broken = False
        self._ended = False
        self._closing = asyncio.Event()
        self._news = asyncio.Event()
        self._runner = asyncio.create_task(self._run())

    @property
    def ended(self) -> bool:
        """Whether Slack ended the message, and the session's work with it."""
        return self._ended

    def step(self, tool: str, _arguments: Mapping[str, Any]) -> None:
        """A tool is about to run; its arguments are not shown."""
        self._end_step()
        self._steps += 1
        title = step_title(tool).render(self._language)
        self._step = {
            "type": "task_update",
            "id": f"step-{self._steps}",
            "title": cut(title, 100),
            "status": "in_progress",
        }
        self._add(dict(self._step))

    def say(self, sentence: str) -> None:
        """A sentence of the answer. Sentences come all at once, when the whole is checked, so
        they begin no stream."""
        self._end_step()
        self._said += len(sentence)
        if self._said <= _LONGEST_TEXT:
            self._add({"type": "markdown_text", "text": escaped_span(sentence)})
        else:
            self._broken = True

    async def finish(
        self,
        whole: Sequence[Message],
        unsaid: Sequence[Message],
        *,
        status: Status,
        metadata: Any,
    ) -> Sequence[Message]:
        """Ends the message with what is missing of the first; the messages still to be sent.

        `whole` are the messages with all their words, `unsaid` those without the text that was
        said sentence by sentence.
        """
        await self._settle()
        if self._ts is None:
            return whole
        if not self._broken:
            parts = unsaid if self._said else whole
            if await self._stopped(parts[0], status, metadata):
                return parts[1:]
        await self._replace(whole[0], metadata)
        return whole[1:]

    async def abandon(self, text: str | None = None) -> None:
        """Ends the message without an answer."""
        await self._settle()
        if self._ts is not None:
            chunks = [{"type": "markdown_text", "text": text}] if text else []
            try:
                await self._stop(chunks, None, "active", None)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                log.info("a stream was not ended: %s", error)

    async def discard(self) -> None:
        """Takes the message away: somebody else gives the answer."""
        await self._settle()
        if self._ts is not None:
            try:
                await self._client.chat_delete(channel=self._where.channel, ts=self._ts)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                log.info("a stream was not taken away: %s", error)

    async def _run(self) -> None:
        await self._pause(self._patience)
        while not (self._closing.is_set() or self._broken):
            await self._news.wait()
            self._news.clear()
            if self._ts is None:
                # A step that is done at once, and the answer, are one message, not a stream.
                await self._pause(_GATHER)
            if self._chunks and not self._closing.is_set():
                await self._append()
                await self._pause(_PACE)

    async def _pause(self, seconds: float) -> None:
        """Waits, but not for longer than the turn lasts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    async def _append(self) -> None:
        chunks, self._chunks = self._chunks, []
        try:
            if self._ts is None:
                started = await self._hasty.chat_startStream(
                    channel=self._where.channel,
                    thread_ts=self._where.root,
                    recipient_team_id=self._where.team,
                    recipient_user_id=self._where.user,
                    task_display_mode="timeline",
                    chunks=chunks,
                )
                self._ts = str(started["ts"])
            else:
                await self._hasty.chat_appendStream(
                    channel=self._where.channel, ts=self._ts, chunks=chunks
                )
        except SlackApiError as error:
            log.info("a stream cannot go on: %s", error_of(error))
            self._broken = True
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("a stream cannot go on: %s", error)
            self._broken = True

    async def _settle(self) -> None:
        """Lets the call that is under way end."""
        self._closing.set()
        self._news.set()
        _, late = await asyncio.wait([self._runner], timeout=_LAST_WAIT)
        if late:
            self._runner.cancel()
            self._broken = True
        self._end_step()

    async def _stopped(self, message: Message, status: Status, metadata: Any) -> bool:
        """Whether Slack ended the stream with what was missing."""
        said = bool(self._said)

        async def send(form: Message) -> None:
            chunks = list(self._chunks)
            if not form.blocks and not said:
                chunks.append({"type": "markdown_text", "text": form.text})
            await self._stop(chunks, form, status, metadata)

        try:
            await delivered(send, message)
        except SlackApiError as error:
            log.info("a stream could not be ended: %s", error_of(error))
            return False
        return True

    async def _stop(
        self, chunks: list[Chunk], form: Message | None, status: Status, metadata: Any
    ) -> None:
        await self._client.chat_stopStream(
            channel=self._where.channel,
            ts=self._ts or "",
            chunks=chunks or None,
            blocks=(form.blocks or None) if form else None,
            metadata=metadata,
            session_status=status,
        )
        self._ended = True

    async def _replace(self, whole: Message, metadata: Any) -> None:
        await delivered(
            lambda form: self._client.chat_update(
                channel=self._where.channel,
                ts=self._ts or "",
                text=form.text,
                blocks=form.blocks or [],
                metadata=metadata,
            ),
            whole,
        )

    def _end_step(self) -> None:
        if self._step is not None:
            self._chunks.append({**self._step, "status": "complete"})
            self._step = None

    def _add(self, chunk: Chunk) -> None:
        self._chunks.append(chunk)
        if self._steps:
            self._news.set()


def escaped_span(sentence: str) -> str:
    """A sentence with the space around it kept, in which nothing is formatted."""
    stripped = sentence.strip()
    if not stripped:
        return sentence
    before, _, after = sentence.partition(stripped)
    return f"{before}{escaped(stripped)}{after}"
