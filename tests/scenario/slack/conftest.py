"""The whole bot over the demo company, with a peer that plays Slack."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import col, select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.serve import serve
from tests.scenario.slack.bench import Bench, open_bench
from tests.scenario.slack.peer import APP_TOKEN, BOT_TOKEN, SECRET, SlackPeer, slack_peer
from tests.scenario.slack.peer.pushed import PUSHED
from tests.scenario.slack.town import Town, open_town
from tests.ways_in import PROPERTY
from tools.data.database import Sessions
from tools.data.models import Person
from tools.domain.vocabulary import Role

_OWNER = "Priya Raman"
Start = Callable[..., AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Staff:
    """Slack users of demo people, by their part; `owner` covers Merrowick Semiconductor."""

    owner: str
    rep: str
    manager: str
    newcomer: str
    operations: str


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Reports which ways into the app the test has gone."""
    PUSHED.clear()
    yield
    item.user_properties += [(PROPERTY, [w.kind, w.name, w.transport]) for w in PUSHED]


@pytest.fixture(scope="module", autouse=True)
def _nothing_ahead() -> Iterator[None]:
    """What a small company's bot would load ahead of questions is an index that nobody asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.ahead.Ahead.start", lambda _: None)
        yield


@pytest.fixture
def transport(request: pytest.FixtureRequest) -> str:
    """How Slack reaches the app; parametrize it indirectly to choose."""
    return str(getattr(request, "param", "socket"))


@pytest.fixture
async def peer() -> AsyncIterator[SlackPeer]:
    """Slack. No test passes that sends what breaks a documented limit."""
    async with slack_peer() as playing:
        yield playing


@pytest.fixture
def slack_settings(demo: Settings, peer: SlackPeer, transport: str) -> Settings:
    """The demo company's settings with a Slack to talk to."""
    return settings_for(demo, peer, transport)


def settings_for(settings: Settings, peer: SlackPeer, transport: str, **more: Any) -> Settings:
    """These settings with the peer as Slack."""
    slack = {
        "SLACK_API_URL": f"{peer.url}/api/",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "KAM_SLACK_MODE": transport,
        "KAM_HTTP_PORT": 0,
    }
    given = settings.model_dump(by_alias=False)
    kept = {
        str(field.validation_alias): given[name]
        for name, field in Settings.model_fields.items()
        if given[name] is not None
    }
    return Settings(**{**kept, **slack, **more})


@pytest.fixture
def staff(slack_settings: Settings, peer: SlackPeer) -> Staff:
    """Members of the workspace whose e-mail addresses are those of demo people."""
    with closing(open_records(slack_settings)) as sessions:
        return enlist(sessions, peer)


def enlist(sessions: Sessions, peer: SlackPeer) -> Staff:
    """Makes one person of each part a member of the workspace, who writes English."""
    with sessions() as session:
        active = session.exec(select(Person).where(Person.active).order_by(col(Person.id))).all()
        parts = {"owner": next(person for person in active if person.name == _OWNER)}
        for role in (Role.REP, Role.MANAGER, Role.NEWCOMER, Role.SALES_OPERATIONS):
            parts[role] = next(p for p in active if p.role is role and p.name != _OWNER)
        users = {}
        for part, person in parts.items():
            person.email = person.email or f"person{person.id}@example.com"
            person.language = "en"
            users[part] = peer.add_user(f"U{person.id:04d}", person.email)
            session.add(person)
        session.commit()
    return Staff(
        owner=users["owner"],
        rep=users[Role.REP],
        manager=users[Role.MANAGER],
        newcomer=users[Role.NEWCOMER],
        operations=users[Role.SALES_OPERATIONS],
    )


@pytest.fixture
def start(peer: SlackPeer) -> Start:
    """Runs the bot within a context, in this process."""

    @asynccontextmanager
    async def started(settings: Settings, **options: Any) -> AsyncIterator[None]:
        stop, ready = asyncio.Event(), asyncio.Event()
        where: list[str] = []

        def is_ready(address: str) -> None:
            where.append(address)
            ready.set()

        running = asyncio.create_task(
            serve(settings, stop=stop, ready=is_ready, **{"grace": 5.0, **options})
        )
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            waiting.cancel()
            await running
        peer.web_url = where[0] if where[0].startswith("http") else None
        try:
            yield
        finally:
            stop.set()
            await running

    return started


@pytest.fixture
async def slack(
    start: Start, slack_settings: Settings, staff: Staff, peer: SlackPeer
) -> AsyncIterator[SlackPeer]:
    """Slack with the bot in it."""
    async with start(slack_settings):
        yield peer


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["http"])
async def bench(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
) -> AsyncIterator[Bench]:
    """A small company with the bot in its Slack, for all tests of a file."""
    folder = tmp_path_factory.mktemp("bench")
    async with open_bench(folder, sqlite_template, str(request.param)) as opened:
        yield opened


@pytest.fixture
async def town(
    database_url: str, sessions: Sessions, tmp_path: Path, peer: SlackPeer
) -> AsyncIterator[Town]:
    """A town with people to remind, on each database."""
    async with open_town(tmp_path / "home", database_url, sessions, peer) as opened:
        yield opened
