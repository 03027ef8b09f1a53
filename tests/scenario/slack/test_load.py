"""Exactly once: two processes, duplicates, limits, a dropped socket, a killed process.

The default run is small; `make bench` sends a thousand messages.
"""

import asyncio
import shutil
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from tests.scenario.slack.conftest import Staff, enlist, settings_for
from tests.scenario.slack.load import ASK, answers, processes, send_all, until_answered
from tests.scenario.slack.peer import SlackPeer
from tools.data.demo import load_demo
from tools.data.models import AccountAlias, AuditEntry

_CHANGES = 0.1


async def _exactly_once(
    peer: SlackPeer, settings: Settings, user: str, homes: list[Path], *, count: int, lease: float
) -> None:
    """Questions and confirmed changes, broken into from all sides, come out once each."""
    changes = [f"Alias{number}" for number in range(max(2, round(count * _CHANGES / 3)))]
    held = _aliases(settings)
    begun = time.monotonic()
    async with processes(settings, homes, lease) as bots:
        await peer.connected(len(homes), seconds=90)
        first, second, third = [], [], []
        for name in changes:
            body = peer.said(f"Merrowick Semiconductor is also known as {name}", user)
            root = body["event"]["ts"]
            first.append(body)
            second.append((name, root))
        asks = [peer.said(ASK, user) for _ in range(count - 3 * len(changes))]
        half = len(asks) // 2

        ready = time.monotonic()
        peer.limit("chat.postMessage", seconds=1, times=max(3, count // 50))
        peer.limit("users.info", seconds=1, times=2)
        await send_all(peer, [*first, *asks[:half]], share_twice=0.3, at_once=40)
        await peer.drop_sockets()
        await until_answered(peer, first, 240)
        bots.kill(0)
        third = [peer.said("yes", user, thread=root) for _, root in second]
        await send_all(peer, [*third, *asks[half:]], share_twice=0.3, at_once=40)
        everything = [*first, *third, *asks]
        await until_answered(peer, everything, 600)
        taken = time.monotonic() - ready
        await asyncio.sleep(1)
    counted = answers(peer)
    assert set(counted) == {body["event_id"] for body in everything}
    assert set(counted.values()) == {1}
    with closing(open_records(settings)) as sessions, sessions() as session:
        applied = session.exec(select(AuditEntry).where(AuditEntry.action == "change applied"))
        assert len(applied.all()) == len(changes)
    assert sorted(_aliases(settings)) == sorted([*held, *changes])
    late = sorted(peer.ack_times)[int(len(peer.ack_times) * 0.99)]
    print(
        f"\n{len(everything)} messages, {sum(counted.values())} answers in {taken:.1f} s "
        f"({ready - begun:.1f} s to start), acknowledged in {late:.2f} s (p99)"
    )


def _aliases(settings: Settings) -> list[str]:
    with closing(open_records(settings)) as sessions, sessions() as session:
        return list(session.exec(select(AccountAlias.name)))


def _homes(settings: Settings, folder: Path) -> list[Path]:
    """Two homes, each with an index of its own."""
    homes = [folder / "one", folder / "two"]
    for home in homes:
        home.mkdir()
        shutil.copytree(settings.home / "index", home / "index")
    return homes


async def test_each_message_is_answered_once(
    peer: SlackPeer, slack_settings: Settings, staff: Staff, tmp_path: Path
) -> None:
    homes = _homes(slack_settings, tmp_path)
    await _exactly_once(peer, slack_settings, staff.owner, homes, count=30, lease=4)


@pytest.mark.bench
async def test_a_thousand_messages(
    peer: SlackPeer, demo: Settings, database_url: str, tmp_path: Path
) -> None:
    settings = settings_for(demo, peer, "socket", DATABASE_URL=database_url)
    with closing(open_records(settings)) as sessions:
        load_demo(sessions, date.today())  # noqa: DTZ011
        staff = enlist(sessions, peer)
    await _exactly_once(peer, settings, staff.owner, _homes(demo, tmp_path), count=1000, lease=20)
