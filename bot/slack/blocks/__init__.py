"""Replies and cards as Block Kit: plain JSON, nothing is sent from here."""

from bot.slack.blocks.cards import card_blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.replies import messages
from bot.slack.blocks.simpler import simpler

__all__ = ["Message", "card_blocks", "messages", "simpler"]
