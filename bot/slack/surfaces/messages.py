"""Messages: direct ones, mentions, and threads that the assistant is part of."""

from typing import TYPE_CHECKING

from bot.slack.surface import Surface

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.desk import Desk


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Listens to messages."""


SURFACE = Surface("messages", register, events=())
