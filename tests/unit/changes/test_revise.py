"""A proposal edited before it is confirmed, made anew after it expired, or moved elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from tests.unit.catalog.world import TODAY, World, english
from tests.unit.changes.records import account, everything, renamed, status
from tools.catalog.add_contact import add_contact
from tools.catalog.add_need import add_need
from tools.catalog.add_opportunity import add_opportunity
from tools.catalog.add_risk import add_risk
from tools.catalog.assign_coverage import assign_coverage
from tools.catalog.record_evaluation import record_evaluation
from tools.catalog.set_checklist_item import set_checklist_item
from tools.catalog.update_opportunity import update_opportunity
from tools.changes import (
    Misfits,
    Outcome,
    cancel,
    confirm,
    drafting,
    editable,
    move,
    pending,
    remove_line,
    renew,
    revise,
)
from tools.data.models import (
    Account,
    AuditEntry,
    ChecklistItem,
    Contact,
    Evaluation,
    Need,
    Opportunity,
    Risk,
)
from tools.domain.vocabulary import ChangeStatus, ItemState, Layer, Role, Stage
from tools.errors import BadInput, NotAllowed, NotFound
from tools.text import text


def test_an_edited_value_makes_a_new_proposal_in_place_of_the_old(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    before = everything(world.sessions)
    old = renamed(world.deps(), number, city="Paris", employees=40)
    new = revise(world.deps(), old.change_id, {(0, "city"): " Nice ", (0, "employees"): "40"})
    assert new.change_id != old.change_id
    assert status(world.sessions, old.change_id) is ChangeStatus.CANCELLED
    assert [(english(f.field), f.before, f.after) for f in new.fields] == [
        ("city", "Lyon", "Nice"),
        ("employees", None, 40),
    ]
    assert everything(world.sessions) == before
    assert confirm(world.deps(), old.change_id).outcome is Outcome.ALREADY
    assert confirm(world.deps(), new.change_id).outcome is Outcome.APPLIED
    assert account(world.sessions, number).city == "Nice"
    with world.sessions() as session:
        actions = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert {"change edited", "change applied"} <= set(actions)


def test_the_same_values_leave_the_proposal_as_it_is(world: World) -> None:
    old = renamed(world.deps(), world.account("Alpha"), city="Paris")
    assert revise(world.deps(), old.change_id, {(0, "city"): "Paris"}).change_id == old.change_id
    assert status(world.sessions, old.change_id) is ChangeStatus.PROPOSED


def test_what_was_assumed_is_stated_once_it_is_edited(world: World) -> None:
    world.account("Alpha")
    old = add_risk(world.deps(), "Alpha", "late payment", "financial")
    (assumed,) = [f for f in old.fields if f.assumed]
    assert english(assumed.field) == "information level"
    new = revise(world.deps(), old.change_id, {(0, "level"): "4", (0, "likelihood"): "5"})
    assert not any(f.assumed for f in new.fields)
    confirm(world.deps(), new.change_id)
    with world.sessions() as session:
        risk = session.exec(select(Risk)).one()
    assert (risk.level, risk.likelihood, risk.impact) == (4, 5, 3)


def test_an_empty_field_of_a_row_to_make_can_be_filled_and_emptied(world: World) -> None:
    world.account("Alpha")
    old = add_contact(world.deps(), "Alpha", "Li Na", title="buyer")
    there = {f.name: f for f in editable(world.deps(), old.change_id)}
    assert there["title"].value == "buyer"
    assert not there["layer"].said
    assert [key for key, _ in there["layer"].shape.choices] == list(Layer)
    said = {(0, "layer"): "decision", (0, "title"): None, (0, "name"): "Li Naa"}
    new = revise(world.deps(), old.change_id, {**said, (0, "decides"): "true"})
    confirm(world.deps(), new.change_id)
    with world.sessions() as session:
        contact = session.exec(select(Contact)).one()
    assert (contact.layer, contact.title, contact.name_key) == (Layer.DECISION, None, "linaa")
    assert contact.decides is True


@pytest.mark.parametrize(
    ("field", "said", "reason"),
    [
        ("points", "101", "from 0 to 100"),
        ("points", "many", "does not fit"),
        ("points", "NaN", "does not fit"),
        ("held_on", "2018-01-02", "still to come"),
        ("held_on", "tomorrow", "does not fit"),
        ("held_on", "", "Please say"),
    ],
)
def test_values_are_held_to_what_the_tool_would_take(
    world: World, field: str, said: str, reason: str
) -> None:
    world.account("Alpha")
    old = record_evaluation(world.deps(), "Alpha", "relationship", Decimal(70))
    with pytest.raises(Misfits, match=reason) as caught:
        revise(world.deps(), old.change_id, {(0, field): said})
    assert list(caught.value.reasons) == [(0, field)]
    assert status(world.sessions, old.change_id) is ChangeStatus.PROPOSED


def test_every_misfit_is_told_at_its_field(world: World) -> None:
    world.account("Alpha")
    old = add_need(world.deps(), "Alpha", "a bench", horizon="short", amount=Decimal(5))
    wrong: dict[tuple[int, str], str | None] = {
        (0, "amount"): "-1",
        (0, "currency"): "money",
        (0, "horizon"): "soon",
        (0, "description"): " ",
    }
    with pytest.raises(Misfits) as caught:
        revise(world.deps(), old.change_id, wrong)
    assert set(caught.value.reasons) == set(wrong)


def test_the_title_follows_the_values(world: World) -> None:
    world.account("Alpha")
    old = record_evaluation(world.deps(), "Alpha", "relationship", Decimal(70))
    assert old.title.endswith(" 70")
    new = revise(world.deps(), old.change_id, {(0, "points"): "82.5"})
    assert new.title == old.title.replace("70", "82.5")
    confirm(world.deps(), new.change_id)
    with world.sessions() as session:
        assert session.exec(select(Evaluation)).one().points == Decimal("82.5")


def test_a_deal_edited_to_won_gets_its_closing_day(world: World) -> None:
    world.account("Alpha")
    old = add_opportunity(world.deps(), "Alpha", name="line")
    new = revise(world.deps(), old.change_id, {(0, "stage"): "won", (0, "value"): "1,000"})
    assumed = {english(f.field): f.after for f in new.fields if f.assumed}
    assert assumed["closed on"] == TODAY
    confirm(world.deps(), new.change_id)
    with world.sessions() as session:
        deal = session.exec(select(Opportunity)).one()
    assert (deal.stage, deal.closed_on) == (Stage.WON, TODAY)
    assert (deal.value, deal.currency) == (1000, "USD")


def test_a_deal_edited_back_to_open_has_no_closing_day(world: World) -> None:
    number = world.account("Alpha")
    world.deal(number, value=5, currency="USD")
    old = update_opportunity(world.deps(), "Alpha", stage="won", amount=Decimal(7))
    new = revise(world.deps(), old.change_id, {(0, "stage"): "engaging"})
    assert [(english(f.field), f.after) for f in new.fields] == [("value", 7)]


def test_done_needs_its_evidence(world: World) -> None:
    number = world.account("Alpha")
    old = set_checklist_item(world.deps(), "Alpha", "handover", "documents", evidence="list")
    items = [f for f in editable(world.deps(), old.change_id) if f.name == "evidence"]
    place = items[0].place
    with pytest.raises(Misfits) as caught:
        revise(world.deps(), old.change_id, {place: None})
    assert list(caught.value.reasons) == [place]
    new = revise(world.deps(), old.change_id, {(place[0], "state"): "open", place: None})
    confirm(world.deps(), new.change_id)
    with world.sessions() as session:
        assert session.exec(select(ChecklistItem)).one().state is ItemState.OPEN
    assert number


def test_nothing_left_to_change_is_refused_and_the_old_one_still_waits(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    old = renamed(world.deps(), number, city="Paris")
    with pytest.raises(BadInput, match="nothing to change"):
        revise(world.deps(), old.change_id, {(0, "city"): "Lyon"})
    assert status(world.sessions, old.change_id) is ChangeStatus.PROPOSED


def test_lines_taken_out_stay_out(world: World) -> None:
    one, two = world.account("Alpha"), world.account("Beta")
    with drafting(world.deps()) as draft:
        for number in (one, two):
            draft.change(draft.session.get_one(Account, number), city="Paris")
        old = draft.propose(text("Both", "两家"))
    remove_line(world.deps(), old.change_id, 0)
    assert {f.position for f in editable(world.deps(), old.change_id)} == {1}
    new = revise(world.deps(), old.change_id, {(1, "city"): "Nice", (0, "city"): "Rome"})
    assert [(f.position, f.after) for f in new.fields] == [(1, "Nice")]
    confirm(world.deps(), new.change_id)
    assert account(world.sessions, one).city is None
    assert account(world.sessions, two).city == "Nice"


def test_who_is_responsible_is_not_edited(world: World) -> None:
    world.account("Alpha")
    world.person("Anna")
    change = assign_coverage(world.deps(), "Alpha", "Anna").change_id
    assert editable(world.deps(), change) == ()


def test_only_the_asker_edits_and_only_what_waits(world: World) -> None:
    number, anna, ben = world.account("Alpha"), world.person("Anna"), world.person("Ben")
    for person in (anna, ben):
        world.covers(person, number)
    mine, other = world.deps(world.asker(anna)), world.deps(world.asker(ben))
    change = renamed(mine, number, city="Paris").change_id
    for deps in (other, world.deps()):
        with pytest.raises(NotAllowed, match="Only the person who asked"):
            editable(deps, change)
        with pytest.raises(NotAllowed, match="Only the person who asked"):
            revise(deps, change, {(0, "city"): "Nice"})
        with pytest.raises(NotAllowed):
            move(deps, change, "elsewhere")
    late = world.deps(world.asker(anna), today=TODAY + timedelta(days=2))
    with pytest.raises(NotAllowed, match="expired"):
        revise(late, change, {(0, "city"): "Nice"})
    cancel(mine, change)
    with pytest.raises(NotAllowed, match="decided already"):
        revise(mine, change, {(0, "city"): "Nice"})
    with pytest.raises(NotFound):
        editable(mine, 99)


def test_an_edited_proposal_waits_where_the_old_one_did(world: World) -> None:
    there = replace(world.deps(), surface="slack:T:C", thread="1.1")
    old = renamed(there, world.account("Alpha"), city="Paris")
    new = revise(world.deps(), old.change_id, {(0, "city"): "Nice"})
    assert [p.change_id for p in pending(there)] == [new.change_id]
    assert pending(world.deps()) == ()


def test_a_proposal_moves_to_another_conversation(world: World) -> None:
    old = renamed(world.deps(), world.account("Alpha"), city="Paris")
    there = replace(world.deps(), surface="slack:T:C")
    move(there, old.change_id, "1.1")
    assert pending(world.deps()) == ()
    assert [p.change_id for p in pending(replace(there, thread="1.1"))] == [old.change_id]


def test_an_expired_proposal_is_made_anew_over_the_rows_as_they_are(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    old = renamed(world.deps(), number, city="Paris").change_id
    other = renamed(world.deps(), number, city="Nice").change_id
    confirm(world.deps(), other)
    late = world.deps(today=TODAY + timedelta(days=2))
    assert renew(late, old) is None
    assert confirm(late, old).outcome is Outcome.EXPIRED
    fresh = renew(late, old)
    assert fresh is not None
    assert [(f.before, f.after) for f in fresh.fields] == [("Nice", "Paris")]
    assert renew(late, old) == fresh
    assert confirm(late, fresh.change_id).outcome is Outcome.APPLIED
    assert renew(late, old) is None


def test_an_expired_proposal_of_another_or_on_a_gone_row_is_not_made_anew(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    late = world.deps(today=TODAY + timedelta(days=2))
    confirm(late, change)
    anna = world.person("Anna", Role.SALES_OPERATIONS)
    assert renew(world.deps(world.asker(anna), today=TODAY + timedelta(days=2)), change) is None
    with world.sessions() as session:
        session.delete(session.get_one(Account, number))
        session.commit()
    assert renew(late, change) is None


def test_a_proposal_names_who_asked_and_decided_and_the_accounts(world: World) -> None:
    number, anna = world.account("Alpha"), world.person("Anna")
    world.covers(anna, number)
    deps = world.deps(world.asker(anna))
    proposal = add_need(deps, "Alpha", "a bench", horizon="short", expected_on=date(2018, 3, 1))
    assert (proposal.asker, proposal.accounts) == ("Anna", ("Alpha",))
    assert (proposal.decided_by, proposal.decided_at) == (None, None)
    done = confirm(deps, proposal.change_id).change
    assert (done.decided_by, done.decided_at) == ("Anna", deps.clock())
    with world.sessions() as session:
        assert session.exec(select(Need)).one().expected_on == date(2018, 3, 1)
