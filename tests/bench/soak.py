"""The load of 1,000 people: what they ask and change, sent when its time has come whether what
came before is answered or not, and how long each takes."""

import asyncio
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from sqlmodel import col, select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.blocks.proposals import CONFIRM, UNDO
from tests.scenario.slack.acting import clicked, has, typed
from tests.scenario.slack.peer import TEAM, Json, Message, SlackPeer
from tools.data.models import Account, Coverage, Person, Preference

PATIENCE = 180.0
"""Seconds after which what is not answered counts as lost."""
_NOTED = 2
"""Of twenty acts, so many change something."""
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
        await self.slack.deliver(body, seconds=PATIENCE)
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
        await self.slack.until(condition, seconds=PATIENCE)

    def _took(self, began: float) -> None:
        self.taken.append((began, time.monotonic() - began))

    async def send(self, minutes: float, a_minute: float, look: Callable[[], None]) -> None:
        """Sends events at that rate, and returns when all are answered; `look` is called after
        each."""
        pause, began, sent = 60 / a_minute, time.monotonic(), 0
        async with asyncio.TaskGroup() as acting:
            for number in itertools.count():
                await asyncio.sleep(max(0.0, began + sent * pause - time.monotonic()))
                if sent * pause >= minutes * 60:
                    break
                acting.create_task(self.act(number))
                sent += 2 if number % 20 < _NOTED else 1
                look()
                self.forget()

    def begin(self) -> None:
        """Counts anew."""
        self.taken, self.changes, self.lost = [], 0, 0

    def forget(self) -> None:
        """Lets go of what Slack has heard so far."""
        self.slack.calls.clear()
        self.slack.spoken.clear()


def enlisted(settings: Settings, slack: SlackPeer) -> dict[str, list[str]]:
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


def _words(answer: Json) -> str:
    return json.dumps(answer, ensure_ascii=False)
