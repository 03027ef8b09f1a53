"""The bot over HTTP against a Slack that others made: the npm package `emulate`.

It signs its events and keeps messages, threads and edits. It knows no streams, so the answer
comes by the way that is left then; clicks are our own, signed with the same secret.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select

from bot.main import open_records
from bot.settings import Settings
from tests.npm_peers import PEERS, node_with
from tests.scenario.slack.acting import clicked, has
from tests.scenario.slack.conftest import Start
from tests.scenario.slack.peer import SECRET, Json, Message, SlackPeer
from tests.unit.catalog.world import World
from tools.data.models import Account, Person

BOT, ANNA = "xoxb-kam", "xoxp-anna"
CONFIRM, UNDO = "kam_proposal_confirm", "kam_proposal_undo"
_SEED = {
    "signing_secret": SECRET,
    "users": [
        {"name": "anna", "email": "anna@example.com"},
        {"name": "kam", "email": "kam@example.com"},
    ],
    "bots": [{"name": "kam"}],
    "tokens": [
        {"token": BOT, "user": "kam", "type": "bot"},
        {"token": ANNA, "user": "anna"},
    ],
}


@dataclass
class Workspace:
    """The other Slack, as Anna uses it in her conversation with the bot."""

    api: str
    anna: AsyncWebClient
    process: asyncio.subprocess.Process
    team: str = ""
    user: str = ""
    channel: str = ""

    async def subscribe(self, address: str) -> None:
        """Sends every event to that address from now on."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{address}\n".encode())
        await self.process.stdout.readline()

    async def say(self, words: str) -> str:
        """What Anna says in the conversation; its timestamp."""
        posted = await self.anna.chat_postMessage(channel=self.channel, text=words)
        return str(posted["ts"])

    async def answers(self, root: str) -> list[Json]:
        """What the bot said in the thread."""
        told = await self.anna.conversations_replies(channel=self.channel, ts=root)
        messages: list[Json] = told["messages"]
        return [m for m in messages if m["user"] != self.user]

    async def answer(self, root: str, part: str) -> Json:
        """The bot's message in the thread that says this, once it does."""
        async with asyncio.timeout(60):
            while True:
                for message in await self.answers(root):
                    if part in json.dumps(message, ensure_ascii=False):
                        return message
                await asyncio.sleep(0.1)


@asynccontextmanager
async def emulated() -> AsyncIterator[Workspace]:
    """The workspace, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        node_with("emulate"),
        str(PEERS / "slack.mjs"),
        json.dumps(_SEED),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        told = json.loads(await process.stdout.readline())
        api = f"{told['url']}/api/"
        anna = AsyncWebClient(ANNA, base_url=api)
        workspace = Workspace(api, anna, process)
        bot = await AsyncWebClient(BOT, base_url=api).auth_test()
        known = await anna.auth_test()
        workspace.team, workspace.user = known["team_id"], known["user_id"]
        opened = await anna.conversations_open(users=bot["user_id"])
        workspace.channel = opened["channel"]["id"]
        yield workspace
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with emulated() as opened:
        yield opened


@pytest.fixture
def settings(workspace: Workspace, tmp_path: Path, sqlite_template: Path) -> Settings:
    """Anna and her account, known by her e-mail address."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(sqlite_template, home / "kam.db")
    found = Settings(
        _env_file=None,
        KAM_HOME=home,
        SLACK_API_URL=workspace.api,
        SLACK_BOT_TOKEN=BOT,
        SLACK_SIGNING_SECRET=SECRET,
        KAM_SLACK_MODE="http",
        KAM_HTTP_PORT=0,
    )
    with closing(open_records(found)) as sessions:
        world = World(sessions)
        anna = world.person("Anna Berg")
        world.covers(anna, world.account("Tarnwell Ltd", city="Lyon"))
        with sessions() as session:
            session.get_one(Person, anna).email = "anna@example.com"
            session.commit()
    return found


def city(session: Session) -> Any:
    return session.exec(select(Account)).one().city


async def test_a_round_trip(
    workspace: Workspace, settings: Settings, start: Start, peer: SlackPeer
) -> None:
    async with start(settings):
        await workspace.subscribe(f"{peer.web_url}/slack/events")
        root = await workspace.say("Who owns Tarnwell Ltd?")
        await workspace.answer(root, "Anna Berg")
        root = await workspace.say("Set the city of Tarnwell Ltd to Paris")
        card = await workspace.answer(root, CONFIRM)
        await press(workspace, peer, card, root, CONFIRM)
        changed = await workspace.answer(root, "Confirmed by Anna Berg")
        assert changed["ts"] == card["ts"]
        assert not has(changed, CONFIRM)
        with closing(open_records(settings)) as sessions, sessions() as session:
            assert city(session) == "Paris"
        await press(workspace, peer, changed, root, UNDO)
        await workspace.answer(root, "Undone by Anna Berg")


async def press(workspace: Workspace, peer: SlackPeer, card: Json, root: str, action: str) -> None:
    """Anna's click on a card."""
    message = Message(workspace.channel, card["ts"], root, card["text"], card["blocks"])
    body = clicked(peer, message, action, workspace.user)
    body["team"]["id"] = body["user"]["team_id"] = workspace.team
    await peer.click(body)
