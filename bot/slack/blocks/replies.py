"""A reply as the messages that carry it."""

from bot.slack.blocks import elements
from bot.slack.blocks.cards import card_blocks
from bot.slack.blocks.elements import Json
from bot.slack.blocks.message import Message
from bot.slack.mrkdwn import cut, escaped
from bot.turn import Reply
from tools.text import text

_GOOD, _BAD = text("Helpful", "有帮助"), text("Not helpful", "没有帮助")


def messages(reply: Reply, *, feedback: bool = True) -> tuple[Message, ...]:
    """The reply in as many messages as it takes; `feedback` ends the last with its buttons."""
    own = reply.text
    for card in reply.cards:
        own = own.replace(card.headline.render(reply.language), "", 1)
    blocks = elements.sentences(own) if own.strip() else []
    for card in reply.cards:
        blocks += card_blocks(card, reply.language)
    if feedback:
        blocks.append(_feedback(reply))
    return (Message(cut(escaped(reply.text), 3_000), tuple(blocks)),)


def _feedback(reply: Reply) -> Json:
    good, bad = (label.render(reply.language) for label in (_GOOD, _BAD))
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "kam_feedback",
                "positive_button": {"text": elements.plain(good, 75), "value": "good"},
                "negative_button": {"text": elements.plain(bad, 75), "value": "bad"},
            }
        ],
    }
