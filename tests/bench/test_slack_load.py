"""How soon 200 people who ask at once are answered, while the model takes a second.

Beside it the same load on two peers that know neither people nor records nor rights: the SDK's
plain synchronous app, and the bare loop of the agent framework on the SDK's asynchronous app. The
second is the floor. Slack, the people and the model are played by this process, on the same
machine; what it takes of the processor is printed, and is no cost of the assistant.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from aiohttp import web
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from tests.scenario.slack.conftest import settings_for
from tests.scenario.slack.load import processes
from tests.scenario.slack.peer import SlackPeer, slack_peer
from tools.data.models import Person

pytestmark = pytest.mark.bench

PEOPLE, MODEL_SECONDS = 200, 1.0
LIMIT = 1.3
"""What the reply may take, as a multiple of the model's time, at the 95th percentile."""
OVER = pytest.mark.parametrize("over", [0.0, 10.0, 30.0], ids=["at once", "in 10 s", "in 30 s"])
_TICKS = os.sysconf("SC_CLK_TCK")
_SAID = "Please name the account that you mean."


@asynccontextmanager
async def _slow_model() -> AsyncIterator[tuple[str, list[float]]]:
    """A server of the OpenAI protocol whose every answer takes a second."""
    asked: list[float] = []

    async def complete(request: web.Request) -> web.StreamResponse:
        asked.append(time.monotonic())
        given = await request.json()
        await asyncio.sleep(MODEL_SECONDS)
        if given.get("stream"):
            return await _streamed(request)
        message = {"role": "assistant", "content": _SAID}
        return web.json_response(
            {
                "id": "c",
                "object": "chat.completion",
                "created": 0,
                "model": "m",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )

    application = web.Application()
    application.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(application, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", asked
    finally:
        await runner.cleanup()


async def _streamed(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for delta, end in (({"role": "assistant", "content": _SAID}, None), ({}, "stop")):
        choice = {"index": 0, "delta": delta, "finish_reason": end}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        await response.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())
    await response.write(b"data: [DONE]\n\n")
    return response


def _colleagues(settings: Settings, peer: SlackPeer) -> list[str]:
    """Slack users for as many as there are people, each asked in turn until all have asked."""
    with closing(open_records(settings)) as sessions, sessions() as session:
        users = []
        for number, person in enumerate(session.exec(select(Person).where(Person.active))):
            person.email, person.language = f"person{number}@example.com", "en"
            users.append(peer.add_user(f"U{number:04d}", person.email))
            session.add(person)
        session.commit()
    return [users[number % len(users)] for number in range(PEOPLE)]


async def _ask_all(peer: SlackPeer, users: list[str], over: float) -> list[float]:
    """The seconds until each has an answer; all ask within `over` seconds."""
    begun: dict[str, float] = {}

    async def one(number: int, user: str) -> None:
        await asyncio.sleep(over * number / len(users))
        body = peer.said("Is it going well with them?", user, f"D{number:04d}")
        begun[body["event"]["ts"]] = time.monotonic()
        await peer.deliver(body, seconds=60)

    await asyncio.gather(*(one(number, user) for number, user in enumerate(users)))

    def ended() -> dict[str, float]:
        done = (m for m in peer.messages if not m.streaming and m.thread in begun)
        return {str(m.thread): m.complete_at for m in done}

    await peer.until(lambda: len(ended()) == len(begun), seconds=120)
    return sorted(at - begun[ts] for ts, at in ended().items())


class Load:
    """A load on some processes: how soon each is answered, and what that takes."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self.asked = 0

    async def rest(self) -> None:
        """Returns when the processes have loaded ahead what they can."""
        spent = -1.0
        while (now := self._theirs()) - spent > 0.05:
            spent = now
            await asyncio.sleep(1)

    async def run(self, name: str, peer: SlackPeer, users: list[str], over: float) -> None:
        """Puts the load on and prints what came of it."""
        peer.ack_times.clear()
        theirs, own, begun = self._theirs(), time.process_time(), time.monotonic()
        seconds = await _ask_all(peer, users, over)
        taken = time.monotonic() - begun
        theirs, own = self._theirs() - theirs, time.process_time() - own
        half, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
        acks = sorted(peer.ack_times)[int(len(peer.ack_times) * 0.95)]
        print(
            f"\n{name}, {PEOPLE} people over {over:.0f} s: p50 {half:.2f} s, p95 {late:.2f} s "
            f"({late / MODEL_SECONDS:.2f} × the model, of {LIMIT}), acknowledged p95 {acks:.2f} s; "
            f"a turn takes {theirs / PEOPLE * 1000:.1f} ms of CPU, playing Slack and the model "
            f"{own / PEOPLE * 1000:.1f} ms; {(theirs + own) / taken:.2f} cores of {os.cpu_count()} "
            f"busy, load of the machine {os.getloadavg()[0]:.1f}"
        )

    def _theirs(self) -> float:
        """Seconds of CPU that the processes have used."""
        return sum(_cpu_seconds(pid) for pid in self._pids)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _homes(settings: Settings, folder: Path, replicas: int) -> list[Path]:
    """A home for each process, all with the index."""
    homes = [settings.home, *(folder / f"home{n}" for n in range(1, replicas))]
    for home in homes[1:]:
        shutil.copytree(settings.home / "index", home / "index")
    return homes


@OVER
@pytest.mark.parametrize("replicas", [1, 2])
async def test_people_asking_at_once(
    demo: Settings, tmp_path: Path, replicas: int, over: float
) -> None:
    async with slack_peer() as peer, _slow_model() as (url, asked):
        settings = settings_for(
            demo,
            peer,
            "socket",
            KAM_MODEL="openai:m",
            OPENAI_BASE_URL=url,
            OPENAI_API_KEY="sk-peer",
        )
        users = _colleagues(settings, peer)
        async with processes(settings, _homes(demo, tmp_path, replicas), lease=45.0) as bots:
            await peer.connected(replicas, seconds=120)
            for _ in range(replicas * 2):
                await peer.answer(peer.said("Hello", users[0], "D9000"))
            load = Load([bot.pid for bot in bots.running])
            await load.rest()
            asked.clear()
            await load.run(f"{replicas} process(es)", peer, users, over)
            assert len(asked) == PEOPLE


@OVER
@pytest.mark.parametrize(
    "script", ["slack_plain_app.py", "slack_bare_agent.py"], ids=["synchronous app", "bare agent"]
)
async def test_the_same_load_on_a_peer(script: str, over: float) -> None:
    async with slack_peer() as peer, _slow_model() as (url, _asked):
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": "xoxb-peer",
            "SLACK_APP_TOKEN": "xapp-peer",
            "SLACK_API_URL": f"{peer.url}/api/",
            "OPENAI_BASE_URL": url,
        }
        app = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(script))], env=environment
        )
        try:
            await peer.connected(1, seconds=60)
            await peer.answer(peer.said("Hello", "U0", "D9000"))
            load = Load([app.pid])
            await load.run(script, peer, [f"U{n}" for n in range(PEOPLE)], over)
        finally:
            app.kill()
            app.wait()
