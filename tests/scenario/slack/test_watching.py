"""Health and figures of the running bot, asked over HTTP."""

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.settings import Settings
from tests.scenario.slack.conftest import Staff, Start, settings_for
from tests.scenario.slack.peer import SlackPeer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Heartbeat:
    """A Chroma server as far as its heartbeat goes."""

    def __init__(self) -> None:
        self.answers, self.port = True, 0

    async def beat(self, _request: web.Request) -> web.Response:
        return web.Response(status=200 if self.answers else 500)


@pytest.fixture
async def heartbeat() -> AsyncIterator[Heartbeat]:
    beating = Heartbeat()
    app = web.Application()
    app.router.add_get("/api/v2/heartbeat", beating.beat)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    beating.port = runner.addresses[0][1]
    yield beating
    await runner.cleanup()


async def test_health_and_figures_of_a_running_bot(
    demo: Settings, peer: SlackPeer, start: Start, staff: Staff, heartbeat: Heartbeat
) -> None:
    port = free_port()
    settings = settings_for(
        demo,
        peer,
        "socket",
        KAM_HEALTH_PORT=port,
        CHROMA_URL=f"http://127.0.0.1:{heartbeat.port}",
    )
    async with start(settings), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as asking:
        await peer.answer(peer.said("who covers Merrowick?", staff.operations, "D1"))

        async def got(path: str) -> tuple[int, str]:
            async with asking.get(path) as answer:
                return answer.status, await answer.text()

        assert (await got("/healthz"))[0] == 200
        assert await got("/readyz") == (
            200,
            '{"status": "ok", "parts": {"database": true, "index": true}}',
        )
        status, figures = await got("/metrics")
        assert status == 200
        assert 'kam_turns_total{model="built-in",outcome="answered",surface="slack"} 1.0' in figures

        heartbeat.answers = False
        assert await got("/readyz") == (
            503,
            '{"status": "unavailable", "parts": {"database": true, "index": false}}',
        )
