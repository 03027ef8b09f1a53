"""Proposed changes: edited in a modal, shortened, and confirmed as a batch."""

import pytest
from sqlmodel import select

from bot.slack.blocks.edits import field_id
from bot.slack.blocks.proposals import waiting
from tests.scenario.slack.acting import acted, elements
from tests.scenario.slack.bench import MANAGER, OTHER, REP, Bench
from tests.scenario.slack.proposing import (
    CITY,
    CONFIRM,
    EDIT,
    NOTE,
    REMOVE,
    changes,
    city,
    renaming,
)
from tools.changes import drafting
from tools.data.models import Account
from tools.domain.vocabulary import ChangeStatus
from tools.text import Language, text

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
