"""A small company with the bot in its Slack, started once for a file of tests.

Each test writes accounts of its own, so that none sees what another did.
"""

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.blocks.message import Message as Sent
from bot.slack.blocks.proposals import waiting
from bot.slack.limits import violations
from bot.slack.serve import serve
from tests.scenario.slack.acting import clicked, elements, submitted
from tests.scenario.slack.peer import (
    APP_TOKEN,
    BOT_TOKEN,
    SECRET,
    TEAM,
    Json,
    Message,
    SlackPeer,
    slack_peer,
)
from tests.unit.catalog.world import NoLibrary, World
from tools.access import Asker
from tools.catalog import READS, WRITES
from tools.changes import Proposal
from tools.data.database import SessionFactory
from tools.data.models import Account, Person, Preference
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.domain.vocabulary import Role, UnitKind
from tools.text import Language

_NUMBERS = itertools.count(1)
REP, OTHER, MANAGER, NEWCOMER, OPERATIONS = "UREP", "UOTHER", "UMANAGER", "UNEW", "UOPS"
UNKNOWN, GUEST = "UUNKNOWN", "UGUEST"


@dataclass
class Bench:
    """The company and its Slack. `REP` covers every account that a test writes, `MANAGER` leads
    the team, `OTHER` is a colleague without accounts."""

    slack: SlackPeer
    settings: Settings
    sessions: SessionFactory
    world: World
    people: dict[str, int] = field(default_factory=dict)

    def account(self, name: str = "", *, newcomers: bool = False, **more: Any) -> str:
        """The name of a new account of the rep's."""
        called = name or f"Tarnwell {next(_NUMBERS)} Ltd"
        number = self.world.account(called, sandbox=newcomers, **more)
        self.world.covers(self.people[REP], number)
        return called

    def id_of(self, account: str) -> int:
        return self.one(select(Account).where(Account.name == account)).id or 0

    def one(self, query: Any) -> Any:
        with self.sessions() as session:
            return session.exec(query).one()

    def all(self, query: Any) -> list[Any]:
        with self.sessions() as session:
            return list(session.exec(query))

    def write(self, change: Callable[[Session], None]) -> None:
        with self.sessions() as session:
            change(session)
            session.commit()

    def deps(self, user: str, thread: str = "") -> Deps:
        """What the bot would give a tool for this person in direct messages."""
        with self.sessions() as session:
            person = session.get_one(Person, self.people[user])
            asker = Asker(person.id, person.name, person.role, person.unit_id)
            rules = current_rules(session)
        now = datetime.now(UTC).astimezone()
        place = f"slack:{TEAM}:D1"
        return Deps(
            *(self.sessions, lambda: now, rules, asker, Language.ENGLISH, NoLibrary()),
            surface=place,
            thread=thread,
        )

    def call(self, tool: str, user: str, thread: str = "", **arguments: Any) -> Any:
        """What a tool returns to this person."""
        found = next(one for one in (*READS, *WRITES) if one.name == tool)
        return found.function(self.deps(user, thread), **arguments)

    def proposed(self, tool: str, user: str = REP, **arguments: Any) -> Message:
        """The card of a proposal that the tool made for this person, in a thread."""
        thread = self.slack.ts()
        proposal: Proposal = self.call(tool, user, thread, **arguments)
        return self.shown(waiting(proposal, Language.ENGLISH), thread)

    def shown(self, sent: Sent, thread: str | None = None, only: str | None = None) -> Message:
        """A message that stands in Slack."""
        blocks = json.loads(json.dumps(sent.blocks))
        list(elements(blocks))
        message = Message("D1", self.slack.ts(), thread, sent.text, blocks, only)
        self.slack.messages.append(message)
        return message

    async def press(self, card: Message, action: str, user: str = REP, **more: Any) -> None:
        await self.slack.click(clicked(self.slack, card, action, user, **more))

    async def submit(self, view: Json, user: str = REP, **values: Any) -> "Json | None":
        answer = await self.slack.click(submitted(view, user, values))
        if answer and "view" in answer:
            assert violations(answer["view"]["blocks"], view="modal") == []
        return answer

    async def changed(self, card: Message, words: str) -> None:
        """Waits until the card says this."""
        await self.slack.until(lambda: words in card.words())

    async def eventually(self, condition: Callable[[], bool]) -> None:
        """Waits for what no call of Slack tells of."""
        for _ in range(400):
            if condition():
                return
            await asyncio.sleep(0.02)
        assert condition()

    async def whispered(self, act: Any) -> Json:
        """What the acting person alone is told in the end."""
        before = len(self.slack.answers)
        await act
        await self.slack.until(lambda: len(self.slack.answers) > before)
        return self.slack.answers[-1]

    async def opened(self, act: Any) -> Json:
        """The modal that opens."""
        before = len(self.slack.named("views.open"))
        await act
        await self.slack.until(lambda: len(self.slack.named("views.open")) > before)
        view = self.slack.named("views.open")[-1]["view"]
        found: Json = json.loads(json.dumps(view))
        return found

    async def sent(self, act: Any) -> Message:
        """The next message that is posted, in whatever place."""
        before = len(self.slack.messages)
        await act
        await self.slack.until(lambda: len(self.slack.messages) > before)
        return self.slack.messages[before]


@asynccontextmanager
async def open_bench(folder: Path, template: Path, transport: str) -> AsyncIterator[Bench]:
    """The bot over an empty database with a few people, and Slack beside it."""
    home = folder / "home"
    home.mkdir()
    shutil.copy(template, home / "kam.db")
    async with slack_peer() as slack:
        settings = _settings(home, slack, transport)
        with closing(open_records(settings)) as sessions:
            bench = Bench(slack, settings, sessions, World(sessions))
            _staff(bench)
            async with running(settings, slack):
                yield bench


def _settings(home: Path, slack: SlackPeer, transport: str) -> Settings:
    return Settings(
        _env_file=None,
        KAM_HOME=home,
        SLACK_API_URL=f"{slack.url}/api/",
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
        SLACK_SIGNING_SECRET=SECRET,
        KAM_SLACK_MODE=transport,
        KAM_HTTP_PORT=0,
    )


def _staff(bench: Bench) -> None:
    world = bench.world
    unit = world.unit("East", UnitKind.REGION)
    staff = {
        REP: ("Anna Berg", Role.REP, unit),
        OTHER: ("Ben Okafor", Role.REP, None),
        MANAGER: ("Chen Wei", Role.MANAGER, unit),
        NEWCOMER: ("Dora Lind", Role.NEWCOMER, None),
        OPERATIONS: ("Emre Aydin", Role.SALES_OPERATIONS, None),
    }
    for user, (name, role, where) in staff.items():
        bench.people[user] = world.person(name, role, where)
        bench.slack.add_user(user)
    bench.slack.add_user(UNKNOWN, "nobody@example.com")
    bench.slack.add_user(GUEST, is_restricted=True)

    def link(session: Session) -> None:
        for user, number in bench.people.items():
            session.get_one(Person, number).slack_user = f"{TEAM}:{user}"
            # On a working day a reminder would come between the messages that tests wait for.
            session.add(Preference(person_id=number, reminders=False, digest=False))

    bench.write(link)


@asynccontextmanager
async def running(
    settings: Settings, slack: SlackPeer, *, grace: float = 5.0, **options: Any
) -> AsyncIterator[None]:
    """The bot, until the context ends; requests go to the one started last."""
    stop, ready = asyncio.Event(), asyncio.Event()
    where: list[str] = []

    def is_ready(address: str) -> None:
        where.append(address)
        ready.set()

    running = asyncio.create_task(
        serve(settings, stop=stop, ready=is_ready, grace=grace, **options)
    )
    waiting_for = asyncio.create_task(ready.wait())
    await asyncio.wait([running, waiting_for], return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting_for.cancel()
        await running
    before, slack.web_url = slack.web_url, where[0] if where[0].startswith("http") else None
    try:
        yield
    finally:
        slack.web_url = before
        stop.set()
        await running
