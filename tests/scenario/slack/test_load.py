"""Exactly once: two processes, duplicates, limits, a dropped socket, a killed process.

The default run sends 30 events. A thousand, on SQLite and on PostgreSQL, with what came of them
printed:

    .venv/bin/pytest -m long -s tests/scenario/slack/test_load.py
"""

import asyncio
import shutil
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from tests.scenario.slack.acting import clicked, has
from tests.scenario.slack.conftest import Staff, enlist, settings_for
from tests.scenario.slack.load import (
    ASK,
    Processes,
    answers,
    processes,
    send_all,
    until_answered,
)
from tests.scenario.slack.peer import Json, Message, SlackPeer
from tests.scenario.slack.proposing import CONFIRM
from tools.data.demo import load_demo
from tools.data.models import AccountAlias, AuditEntry, ChangeSet
from tools.domain.vocabulary import ChangeStatus

_CHANGES, _TWICE, _AT_ONCE = 0.034, 0.3, 40
_CONFIRMED = "Confirmed by"


@dataclass
class Load:
    """A person who asks, and who proposes and confirms changes, half by a word, half by a
    click: `count` events in all."""

    peer: SlackPeer
    user: str
    count: int
    messages: list[Json] = field(default_factory=list)
    cards: list[Message] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    sent: int = 0
    clicked_again: int = 0

    @property
    def names(self) -> list[str]:
        """The aliases to be added, one a change."""
        return [f"Alias{number}" for number in range(max(2, round(self.count * _CHANGES)))]

    def asked(self) -> list[Json]:
        """Half of the questions."""
        return [self._said(ASK) for _ in range(self.count // 2 - len(self.names))]

    async def propose(self) -> list[Json]:
        """Proposes all changes among questions while Slack limits and a socket breaks; the
        proposals."""
        self.peer.limit("chat.postMessage", seconds=1, times=max(3, self.count // 50))
        self.peer.limit("users.info", seconds=1, times=2)
        proposals = [
            self._said(f"Merrowick Semiconductor is also known as {name}") for name in self.names
        ]
        await self.send([*proposals, *self.asked()])
        await self.peer.drop_sockets()
        await until_answered(self.peer, proposals, 240)
        return proposals

    async def confirm(self, proposals: list[Json], bots: Processes) -> None:
        """Confirms them among questions, while one process is killed."""
        half = len(proposals) // 2
        roots = [body["event"]["ts"] for body in proposals]
        words = [self._said("yes", thread=root) for root in roots[:half]]
        self.cards = [self._card(root) for root in roots[half:]]
        wave = [*words, *map(self._click, self.cards), *self.asked()]
        before = len(self.peer.ack_times)
        sending = asyncio.create_task(self.send(wave))
        await self.peer.until(lambda: len(self.peer.ack_times) > before + len(wave) // 3, 120)
        bots.kill(0)
        await sending
        await self._click_again()

    async def send(self, bodies: list[Json]) -> None:
        done = await send_all(self.peer, bodies, share_twice=_TWICE, at_once=_AT_ONCE)
        self.sent += len(done)
        self.heard |= {
            body["container"]["message_ts"]
            for body, acknowledged in done
            if acknowledged and "container" in body
        }

    def _said(self, text: str, **more: str) -> Json:
        body = self.peer.said(text, self.user, **more)
        self.messages.append(body)
        return body

    def _card(self, root: str) -> Message:
        return next(m for m in self.peer.thread("D1", root) if has(m, CONFIRM))

    def _click(self, card: Message) -> Json:
        return clicked(self.peer, card, CONFIRM, self.user)

    async def _click_again(self) -> None:
        """Clicks what was never acknowledged, as a person does; all else happens without."""
        left = [card for card in self.cards if card.ts not in self.heard]
        self.clicked_again += len(left)
        await self.send([self._click(card) for card in left])
        await self.peer.until(lambda: all(_CONFIRMED in card.words() for card in self.cards), 60)


async def _exactly_once(
    peer: SlackPeer, settings: Settings, user: str, homes: list[Path], *, count: int, lease: float
) -> None:
    """Questions and confirmed changes, broken into from all sides, come out once each."""
    load, held = Load(peer, user, count), _aliases(settings)
    async with processes(settings, homes, lease) as bots:
        await peer.connected(len(homes), seconds=90)
        begun = time.monotonic()
        await load.confirm(await load.propose(), bots)
        await until_answered(peer, load.messages, 600)
        taken = time.monotonic() - begun
        await asyncio.sleep(1)
    counted, applied = answers(peer), _applied(settings)
    assert set(counted) == {body["event_id"] for body in load.messages}
    assert set(counted.values()) == {1}
    assert len(applied) == len(load.names)
    assert set(applied.values()) == {1}
    assert sorted(_aliases(settings)) == sorted([*held, *load.names])
    assert len(load.messages) + len(load.cards) == count
    late = sorted(peer.ack_times)[int(len(peer.ack_times) * 0.99)]
    print(
        f"\n{count} events ({load.sent} deliveries) on {settings.database.partition(':')[0]}: "
        f"{sum(counted.values())} answers to {len(load.messages)} messages, "
        f"{sum(applied.values())} applications of {len(load.names)} changes "
        f"({len(load.cards)} by a click, {load.clicked_again} of them never acknowledged and "
        f"clicked again), {taken:.1f} s, acknowledged in {late:.2f} s (p99)"
    )


def _aliases(settings: Settings) -> list[str]:
    with closing(open_records(settings)) as sessions, sessions() as session:
        return list(session.exec(select(AccountAlias.name)))


def _applied(settings: Settings) -> Counter[str | None]:
    """How often the audit trail says of each applied change that it was applied."""
    with closing(open_records(settings)) as sessions, sessions() as session:
        query = select(ChangeSet.id).where(ChangeSet.status == ChangeStatus.APPLIED)
        entries = select(AuditEntry).where(AuditEntry.action == "change applied")
        changes = {f"change:{number}" for number in session.exec(query)}
        said = Counter(entry.subject for entry in session.exec(entries))
        assert set(said) == changes
        return said


def _homes(settings: Settings, folder: Path) -> list[Path]:
    """Two homes, each with an index of its own."""
    homes = [folder / "one", folder / "two"]
    for home in homes:
        home.mkdir()
        shutil.copytree(settings.home / "index", home / "index")
    return homes


@pytest.mark.heavy
async def test_each_message_is_answered_once(
    peer: SlackPeer, slack_settings: Settings, staff: Staff, tmp_path: Path
) -> None:
    homes = _homes(slack_settings, tmp_path)
    await _exactly_once(peer, slack_settings, staff.owner, homes, count=30, lease=4)


@pytest.mark.long
async def test_a_thousand_events(
    peer: SlackPeer, demo: Settings, database_url: str, tmp_path: Path
) -> None:
    settings = settings_for(demo, peer, "socket", DATABASE_URL=database_url)
    with closing(open_records(settings)) as sessions:
        load_demo(sessions, date.today())  # noqa: DTZ011
        staff = enlist(sessions, peer)
    await _exactly_once(peer, settings, staff.owner, _homes(demo, tmp_path), count=1000, lease=20)
