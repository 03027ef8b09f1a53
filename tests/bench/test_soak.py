"""The load of 1,000 people over minutes: memory, latency and processor time, fifth by fifth.

The company is the demo company 28 times over: 1,008 people, 1,596 accounts. Each person does 12
things in a working day of 8 hours, which is 25 events a minute; the busiest quarter of an hour
(Monday morning) has four times as many. So 100 events a minute are sent, each when its time has
come, whether those before are answered or not. The bot is a process of its own, and it is its
memory and its processor time that count. `KAM_SOAK_MINUTES` sets how long after the first,
uncounted minute, and `KAM_SOAK_RATE` another rate; `make soak` takes 30 minutes.
"""

import asyncio
import itertools
import json
import os
import random
import shutil
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles

import pytest
from sqlmodel import col, select

from bot.main import open_index, open_records
from bot.settings import Settings
from bot.slack.blocks.proposals import CONFIRM, UNDO
from tests.bench.many_demo import build_records
from tests.scenario.slack.acting import clicked, has, typed
from tests.scenario.slack.conftest import settings_for
from tests.scenario.slack.load import processes
from tests.scenario.slack.peer import TEAM, Json, Message, SlackPeer, slack_peer
from tools.data.models import Account, Coverage, Person, Preference

MINUTES = float(os.environ.get("KAM_SOAK_MINUTES", "1"))
EVENTS_A_MINUTE = float(os.environ.get("KAM_SOAK_RATE", "100"))
TIMES = 28
GROWTH = 25
"""Megabytes that memory may still grow by in the last fifth, when everything that is loaded by
need is there."""

_PATIENCE = 180.0
_NOTED = 2
"""Of twenty acts, so many change something."""
_CLOCK_TICK = os.sysconf("SC_CLK_TCK")
_OF_ONE = (
    "Who covers {0}?",
    "{0}的负责人是谁？",
    "revenue of {0} this year",
    "{0}有哪些需求",
    "risks of {0}",
    "which deals are open at {0}?",
    "{0}的联系人",
    "what is the composite score of {0}?",
)
_OF_THE_METHOD = (
    "what is share of wallet?",
    "what does an executive sponsor do?",
    "重点客户多久复盘一次",
    "區域大客戶總監有哪些職責？",
)
_OF_MANY = ("which are our key accounts?", "top 10 accounts by won revenue this year")
pytestmark = pytest.mark.bench


@dataclass
class Load:
    """The people who ask, what they cover, and how long each event took them."""

    slack: SlackPeer
    covered: dict[str, list[str]]
    taken: list[tuple[float, float]] = field(default_factory=list)
    changes: int = 0
    lost: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    async def act(self, number: int) -> None:
        """Something that somebody does; what is not answered in time is counted."""
        try:
            await self._act(number)
        except TimeoutError:
            self.lost += 1

    async def _act(self, number: int) -> None:
        """One event, or two where a change is proposed and confirmed."""
        user = self.chance.choice(list(self.covered))
        account = self.chance.choice(self.covered[user])
        match number % 20:
            case noted if noted < _NOTED:
                await self._noted(user, account)
            case 2 | 3 | 4:
                await self._commanded(user, account)
            case 5 | 6:
                await self._asked(user, self.chance.choice(_OF_THE_METHOD))
            case 7:
                await self._asked(user, f"What do our notes say about {account} and prices?")
            case 8:
                await self._asked(user, self.chance.choice(_OF_MANY))
            case _:
                await self._asked(user, self.chance.choice(_OF_ONE).format(account))

    async def _asked(self, user: str, line: str) -> Message:
        """The answer to the question, once it is complete."""
        body = self.slack.said(line, user, f"D{user}")
        began = time.monotonic()
        await self.slack.deliver(body, seconds=_PATIENCE)
        root = body["event"]["ts"]
        await self._until(lambda: self._answer(root) is not None)
        self._took(began)
        answer = self._answer(root)
        assert answer is not None
        self.slack.messages.remove(answer)
        return answer

    async def _noted(self, user: str, account: str) -> None:
        card = await self._asked(user, f"Log a call with {account} today: they want a new offer")
        if not has(card, CONFIRM):
            return
        began = time.monotonic()
        self.slack.messages.append(card)
        await self.slack.click(clicked(self.slack, card, CONFIRM, user))
        await self._until(lambda: UNDO in card.words())
        self.slack.messages.remove(card)
        self._took(began)
        self.changes += 1

    async def _commanded(self, user: str, account: str) -> None:
        told = len(self.slack.answers)
        began = time.monotonic()
        await self.slack.command(typed(self.slack, f"owner {account}", user))
        await self._until(lambda: any(account in _words(a) for a in self.slack.answers[told:]))
        self._took(began)

    def _answer(self, root: str) -> Message | None:
        return next((m for m in self.slack.messages if m.thread == root and not m.streaming), None)

    async def _until(self, condition: Callable[[], bool]) -> None:
        await self.slack.until(condition, seconds=_PATIENCE)

    def _took(self, began: float) -> None:
        self.taken.append((began, time.monotonic() - began))

    def forget(self) -> None:
        """Lets go of what Slack has heard so far."""
        self.slack.calls.clear()
        self.slack.spoken.clear()


@dataclass(frozen=True)
class Sample:
    """The bot's memory in megabytes and the processor seconds that it has used, at a time."""

    at: float
    memory: float
    seconds: float


@pytest.fixture
def company(tmp_path: Path, index_folder: Path) -> Settings:
    """The large company, its plans and notes in the index."""
    home = tmp_path / "home"
    shutil.copytree(index_folder, home / "index")
    settings = Settings(_env_file=None, KAM_HOME=home)
    build_records(settings, date.today(), TIMES)  # noqa: DTZ011
    with closing(open_records(settings)) as sessions:
        library, feed = open_index(settings, sessions)
        feed.rebuild()
        library.index.close()
    return settings


@pytest.fixture
async def slack() -> AsyncIterator[SlackPeer]:
    async with slack_peer() as playing:
        yield playing
        assert playing.violations == []


async def test_soak(company: Settings, slack: SlackPeer) -> None:
    settings = settings_for(company, slack, "socket")
    load = Load(slack, _enlisted(settings, slack))
    async with processes(settings, [settings.home], lease=45) as bots:
        await slack.connected(1, seconds=180)
        await _sent(load, 1.0, bots.running[0].pid)
        load.taken, load.changes, load.lost = [], 0, 0
        samples = await _sent(load, MINUTES, bots.running[0].pid)
    held = [median(s.memory for s in part) for part in _fifths(samples)]
    print(
        f"\n{len(load.covered)} people, {len(load.taken)} events in {MINUTES:g} min, "
        f"{load.changes} of them confirmed changes, {load.lost} not answered in {_PATIENCE:g} s"
    )
    for number, part in enumerate(_fifths(samples)):
        during = [took for at, took in load.taken if part[0].at <= at <= part[-1].at]
        cpu = (part[-1].seconds - part[0].seconds) / len(during) * 1000
        print(
            f"fifth {number + 1}: {len(during)} events, p50/p95 {_show(during)}, "
            f"{cpu:.0f} ms of processor time each, {held[number]:.0f} MB"
        )
    assert load.lost == 0
    assert held[-1] - held[-2] < GROWTH


async def _sent(load: Load, minutes: float, pid: int) -> list[Sample]:
    """Sends events at the rate, and returns when all are answered; looks at the bot meanwhile."""
    pause = 60 / EVENTS_A_MINUTE
    samples, began, sent = [_sample(pid)], time.monotonic(), 0
    async with asyncio.TaskGroup() as acting:
        for number in itertools.count():
            await asyncio.sleep(max(0.0, began + sent * pause - time.monotonic()))
            if sent * pause >= minutes * 60:
                break
            acting.create_task(load.act(number))
            sent += 2 if number % 20 < _NOTED else 1
            samples.append(_sample(pid))
            load.forget()
    return [*samples, _sample(pid)]


def _enlisted(settings: Settings, slack: SlackPeer) -> dict[str, list[str]]:
    """Every active person as a user, each with accounts to ask about: those they cover, or one
    that anybody may look up."""
    with closing(open_records(settings)) as sessions, sessions() as session:
        names = dict(session.exec(select(Account.id, Account.name)).all())
        covered: dict[int, list[str]] = defaultdict(list)
        for person, account in session.exec(
            select(Coverage.person_id, Coverage.account_id).where(col(Coverage.ends_on).is_(None))
        ):
            covered[person].append(names[account])
        found = {}
        for person in session.exec(select(Person).where(col(Person.active))).all():
            user = slack.add_user(f"U{person.id}")
            person.slack_user = f"{TEAM}:{user}"
            session.merge(Preference(person_id=person.id, reminders=False, digest=False))
            found[user] = covered[person.id or 0] or [names[1]]
        session.commit()
    return found


def _fifths(samples: list[Sample]) -> list[list[Sample]]:
    size = max(2, len(samples) // 5)
    return [samples[n * size : (n + 1) * size] for n in range(5)]


def _show(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"{cuts[9] * 1000:.0f}/{cuts[18] * 1000:.0f} ms"


def _words(answer: Json) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _sample(pid: int) -> Sample:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    held = next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmRSS"))
    used = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return Sample(time.monotonic(), held / 1024, sum(map(int, used)) / _CLOCK_TICK)
