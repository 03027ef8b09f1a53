"""Stopping a turn: its work, its answer, and what it proposed."""

import asyncio
from datetime import datetime, timedelta

from bot.slack import words
from bot.slack.answer import Where
from bot.slack.desk import Desk
from bot.slack.handling import turn_key
from bot.slack.inbound import conversation_of
from bot.slack.people import Refused, Visitor
from bot.slack.session import set_status
from tools.changes import cancel, pending
from tools.deps import Deps
from tools.domain.vocabulary import InboundState
from tools.errors import KamError

# A tool that is running when the turn is cancelled may still propose.
_AFTERMATH_SECONDS = 3.0


async def stop(desk: Desk, where: Where) -> None:
    """Stops what the user of that place has under way in the thread, in whichever process.

    Somebody else's turn there goes on: only the person who asked can stop it.
    """
    client = await desk.workspaces.client(where.team)
    visitor = await desk.people.visitor(client, where.team, where.user)
    if isinstance(visitor, Refused):
        return
    conversation = conversation_of(where.root, where.user)
    events = await desk.inbox.stop(where.place, conversation)
    if await desk.tasks.cancel(turn_key(where.place, conversation)):
        for event in events:
            await desk.inbox.answered(event, InboundState.STOPPED)
    if not events:
        await _explain(desk, where, visitor)
        return
    begun = min(events.values())
    dropped = await _drop_proposals(desk, where, visitor, begun)
    sentence = words.STOPPED_WITH_CHANGE if dropped else words.STOPPED
    only = None if where.kind == "im" else where.user
    await desk.answering.tell(client, where, sentence.render(visitor.language), only=only)
    await set_status(client, where.channel, where.root, "active")
    await asyncio.sleep(_AFTERMATH_SECONDS)
    await _drop_proposals(desk, where, visitor, begun)


async def _explain(desk: Desk, where: Where, visitor: Visitor) -> None:
    """Says why nothing stops; a turn that has ended just now needs only its status."""
    client = await desk.workspaces.client(where.team)
    if await desk.inbox.is_open(where.place, where.root):
        sentence = words.NOT_YOURS.render(visitor.language)
        await desk.answering.tell(client, where, sentence, only=where.user)
    else:
        await set_status(client, where.channel, where.root, "active")


async def _drop_proposals(desk: Desk, where: Where, visitor: Visitor, begun: datetime) -> int:
    """Cancels what the stopped turn proposed; what was waiting before stays."""
    deps = await desk.deps(visitor, place=where.place, thread=where.root)
    return await asyncio.to_thread(_dropped, deps, begun)


def _dropped(deps: Deps, begun: datetime) -> int:
    lasts = timedelta(hours=deps.rules.changes.expiry_hours)
    count = 0
    for proposal in pending(deps):
        if proposal.expires_at - lasts >= begun:
            try:
                cancel(deps, proposal.change_id)
            except KamError:
                continue
            count += 1
    return count
