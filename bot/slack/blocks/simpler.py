"""What to send instead of a message whose blocks Slack refused."""

from bot.slack.blocks.message import Message
from bot.slack.blocks.tables import monospace

_NATIVE = frozenset({"data_table", "data_visualization", "table"})


def simpler(message: Message) -> Message | None:
    """The next simpler form: without native tables and charts, then text alone, then None."""
    if not message.blocks:
        return None
    if not any(block["type"] in _NATIVE for block in message.blocks):
        return Message(message.text, ())
    kept = []
    for block in message.blocks:
        if block["type"] == "data_table":
            kept += monospace(block)
        elif block["type"] not in _NATIVE:
            kept.append(block)
    return Message(message.text, tuple(kept))
