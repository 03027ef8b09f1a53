"""Proposed changes in Slack: cards, decisions by the right person, undo."""

import asyncio

import pytest
from sqlmodel import select

from tests.scenario.slack.acting import clicked, has
from tests.scenario.slack.bench import GUEST, MANAGER, NEWCOMER, OTHER, REP, UNKNOWN, Bench, running
from tests.scenario.slack.peer import Message
from tests.scenario.slack.proposing import (
    CANCEL,
    CITY,
    CONFIRM,
    EDIT,
    NOTE,
    REMOVE,
    UNDO,
    changes,
    city,
    move,
    renaming,
)
from tools.data.models import AuditEntry, Person
from tools.domain.vocabulary import ChangeStatus

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_proposal_by_words_is_a_card_of_its_own(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    body = bench.slack.said(f"Set the city of {account} to Paris", REP)
    await bench.slack.deliver(body)
    root = body["event"]["ts"]

    def shown() -> Message | None:
        return next((m for m in bench.slack.thread("D1", root) if has(m, CONFIRM)), None)

    card: Message = await bench.slack.until(shown, 60)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert city(bench, account) == "Paris"


@pytest.mark.parametrize(
    ("word", "says", "undoable"),
    [
        ("yes", "Confirmed by Anna Berg", True),
        ("确认", "确认人：Anna Berg", True),
        ("確認", "確認人：Anna Berg", True),
        ("取消", "取消人：Anna Berg", False),
        ("never mind", "Dropped by Anna Berg", False),
    ],
)
async def test_a_word_takes_the_buttons_off_the_card_and_its_answer_takes_back(
    bench: Bench, word: str, says: str, undoable: bool
) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    [answer] = await bench.slack.answer(bench.slack.said(word, REP, "D1", thread=card.thread))
    await bench.changed(card, says)
    assert [has(card, button) for button in (CONFIRM, UNDO)] == [False, False]
    assert has(answer, UNDO) is undoable
    assert city(bench, account) == ("Paris" if undoable else "Lyon")


async def test_a_change_undone_by_word_leaves_no_button(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    [done] = await bench.slack.answer(bench.slack.said("yes", REP, "D1", thread=card.thread))
    [undone] = await bench.slack.answer(bench.slack.said("undo", REP, "D1", thread=card.thread))
    await bench.changed(done, "Undone by Anna Berg")
    assert [has(one, UNDO) for one in (done, undone)] == [False, False]
    assert city(bench, account) == "Lyon"


async def test_a_proposal_shortened_by_word_is_shown_again_with_its_buttons(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = bench.proposed("note_to_plan", account=account, note=NOTE)
    body = bench.slack.said("remove line 2", REP, "D1", thread=card.thread)
    [shorter] = await bench.slack.answer(body)
    await bench.changed(card, "shown again further down")
    assert not has(card, CONFIRM)
    await bench.press(shorter, CONFIRM)
    await bench.changed(shorter, "Confirmed by Anna Berg")


async def test_a_proposal_put_right_by_word_takes_the_place_of_the_old_card(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    first = bench.slack.said(f"Set the city of {account} to Paris", REP)
    [card] = await bench.slack.answer(first)
    said = bench.slack.said("no, Nice", REP, "D1", thread=first["event"]["ts"])
    [right] = await bench.slack.answer(said)
    await bench.changed(card, "Dropped by Anna Berg")
    assert not has(card, CONFIRM)
    await bench.press(right, CONFIRM)
    await bench.changed(right, "Confirmed by Anna Berg")
    assert city(bench, account) == "Nice"


async def test_a_stale_change_is_shown_with_fresh_values_after_a_word_too(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    move(bench, account, city="Nantes")
    [fresh] = await bench.slack.answer(bench.slack.said("yes", REP, "D1", thread=card.thread))
    await bench.changed(card, "the records have changed since")
    assert not has(card, CONFIRM)
    assert "Nantes" in fresh.words()
    await bench.press(fresh, CONFIRM)
    await bench.changed(fresh, "Confirmed by Anna Berg")
    assert city(bench, account) == "Paris"


async def test_the_card_says_what_changes_for_whom_and_until_when(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    said = renaming(bench, account).words()
    for part in ("Nothing is written yet", "Asked by", "Anna Berg", "Waits until", account):
        assert part in said
    assert said.index("Lyon") < said.index("Paris")


async def test_confirming_applies_and_undo_restores_in_place(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert city(bench, account) == "Paris"
    assert has(card, UNDO)
    assert not has(card, CONFIRM)
    await bench.press(card, UNDO)
    await bench.changed(card, "Undone by Anna Berg")
    assert city(bench, account) == "Lyon"
    assert not has(card, UNDO)


async def test_cancelling_writes_nothing(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CANCEL)
    await bench.changed(card, "Dropped by Anna Berg")
    assert city(bench, account) == "Lyon"
    assert not has(card, UNDO)


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (OTHER, "Only the person who asked"),
        (MANAGER, "Only the person who asked"),
        (NEWCOMER, "Only the person who asked"),
        (UNKNOWN, "I do not know you yet"),
        (GUEST, "cannot help guests"),
    ],
)
async def test_anybody_else_is_told_why_and_changes_nothing(
    bench: Bench, user: str, words: str
) -> None:
    account = bench.account(city="Lyon")
    card = bench.proposed("note_to_plan", account=account, note=NOTE)
    before, opened = card.words(), len(bench.slack.named("views.open"))
    for action in (CONFIRM, CANCEL, EDIT, REMOVE):
        told = await bench.whispered(bench.press(card, action, user))
        assert words in told["text"]
        assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert len(bench.slack.named("views.open")) == opened
    assert card.words() == before
    assert [c.status for c in changes(bench, account)] == [ChangeStatus.PROPOSED]


async def test_nobody_else_takes_a_change_back(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    told = await bench.whispered(bench.press(card, UNDO, OTHER))
    assert "Only the person" in told["text"]
    assert city(bench, account) == "Paris"


async def test_double_clicks_and_repeated_deliveries_apply_once(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    before = len(bench.slack.named("chat.update"))
    same = clicked(bench.slack, card, CONFIRM, REP, trigger="9.same")
    await asyncio.gather(*(bench.slack.click(same) for _ in range(3)), bench.press(card, CONFIRM))
    # Of the three that share a trigger two are not looked at.
    await bench.slack.until(lambda: len(bench.slack.named("chat.update")) == before + 2)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Paris"
    change = changes(bench, account)[0].id
    applied = select(AuditEntry).where(
        AuditEntry.action == "change applied", AuditEntry.subject == f"change:{change}"
    )
    assert len(bench.all(applied)) == 1
    assert has(card, UNDO)


async def test_two_bots_on_one_database_apply_a_click_once(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    same = clicked(bench.slack, card, CONFIRM, REP, trigger="9.both")
    first = bench.slack.web_url
    async with running(bench.settings, bench.slack):
        second = bench.slack.web_url
        assert first != second
        before = len(bench.slack.named("chat.update"))
        for _ in range(3):
            for bench.slack.web_url in (first, second):
                await bench.slack.click(same)
        # Another click through the other bot finds the change decided.
        await bench.changed(card, "Confirmed by")
        await bench.slack.click(clicked(bench.slack, card, UNDO, REP, trigger="9.undo"))
        await bench.changed(card, "Undone by")
        assert len(bench.slack.named("chat.update")) == before + 2
    assert city(bench, account) == "Lyon"


async def test_a_card_that_one_person_sees_changes_by_the_address_of_the_click(
    bench: Bench,
) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    card.only = REP
    before = len(bench.slack.named("chat.update"))
    view = await bench.opened(bench.press(card, EDIT))
    await bench.submit(view, **{CITY: "Nice"})
    await bench.changed(card, "Nice")
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert len(bench.slack.named("chat.update")) == before
    assert city(bench, account) == "Nice"


async def test_cards_speak_the_language_of_the_person(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    number = bench.people[REP]

    def speak(language: str | None) -> None:
        bench.write(lambda s: setattr(s.get_one(Person, number), "language", language))

    speak("zh-Hant")
    try:
        await bench.press(card, CANCEL)
        await bench.changed(card, "取消人")
    finally:
        speak(None)
    assert "未寫入任何內容" in card.words()


async def test_a_refused_block_leaves_a_simpler_card(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    bench.slack.refuse("chat.update", "invalid_blocks")
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Done")
    assert city(bench, account) == "Paris"


async def test_a_failure_is_told_with_a_reference(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    card = renaming(bench, bench.account(city="Lyon"))
    bench.slack.refuse("views.open", "internal_error")
    told = await bench.whispered(bench.press(card, EDIT))
    assert "Something went wrong" in told["text"]
    reference = next(w.strip(".") for w in told["text"].split() if len(w.strip(".")) == 8)
    assert reference in caplog.text
