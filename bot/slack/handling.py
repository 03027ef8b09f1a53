"""A message from its claim to its answer."""

import asyncio
import logging

from bot.slack import words
from bot.slack.answer import Unsent, Where
from bot.slack.bare_words import heard
from bot.slack.desk import Desk
from bot.slack.following import Following
from bot.slack.inbound import Asked, with_names
from bot.slack.inbox import Taken
from bot.slack.offering import offer
from bot.slack.people import Refused, Visitor
from bot.slack.sending import parts_sent
from kam_knowledge.scripts import fold
from tools.domain.vocabulary import InboundState
from tools.text import Language, Text

log = logging.getLogger(__name__)

_LOOK_AGAIN, _LONGEST_QUEUE = 0.25, 300.0
_EDGES = " \t\r\n.。!！,，~～?？"

Key = tuple[str, str, str]


def turn_key(place: str, conversation: str) -> Key:
    """What a running turn is found by, to stop it."""
    return ("turn", place, conversation)


async def claim(desk: Desk, asked: Asked) -> bool:
    """Whether this process is the one to answer the message."""
    where = asked.where
    return await desk.inbox.claim(
        asked.event_id,
        where.place,
        where.moment,
        asked.payload(),
        conversation=asked.conversation,
    )


def start(desk: Desk, asked: Asked) -> None:
    """Answers a claimed message in the background."""
    key = turn_key(asked.where.place, asked.conversation)
    desk.tasks.start(_handled(desk, asked), key=key)


async def resume(desk: Desk, taken: Taken) -> None:
    """Answers a message that another process left, apologises where it is too late, or does
    nothing where the answer stands there."""
    asked = Asked.of(taken.payload)
    if taken.stopped:
        await desk.inbox.answered(asked.event_id, InboundState.STOPPED)
        return
    try:
        if taken.maybe_sent and await _sent(desk, asked):
            await desk.inbox.answered(asked.event_id)
        elif taken.is_too_late(desk.clock()):
            await _apologised(desk, asked)
        else:
            start(desk, asked)
    except Exception:
        log.exception("event %s could not be taken up again", asked.event_id)
        await desk.inbox.release(asked.event_id)


async def _handled(desk: Desk, asked: Asked) -> None:
    """Answers, and closes the event. What could not be sent at all is handed back; what was
    cancelled is left to whoever cancelled it."""
    event = asked.event_id
    try:
        if asked.where.thread is not None:
            await _turn_has_come(desk, event)
        await _answered(desk, asked)
    except Unsent:
        await desk.inbox.release(event)
        return
    await desk.inbox.answered(event)


async def _turn_has_come(desk: Desk, event: str) -> None:
    """Waits until what the same person said before in the thread is answered."""
    for _ in range(int(_LONGEST_QUEUE / _LOOK_AGAIN)):
        if await desk.inbox.turn_has_come(event):
            return
        await asyncio.sleep(_LOOK_AGAIN)


async def _answered(desk: Desk, asked: Asked) -> None:
    where = asked.where
    client = await desk.workspaces.client(where.team)
    try:
        visitor = await desk.people.visitor(client, where.team, where.user)
        if isinstance(visitor, Refused):
            await _refused(desk, where, visitor)
            return
        if is_leaving(asked.text) and where.kind != "im":
            await _left(desk, asked, visitor)
            return
        await _joined(desk, where, visitor)
        if asked.files:
            await offer(desk, client, where, visitor, asked.files, event=asked.event_id)
            return
        word = await heard(desk, client, asked, visitor)
        if word.answered:
            return
        text = await _text(desk, asked, visitor)
    except Exception as error:  # noqa: BLE001  (never silent: whatever failed is told)
        await desk.answering.fail(client, where, Language.ENGLISH, error)
        return
    await desk.answering.reply(
        client, where, visitor, text, event=asked.event_id, brought=word.brought
    )


async def _refused(desk: Desk, where: Where, refused: Refused) -> None:
    client = await desk.workspaces.client(where.team)
    only = None if where.kind == "im" else where.user
    sentence = refused.message.render(refused.language)
    await desk.answering.tell(client, where, sentence, only=only)


async def _joined(desk: Desk, where: Where, visitor: Visitor) -> None:
    """Takes part in the thread; in direct messages everything is for the assistant anyway."""
    if where.kind != "im":
        await Following(desk.sessions, desk.clock).join(where, visitor)


async def _left(desk: Desk, asked: Asked, visitor: Visitor) -> None:
    where = asked.where
    await Following(desk.sessions, desk.clock).leave(where)
    client = await desk.workspaces.client(where.team)
    await desk.answering.tell(client, where, words.LEFT.render(visitor.language))


async def _text(desk: Desk, asked: Asked, visitor: Visitor) -> str:
    """The question with the names of the colleagues whom it mentions."""
    if not asked.text:
        return words.EMPTY_MENTION.render(visitor.language)
    if not asked.others:
        return asked.text
    return with_names(asked.text, await desk.people.names(asked.where.team, asked.others))


async def _sent(desk: Desk, asked: Asked) -> bool:
    """Whether the answer stands in the thread. An answer of which a part is missing is excused
    there; one shown to the asker alone leaves no trace, so it is given again."""
    if asked.where.kind != "im":
        return False
    client = await desk.workspaces.client(asked.where.team)
    there, of = await parts_sent(client, asked.where, asked.event_id)
    if 0 < there < of:
        await _say(desk, asked, words.CUT_SHORT)
    return there > 0


async def _apologised(desk: Desk, asked: Asked) -> None:
    await _say(desk, asked, words.TOO_LATE)
    await desk.inbox.answered(asked.event_id, InboundState.GIVEN_UP)


async def _say(desk: Desk, asked: Asked, sentence: Text) -> None:
    where = asked.where
    client = await desk.workspaces.client(where.team)
    visitor = await desk.people.visitor(client, where.team, where.user)
    only = None if where.kind == "im" else where.user
    await desk.answering.tell(client, where, sentence.render(visitor.language), only=only)


def is_leaving(text: str) -> bool:
    """Whether the message does nothing but send the assistant out of the thread."""
    return fold(text).strip(_EDGES) in words.LEAVING
