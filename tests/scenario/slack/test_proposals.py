"""Proposed changes in Slack: cards, decisions by the right person, edits, undo."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from bot.slack.blocks.edits import field_id
from bot.slack.blocks.proposals import waiting
from tests.scenario.slack.acting import acted, clicked, elements, has
from tests.scenario.slack.bench import (
    GUEST,
    MANAGER,
    NEWCOMER,
    OTHER,
    REP,
    UNKNOWN,
    Bench,
    running,
)
from tests.scenario.slack.peer import Message
from tools.changes import confirm, drafting, last_applied
from tools.data.models import Account, AuditEntry, ChangeSet, Person
from tools.domain.vocabulary import ChangeStatus
from tools.text import Language, text

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIRM, EDIT, CANCEL = "kam_proposal_confirm", "kam_proposal_edit", "kam_proposal_cancel"
REMOVE, UNDO = "kam_proposal_remove", "kam_proposal_undo"
CITY = field_id(0, "city")
NOTE = (
    "Met the purchasing manager Li Na yesterday. They plan a new line worth 3 million next "
    "spring. They are unhappy with our delivery. The weather was fine."
)


def city(bench: Bench, account: str) -> str | None:
    found: Account = bench.one(select(Account).where(Account.name == account))
    return found.city


def move(bench: Bench, account: str, **fields: Any) -> None:
    """Changes the record behind the bot's back."""

    def change(session: Any) -> None:
        found = session.exec(select(Account).where(Account.name == account)).one()
        for name, value in fields.items():
            setattr(found, name, value)
        found.version += 1

    bench.write(change)


def renaming(bench: Bench, account: str) -> Message:
    """The card of a move from Lyon to Paris."""
    return bench.proposed("update_account", account=account, city="Paris")


def changes(bench: Bench, account: str) -> list[ChangeSet]:
    return [c for c in bench.all(select(ChangeSet).order_by(ChangeSet.id)) if account in c.title]


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


async def test_an_edit_makes_a_new_proposal_on_the_same_card(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    view = await bench.opened(bench.press(card, EDIT))
    assert view["callback_id"] == "kam_proposal_edited"
    await bench.submit(view, **{CITY: "Nice"})
    await bench.changed(card, "Nice")
    assert "Paris" not in card.words()
    old, new = changes(bench, account)
    assert (old.status, new.status) == (ChangeStatus.CANCELLED, ChangeStatus.PROPOSED)
    assert (old.surface, old.thread) == (new.surface, new.thread)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Nice"


async def test_a_misfit_is_said_at_its_field(bench: Bench) -> None:
    account = bench.account()
    card = bench.proposed("record_evaluation", account=account, dimension="relationship", points=70)
    view = await bench.opened(bench.press(card, EDIT))
    place = field_id(0, "points")
    answer = await bench.submit(view, **{place: "130"})
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert "from 0 to 100" in answer["errors"][place]
    assert len(changes(bench, account)) == 1


async def test_another_person_cannot_submit_an_edit(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    view = await bench.opened(bench.press(card, EDIT))
    answer = await bench.submit(view, OTHER, **{CITY: "Nice"})
    assert answer is not None
    assert "Only the person who asked" in str(answer["view"]["blocks"])
    assert len(changes(bench, account)) == 1


async def test_what_cannot_be_edited_says_so(bench: Bench) -> None:
    account = bench.account()
    card = bench.proposed("assign_coverage", MANAGER, account=account, person="Ben Okafor")
    view = await bench.opened(bench.press(card, EDIT, MANAGER))
    assert "cannot" in str(view["blocks"]) or "can be edited" in str(view["blocks"])
    assert "submit" not in view


async def test_a_line_goes_and_what_the_note_left_out_stays(bench: Bench) -> None:
    account = bench.account()
    card = bench.proposed("note_to_plan", account=account, note=NOTE)
    assert "weather" in card.words()
    lines = [e for e, _ in elements(card.blocks) if e["action_id"] == REMOVE]
    assert len(lines) > 1
    await bench.press(card, REMOVE, number=len(lines) - 1)
    await bench.slack.until(
        lambda: sum(e["action_id"] == REMOVE for e, _ in elements(card.blocks)) < len(lines)
    )
    assert "weather" in card.words()
    assert len(changes(bench, account)) == 1


async def test_taking_out_the_only_line_drops_the_change(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    number = changes(bench, account)[0].id
    action = {"action_id": REMOVE, "block_id": "b", "type": "button", "value": f"{number}:0"}
    await bench.slack.click(acted(bench.slack, card, action, REP))
    await bench.changed(card, "Dropped by")


async def test_a_stale_proposal_is_refused_and_shown_with_fresh_values(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    move(bench, account, city="Nantes")
    await bench.press(card, CONFIRM)
    await bench.changed(card, "the records have changed since")
    assert "Nantes" in card.words()
    assert city(bench, account) == "Nantes"
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Paris"


async def test_an_expired_proposal_is_refused_and_shown_again(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    number = changes(bench, account)[0].id

    def expire(session: Any) -> None:
        change = session.get_one(ChangeSet, number)
        change.expires_at = change.proposed_at

    bench.write(expire)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "had expired")
    states = [c.status for c in changes(bench, account)]
    assert states == [ChangeStatus.EXPIRED, ChangeStatus.PROPOSED]
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Paris"


async def test_what_was_built_on_cannot_be_undone(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    move(bench, account, country="France")
    told = await bench.whispered(bench.press(card, UNDO))
    assert "cannot be undone" in told["text"]
    await bench.slack.until(lambda: not has(card, UNDO))
    assert city(bench, account) == "Paris"


async def test_a_decision_made_elsewhere_shows_at_the_next_click(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    deps = bench.deps(REP, card.thread or "")
    confirm(deps, changes(bench, account)[0].id or 0)
    assert last_applied(deps)
    await bench.press(card, CANCEL)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert has(card, UNDO)


async def test_a_batch_asks_first_and_lists_its_lines(bench: Bench) -> None:
    names = [bench.account(city="Lyon") for _ in range(15)]
    deps = bench.deps(REP, bench.slack.ts())
    with drafting(deps) as draft:
        for name in names:
            account = draft.session.exec(select(Account).where(Account.name == name)).one()
            draft.change(account, city="Paris")
        proposal = draft.propose(text("Fifteen moves", "十五项"))
    card = bench.shown(waiting(proposal, Language.ENGLISH), deps.thread)
    found = {e["action_id"]: e for e, _ in elements(card.blocks)}
    assert found[CONFIRM]["confirm"]["title"]["text"]
    assert "15 records" in found[CONFIRM]["confirm"]["text"]["text"]
    option = found[REMOVE]["options"][4]
    assert names[4] in option["text"]["text"]
    await bench.press(card, REMOVE, selected_option=option)
    await bench.slack.until(lambda: names[4] not in card.words())
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    moved = [city(bench, name) for name in names]
    assert moved == ["Paris"] * 4 + ["Lyon"] + ["Paris"] * 10


async def test_a_small_change_does_not_ask_twice(bench: Bench) -> None:
    card = renaming(bench, bench.account(city="Lyon"))
    buttons = {e["action_id"]: e for e, _ in elements(card.blocks)}
    assert "confirm" not in buttons[CONFIRM]
    assert buttons[CONFIRM]["style"] == "primary"


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
