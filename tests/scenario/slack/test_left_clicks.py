"""A click that was acknowledged happens, even where the process that heard it does not live to
carry it out."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.slack.inbox import Inbox
from bot.slack.workspaces import OneWorkspace
from tests.scenario.slack.bench import Bench, running
from tests.scenario.slack.peer import Message
from tests.scenario.slack.proposing import CANCEL, CONFIRM, EDIT, UNDO, city, renaming
from tools.data.models import AuditEntry, InboundEvent
from tools.domain.vocabulary import InboundState

pytestmark = pytest.mark.asyncio(loop_scope="module")

_LONG_AGO = timedelta(minutes=2)
_CLICKS = itertools.count(1)


async def test_a_stop_hands_a_click_back_and_the_next_start_carries_it_out(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await _left(bench, card, CONFIRM, "arrive")
    assert city(bench, account) == "Lyon"
    async with _next(bench):
        await bench.changed(card, "Confirmed by Anna Berg")
    assert city(bench, account) == "Paris"


@pytest.mark.parametrize(
    ("action", "says", "ends_in"),
    [(CONFIRM, "Confirmed by Anna Berg", "Paris"), (CANCEL, "Dropped by Anna Berg", "Lyon")],
)
@pytest.mark.parametrize("amid", ["arrive", "change_card"])
async def test_another_process_carries_out_what_a_dead_one_acknowledged(
    bench: Bench, action: str, says: str, ends_in: str, amid: str
) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    with _dying():
        click = await _left(bench, card, action, amid)
    _age(bench, click, _LONG_AGO)
    async with _next(bench):
        await bench.changed(card, says)
    assert city(bench, account) == ends_in
    assert len(_applied(bench, account)) == (1 if action == CONFIRM else 0)
    assert _kept(bench, click).payload == {}


async def test_a_left_undo_is_carried_out(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")
    await _left(bench, card, UNDO, "arrive")
    async with _next(bench):
        await bench.changed(card, "Undone by Anna Berg")
    assert city(bench, account) == "Lyon"


async def test_what_came_long_ago_is_not_carried_out_but_told(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    with _dying():
        click = await _left(bench, card, CONFIRM, "arrive")
    _age(bench, click, timedelta(hours=1))
    async with _next(bench):
        answers = bench.slack.answers
        await bench.slack.until(lambda: any("nothing is done twice" in str(a) for a in answers))
    assert city(bench, account) == "Lyon"
    assert _kept(bench, click).state is InboundState.GIVEN_UP
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")


async def test_one_that_cannot_be_taken_up_is_handed_back_and_keeps_no_other_from_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [bench.account(city="Lyon") for _ in range(2)]
    cards = [renaming(bench, account) for account in accounts]
    with _dying():
        clicks = [await _left(bench, card, CONFIRM, "arrive") for card in cards]
    for click in clicks:
        _age(bench, click, _LONG_AGO)
    asked: list[object] = []
    client = OneWorkspace.client

    async def failing_once(self: OneWorkspace, team: str) -> Any:
        asked.append(team)
        if len(asked) == 1:
            raise TimeoutError
        return await client(self, team)

    monkeypatch.setattr(OneWorkspace, "client", failing_once)
    async with _next(bench):
        for card in cards:
            await bench.changed(card, "Confirmed by Anna Berg")
    assert [city(bench, account) for account in accounts] == ["Paris", "Paris"]


async def test_what_only_opens_a_modal_is_not_kept(bench: Bench) -> None:
    card = renaming(bench, bench.account(city="Lyon"))
    with _dying():
        found = _kept(bench, await _left(bench, card, EDIT, "arrive"))
    assert (found.state, found.payload) == (InboundState.ANSWERED, {})


async def _left(bench: Bench, card: Message, action: str, amid: str) -> str:
    """The trigger of a click, as a process leaves it that ends amid carrying it out."""
    click = f"click.{next(_CLICKS)}"
    reached = asyncio.Event()

    async def endless(*_: Any) -> None:
        reached.set()
        await asyncio.Event().wait()

    room = "bot.slack.visits" if amid == "arrive" else "bot.slack.surfaces.proposals"
    with pytest.MonkeyPatch.context() as patch:
        async with running(bench.settings, bench.slack, grace=0.1, upkeep_every=60.0):
            patch.setattr(f"{room}.{amid}", endless)
            await bench.press(card, action, trigger=click)
            await reached.wait()
    return click


@contextmanager
def _dying() -> Iterator[None]:
    """Processes that end without handing anything back."""

    async def nothing(*_: Any) -> None:
        return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Inbox, "release", nothing)
        yield


def _next(bench: Bench) -> Any:
    return running(bench.settings, bench.slack, upkeep_every=0.1)


def _age(bench: Bench, click: str, by: timedelta) -> None:
    then = datetime.now(UTC) - by

    def change(session: Any) -> None:
        event = session.exec(_of(click)).one()
        event.claimed_at = event.received_at = then

    bench.write(change)


def _kept(bench: Bench, click: str) -> InboundEvent:
    found: InboundEvent = bench.one(_of(click))
    return found


def _of(click: str) -> Any:
    return select(InboundEvent).where(InboundEvent.event_id == f"trigger:{click}")


def _applied(bench: Bench, account: str) -> list[AuditEntry]:
    entries = bench.all(select(AuditEntry).where(AuditEntry.action == "change applied"))
    return [entry for entry in entries if account in str(entry.detail)]
