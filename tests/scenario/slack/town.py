"""People who have something to do, and processes that remind them of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.settings import Settings
from bot.slack.app import open_desk
from bot.slack.desk import Desk
from bot.slack.reminding import Reminding
from tests.scenario.slack.peer import APP_TOKEN, BOT_TOKEN, SECRET, TEAM, Message, SlackPeer
from tests.unit.catalog.world import World
from tools.data import reminders
from tools.data.database import Sessions
from tools.data.models import Person, Reminder, StrategyItem
from tools.domain.reminding import Kind, Wishes

# A Tuesday, ten in the morning in Berlin.
TUESDAY = datetime(2018, 1, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Town:
    """People with something to do, and processes that remind them; `now` is the time there."""

    slack: SlackPeer
    settings: Settings
    sessions: Sessions
    world: World
    open: Callable[[], Any]
    desk: Desk
    now: datetime = TUESDAY
    people: dict[str, int] = field(default_factory=dict)

    def person(self, user: str, *, busy: bool = True, **more: Any) -> int:
        """Somebody linked to Slack; `busy` people have a task that is late."""
        number = self.world.person(f"Person {user}")
        self.people[user] = number
        self.slack.add_user(user)
        with self.sessions() as session:
            found = session.get_one(Person, number)
            found.slack_user = f"{TEAM}:{user}"
            for name, value in more.items():
                setattr(found, name, value)
            session.commit()
        if busy:
            self.task(user)
        return number

    def task(self, user: str) -> None:
        account = self.world.account(f"Account of {user}")
        self.world.add(
            StrategyItem(
                account_id=account,
                kind="service",
                stage="1",
                description=f"Call back for {user}",
                due_on=TUESDAY.date() - DAY,
                owner_id=self.people[user],
            )
        )

    def wish(self, user: str, **wished: Any) -> None:
        with self.sessions() as session:
            reminders.wish(session, self.people[user], Wishes(**wished))

    async def run(self, now: datetime | None = None) -> int:
        """One run at this time, with nothing remembered of those before but what was kept."""
        self.now = now or self.now
        return await Reminding(self.desk).run()

    def sent(self, user: str = "") -> list[Message]:
        channels = {"D" + user} if user else {"D" + one for one in self.people}
        return [m for m in self.slack.messages if m.channel in channels]

    def rows(self) -> list[Reminder]:
        with self.sessions() as session:
            return list(session.exec(select(Reminder).order_by(Reminder.id)))

    def claimed(self, user: str, at: datetime) -> int:
        """What a process leaves that dies after its claim."""
        with self.sessions() as session:
            number = reminders.claim(
                session, self.people[user], at.date(), Kind.DAILY, by="dead", at=at
            )
            assert number is not None
            return number


@asynccontextmanager
async def open_town(
    home: Path, database_url: str, sessions: Sessions, peer: SlackPeer
) -> AsyncIterator[Town]:
    """A town whose clock is the test's."""
    settings = Settings(
        _env_file=None,
        KAM_HOME=home,
        DATABASE_URL=database_url,
        SLACK_API_URL=f"{peer.url}/api/",
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
        SLACK_SIGNING_SECRET=SECRET,
        KAM_SLACK_MODE="http",
        KAM_HTTP_PORT=0,
    )

    found: Town

    @asynccontextmanager
    async def opened() -> AsyncIterator[Desk]:
        async with open_desk(settings, lambda: found.now) as opened_desk:
            yield opened_desk

    async with opened() as desk:
        found = Town(peer, settings, sessions, World(sessions), opened, desk)
        yield found
