"""Shortcuts: a message becomes a proposed note, a meeting is prepared."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.slack import visits
from tests.scenario.slack.acting import has, on_message, shortcut
from tests.scenario.slack.bench import GUEST, NEWCOMER, OTHER, REP, UNKNOWN, Bench
from tools.changes import pending
from tools.data.models import ChangeSet, Interaction

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = "Met the CTO <mailto:li@x.example|Li Na> yesterday. They need a second test bench."


async def test_a_message_becomes_a_proposed_note_in_private(bench: Bench) -> None:
    account = bench.account()
    number = str(bench.id_of(account))
    view = await bench.opened(bench.slack.click(on_message(bench.slack, "kam_note", SAID, REP)))
    assert "Met the CTO Li Na yesterday" in str(view["blocks"])
    assert view["callback_id"] == "kam_note_taken"
    card = await bench.sent(bench.submit(view, account=number))
    assert card.channel == f"D{REP}"
    assert has(card, "kam_proposal_confirm")
    assert "second test bench" in card.words()
    assert bench.all(select(Interaction)) == []

    def found() -> bool:
        change = bench.all(select(ChangeSet).order_by(ChangeSet.id))[-1]
        return (change.surface, change.thread) == (f"slack:T0KAM:D{REP}", card.ts)

    await bench.eventually(found)
    await bench.press(card, "kam_proposal_confirm")
    await bench.changed(card, "Confirmed by")
    assert len(bench.all(select(Interaction))) == 1


async def test_a_plain_yes_below_the_card_counts(bench: Bench) -> None:
    account = bench.account()
    view = await bench.opened(bench.slack.click(on_message(bench.slack, "kam_note", SAID, REP)))
    card = await bench.sent(bench.submit(view, account=str(bench.id_of(account))))

    there = replace(bench.deps(REP), surface=f"slack:T0KAM:{card.channel}", thread=card.ts)
    await bench.eventually(lambda: len(pending(there)) == 1)
    body = bench.slack.said("yes", REP, card.channel, thread=card.ts)
    await bench.slack.deliver(body)
    await bench.slack.until(lambda: bench.slack.thread(card.channel, card.ts), 60)
    assert "Done" in bench.slack.thread(card.channel, card.ts)[0].words()


async def test_a_note_that_takes_long_comes_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "PATIENCE", 0.0)
    account = bench.account()
    view = await bench.opened(bench.slack.click(on_message(bench.slack, "kam_note", SAID, REP)))
    card = await bench.sent(bench.submit(view, account=str(bench.id_of(account))))
    assert has(card, "kam_proposal_confirm")
    wrong = await bench.sent(bench.submit(view, account=str(bench.id_of(account)), note="  "))
    assert "Please say" in wrong.text


async def test_a_note_that_says_nothing_is_said_at_its_field(bench: Bench) -> None:
    account = bench.account()
    view = await bench.opened(bench.slack.click(on_message(bench.slack, "kam_note", "?", REP)))
    answer = await bench.submit(view, account=str(bench.id_of(account)), note="   ")
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["note"]


async def test_a_long_message_says_that_it_is_cut(bench: Bench) -> None:
    body = on_message(bench.slack, "kam_note", "They need more. " * 300, REP)
    view = await bench.opened(bench.slack.click(body))
    assert "its end is left out" in str(view["blocks"])


@pytest.mark.parametrize("callback", ["kam_note", "kam_prep"])
async def test_only_accounts_read_in_full_can_be_picked(bench: Bench, callback: str) -> None:
    account = bench.account()
    body = (
        on_message(bench.slack, callback, SAID, OTHER)
        if callback == "kam_note"
        else shortcut(callback, OTHER)
    )
    view = await bench.opened(bench.slack.click(body))
    answer = await bench.submit(view, OTHER, account=str(bench.id_of(account)))
    assert answer is not None
    assert "account team" in answer["errors"]["account"]
    answer = await bench.submit(view, NEWCOMER, account=str(bench.id_of(account)))
    assert answer is not None
    assert "pick one from the list" in answer["errors"]["account"]


async def test_a_meeting_is_prepared_in_private(bench: Bench) -> None:
    account = bench.account()
    bench.call("add_need", REP, account=account, description="a bench", horizon="short")
    view = await bench.opened(bench.slack.click(shortcut("kam_prep", REP)))
    first = await bench.sent(bench.submit(view, account=str(bench.id_of(account))))
    assert first.channel == f"D{REP}"
    assert f"Before you meet {account}" in first.words()
    await bench.slack.until(
        lambda: "nformation" in " ".join(m.words() for m in bench.slack.messages[-4:])
    )


@pytest.mark.parametrize(("user", "part"), [(UNKNOWN, "do not know you"), (GUEST, "guests")])
async def test_strangers_get_no_modal(bench: Bench, user: str, part: str) -> None:
    before = len(bench.slack.named("views.open"))
    note = on_message(bench.slack, "kam_note", SAID, user)
    told = await bench.whispered(bench.slack.click(note))
    assert part in told["text"]
    message = await bench.sent(bench.slack.click(shortcut("kam_prep", user)))
    assert part in message.text
    assert message.channel == user
    assert len(bench.slack.named("views.open")) == before
