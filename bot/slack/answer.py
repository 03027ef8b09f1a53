"""The one path from a question to what stands in Slack: every surface takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.slack.people import Visitor
from bot.turn import Reply
from tools.text import Language

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.blocks import Message


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


class Answering:
    """Answers questions and sends what is to be said. None of it raises: a failure ends in one
    message with a reference that the log has."""

    async def reply(
        self, client: "AsyncWebClient", where: Where, visitor: Visitor, text: str
    ) -> None:
        """Asks the assistant and sends its answer to whoever may see it."""
        raise NotImplementedError

    async def show(
        self, client: "AsyncWebClient", where: Where, visitor: Visitor, reply: Reply
    ) -> None:
        """Sends a reply that is there already, to whoever may see it."""
        raise NotImplementedError

    async def send(
        self,
        client: "AsyncWebClient",
        where: Where,
        messages: "Sequence[Message]",
        *,
        only: str | None = None,
    ) -> None:
        """Posts messages to the thread, or to the user `only` alone. Blocks that Slack refuses
        are sent in their next simpler form; rate limits are waited out."""
        raise NotImplementedError

    async def fail(
        self,
        client: "AsyncWebClient",
        where: Where,
        language: Language,
        error: Exception,
        *,
        only: str | None = None,
    ) -> str:
        """Tells of a failure in one message; the reference in it, which the log has with the
        details. A `KamError` is told in its own words."""
        raise NotImplementedError
