"""Who may decide on a proposed change, and who learns of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.confirmation import answer_of
from bot.decisions import decided
from tests.unit.catalog.world import World
from tests.unit.changes.records import account, renamed, status
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
    Coverage,
    Person,
)
from tools.domain.vocabulary import ChangeStatus, Role
from tools.errors import NotAllowed, NotFound
from tools.text import text


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
