"""How soon 200 people who ask at once are answered, while the model takes a second.

Beside it, the same load on the SDK's plain synchronous app, which knows neither people nor
records nor rights.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
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


def _print(name: str, seconds: list[float], peer: SlackPeer) -> None:
    half, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    acks = sorted(peer.ack_times)[int(len(peer.ack_times) * 0.95)]
    print(
        f"\n{name}: p50 {half:.2f} s, p95 {late:.2f} s ({late / MODEL_SECONDS:.2f} × the model), "
        f"acknowledged p95 {acks:.2f} s"
    )


@pytest.mark.parametrize("over", [0.0, 10.0], ids=["at once", "within 10 s"])
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
        homes = [demo.home, *(tmp_path / f"home{n}" for n in range(1, replicas))]
        for home in homes[1:]:
            home.mkdir()
        async with processes(settings, homes, lease=45.0):
            await peer.connected(replicas, seconds=120)
            await peer.deliver(peer.said("Hello", users[0], "D9999"), seconds=60)
            await peer.until(lambda: any(m.channel == "D9999" for m in peer.messages), 60)
            peer.ack_times.clear()
            asked.clear()
            seconds = await _ask_all(peer, users, over)
        name = f"{PEOPLE} people, {replicas} process(es), all asking over {over:.0f} s"
        _print(f"{name}, {len(asked) / PEOPLE:.2f} model calls each", seconds, peer)


@pytest.mark.parametrize("over", [0.0, 10.0], ids=["at once", "within 10 s"])
async def test_the_plain_synchronous_app(over: float) -> None:
    async with slack_peer() as peer, _slow_model() as (url, _asked):
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": "xoxb-peer",
            "SLACK_APP_TOKEN": "xapp-peer",
            "SLACK_API_URL": f"{peer.url}/api/",
            "OPENAI_BASE_URL": url,
        }
        script = Path(__file__).with_name("slack_plain_app.py")
        app = subprocess.Popen([sys.executable, str(script)], env=environment)
        try:
            await peer.connected(1, seconds=60)
            seconds = await _ask_all(peer, [f"U{n}" for n in range(PEOPLE)], over)
        finally:
            app.kill()
            app.wait()
        _print(f"plain synchronous app, {PEOPLE} people over {over:.0f} s", seconds, peer)
