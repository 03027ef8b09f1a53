"""Plans, tasks, answers, levels and credit: what is proposed, refused and recorded."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from tests.unit.catalog.records import habit, planned, section, step
from tests.unit.catalog.tooling import follows_the_contract
from tests.unit.catalog.world import TODAY, World, english, renders
from tests.unit.changes.records import everything
from tools.catalog.account_plan import account_plan
from tools.catalog.add_plan_section import add_plan_section
from tools.catalog.add_task import add_task
from tools.catalog.deal_credit import deal_credit
from tools.catalog.edit_plan_section import edit_plan_section
from tools.catalog.end_coverage import end_coverage
from tools.catalog.my_day import my_day
from tools.catalog.record_answer import record_answer
from tools.catalog.review_plan import review_plan
from tools.catalog.set_credit_shares import set_credit_shares
from tools.catalog.set_exchange_rate import set_exchange_rate
from tools.catalog.set_level import set_level
from tools.catalog.set_purchasing_behaviour import set_purchasing_behaviour
from tools.catalog.start_plan import start_plan
from tools.catalog.update_rollout import update_rollout
from tools.catalog.update_task import update_task
from tools.changes import Outcome, Proposal, confirm, undo
from tools.data.models import (
    Answer,
    Contact,
    Coverage,
    ExchangeRate,
    Interaction,
    OutboxEntry,
    Person,
    Plan,
    PlanSection,
    PurchasingBehaviour,
    RolloutActivity,
    StrategyItem,
)
from tools.deps import Deps
from tools.domain.vocabulary import CoverageRole, PlanStatus, Role
from tools.errors import BadInput, NotAllowed, NotFound

D = Decimal
ASKED: dict[str, Callable[[Deps], Proposal]] = {
    "review_plan": lambda d: review_plan(d, "Alpha", "revise", "Name a second contact."),
    "start_plan": lambda d: start_plan(d, "Beta"),
    "add_plan_section": lambda d: add_plan_section(d, "Alpha", "competition", "Two rivals."),
    "set_level": lambda d: set_level(d, "Alpha", "contact", 4),
    "add_task": lambda d: add_task(d, "Alpha", "a pilot", person="Anna", stage="prototype_tested"),
    "update_task": lambda d: update_task(d, "Alpha", state="done"),
    "record_answer": lambda d: record_answer(
        d, "Alpha", "how does a purchase run", "a committee decides"
    ),
    "set_purchasing_behaviour": lambda d: set_purchasing_behaviour(d, "Alpha", "付款", "及时"),
    "end_coverage": lambda d: end_coverage(d, "Alpha", "Anna"),
    "set_exchange_rate": lambda d: set_exchange_rate(d, "EUR", D("1.12")),
    "update_rollout": lambda d: update_rollout(d, "train", state="done", person="Dora"),
    "set_credit_shares": lambda d: set_credit_shares(d, "Alpha", {"Anna": D(60), "Dora": D(40)}),
}


@pytest.fixture
def company(world: World) -> World:
    """Alpha with a draft plan, Beta with an approved one; both are Anna's."""
    east = world.unit("East")
    anna = world.person("Anna", unit=east)
    dora = world.person("Dora", Role.DIRECTOR, east)
    sven = world.person("Sven", Role.SPONSOR)
    alpha, beta = world.account("Alpha"), world.account("Beta")
    for account in (alpha, beta):
        world.covers(anna, account)
    world.covers(dora, alpha, role=CoverageRole.DIRECTOR)
    world.covers(sven, alpha, role=CoverageRole.SPONSOR)
    section(world, planned(world, alpha, status=PlanStatus.DRAFT, author_id=anna), "goals", "Sell.")
    section(world, planned(world, beta, edition=2), "goals", "Sell more.")
    world.contact(alpha, "Li Na")
    world.met(alpha, date(2017, 12, 1))
    step(world, alpha, "task", "task", "send the agreement", due_on=date(2018, 2, 1))
    world.add(RolloutActivity(phase="start", position=1, activity="train the managers"))
    habit(world, alpha, "payment", "slow")
    return world


def asking(world: World, name: str) -> Deps:
    with world.sessions() as session:
        return world.deps(
            world.asker(session.exec(select(Person.id).where(Person.name == name)).one() or 0)
        )


def rows(world: World, model: type[SQLModel], **where: Any) -> list[Any]:
    with world.sessions() as session:
        query = select(model).filter_by(**where).order_by(*model.__table__.primary_key)  # type: ignore[attr-defined]
        return list(session.exec(query))


def done(deps: Deps, proposal: Proposal) -> None:
    assert confirm(deps, proposal.change_id).outcome is Outcome.APPLIED


@pytest.mark.parametrize("tool", sorted(ASKED))
def test_it_is_a_tool_of_the_catalog(tool: str) -> None:
    follows_the_contract(import_module(f"tools.catalog.{tool}"))


@pytest.mark.parametrize("tool", sorted(ASKED))
def test_proposing_writes_nothing_and_undoing_restores(company: World, tool: str) -> None:
    before = everything(company.sessions, versions=False)
    proposal = ASKED[tool](company.deps())
    assert everything(company.sessions, versions=False) == before
    assert proposal.fields
    renders(proposal.card())
    done(company.deps(), proposal)
    assert everything(company.sessions, versions=False) != before
    assert undo(company.deps(), proposal.change_id).outcome is Outcome.UNDONE
    assert everything(company.sessions, versions=False) == before


def test_a_sponsor_reviews_the_plan_and_changes_nothing_else(company: World) -> None:
    sven = asking(company, "Sven")
    done(sven, ASKED["review_plan"](sven))
    (review,) = rows(company, PlanSection, title="Review by Sven, 2018-01-01")
    assert review.body == "The plan is to be revised.\n\nName a second contact."
    assert [row.key for row in rows(company, OutboxEntry)] == [str(review.plan_id)]
    assert "Review by Sven" in english(
        account_plan(asking(company, "Anna"), "Alpha", section="Review by Sven").card().headline
    )
    done(sven, review_plan(sven, "Alpha", "agree", "Good."))
    (review,) = rows(company, PlanSection, title="Review by Sven, 2018-01-01")
    assert (review.position, review.body) == (2, "I agree with the plan.\n\nGood.")
    with pytest.raises(NotAllowed):
        edit_plan_section(sven, "Alpha", "Goals", "Mine.")
    with pytest.raises(NotAllowed):
        review_plan(sven, "Beta", "agree", "Good.")
    with pytest.raises(NotAllowed):
        ASKED["review_plan"](asking(company, "Anna"))
    with pytest.raises(NotAllowed):
        edit_plan_section(asking(company, "Anna"), "Alpha", "Review by Sven", "All is fine.")
    with pytest.raises(BadInput):
        review_plan(sven, "Alpha", "agree", " ")


def test_a_plan_that_is_missing_is_not_reviewed(company: World) -> None:
    company.account("Gamma")
    with pytest.raises(NotFound, match="no plan"):
        review_plan(company.deps(), "Gamma", "agree", "Good.")


def test_the_next_edition_takes_over_what_stands_but_no_review(company: World) -> None:
    done(company.deps(), review_plan(company.deps(), "Beta", "agree", "Good."))
    proposal = start_plan(asking(company, "Anna"), "Beta", since=date(2018, 7, 1))
    assert {english(f.field) for f in proposal.fields if f.assumed} == {"title", "period until"}
    done(asking(company, "Anna"), proposal)
    plan = rows(company, Plan, status=PlanStatus.DRAFT, edition=3)[0]
    assert (plan.title, plan.period_end) == ("Account plan of Beta", date(2018, 12, 31))
    assert [s.key for s in rows(company, PlanSection, plan_id=plan.id)] == ["goals"]
    with pytest.raises(BadInput, match="not approved yet"):
        start_plan(company.deps(), "Beta")
    with pytest.raises(BadInput, match="before it begins"):
        start_plan(company.deps(), "Alpha", since=TODAY, until=date(2017, 1, 1))
    company.account("Gamma")
    done(company.deps(), start_plan(company.deps(), "Gamma", title="First"))
    assert rows(company, Plan, title="First")[0].edition == 1


def test_a_section_is_added_to_a_draft_once(company: World) -> None:
    done(company.deps(), ASKED["add_plan_section"](company.deps()))
    (made,) = rows(company, PlanSection, key="competition")
    assert (made.title, made.position, made.body) == ("competition", 2, "Two rivals.")
    done(company.deps(), add_plan_section(company.deps(), "Alpha", "Our Dream", "Big."))
    assert rows(company, PlanSection, key="ourdream")[0].position == 3
    with pytest.raises(BadInput, match="already"):
        add_plan_section(company.deps(), "Alpha", "竞争", "Again.")
    with pytest.raises(BadInput, match="no draft"):
        add_plan_section(company.deps(), "Beta", "risks", "None.")


def test_levels(company: World) -> None:
    done(company.deps(), ASKED["set_level"](company.deps()))
    assert rows(company, Contact)[0].level == 4
    opened = set_level(company.deps(), "Alpha", "interaction", 2, record="2017-12-01")
    assert [english(line) for line in opened.remarks] == [
        "From then on colleagues outside of the account's team may read it."
    ]
    done(company.deps(), opened)
    assert rows(company, Interaction)[0].level == 2
    assert set_level(company.deps(), "Alpha", "plan_section", 4, record="goals").remarks == ()
    done(company.deps(), set_level(company.deps(), "Alpha", "task", 4))
    for kind, level in (("contact", 5), ("contact", 0)):
        with pytest.raises(BadInput, match="1 to 4"):
            set_level(company.deps(), "Alpha", kind, level)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        set_level(company.deps(), "Alpha", "risk", 4)
    with pytest.raises(BadInput, match="nothing to change"):
        set_level(company.deps(), "Alpha", "contact", 4)


def test_tasks(company: World) -> None:
    done(company.deps(), ASKED["add_task"](company.deps()))
    (pilot,) = rows(company, StrategyItem, description="a pilot")
    assert (pilot.kind, pilot.stage, pilot.owner_id) == ("release", "prototype_tested", 1)
    dora = asking(company, "Dora")
    done(dora, add_task(dora, "Alpha", "call them", due_on=date(2018, 3, 1)))
    (call,) = rows(company, StrategyItem, description="call them")
    assert (call.kind, call.stage, call.due_on) == ("task", "task", date(2018, 3, 1))
    assert call.owner_id == dora.asker.person_id
    done(dora, update_task(dora, "Alpha", task="agreement", state="done"))
    assert rows(company, StrategyItem, description="send the agreement")[0].done_on == TODAY
    done(dora, update_task(dora, "Alpha", task="call", person="Anna", due_on=date(2018, 4, 1)))
    (call,) = rows(company, StrategyItem, description="call them")
    assert (call.owner_id, call.due_on, call.done_on) == (1, date(2018, 4, 1), None)
    with pytest.raises(BadInput, match="over already"):
        add_task(dora, "Alpha", "late", due_on=date(2017, 1, 1))
    company.person("Gone", active=False)
    with pytest.raises(BadInput, match="has left"):
        add_task(dora, "Alpha", "x", person="Gone")


def test_a_task_of_nobody_is_the_askers_and_waits_on_their_day(company: World) -> None:
    dora = asking(company, "Dora")
    proposed = add_task(dora, "Alpha", "call them", due_on=date(2018, 1, 2))
    assert [(f.after, f.assumed) for f in proposed.fields if english(f.field) == "owner"] == [
        ("Dora", True)
    ]
    done(dora, proposed)
    assert "call them" in [entry.what for entry in my_day(dora).entries]


def test_a_task_for_somebody_is_theirs_and_nothing_is_assumed_of_that(company: World) -> None:
    dora = asking(company, "Dora")
    proposed = add_task(dora, "Alpha", "call them", person="Anna")
    assert [(f.after, f.assumed) for f in proposed.fields if english(f.field) == "owner"] == [
        ("Anna", False)
    ]
    done(dora, proposed)
    assert "call them" not in [entry.what for entry in my_day(dora).entries]


def test_a_task_of_the_operator_is_nobodys(company: World) -> None:
    done(company.deps(), add_task(company.deps(), "Alpha", "call them"))
    (call,) = rows(company, StrategyItem, description="call them")
    assert call.owner_id is None


@pytest.mark.parametrize(
    ("question", "topic", "key"),
    [
        ("how does a purchase run", "customer_analysis", "structure_buying"),
        ("采购流程怎么走", "customer_analysis", "structure_buying"),
        ("採購流程怎麼走", "customer_analysis", "structure_buying"),
        ("ability to pay", "strategic_selection", "needs_ability_to_pay"),
        ("支付能力", "strategic_selection", "needs_ability_to_pay"),
    ],
)
def test_answers_go_to_their_question(company: World, question: str, topic: str, key: str) -> None:
    for words in ("first", "second"):
        done(company.deps(), record_answer(company.deps(), "Alpha", question, words, source="talk"))
    (answer,) = rows(company, Answer)
    assert (answer.topic, answer.question, answer.answer) == (topic, key, "second")
    assert answer.confirmed
    with pytest.raises(NotFound):
        record_answer(company.deps(), "Alpha", "favourite colour", "blue")


def test_how_a_customer_buys(company: World) -> None:
    done(company.deps(), ASKED["set_purchasing_behaviour"](company.deps()))
    assert [(r.trait, r.value) for r in rows(company, PurchasingBehaviour)] == [
        ("payment", "prompt")
    ]
    done(
        company.deps(),
        set_purchasing_behaviour(company.deps(), "Beta", "price sensitivity", "High"),
    )
    with pytest.raises(BadInput, match="nothing to change"):
        set_purchasing_behaviour(company.deps(), "Beta", "price_sensitivity", "high")
    with pytest.raises(BadInput, match="buying: central"):
        set_purchasing_behaviour(company.deps(), "Beta", "buying", "prompt")


def test_credit_is_shared_among_those_who_cover(company: World) -> None:
    done(company.deps(), ASKED["set_credit_shares"](company.deps()))
    shares = {row.person_id: row.credit_share for row in rows(company, Coverage, account_id=1)}
    assert shares == {1: D("0.6"), 2: D("0.4"), 3: None}
    assert "60%" in str(
        [english(c) for r in deal_credit(company.deps(), "Alpha").card().table.rows for c in r]
    )  # type: ignore[union-attr]
    done(company.deps(), set_credit_shares(company.deps(), "Alpha", {"Anna": D(100)}))
    shares = {row.person_id: row.credit_share for row in rows(company, Coverage, account_id=1)}
    assert shares == {1: D(1), 2: None, 3: None}
    for wrong in ({"Anna": D(60)}, {"Anna": D(120), "Dora": D(-20)}, {}):
        with pytest.raises(BadInput, match="sum to 100"):
            set_credit_shares(company.deps(), "Alpha", wrong)
    with pytest.raises(BadInput, match="does not cover"):
        set_credit_shares(company.deps(), "Beta", {"Dora": D(100)})
    with pytest.raises(NotAllowed):
        ASKED["set_credit_shares"](asking(company, "Anna"))


def test_a_role_ends_without_a_successor(company: World) -> None:
    proposal = end_coverage(company.deps(), "Alpha", "Anna", on=date(2018, 2, 1))
    assert [english(line) for line in proposal.remarks] == [
        "Nobody is named in the place of the owner."
    ]
    assert not any(f.assumed for f in proposal.fields)
    done(company.deps(), proposal)
    ends = {row.person_id: row.ends_on for row in rows(company, Coverage, account_id=1)}
    assert ends == {1: date(2018, 1, 31), 2: None, 3: None}
    assert end_coverage(company.deps(), "Alpha", "Sven", "sponsor").remarks == ()
    with pytest.raises(NotFound, match="no recorded role"):
        end_coverage(company.deps(), "Alpha", "Anna", on=date(2018, 2, 1))
    with pytest.raises(NotFound, match="no recorded role"):
        end_coverage(company.deps(), "Alpha", "Sven", "owner")


def test_exchange_rates(company: World) -> None:
    proposal = ASKED["set_exchange_rate"](company.deps())
    assert proposal.title == "1 EUR is 1.12 USD from 2018-01-01 on"
    done(company.deps(), proposal)
    done(company.deps(), set_exchange_rate(company.deps(), "欧元", D("1.15")))
    (rate,) = rows(company, ExchangeRate)
    assert (rate.currency, rate.into, rate.rate) == ("EUR", "USD", D("1.15"))
    for currency, value, into in (("EUR", "0", ""), ("USD", "1", ""), ("", "2", "EUR")):
        with pytest.raises(BadInput, match="two currencies"):
            set_exchange_rate(company.deps(), currency, D(value), into=into)


def test_the_roll_out_moves_on(company: World) -> None:
    done(company.deps(), ASKED["update_rollout"](company.deps()))
    (activity,) = rows(company, RolloutActivity)
    assert (activity.done_on, activity.owner_id) == (TODAY, 2)
    done(company.deps(), update_rollout(company.deps(), "train", state="open", until=TODAY))
    (activity,) = rows(company, RolloutActivity)
    assert (activity.done_on, activity.ends_on) == (None, TODAY)
    with pytest.raises(BadInput, match="before it begins"):
        update_rollout(company.deps(), "train", since=date(2018, 5, 1))
    with pytest.raises(NotFound):
        update_rollout(company.deps(), "dance")
