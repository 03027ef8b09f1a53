"""What is taken back, and what is not since something was built on it."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.unit.catalog.world import World, renders
from tests.unit.changes.records import account, everything, renamed, status
from tools.changes import (
    Outcome,
    confirm,
    drafting,
    last_applied,
    undo,
)
from tools.data.models import (
    Account,
    AccountAlias,
)
from tools.domain.vocabulary import ChangeStatus
from tools.text import text

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "city": st.none() | st.text("ab蔚來", max_size=3),
    "employees": st.none() | st.integers(0, 10**6),
    "customer_since": st.none() | st.dates(),
    "sandbox": st.booleans(),
}


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
