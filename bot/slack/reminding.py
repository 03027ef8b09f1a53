"""Writing to people unasked: what is due, once a day at most, when they wish it.

A reminder is claimed in the database before it is sent, so that of several processes one sends
it. What a process that died has claimed is taken over after a while; where its message stands
in the conversation already, nothing is sent.
"""

import asyncio
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.slack.blocks.home import reminder_message
from bot.slack.desk import Desk
from bot.slack.people import Refused, Visitor
from bot.slack.sending import delivered
from tools.cards import Card
from tools.data import reminders
from tools.domain.reminding import Kind, kind_at
from tools.reminding import reminder

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

EVENT_TYPE = "kam_reminder"
_LEASE = timedelta(minutes=15)
_KEPT = timedelta(days=60)
_PROCESS = f"{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True)
class _Due:
    """A reminder that this process has claimed; `taken` says that another one may have sent it."""

    id: int
    person_id: int
    slack_user: str
    day: date
    kind: Kind
    taken: bool = False


async def remind(desk: Desk) -> int:
    """Sends what is due now; how many messages went out. Running it again sends nothing twice."""
    count = 0
    for due in await asyncio.to_thread(_claimed, desk):
        try:
            count += await _sent(desk, due)
        except Exception:
            log.exception("the reminder %s could not be sent", due.id)
    return count


def _claimed(desk: Desk) -> list[_Due]:
    """Everything to be sent now, claimed."""
    now = desk.clock()
    with desk.sessions() as session:
        people = {person.id or 0: person for person in reminders.reachable(session)}
        reminders.purge(session, now.date() - _KEPT)
        found = [
            _Due(
                row.id or 0,
                row.person_id,
                people[row.person_id].slack_user or "",
                row.day,
                Kind(row.kind),
                taken=True,
            )
            for row in reminders.left(session, by=_PROCESS, at=now, lease=_LEASE)
            if row.person_id in people
        ]
        near = [now.date() + timedelta(days=days) for days in (-1, 0, 1)]
        done = reminders.reminded(session, near)
        for number, person in people.items():
            local = _local(now, person.time_zone)
            kind = kind_at(reminders.wishes_of(session, number), local)
            if kind is None or (number, local.date()) in done:
                continue
            claimed = reminders.claim(session, number, local.date(), kind, by=_PROCESS, at=now)
            if claimed is not None:
                user = person.slack_user or ""
                found.append(_Due(claimed, number, user, local.date(), kind))
    return found


async def _sent(desk: Desk, due: _Due) -> int:
    team, _, user = due.slack_user.partition(":")
    client = await desk.workspaces.client(team)
    visitor = await desk.people.visitor(client, team, user)
    if isinstance(visitor, Refused) or visitor.asker.person_id != due.person_id:
        await _done(desk, due, None)
        return 0
    cards = await _cards(desk, visitor, due.kind)
    if not cards:
        await _done(desk, due, None)
        return 0
    opened = await client.conversations_open(users=user)
    channel = str(opened["channel"]["id"])
    standing = await _standing(client, channel, due) if due.taken else None
    moment = standing or await _post(client, channel, visitor, cards, due)
    await _done(desk, due, moment)
    return int(standing is None)


async def _cards(desk: Desk, visitor: Visitor, kind: Kind) -> tuple[Card, ...]:
    deps = await desk.deps(visitor, place=f"slack:{visitor.team}:reminder", thread=visitor.user)
    return await asyncio.to_thread(reminder, deps, kind)


async def _post(
    client: "AsyncWebClient", channel: str, visitor: Visitor, cards: tuple[Card, ...], due: _Due
) -> str:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"reminder": due.id}}
    posted = await delivered(
        lambda form: client.chat_postMessage(
            channel=channel,
            text=form.text,
            blocks=form.blocks or None,
            metadata=metadata,
            unfurl_links=False,
        ),
        reminder_message(cards, visitor.language),
    )
    return str(posted["ts"])


async def _standing(client: "AsyncWebClient", channel: str, due: _Due) -> str | None:
    """The timestamp of the message where it was sent before its sender died."""
    answer = await client.conversations_history(
        channel=channel, include_all_metadata=True, limit=100
    )
    messages: list[dict[str, Any]] = answer.get("messages") or []
    for message in messages:
        metadata = message.get("metadata") or {}
        if (
            metadata.get("event_type") == EVENT_TYPE
            and metadata["event_payload"].get("reminder") == due.id
        ):
            return str(message["ts"])
    return None


async def _done(desk: Desk, due: _Due, moment: str | None) -> None:
    def mark() -> None:
        with desk.sessions() as session:
            reminders.sent(session, due.id, desk.clock(), moment)

    await asyncio.to_thread(mark)


def _local(now: datetime, zone: str | None) -> datetime:
    """The instant in the person's own time; in the server's where theirs is not known."""
    if zone is None:
        return now
    try:
        return now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return now
