"""Proposed changes in Slack: cards, decisions by the right person, edits, undo."""

import asyncio
from contextlib import closing
from typing import Any

import pytest
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.blocks.edits import field_id
from tests.scenario.slack.acting import clicked, has, newest, submitted
from tests.scenario.slack.conftest import Staff
from tests.scenario.slack.peer import Message, SlackPeer
from tools.data.models import Account, AuditEntry, ChangeSet, Contact, Person
from tools.domain.vocabulary import ChangeStatus

CONFIRM, EDIT, CANCEL = "kam_proposal_confirm", "kam_proposal_edit", "kam_proposal_cancel"
REMOVE, UNDO = "kam_proposal_remove", "kam_proposal_undo"
NAME = "Merrowick Semiconductor Pte. Ltd."
NOTE = (
    f"Log this note on {NAME}: Met the purchasing manager yesterday. "
    "They plan a new line worth 3 million next spring. They are unhappy with our delivery."
)


@pytest.fixture
def transport() -> str:
    return "http"


async def proposed(slack: SlackPeer, user: str, said: str, channel: str = "D1") -> Message:
    """The card of the proposal that these words lead to."""
    body = slack.said(said, user, channel)
    await slack.deliver(body)
    root = body["event"]["ts"]

    def card() -> Message | None:
        return next((m for m in slack.messages if m.thread == root and has(m, CONFIRM)), None)

    found: Message = await slack.until(card)
    return found


def rows(settings: Settings, table: Any) -> list[Any]:
    with closing(open_records(settings)) as sessions, sessions() as session:
        return list(session.exec(select(table)))


def city(settings: Settings) -> str | None:
    return next(a.city for a in rows(settings, Account) if a.name == NAME)


def set_account(settings: Settings, **fields: Any) -> None:
    with closing(open_records(settings)) as sessions, sessions() as session:
        account = session.exec(select(Account).where(Account.name == NAME)).one()
        for name, value in fields.items():
            setattr(account, name, value)
        account.version += 1
        session.commit()


async def press(slack: SlackPeer, card: Message, action: str, user: str, **more: Any) -> None:
    await slack.click(clicked(slack, card, action, user, **more))


async def changed(slack: SlackPeer, card: Message, words: str) -> None:
    await slack.until(lambda: words in card.words())


CITY = f"Set the city of {NAME} to Suzhou"


async def test_a_card_shows_the_change_and_confirming_applies_it_in_place(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    before = city(slack_settings)
    card = await proposed(slack, staff.operations, CITY)
    said = card.words()
    for part in ("Nothing is written yet", "Asked by", "Waits until", "Suzhou", str(before)):
        assert part in said
    assert NAME in said
    assert city(slack_settings) == before
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    assert city(slack_settings) == "Suzhou"
    assert has(card, UNDO)
    assert not has(card, CONFIRM)
    await press(slack, card, UNDO, staff.operations)
    await changed(slack, card, "the old values are back")
    assert city(slack_settings) == before
    assert not has(card, UNDO)


async def test_cancelling_writes_nothing(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    before = city(slack_settings)
    card = await proposed(slack, staff.operations, CITY)
    await press(slack, card, CANCEL, staff.operations)
    await changed(slack, card, "Dropped by")
    assert city(slack_settings) == before
    assert not has(card, UNDO)


async def test_anybody_else_is_told_why_and_changes_nothing(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    before = city(slack_settings)
    card = await proposed(slack, staff.operations, CITY)
    stranger = slack.add_user("U7777", "nobody@example.com")
    expected = [
        (staff.manager, "Only the person who asked"),
        (staff.newcomer, "Only the person who asked"),
        (stranger, "I do not know you yet"),
    ]
    for user, words in expected:
        for action in (CONFIRM, CANCEL, EDIT):
            count = len(slack.answers)
            await press(slack, card, action, user)
            await slack.until(lambda count=count: len(slack.answers) > count)
            assert words in slack.answers[-1]["text"]
            assert slack.answers[-1]["response_type"] == "ephemeral"
    assert slack.named("views.open") == []
    assert city(slack_settings) == before
    assert has(card, CONFIRM)


async def test_a_double_click_and_a_repeated_delivery_apply_once(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    same = clicked(slack, card, CONFIRM, staff.operations, trigger="9.same")
    await asyncio.gather(
        *(slack.click(same) for _ in range(3)),
        press(slack, card, CONFIRM, staff.operations),
    )
    await changed(slack, card, "Confirmed by")
    # Each click has its own trigger: of the three that share one, two are not looked at.
    await slack.until(lambda: len(slack.named("chat.update")) == 2)
    assert city(slack_settings) == "Suzhou"
    applied = [e for e in rows(slack_settings, AuditEntry) if e.action == "change applied"]
    assert len(applied) == 1


async def test_an_edit_makes_a_new_proposal_on_the_same_card(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    await press(slack, card, EDIT, staff.operations)
    await slack.until(lambda: slack.named("views.open"))
    view = newest(slack)
    place = field_id(0, "city")
    await slack.click(submitted(view, staff.operations, {place: "Kunshan"}))
    await changed(slack, card, "Kunshan")
    assert "Suzhou" not in card.words()
    old, new = rows(slack_settings, ChangeSet)
    assert (old.status, new.status) == (ChangeStatus.CANCELLED, ChangeStatus.PROPOSED)
    assert (old.surface, old.thread) == (new.surface, new.thread)
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    assert city(slack_settings) == "Kunshan"


async def test_a_misfit_is_said_at_its_field(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    said = f"Set the number of employees of {NAME} to 1200"
    card = await proposed(slack, staff.operations, said)
    await press(slack, card, EDIT, staff.operations)
    await slack.until(lambda: slack.named("views.open"))
    place = field_id(0, "employees")
    answer = await slack.click(submitted(newest(slack), staff.operations, {place: "many"}))
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert "many" in answer["errors"][place]
    # Somebody else who got hold of the modal proposes nothing.
    answer = await slack.click(submitted(newest(slack), staff.manager, {place: "5"}))
    assert answer is not None
    assert "Only the person who asked" in str(answer["view"]["blocks"])
    assert len(rows(slack_settings, ChangeSet)) == 1


async def test_lines_of_a_note_can_be_removed_and_its_remarks_stay(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, f"{NOTE} The weather was fine.")
    assert "weather" in card.words()
    lines = len([b for b in card.blocks if "accessory" in b])
    assert lines > 1
    await press(slack, card, REMOVE, staff.operations, number=lines - 1)
    await slack.until(lambda: len([b for b in card.blocks if "accessory" in b]) < lines)
    assert "weather" in card.words()
    assert len(rows(slack_settings, ChangeSet)) == 1


async def test_removing_every_line_drops_the_change(slack: SlackPeer, staff: Staff) -> None:
    card = await proposed(slack, staff.operations, NOTE)
    # The first line is the record of the contact, on which the others do not all build.
    while has(card, REMOVE):
        before = len(slack.named("chat.update"))
        await press(slack, card, REMOVE, staff.operations)
        await slack.until(lambda before=before: len(slack.named("chat.update")) > before)
    if has(card, CONFIRM):
        return
    assert "Dropped" in card.words()


async def test_a_stale_proposal_is_refused_and_shown_with_fresh_values(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    set_account(slack_settings, city="Nanjing")
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "the records have changed since")
    assert "Nanjing" in card.words()
    assert city(slack_settings) == "Nanjing"
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    assert city(slack_settings) == "Suzhou"


async def test_an_expired_proposal_is_refused_and_shown_again(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    with closing(open_records(slack_settings)) as sessions, sessions() as session:
        change = session.exec(select(ChangeSet)).one()
        change.expires_at = change.proposed_at
        session.commit()
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "had expired")
    assert [c.status for c in rows(slack_settings, ChangeSet)] == [
        ChangeStatus.EXPIRED,
        ChangeStatus.PROPOSED,
    ]
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    assert city(slack_settings) == "Suzhou"


async def test_what_was_built_on_cannot_be_undone(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    set_account(slack_settings, country="China")
    await press(slack, card, UNDO, staff.operations)
    await slack.until(lambda: slack.answers)
    assert "cannot be undone" in slack.answers[-1]["text"]
    await slack.until(lambda: not has(card, UNDO))
    assert city(slack_settings) == "Suzhou"


async def test_a_decision_by_word_shows_on_the_card_at_the_next_click(
    slack: SlackPeer, staff: Staff
) -> None:
    card = await proposed(slack, staff.operations, CITY)
    await slack.deliver(slack.said("no", staff.operations, "D1", thread=card.thread))
    await slack.until(lambda: len(slack.thread("D1", card.thread or "")) > 1)
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Dropped by")
    assert not has(card, CONFIRM)


async def test_cards_speak_the_language_of_the_person(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    with closing(open_records(slack_settings)) as sessions, sessions() as session:
        email = slack.users[staff.operations]["profile"]["email"]
        person = session.exec(select(Person).where(Person.email == email)).one()
        person.language = "zh-Hant"
        session.commit()
    card = await proposed(slack, staff.operations, "把 Merrowick 的城市改为苏州")
    await press(slack, card, CANCEL, staff.operations)
    await changed(slack, card, "取消人")
    assert "未寫入任何內容" in card.words()


async def test_in_a_channel_only_the_asker_sees_and_decides(
    slack: SlackPeer, staff: Staff, slack_settings: Settings
) -> None:
    slack.channels["C1"] = [staff.operations, staff.manager]
    body = slack.said(f"<@U0BOT> {CITY}", staff.operations, "C1", kind="app_mention")
    await slack.deliver(body)
    card: Message = await slack.until(
        lambda: next((m for m in slack.messages if has(m, CONFIRM)), None)
    )
    assert card.only == staff.operations
    await press(slack, card, EDIT, staff.operations)
    await slack.until(lambda: slack.named("views.open"))
    place = field_id(0, "city")
    await slack.click(submitted(newest(slack), staff.operations, {place: "Kunshan"}))
    await changed(slack, card, "Kunshan")
    await press(slack, card, CONFIRM, staff.operations)
    await changed(slack, card, "Confirmed by")
    assert slack.named("chat.update") == []
    assert city(slack_settings) == "Kunshan"
    assert rows(slack_settings, Contact)
