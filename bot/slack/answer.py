"""The one path from a question to what stands in Slack: every surface takes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.agent.builtin.language import language_of
from bot.agent.failures import failure_text
from bot.references import new_reference
from bot.slack import words
from bot.slack.people import Visitor
from bot.turn import Reply, Turn
from tools.errors import KamError
from tools.text import Language

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.assistant import Assistant
    from bot.slack.blocks import Message
    from bot.slack.inbox import Inbox
    from bot.slack.session import SessionStatus
    from bot.slack.stream import Stream

log = logging.getLogger(__name__)

_LONGEST_TURN = 240


@dataclass(frozen=True)
class Where:
    """A place of a conversation: `thread` is the root's timestamp where the message stands in a
    thread, `moment` the timestamp of the message itself, `user` the one who speaks."""

    team: str
    channel: str
    thread: str | None
    moment: str
    kind: Literal["im", "mpim", "channel"]
    user: str

    @property
    def root(self) -> str:
        """The timestamp of the thread that an answer goes to; also `Turn.thread`."""
        return self.thread or self.moment

    @property
    def place(self) -> str:
        """`Turn.place` and `Deps.surface`: "slack:TEAM:CHANNEL"."""
        return f"slack:{self.team}:{self.channel}"


Audience = Callable[["AsyncWebClient", Where, Visitor, Reply], Awaitable[Reply | None]]


class Unsent(Exception):
    """Nothing could be sent, not even that something failed."""


class Answering:
    """Answers questions and sends what is to be said. A failure ends in one message with a
    reference that the log has; only where Slack takes no message at all, `Unsent` is raised."""

    def __init__(self, assistant: "Assistant", inbox: "Inbox", audience: Audience) -> None:
        """`audience` tells what of a reply everybody in a channel may see, None where it is for
        the asker alone."""
        self._assistant = assistant
        self._inbox = inbox
        self._audience = audience

    async def reply(
        self,
        client: "AsyncWebClient",
        where: Where,
        visitor: Visitor,
        text: str,
        *,
        event: str | None = None,
        brought: Sequence[str] = (),
    ) -> None:
        """Asks the assistant and sends its answer to whoever may see it.

        The answer to a claimed `event` is sent only while the claim holds. `brought` are the
        threads of which the waiting changes were brought to this one.
        """
        from bot.slack.session import SessionStatus, title_of
        from bot.slack.standing import close_decided
        from bot.slack.stream import Stream

        language = language_of(text, visitor.language)
        status = SessionStatus(client, where)
        status.begin(title_of(text) if where.thread is None else None)
        stream = Stream(client, where, language) if where.kind == "im" else None
        try:
            reply = await self._asked(where, visitor, text, stream)
            if event is not None and not await self._inbox.may_send(event):
                if stream is not None:
                    await stream.discard()
                return
            await self._deliver(client, where, visitor, reply, stream=stream, event=event)
            status.end(_status(reply), told=stream is not None and stream.ended)
            _name(status, where, reply)
            await close_decided(client, where, reply, brought)
        except asyncio.CancelledError:
            await _abandoned(stream)
            raise
        except Exception as error:  # noqa: BLE001  (never silent: whatever failed is told)
            await _abandoned(stream)
            status.end("active")
            await self.fail(client, where, language, error)
        finally:
            await status.settled()

    async def show(
        self, client: "AsyncWebClient", where: Where, visitor: Visitor, reply: Reply
    ) -> None:
        """Sends a reply that is there already, to whoever may see it."""
        try:
            await self._deliver(client, where, visitor, reply)
        except Exception as error:  # noqa: BLE001
            await self.fail(client, where, visitor.language, error)

    async def send(
        self,
        client: "AsyncWebClient",
        where: Where,
        messages: "Sequence[Message]",
        *,
        only: str | None = None,
        event: str | None = None,
        before: int = 0,
    ) -> None:
        """Posts messages to the thread, or to the user `only` alone. Blocks that Slack refuses
        are sent in their next simpler form; rate limits are waited out. `before` counts the
        messages of the same answer that stand there already. Raises `SlackApiError`."""
        from bot.slack.sending import metadata_of, post

        total = before + len(messages)
        for part, message in enumerate(messages, before + 1):
            metadata = metadata_of(event, part, total)
            await post(client, where, message, only=only, metadata=metadata)

    async def tell(
        self, client: "AsyncWebClient", where: Where, text: str, *, only: str | None = None
    ) -> None:
        """Posts a sentence."""
        from bot.slack.blocks import Message
        from bot.slack.mrkdwn import escaped

        await self.send(client, where, [Message(escaped(text), ())], only=only)

    async def fail(
        self,
        client: "AsyncWebClient",
        where: Where,
        language: Language,
        error: Exception,
        *,
        only: str | None = None,
    ) -> str | None:
        """Tells of a failure in one message; the reference in it, which the log has with the
        details. A `KamError` is told in its own words, without a reference."""
        reference, told = _told(error, language, where)
        if only is None and where.kind != "im":
            only = where.user
        try:
            await self.tell(client, where, told, only=only)
        except Exception as second:
            log.critical("a failure could not be told, reference %s", reference, exc_info=second)
            raise Unsent(str(second)) from second
        return reference

    async def _asked(
        self, where: Where, visitor: Visitor, text: str, stream: "Stream | None"
    ) -> Reply:
        turn = Turn(where.root, visitor.asker, text, where.place)
        step = stream.step if stream else None
        say = stream.say if stream else None
        async with asyncio.timeout(_LONGEST_TURN):
            return await self._assistant.answer(turn, step, say)

    async def _deliver(
        self,
        client: "AsyncWebClient",
        where: Where,
        visitor: Visitor,
        reply: Reply,
        *,
        stream: "Stream | None" = None,
        event: str | None = None,
    ) -> None:
        from bot.slack.blocks import messages
        from bot.slack.sending import metadata_of

        shown = reply if where.kind == "im" else await self._audience(client, where, visitor, reply)
        only = where.user if shown is None else None
        left: Sequence[Message] = messages(shown or reply)
        total = len(left)
        if stream is not None:
            left = await stream.finish(
                left,
                messages(replace(reply, text="")),
                status=_status(reply),
                metadata=metadata_of(event, 1, total),
            )
        await self.send(client, where, left, only=only, event=event, before=total - len(left))


def _status(reply: Reply) -> Literal["suspended", "active"]:
    """How the session stands after the answer: a change that waits suspends it."""
    return "suspended" if reply.pending else "active"


def _name(status: "SessionStatus", where: Where, reply: Reply) -> None:
    """Names a new conversation after its first card. In a channel it keeps its question, since
    what a card is about is not for everybody."""
    if where.kind == "im" and where.thread is None and reply.cards:
        status.rename(reply.cards[0].title.render(reply.language))


async def _abandoned(stream: "Stream | None") -> None:
    if stream is not None:
        await stream.abandon()


def _told(error: Exception, language: Language, where: Where) -> tuple[str | None, str]:
    """The reference of a failure, and the sentence about it."""
    if isinstance(error, KamError):
        return None, error.message.render(language)
    reference = new_reference()
    log.error(
        "an answer in %s, thread %s failed, reference %s",
        *(where.place, where.root, reference),
        exc_info=error,
    )
    if isinstance(error, TimeoutError):
        minutes = _LONGEST_TURN // 60
        late = replace(words.TOOK_TOO_LONG, values={"minutes": minutes}).render(language)
        return reference, f"{late} ({reference})"
    return reference, failure_text(reference, language)
