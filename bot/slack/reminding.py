"""Writing to people unasked: what is due, once a day at most, when they wish it.

A reminder is claimed in the database before it is sent, so that of several processes one sends
it. What a process that died has claimed is taken over after a while; where its message stands
in the conversation already, nothing is sent.
"""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from bot.slack.blocks.home import reminder_message
from bot.slack.desk import Desk
from bot.slack.people import Refused, Visitor
from bot.slack.sending import delivered
from bot.turn import ToolCall
from tools.cards import Card
from tools.data import reminders
from tools.data.models import Person
from tools.domain.reminding import Kind, kind_at
from tools.reminding import reminder

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

EVENT_TYPE = "kam_reminder"
_LEASE = timedelta(minutes=15)
_KEPT = timedelta(days=60)


@dataclass(frozen=True)
class _Due:
    """A reminder that this process has claimed; `taken` says that another one may have sent it."""

    id: int
    person_id: int
    slack_user: str
    day: date
    kind: Kind
    taken: bool = False


class Reminding:
    """Sends reminders, one run at a time. Running it again sends nothing twice, whichever
    process does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running = False
        self._zones: dict[str, tuple[date, str | None]] = {}

    async def run(self) -> int:
        """Sends what is due now; how many messages went out."""
        if self._running:
            return 0
        self._running = True
        try:
            return await self._run()
        finally:
            self._running = False

    async def _run(self) -> int:
        now = self._desk.clock()
        people = await asyncio.to_thread(self._reachable)
        local = {}
        for person in people:
            at = await self._local(person, now)
            if at is not None:
                local[person.id or 0] = at
        count = 0
        for due in await asyncio.to_thread(_claimed, self._desk, people, local, now):
            try:
                count += await _sent(self._desk, due)
            except Exception:
                log.exception("the reminder %s could not be sent", due.id)
        return count

    def _reachable(self) -> list[Person]:
        with self._desk.sessions() as session:
            return reminders.reachable(session)

    async def _local(self, person: Person, now: datetime) -> datetime | None:
        """The person's own time, by the recorded zone or the one in Slack, which is looked up
        once a day; None where Slack does not tell now."""
        if person.time_zone is not None:
            return local_time(now, person.time_zone)
        user = person.slack_user or ""
        if user not in self._zones or self._zones[user][0] != now.date():
            team, _, name = user.partition(":")
            try:
                client = await self._desk.workspaces.client(team)
                visitor = await self._desk.people.visitor(client, team, name)
            except Exception:
                log.exception("the time zone of person %s could not be looked up", person.id)
                return None
            zone = visitor.time_zone if isinstance(visitor, Visitor) else None
            self._zones[user] = now.date(), zone
        return local_time(now, self._zones[user][1])


def _claimed(
    desk: Desk, people: Sequence[Person], local: Mapping[int, datetime], now: datetime
) -> list[_Due]:
    """Everything to be sent to these people now, claimed."""
    users = {person.id or 0: person.slack_user or "" for person in people}
    with desk.sessions() as session:
        reminders.purge(session, now.date() - _KEPT)
        found = list(_left(desk, session, users, local, now))
        near = [now.date() + timedelta(days=days) for days in (-1, 0, 1)]
        done = reminders.reminded(session, near)
        for number, at in local.items():
            kind = kind_at(reminders.wishes_of(session, number), at)
            if kind is None or (number, at.date()) in done:
                continue
            own = desk.inbox.owner
            claimed = reminders.claim(session, number, at.date(), kind, by=own, at=now)
            if claimed is not None:
                found.append(_Due(claimed, number, users[number], at.date(), kind))
    return found


def _left(
    desk: Desk,
    session: Session,
    users: Mapping[int, str],
    local: Mapping[int, datetime],
    now: datetime,
) -> Iterator[_Due]:
    """What a process began and did not finish, where it still may be sent; the rest is dropped."""
    for row in reminders.left(session, by=desk.inbox.owner, at=now, lease=_LEASE):
        number, at = row.person_id, local.get(row.person_id)
        timely = at is not None and at.date() == row.day
        if at and timely and kind_at(reminders.wishes_of(session, number), at) is not None:
            yield _Due(row.id or 0, number, users[number], row.day, Kind(row.kind), taken=True)
        else:
            reminders.sent(session, row.id or 0, now, None)


async def _sent(desk: Desk, due: _Due) -> int:
    if not await asyncio.to_thread(_held, desk, due):
        return 0
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

    def recorded() -> tuple[Card, ...]:
        cards = reminder(deps, kind)
        if cards:
            calls = [ToolCall("reminder", {"kind": kind.value}, None)] * len(cards)
            desk.trail.shown(deps, "reminder", calls, cards)
        return cards

    return await asyncio.to_thread(recorded)


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


def _held(desk: Desk, due: _Due) -> bool:
    """Whether the claim is still this process's; it begins anew, as the queue may be long."""
    with desk.sessions() as session:
        return reminders.hold(session, due.id, by=desk.inbox.owner, at=desk.clock())


async def _done(desk: Desk, due: _Due, moment: str | None) -> None:
    def mark() -> None:
        with desk.sessions() as session:
            reminders.sent(session, due.id, desk.clock(), moment)

    await asyncio.to_thread(mark)


def local_time(now: datetime, zone: str | None) -> datetime:
    """The instant in the person's own time; in the server's where theirs is not known."""
    if zone is None:
        return now
    try:
        return now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return now
