"""Replies and cards as Block Kit: plain JSON, nothing is sent from here."""

from bot.slack.blocks.asked import call_of
from bot.slack.blocks.cards import card_blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.replies import messages
from bot.slack.blocks.simpler import simpler, without_native
from bot.slack.blocks.views import passage_view, why_view

__all__ = [
    "Message",
    "call_of",
    "card_blocks",
    "messages",
    "passage_view",
    "simpler",
    "why_view",
    "without_native",
]
