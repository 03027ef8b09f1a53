"""Many messages to several processes of the bot, some of them twice, while things break."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.scenario.slack.peer import SlackPeer

_ROOT = Path(__file__).parents[3]
_RETRY_AFTER = (0.0, 1.0, 3.0, 6.0)
ASK = "What is share of wallet?"
Json = dict[str, Any]


@dataclass
class Processes:
    """The running bots."""

    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    def kill(self, number: int) -> None:
        """Ends one at once, as a machine that loses its power."""
        self.running[number].send_signal(signal.SIGKILL)


@asynccontextmanager
async def processes(
    settings: Settings, homes: list[Path], lease: float
) -> AsyncIterator[Processes]:
    """One bot per home, all on the database of the settings."""
    shared = {
        str(field.validation_alias): _plain(value)
        for name, field in Settings.model_fields.items()
        if (value := getattr(settings, name)) is not None
    }
    found = Processes()
    try:
        for home in homes:
            environment = {**os.environ, **shared, "KAM_HOME": str(home), "PYTHONPATH": str(_ROOT)}
            environment["DATABASE_URL"] = settings.database
            found.running.append(
                await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "tests.scenario.slack.worker",
                    str(lease),
                    env=environment,
                    cwd=home,
                    stdout=asyncio.subprocess.DEVNULL,
                )
            )
        yield found
    finally:
        for process in found.running:
            if process.returncode is None:
                process.terminate()
        for process in found.running:
            await process.wait()


def _plain(value: Any) -> str:
    secret = getattr(value, "get_secret_value", None)
    return str(secret() if secret else value)


async def send(peer: SlackPeer, body: Json) -> bool:
    """Hands a message or a click over as Slack does: a message again, where it is not
    acknowledged. Whether it was in the end."""
    is_click = body["type"] == "block_actions"
    kind = "interactive" if is_click else "events_api"
    for retry, pause in enumerate(_RETRY_AFTER[:1] if is_click else _RETRY_AFTER):
        await asyncio.sleep(pause)
        try:
            await peer.deliver(body, retry=retry, kind=kind, seconds=3)
        except (TimeoutError, OSError):
            continue
        return True
    return False


async def send_all(
    peer: SlackPeer, bodies: list[Json], *, share_twice: float, at_once: int
) -> list[tuple[Json, bool]]:
    """Sends all, a share of them twice; what was sent, each with whether it was acknowledged."""
    chance = random.Random(7)
    sent = bodies + chance.sample(bodies, round(len(bodies) * share_twice))
    chance.shuffle(sent)
    gate = asyncio.Semaphore(at_once)

    async def one(body: Json) -> tuple[Json, bool]:
        async with gate:
            return body, await send(peer, body)

    return await asyncio.gather(*(one(body) for body in sent))


def answers(peer: SlackPeer) -> Counter[str]:
    """How often each event was answered, as complete messages tell that answer one."""
    return Counter(
        message.metadata["event_payload"]["event"]
        for message in peer.messages
        if message.metadata and not message.streaming
    )


async def until_answered(peer: SlackPeer, bodies: list[Json], seconds: float) -> None:
    """Waits until each message has an answer."""
    events = {body["event_id"] for body in bodies}
    await peer.until(lambda: events <= set(answers(peer)), seconds)
