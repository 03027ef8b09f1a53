"""A message as it is sent."""

from dataclasses import dataclass

from bot.slack.blocks.elements import Json


@dataclass(frozen=True)
class Message:
    """One message: blocks, and the text for notifications, readers aloud and refused blocks.

    `text` is mrkdwn in which nothing is formatted (`mrkdwn.escaped`); it is never empty.
    """

    text: str
    blocks: tuple[Json, ...]
