"""How far an account's checklists are."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.checklist_state import checklist_state
from tools.data.models import ChecklistItem, ChecklistRun
from tools.domain.vocabulary import ItemState
from tools.errors import NotAllowed

DAY = date(2017, 6, 1)


def record(world: World, run: int, item: str, state: ItemState, **more: object) -> None:
    world.add(ChecklistItem(run_id=run, item=item, state=state, **more))


@pytest.fixture
def run(world: World) -> int:
    """Of six barriers two are done (one without evidence), one does not apply, three are open."""
    account, anna = world.account("Alpha"), world.person("Anna")
    earlier = ChecklistRun(
        account_id=account, checklist="penetration_plan", started_on=date(2016, 1, 1)
    )
    world.add(earlier)
    record(world, earlier.id or 0, "price_or_contract", ItemState.DONE)
    found = world.add(
        ChecklistRun(account_id=account, checklist="penetration_plan", started_on=DAY)
    )
    decided = {"person_id": anna, "decided_on": date(2017, 6, 2)}
    record(world, found, "relationship", ItemState.DONE, evidence="two new contacts", **decided)
    record(world, found, "solution", ItemState.DONE)
    record(world, found, "incumbent", ItemState.NOT_APPLICABLE)
    record(world, found, "delivery_record", ItemState.OPEN)
    return found


def test_items_never_touched_are_open(world: World, run: int) -> None:
    state = checklist_state(world.deps(), "Alpha", "penetration plan")
    latest = state.runs[0]
    counts = (latest.progress.done, latest.progress.open, latest.progress.not_applicable)
    assert counts == (2, 3, 1)
    assert latest.progress.share == Decimal(2) / 5
    card = state.card()
    assert english(card.headline) == (
        "2 of 5 items of “Penetration plan” are done for Alpha (40%); 3 are open."
    )
    assert card.table is not None
    assert [english(cell) for cell in card.table.rows[0]] == [
        "Relationship: more than one contact, and high enough",
        "done",
        "two new contacts",
        "Anna",
        "2017-06-02",
    ]
    assert english(card.table.rows[2][1]) == "open"
    assert [english(line) for line in card.missing] == [
        "Done without evidence: Solution: we can serve the next need"
    ]
    assert len(card.next) == 3
    renders(card)


def test_without_a_checklist_every_run_is_listed(world: World, run: int) -> None:
    state = checklist_state(world.deps(), "alpha")
    assert [(s.run.started_on, s.progress.done) for s in state.runs] == [
        (DAY, 2),
        (date(2016, 1, 1), 1),
    ]
    renders(state.card())


def test_one_that_was_not_started_is_open(world: World, run: int) -> None:
    card = checklist_state(world.deps(), "Alpha", "handover").card()
    assert english(card.headline) == (
        "The checklist “Handover of an account” has not been started for Alpha; "
        "all 7 items are open."
    )
    world.account("Beta")
    none = checklist_state(world.deps(), "Beta").card()
    assert english(none.headline) == "No checklist has been started for Beta."
    renders(none)


def test_records_of_items_that_are_gone_are_named(world: World, run: int) -> None:
    record(world, run, "weather", ItemState.DONE)
    card = checklist_state(world.deps(), "Alpha", "penetration plan").card()
    assert "Recorded, but no longer on the checklist: weather" in map(english, card.missing)
    assert "2 of 5" in english(card.headline)


def test_only_the_account_s_team_sees_it(world: World, run: int) -> None:
    with pytest.raises(NotAllowed):
        checklist_state(world.deps(world.asker(world.person("Ben"))), "Alpha")
