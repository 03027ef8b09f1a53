"""Propose, confirm, cancel, undo: what is written when, and by whom."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.confirmation import answer_of
from bot.decisions import decided
from tests.unit.catalog.world import TODAY, World, english, renders
from tests.unit.changes.records import account, everything, renamed, status
from tools import audit
from tools.access import OPERATOR
from tools.changes import (
    Confirmer,
    Outcome,
    cancel,
    confirm,
    drafting,
    last_applied,
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
    Coverage,
    Interaction,
    OutboxEntry,
    Person,
)
from tools.domain.vocabulary import ChangeStatus, ItemState, Role
from tools.errors import BadInput, NotAllowed, NotFound
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


def test_only_the_asker_decides(world: World) -> None:
    number, anna, ben = world.account("Alpha"), world.person("Anna"), world.person("Ben")
    world.covers(anna, number)
    world.covers(ben, number)
    change = renamed(world.deps(world.asker(anna)), number, city="Paris").change_id
    for decide in (confirm, cancel):
        with pytest.raises(NotAllowed, match="Only the person who asked"):
            decide(world.deps(world.asker(ben)), change)
    assert confirm(world.deps(world.asker(anna)), change).outcome is Outcome.APPLIED
    with pytest.raises(NotAllowed):
        undo(world.deps(world.asker(ben)), change)


@pytest.mark.parametrize("role", [Role.NEWCOMER, Role.REP, Role.MANAGER, Role.SALES_OPERATIONS])
def test_nobody_else_learns_what_was_decided(world: World, role: Role) -> None:
    number, anna = world.account("Alpha"), world.person("Anna")
    eve = world.deps(world.asker(world.person("Eve", role)))
    world.covers(anna, number)
    own = world.deps(world.asker(anna))
    dropped, applied, taken_back = (
        renamed(own, number, city=city).change_id for city in ("Paris", "Lyon", "Nice")
    )
    cancel(own, dropped)
    confirm(own, applied)
    fresh = confirm(own, taken_back).fresh
    assert fresh is not None
    confirm(own, fresh.change_id)
    undo(own, fresh.change_id)
    for change in (dropped, applied, taken_back, fresh.change_id):
        for decide in (confirm, cancel, undo, lambda deps, one: remove_line(deps, one, 0)):
            with pytest.raises(NotAllowed, match="Only the person who"):
                decide(eve, change)
        said = answer_of(f"confirm {change}")
        assert said is not None
        with pytest.raises(NotAllowed, match="Only the person who"):
            decided(said, eve)


def test_access_lost_meanwhile_stops_the_change(world: World) -> None:
    number, anna = world.account("Alpha"), world.person("Anna")
    world.covers(anna, number)
    asker = world.asker(anna)
    change = renamed(world.deps(asker), number, city="Paris").change_id
    with world.sessions() as session:
        session.exec(select(Coverage)).one().ends_on = date(2017, 12, 31)
        session.commit()
    with pytest.raises(NotAllowed):
        confirm(world.deps(asker), change)
    assert account(world.sessions, number).city is None
    assert status(world.sessions, change) is ChangeStatus.PROPOSED


def test_somebody_who_left_changes_nothing(world: World) -> None:
    number, anna = world.account("Alpha"), world.person("Anna")
    world.covers(anna, number)
    asker = world.asker(anna)
    change = renamed(world.deps(asker), number, city="Paris").change_id
    with world.sessions() as session:
        session.get_one(Person, anna).active = False
        session.commit()
    with pytest.raises(NotAllowed):
        confirm(world.deps(asker), change)


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


def test_undo_only_once_and_only_what_nothing_was_built_on(world: World) -> None:
    number = world.account("Alpha")
    first = renamed(world.deps(), number, city="Paris").change_id
    confirm(world.deps(), first)
    second = renamed(world.deps(), number, country="France").change_id
    confirm(world.deps(), second)
    assert last_applied(world.deps()) == second
    assert undo(world.deps(), first).outcome is Outcome.BUILT_ON
    assert status(world.sessions, first) is ChangeStatus.APPLIED
    assert undo(world.deps(), second).outcome is Outcome.UNDONE
    assert undo(world.deps(), second).outcome is Outcome.NOT_APPLIED
    assert (account(world.sessions, number).city, account(world.sessions, number).country) == (
        "Paris",
        None,
    )


def test_an_account_with_children_is_not_undone(world: World) -> None:
    with drafting(world.deps()) as draft:
        draft.add(Account(name="Alpha", name_key="alpha"))
        change = draft.propose(text("New", "新建")).change_id
    confirm(world.deps(), change)
    with world.sessions() as session:
        made = session.exec(select(Account)).one().id or 0
    world.add(AccountAlias(account_id=made, name="A", name_key="a"))
    decision = undo(world.deps(), change)
    assert decision.outcome is Outcome.BUILT_ON
    renders(decision.card())


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


def test_an_approver_confirms_what_another_asked(world: World) -> None:
    unit = world.unit("East")
    anna, chief = world.person("Anna", unit=unit), world.person("Chief", Role.MANAGER, unit)
    number = world.account("Alpha")
    world.covers(anna, number)
    with drafting(world.deps(world.asker(anna))) as draft:
        draft.change(draft.session.get_one(Account, number), city="Paris")
        change = draft.propose(text("Ask", "申请"), Confirmer.APPROVER).change_id
    with pytest.raises(NotAllowed, match="manager"):
        confirm(world.deps(world.asker(anna)), change)
    assert confirm(world.deps(world.asker(chief)), change).outcome is Outcome.APPLIED
    deputy, west = (world.person(f"Deputy {u}", Role.MANAGER, u) for u in (unit, world.unit("W")))
    for knows in (anna, chief, deputy):
        assert confirm(world.deps(world.asker(knows)), change).outcome is Outcome.ALREADY
    with pytest.raises(NotAllowed, match="account's team"):
        confirm(world.deps(world.asker(west)), change)


def test_threads_are_apart(world: World) -> None:
    deps = replace(world.deps(), thread="one")
    renamed(deps, world.account("Alpha"), city="Paris")
    assert len(pending(deps)) == 1
    assert pending(replace(deps, thread="two")) == ()
    assert pending(replace(deps, surface="slack")) == ()
    assert last_applied(deps) is None


@pytest.mark.parametrize("number", [99, 10**12, 10**30, -1])
def test_a_change_that_is_not_there(world: World, number: int) -> None:
    for decide in (confirm, cancel, undo, lambda deps, one: remove_line(deps, one, 0)):
        with pytest.raises(NotFound, match=f"no change #{number}"):
            decide(world.deps(), number)


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


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "city": st.none() | st.text("ab蔚來", max_size=3),
    "employees": st.none() | st.integers(0, 10**6),
    "customer_since": st.none() | st.dates(),
    "sandbox": st.booleans(),
}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries({}, optional=VALUES),
    st.fixed_dictionaries({}, optional=VALUES),
    st.integers(0, 2),
)
def test_undo_restores_the_very_rows(
    world: World, held: dict[str, Any], wanted: dict[str, Any], aliases: int
) -> None:
    name = f"A{everything(world.sessions)['account'].__len__()}"
    number = world.account(name, **held)
    before = everything(world.sessions, versions=False)
    with drafting(world.deps()) as draft:
        differs = draft.change(draft.session.get_one(Account, number), **wanted)
        for n in range(aliases):
            draft.add(AccountAlias(account_id=number, name=f"{name}-{n}", name_key=f"{name}{n}"))
        if not differs and not aliases:
            return
        change = draft.propose(text("Change", "修改")).change_id
    assert confirm(world.deps(), change).outcome is Outcome.APPLIED
    assert everything(world.sessions, versions=False) != before
    assert undo(world.deps(), change).outcome is Outcome.UNDONE
    assert everything(world.sessions, versions=False) == before
