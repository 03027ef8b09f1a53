"""A bare word at the top level of direct messages, while a change waits in a thread there."""

import itertools
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from tests.scenario.slack.acting import has
from tests.scenario.slack.bench import OTHER, REP, Bench
from tests.scenario.slack.peer import TEAM, Message
from tests.scenario.slack.proposing import CANCEL, CONFIRM, UNDO, city
from tools.catalog import WRITES
from tools.changes import Proposal
from tools.data.models import ChangeSet, Reminder
from tools.domain.vocabulary import ChangeStatus

pytestmark = pytest.mark.asyncio(loop_scope="module")

_CHANNELS = (f"D{number}" for number in itertools.count(5_000))
_update = next(tool for tool in WRITES if tool.name == "update_account").function
YES = pytest.mark.parametrize(
    ("word", "asks"),
    [("yes", "Do you mean"), ("确认", "您指的是这项修改吗"), ("確認", "您指的是這項修改嗎")],
)


@dataclass
class Conversation:
    """The rep's direct messages, apart from those of other tests."""

    bench: Bench
    channel: str

    def proposed(self, account: str, *, seconds_ago: float = 0) -> Proposal:
        """A move to Paris that waits in a thread of its own."""
        moment = self.bench.slack.ts()
        thread = f"{time.time() - seconds_ago:.6f}" if seconds_ago else moment
        deps = self.bench.deps(REP, thread)
        place = replace(deps, surface=f"slack:{TEAM}:{self.channel}")
        return _update(place, account=account, city="Paris")

    async def say(self, text: str, user: str = REP, **more: Any) -> list[Message]:
        body = self.bench.slack.said(text, user, self.channel, **more)
        return await self.bench.slack.answer(body)

    def status(self, proposal: Proposal) -> ChangeStatus:
        query = select(ChangeSet).where(ChangeSet.id == proposal.change_id)
        found: ChangeSet = self.bench.one(query)
        return found.status


@pytest.fixture
def talk(bench: Bench) -> Conversation:
    return Conversation(bench, next(_CHANNELS))


@YES
async def test_what_was_shown_last_is_confirmed(
    bench: Bench, talk: Conversation, word: str, asks: str
) -> None:
    account = bench.account(city="Lyon")
    proposal = talk.proposed(account)
    [answer] = await talk.say(word)
    assert city(bench, account) == "Paris"
    assert account in answer.words()
    assert asks not in answer.words()
    assert talk.status(proposal) is ChangeStatus.APPLIED


@YES
async def test_after_other_words_it_is_named_first(
    bench: Bench, talk: Conversation, word: str, asks: str
) -> None:
    account = bench.account(city="Lyon")
    talk.proposed(account)
    await talk.say("What is share of wallet?")
    [card] = await talk.say(word)
    assert asks in card.words()
    assert account in card.words()
    assert has(card, CONFIRM)
    assert city(bench, account) == "Lyon"
    await talk.say(word)
    assert city(bench, account) == "Paris"


async def test_a_proposal_by_words_is_confirmed_beside_its_thread(
    bench: Bench, talk: Conversation
) -> None:
    account = bench.account(city="Lyon")
    await talk.say(f"Set the city of {account} to Paris")
    await talk.say("ok")
    assert city(bench, account) == "Paris"


async def test_a_card_of_another_thread_is_closed_by_the_word(
    bench: Bench, talk: Conversation
) -> None:
    account = bench.account(city="Lyon")
    [card] = await talk.say(f"Set the city of {account} to Paris")
    [answer] = await talk.say("yes")
    await bench.changed(card, "Confirmed by Anna Berg")
    assert [has(card, button) for button in (CONFIRM, UNDO)] == [False, False]
    await bench.press(answer, UNDO)
    await bench.changed(answer, "Undone by Anna Berg")
    assert city(bench, account) == "Lyon"


async def test_a_card_shown_again_is_the_only_one_with_buttons(
    bench: Bench, talk: Conversation
) -> None:
    account = bench.account(city="Lyon")
    [card] = await talk.say(f"Set the city of {account} to Paris")
    await talk.say("What is share of wallet?")
    [again] = await talk.say("yes")
    await bench.changed(card, "shown again further down")
    assert has(again, CONFIRM)
    assert not has(card, CONFIRM)
    await talk.say("yes")
    await bench.changed(again, "Confirmed by Anna Berg")
    assert not has(again, CONFIRM)


async def test_the_button_of_the_card_shown_again_counts(bench: Bench, talk: Conversation) -> None:
    account = bench.account(city="Lyon")
    talk.proposed(account)
    await talk.say("What is share of wallet?")
    [card] = await talk.say("yes")
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert city(bench, account) == "Paris"


async def test_of_several_none_is_confirmed(bench: Bench, talk: Conversation) -> None:
    accounts = [bench.account(city="Lyon") for _ in range(2)]
    first, second = (talk.proposed(account) for account in accounts)
    body = bench.slack.said("yes", REP, talk.channel)
    asked, *cards = await bench.slack.answer(body, 3)
    assert "2 changes wait" in asked.text
    assert [account in card.words() for account, card in zip(accounts, cards, strict=True)]
    assert {talk.status(each) for each in (first, second)} == {ChangeStatus.PROPOSED}
    await talk.say("yes")
    assert {talk.status(each) for each in (first, second)} == {ChangeStatus.PROPOSED}
    await talk.say(f"confirm {second.change_id}")
    assert [city(bench, account) for account in accounts] == ["Lyon", "Paris"]


async def test_what_was_shown_long_ago_is_named_first(bench: Bench, talk: Conversation) -> None:
    account = bench.account(city="Lyon")
    talk.proposed(account, seconds_ago=3_600)
    [card] = await talk.say("yes")
    assert has(card, CONFIRM)
    assert city(bench, account) == "Lyon"


async def test_a_word_after_a_reminder_may_mean_the_reminder(
    bench: Bench, talk: Conversation
) -> None:
    account = bench.account(city="Lyon")
    talk.proposed(account)
    now = datetime.now(UTC)
    reminder = Reminder(
        person_id=bench.people[REP],
        day=now.date(),
        kind="daily",
        claimed_by="test",
        sent_at=now,
        moment=bench.slack.ts(),
    )
    bench.write(lambda session: session.add(reminder))
    [card] = await talk.say("ok")
    assert has(card, CONFIRM)
    assert city(bench, account) == "Lyon"


async def test_no_drops_what_was_shown_last(bench: Bench, talk: Conversation) -> None:
    account = bench.account(city="Lyon")
    proposal = talk.proposed(account)
    await talk.say("取消")
    assert talk.status(proposal) is ChangeStatus.CANCELLED
    assert city(bench, account) == "Lyon"


async def test_no_after_other_words_drops_nothing(bench: Bench, talk: Conversation) -> None:
    proposal = talk.proposed(bench.account(city="Lyon"))
    await talk.say("What is share of wallet?")
    [card] = await talk.say("no")
    assert has(card, CANCEL)
    assert talk.status(proposal) is ChangeStatus.PROPOSED


async def test_undo_shows_the_last_change_with_its_button(bench: Bench, talk: Conversation) -> None:
    account = bench.account(city="Lyon")
    talk.proposed(account)
    await talk.say("yes")
    waits = talk.proposed(bench.account(city="Lyon"))
    [card] = await talk.say("undo")
    assert account in card.words()
    assert city(bench, account) == "Paris"
    await bench.press(card, UNDO)
    await bench.changed(card, "Undone")
    assert city(bench, account) == "Lyon"
    assert talk.status(waits) is ChangeStatus.PROPOSED


async def test_a_word_of_somebody_else_is_about_their_own(bench: Bench, talk: Conversation) -> None:
    account = bench.account(city="Lyon")
    proposal = talk.proposed(account)
    [answer] = await talk.say("yes", OTHER)
    assert not has(answer, CONFIRM)
    assert account not in answer.words()
    assert talk.status(proposal) is ChangeStatus.PROPOSED
