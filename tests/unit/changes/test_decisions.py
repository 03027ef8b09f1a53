"""Propose, confirm, cancel, undo: what is written when, and by whom."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.unit.catalog.world import TODAY, World, english, renders
from tests.unit.changes.records import account, everything, renamed, status
from tools import audit
from tools.access import OPERATOR
from tools.changes import (
    Outcome,
    cancel,
    confirm,
    drafting,
    pending,
    remove_line,
    undo,
)
from tools.data.models import (
    Account,
    AccountAlias,
    AuditEntry,
    ChecklistItem,
    ChecklistRun,
    Interaction,
    OutboxEntry,
)
from tools.domain.vocabulary import ChangeStatus, ItemState
from tools.errors import BadInput
from tools.text import text


def test_a_proposal_writes_no_record(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    before = everything(world.sessions)
    proposal = renamed(world.deps(), number, city="Paris", employees=40)
    assert everything(world.sessions) == before
    assert [(english(f.field), f.before, f.after) for f in proposal.fields] == [
        ("city", "Lyon", "Paris"),
        ("employees", None, 40),
    ]
    assert proposal.expires_at - world.deps().clock() == timedelta(hours=24)
    renders(proposal.card())


def test_a_confirmed_change_applies_once(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    change = renamed(world.deps(), number, city="Paris").change_id
    first = confirm(world.deps(), change)
    assert first.outcome is Outcome.APPLIED
    assert (account(world.sessions, number).city, account(world.sessions, number).version) == (
        "Paris",
        2,
    )
    held = everything(world.sessions)
    second = confirm(world.deps(), change)
    assert second.outcome is Outcome.ALREADY
    assert english(second.card().headline) == (
        "Nothing changed: this was applied already. (Change it)"
    )
    assert everything(world.sessions) == held
    for decision in (first, second):
        renders(decision.card())


def test_the_same_request_again_is_the_same_proposal(world: World) -> None:
    number = world.account("Alpha")
    first = renamed(world.deps(), number, city="Paris")
    assert renamed(world.deps(), number, city="Paris").change_id == first.change_id
    assert renamed(world.deps(), number, city="Lyon").change_id != first.change_id
    assert len(pending(world.deps())) == 2


def test_nothing_to_change_is_said(world: World) -> None:
    number = world.account("Alpha", city="Paris")
    with pytest.raises(BadInput, match="nothing to change"):
        renamed(world.deps(), number, city="Paris")


def test_a_cancelled_change_is_gone(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    assert cancel(world.deps(), change).outcome is Outcome.CANCELLED
    assert confirm(world.deps(), change).outcome is Outcome.ALREADY
    assert pending(world.deps()) == ()
    assert account(world.sessions, number).city is None


def test_an_expired_change_is_not_applied(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    later = world.deps(today=TODAY + timedelta(days=2))
    assert pending(later) == ()
    assert confirm(later, change).outcome is Outcome.EXPIRED
    assert status(world.sessions, change) is ChangeStatus.EXPIRED
    assert account(world.sessions, number).city is None


def test_a_stale_change_is_refused_and_shown_with_fresh_values(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    old = renamed(world.deps(), number, city="Paris").change_id
    other = renamed(world.deps(), number, city="Nice", country="France").change_id
    assert confirm(world.deps(), other).outcome is Outcome.APPLIED
    decision = confirm(world.deps(), old)
    assert decision.outcome is Outcome.STALE
    assert status(world.sessions, old) is ChangeStatus.STALE
    assert account(world.sessions, number).city == "Nice"
    assert decision.fresh is not None
    assert [(f.before, f.after) for f in decision.fresh.fields] == [("Nice", "Paris")]
    assert confirm(world.deps(), decision.fresh.change_id).outcome is Outcome.APPLIED
    assert account(world.sessions, number).city == "Paris"


def test_a_change_behind_the_version_is_noticed(world: World) -> None:
    number = world.account("Alpha", city="Lyon")
    change = renamed(world.deps(), number, city="Paris").change_id
    with world.sessions() as session:
        session.get_one(Account, number).city = "Nice"
        session.commit()
    assert confirm(world.deps(), change).outcome is Outcome.STALE


def test_a_stale_change_whose_row_is_gone_is_not_proposed_again(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    with world.sessions() as session:
        session.delete(session.get_one(Account, number))
        session.commit()
    decision = confirm(world.deps(), change)
    assert (decision.outcome, decision.fresh) == (Outcome.STALE, None)


def test_a_batch_applies_as_one(world: World) -> None:
    one, two = world.account("Alpha"), world.account("Beta")
    with drafting(world.deps()) as draft:
        for number in (one, two):
            draft.change(draft.session.get_one(Account, number), city="Paris")
        proposal = draft.propose(text("Both", "两家"))
    before = everything(world.sessions)
    confirm(world.deps(), renamed(world.deps(), two, country="France").change_id)
    assert confirm(world.deps(), proposal.change_id).outcome is Outcome.STALE
    assert account(world.sessions, one).city is None
    assert before["account"][0] in everything(world.sessions)["account"]


def test_rows_that_build_on_each_other_apply_and_undo(world: World) -> None:
    number = world.account("Alpha")
    before = everything(world.sessions)
    with drafting(world.deps()) as draft:
        run = draft.add(ChecklistRun(account_id=number, checklist="handover", started_on=TODAY))
        draft.add(
            ChecklistItem(run_id=0, item="documents", state=ItemState.DONE), made={"run_id": run}
        )
        proposal = draft.propose(text("Start", "开始"))
    renders(proposal.card())
    assert confirm(world.deps(), proposal.change_id).outcome is Outcome.APPLIED
    with world.sessions() as session:
        item = session.exec(select(ChecklistItem)).one()
        assert item.run_id == session.exec(select(ChecklistRun)).one().id
    assert undo(world.deps(), proposal.change_id).outcome is Outcome.UNDONE
    assert everything(world.sessions) == before


def test_a_line_taken_out_takes_those_that_build_on_it(world: World) -> None:
    number = world.account("Alpha")
    with drafting(world.deps()) as draft:
        draft.change(draft.session.get_one(Account, number), city="Paris")
        run = draft.add(ChecklistRun(account_id=number, checklist="handover", started_on=TODAY))
        draft.add(
            ChecklistItem(run_id=0, item="documents", state=ItemState.DONE), made={"run_id": run}
        )
        proposal = draft.propose(text("Start", "开始"))
    left = remove_line(world.deps(), proposal.change_id, run)
    assert [english(f.field) for f in left.fields] == ["city"]
    assert confirm(world.deps(), proposal.change_id).outcome is Outcome.APPLIED
    with world.sessions() as session:
        assert session.exec(select(ChecklistRun)).all() == []
    assert account(world.sessions, number).city == "Paris"


def test_taking_out_the_only_line_cancels(world: World) -> None:
    proposal = renamed(world.deps(), world.account("Alpha"), city="Paris")
    assert remove_line(world.deps(), proposal.change_id, 0).status is ChangeStatus.CANCELLED


def test_a_name_taken_meanwhile_is_refused(world: World) -> None:
    with drafting(world.deps()) as draft:
        draft.add(Account(name="Alpha", name_key="alpha"))
        change = draft.propose(text("New", "新建")).change_id
    world.account("Alpha")
    decision = confirm(world.deps(), change)
    assert (decision.outcome, decision.fresh) == (Outcome.STALE, None)


def test_a_guarded_row_must_be_as_it_was(world: World) -> None:
    number = world.account("Alpha")

    def guarded(alias: str) -> int:
        with drafting(world.deps()) as draft:
            draft.guard(draft.session.get_one(Account, number))
            draft.add(AccountAlias(account_id=number, name=alias, name_key=alias))
            return draft.propose(text("New", "新建")).change_id

    one, two = guarded("a"), guarded("b")
    assert confirm(world.deps(), one).outcome is Outcome.APPLIED
    again = confirm(world.deps(), two)
    assert again.outcome is Outcome.STALE
    assert again.fresh is not None
    assert confirm(world.deps(), again.fresh.change_id).outcome is Outcome.APPLIED


def test_notes_reach_the_index(world: World) -> None:
    number = world.account("Alpha")
    with drafting(world.deps()) as draft:
        draft.add(Interaction(account_id=number, held_on=TODAY, summary="met", source="test"))
        change = draft.propose(text("Log", "登记")).change_id

    def words() -> list[tuple[str, str]]:
        with world.sessions() as session:
            return [(o.kind, o.key) for o in session.exec(select(OutboxEntry))]

    assert words() == []
    confirm(world.deps(), change)
    assert words() == [("notes", str(number))]
    undo(world.deps(), change)
    assert words() == [("notes", str(number))] * 2


def test_each_decision_is_in_the_audit_trail(world: World) -> None:
    number = world.account("Alpha")
    change = renamed(world.deps(), number, city="Paris").change_id
    confirm(world.deps(), change)
    undo(world.deps(), change)
    with world.sessions() as session:
        entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [e.action for e in entries] == [
            "change proposed",
            "change applied",
            "change undone",
        ]
        assert {e.accounts for e in entries} == {f"|{number}|"}
        assert entries[1].detail["rows"][0]["after"] == {"city": "Paris"}
        assert entries[0].actor == OPERATOR.name
        assert audit.verify(session).sound
