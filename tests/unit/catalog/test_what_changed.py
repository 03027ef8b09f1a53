"""What happened on accounts since a day."""

from datetime import date
from typing import Any

import pytest

from tests.unit.catalog.records import need, planned, risk
from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.what_changed import what_changed
from tools.changes import drafting
from tools.changes.decide import confirm, undo
from tools.data.models import Account, Contact, Interaction
from tools.deps import Deps
from tools.domain.vocabulary import Channel, Dimension, PlanStatus, RiskKind, Role, Stage
from tools.errors import BadInput, NotAllowed
from tools.text import text

DECEMBER = date(2017, 12, 1)


def edited(deps: Deps, *records: Any, **fields: Any) -> int:
    """A confirmed change of each record's fields; returns its number."""
    with deps.sessions() as session:
        rows = [session.get_one(kind, key) for kind, key in records]
    with drafting(deps) as draft:
        for row in rows:
            draft.change(draft.session.get_one(type(row), row.id), **fields)
        proposal = draft.propose(text("Change it", "修改"))
    confirm(deps, proposal.change_id)
    return proposal.change_id


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    anna = world.person("Anna")
    world.covers(anna, account, starts_on=date(2017, 12, 5))
    world.add(
        Interaction(
            account_id=account,
            person_id=anna,
            held_on=date(2017, 12, 10),
            channel=Channel.VISIT,
            summary="saw the new line",
            source="log",
        )
    )
    world.met(account, date(2017, 11, 30))
    world.deal(
        account, anna, 400, date(2017, 12, 20), engaged_on=date(2017, 12, 2), name="Line",
        currency="USD",
    )  # fmt: skip
    world.deal(account, stage=Stage.LOST, closed=date(2017, 12, 21), external_id="L-1")
    risk(world, account, RiskKind.DELIVERY, "late parts", as_of=date(2017, 12, 11))
    need(world, account, "sensors", as_of=date(2017, 12, 12))
    planned(
        world, account, status=PlanStatus.APPROVED, updated_on=date(2017, 12, 13),
        approved_on=date(2017, 12, 14), edition=2,
    )  # fmt: skip
    world.evaluated(account, Dimension.NEEDS, 60, date(2017, 12, 15), person_id=anna)
    return account


def test_events_newest_first(world: World, acme: int) -> None:
    card = what_changed(world.deps(), "Acme", since=DECEMBER).card()
    assert table_rows(card) == [
        ["2017-12-21", "Acme", "deal closed", "L-1: lost, no value", "–"],
        ["2017-12-20", "Acme", "deal closed", "Line: won, USD 400", "Anna"],
        ["2017-12-15", "Acme", "evaluation", "needs and capability: 60", "Anna"],
        ["2017-12-14", "Acme", "plan", "edition 2 approved", "–"],
        ["2017-12-13", "Acme", "plan", "edition 2 updated (approved)", "–"],
        ["2017-12-12", "Acme", "need", "up to 3 months: sensors", "–"],
        ["2017-12-11", "Acme", "risk", "delivery: late parts (likelihood × impact 12)", "–"],
        ["2017-12-10", "Acme", "contact with the customer", "visit: saw the new line", "Anna"],
        ["2017-12-05", "Acme", "coverage", "Anna becomes owner", "Anna"],
        ["2017-12-02", "Acme", "deal begun", "Line, USD 400", "Anna"],
    ]
    assert english(card.headline) == (
        "Acme: 10 events from 2017-12-01 to 2018-01-01 on 1 account (deal closed 2, plan 2, "
        "evaluation 1); the newest on 2017-12-21: Acme, L-1: lost, no value."
    )
    assert facts(card)["deal begun"] == "1"
    renders(card)


def test_the_period_has_both_ends(world: World, acme: int) -> None:
    found = what_changed(world.deps(), since=date(2017, 12, 10), until=date(2017, 12, 12))
    assert [event.day.day for event in found.events] == [12, 11, 10]
    default = what_changed(world.deps())
    assert default.period.since == date(2017, 12, 2)
    assert len(what_changed(world.deps(), top=2).card().table.rows) == 2  # type: ignore[union-attr]
    with pytest.raises(BadInput):
        what_changed(world.deps(), since=TODAY, until=DECEMBER)
    with pytest.raises(BadInput):
        what_changed(world.deps(), top=0)


def test_confirmed_changes_of_records_are_told_field_by_field(world: World) -> None:
    account, other = world.account("Acme"), world.account("Other")
    kim = world.contact(account, "Kim")
    operator = world.deps()
    edited(operator, (Account, account), (Account, other), city="Kiel")
    edited(operator, (Contact, kim.id), title="Buyer")
    rows = table_rows(what_changed(operator, "Acme").card())
    assert [row[3] for row in rows] == [
        "account Acme, city: – → Kiel",
        "Acme: contact Kim, title: – → Buyer",
    ]
    assert {row[0] for row in rows} == {"2018-01-01"}


def test_a_change_that_was_undone_is_not_told(world: World) -> None:
    account = world.account("Acme")
    operator = world.deps()
    undo(operator, edited(operator, (Account, account), city="Kiel"))
    assert what_changed(operator, "Acme").events == ()


def test_nothing_happened(world: World) -> None:
    world.account("Bare")
    card = what_changed(world.deps(), "Bare", since=DECEMBER).card()
    assert english(card.headline) == ("Bare: nothing is recorded from 2017-12-01 to 2018-01-01.")
    renders(card)


def test_nobody_sees_events_of_foreign_accounts(world: World, acme: int) -> None:
    bob = world.person("Bob")
    own = world.account("Own")
    world.covers(bob, own)
    operator = world.deps()
    edited(operator, (Account, acme), (Account, own), city="Kiel")
    deps = world.deps(world.asker(bob))
    assert {row[1] for row in table_rows(what_changed(deps).card())} == {"Own"}
    assert "Acme" not in str([english(event.what) for event in what_changed(deps).events])
    with pytest.raises(NotAllowed):
        what_changed(deps, "Acme")
    newcomer = world.asker(world.person("N", Role.NEWCOMER))
    assert what_changed(world.deps(newcomer)).events == ()
