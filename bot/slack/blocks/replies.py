"""A reply as the messages that carry it."""

from collections.abc import Iterator

from bot.slack.blocks import elements
from bot.slack.blocks.cards import card_blocks, source
from bot.slack.blocks.decided import answered
from bot.slack.blocks.elements import Json
from bot.slack.blocks.message import Message
from bot.slack.blocks.packing import packed
from bot.slack.blocks.words import word_blocks
from bot.slack.blocks.written import fallback, written
from bot.turn import Reply
from tools.changes import Decision, Proposal
from tools.text import text

FEEDBACK = "kam_feedback"
_GOOD, _BAD = text("Helpful", "有帮助"), text("Not helpful", "没有帮助")
_ASKED = text("Was this answer helpful?", "这个回答有帮助吗？")
_DIVIDER: Json = {"type": "divider"}


def messages(reply: Reply, *, feedback: bool = True) -> tuple[Message, ...]:
    """The reply in as many messages as it takes; `feedback` ends the last with its buttons.

    Each change, proposed or decided, has a message of its own, which changes in place later.
    """
    parts = [*packed([*_blocks(reply)]), *_changes(reply)] or [()]
    if feedback:
        parts[-1] = (*parts[-1], _feedback(reply))
    first, *others = parts
    told = reply.text.strip() or written(first) or _ASKED.render(reply.language)
    return (
        Message(fallback(told), first),
        *(Message(fallback(written(part)), part) for part in others),
    )


def _changes(reply: Reply) -> Iterator[tuple[Json, ...]]:
    """The changes that the reply proposes, and those that a word decided on."""
    for change in (*(call.result for call in reply.tool_calls), *reply.changes):
        if isinstance(change, Proposal | Decision):
            yield answered(change, reply.language).blocks


def _blocks(reply: Reply) -> Iterator[Json]:
    own = _own_words(reply)
    yield from word_blocks(own)
    yield from _sources(reply, own)
    whole = len(reply.tool_calls) == len(reply.cards)
    begun = bool(own)
    for place, card in enumerate(() if reply.changes else reply.cards):
        call = reply.tool_calls[place] if whole else None
        if call and isinstance(call.result, Proposal):
            continue
        if begun:
            yield _DIVIDER
        begun = True
        yield from card_blocks(card, reply.language, call=call)


def _sources(reply: Reply, own: str) -> Iterator[Json]:
    """What the marks in the words stand for; all of them where the words were said already."""
    drawn = [quote for card in reply.cards for quote in card.quotes]
    for number, quote in enumerate(reply.citations, 1):
        mark = f"[{number}]"
        if mark in own or not (reply.text.strip() or quote in drawn):
            yield source(quote, reply.language, mark)


def _own_words(reply: Reply) -> str:
    """What the reply says beside the headlines of its cards."""
    own = reply.text
    for card in reply.cards:
        own = own.replace(card.headline.render(reply.language), "", 1)
    return own.strip()


def _feedback(reply: Reply) -> Json:
    good, bad = (label.render(reply.language) for label in (_GOOD, _BAD))
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": {"text": elements.plain(good, 75), "value": "good"},
                "negative_button": {"text": elements.plain(bad, 75), "value": "bad"},
            }
        ],
    }
