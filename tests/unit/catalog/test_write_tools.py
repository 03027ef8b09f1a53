"""Tools that write: what each proposes, refuses, and what confirming it records."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from tests.unit.catalog.test_more_write_tools import ASKED as MORE
from tests.unit.catalog.world import TODAY, World, english, renders
from tests.unit.changes.records import everything
from tools.catalog import WRITES
from tools.catalog.add_alias import add_alias
from tools.catalog.add_contact import add_contact
from tools.catalog.add_need import add_need
from tools.catalog.add_opportunity import add_opportunity
from tools.catalog.add_risk import add_risk
from tools.catalog.approve_plan import approve_plan
from tools.catalog.assign_coverage import assign_coverage
from tools.catalog.change_rule import change_rule
from tools.catalog.close_review import close_review
from tools.catalog.edit_plan_section import edit_plan_section
from tools.catalog.hand_over import hand_over
from tools.catalog.log_interaction import log_interaction
from tools.catalog.note_to_plan import note_to_plan
from tools.catalog.record_evaluation import record_evaluation
from tools.catalog.set_checklist_item import set_checklist_item
from tools.catalog.set_factor_input import set_factor_input
from tools.catalog.set_financial import set_financial
from tools.catalog.set_kpi_target import set_kpi_target
from tools.catalog.set_wallet_share import set_wallet_share
from tools.catalog.submit_plan import submit_plan
from tools.catalog.update_account import update_account
from tools.catalog.update_contact import update_contact
from tools.catalog.update_need import update_need
from tools.catalog.update_opportunity import update_opportunity
from tools.catalog.update_risk import update_risk
from tools.changes import Outcome, Proposal, confirm, undo
from tools.data.models import (
    Account,
    AccountAlias,
    ChecklistItem,
    Contact,
    Coverage,
    Evaluation,
    FactorInput,
    Interaction,
    InteractionContact,
    Need,
    Opportunity,
    Person,
    Plan,
    PlanSection,
    Risk,
    RuleSetRow,
)
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.domain.vocabulary import (
    CoverageRole,
    Dimension,
    Horizon,
    ItemState,
    Layer,
    PlanStatus,
    RecordState,
    RiskKind,
    Role,
    Stage,
    Stance,
)
from tools.errors import Ambiguous, BadInput, NotAllowed, NotFound

Ask = Callable[[Deps], Proposal]

ASKED: dict[str, Ask] = {
    "update_account": lambda d: update_account(
        d, "Alpha", city="Lyon", founded=1990, parent="Beta"
    ),
    "add_alias": lambda d: add_alias(d, "Alpha", "阿尔法"),
    "log_interaction": lambda d: log_interaction(d, "Alpha", "They want more", contact="Li Na"),
    "add_contact": lambda d: add_contact(d, "Alpha", "Wu", layer="decision", source="card"),
    "update_contact": lambda d: update_contact(d, "Alpha", "li na", stance="champion"),
    "add_need": lambda d: add_need(d, "Alpha", "a bench", amount=Decimal(5)),
    "update_need": lambda d: update_need(d, "Alpha", state="closed"),
    "add_opportunity": lambda d: add_opportunity(
        d, "Alpha", name="Line two", amount=Decimal("7.5")
    ),
    "update_opportunity": lambda d: update_opportunity(d, "Alpha", stage="赢单"),
    "set_checklist_item": lambda d: set_checklist_item(
        d, "Alpha", "penetration plan", "incumbent", evidence="minutes"
    ),
    "record_evaluation": lambda d: record_evaluation(d, "Alpha", "relationship", Decimal(70)),
    "add_risk": lambda d: add_risk(d, "Alpha", "late payment", "financial", impact=5),
    "update_risk": lambda d: update_risk(d, "Alpha", likelihood=1, answer="wait"),
    "assign_coverage": lambda d: assign_coverage(d, "Alpha", "Ben"),
    "hand_over": lambda d: hand_over(d, "Anna", "Ben"),
    "set_factor_input": lambda d: set_factor_input(d, "Alpha", "potential", Decimal(900)),
    "set_financial": lambda d: set_financial(d, "Alpha", "addressable_spend", 2017, Decimal(8)),
    "set_wallet_share": lambda d: set_wallet_share(d, "Alpha", "Rival", 2017, Decimal(3)),
    "edit_plan_section": lambda d: edit_plan_section(d, "Alpha", "goals", "Sell more."),
    "submit_plan": lambda d: submit_plan(d, "Alpha"),
    "approve_plan": lambda d: approve_plan(d, "Beta"),
    "change_rule": lambda d: change_rule(d, "score.top_share", "0.15"),
    "set_kpi_target": lambda d: set_kpi_target(d, "retention", Decimal(95), account="Alpha"),
    "close_review": close_review,
    "note_to_plan": lambda d: note_to_plan(d, "Visited, they need a pump in May", account="Alpha"),
}
EACH = pytest.mark.parametrize("tool", sorted(ASKED))


@pytest.fixture
def company(world: World) -> World:
    """Alpha, covered by Anna, with a contact, a need, a deal and a risk."""
    unit = world.unit("East")
    anna = world.person("Anna", unit=unit)
    world.person("Ben", unit=unit)
    world.person("Chief", Role.MANAGER, unit)
    alpha = world.account("Alpha")
    beta = world.account("Beta")
    world.covers(anna, alpha)
    facts = {"account_id": alpha, "as_of": TODAY, "source": "test"}
    world.contact(alpha, "Li Na", layer=Layer.DECISION)
    world.deal(alpha, anna, 10, name="Line one", currency="USD")
    world.add(Need(description="a pump", horizon=Horizon.LONG, **facts))
    world.add(
        Risk(description="a rival", kind=RiskKind.COMPETITOR, likelihood=2, impact=2, **facts)
    )
    planned = {"title": "Plan", "period_start": TODAY, "period_end": TODAY, "updated_on": TODAY}
    draft = world.add(Plan(account_id=alpha, author_id=anna, **planned))
    goals = {"key": "goals", "position": 1, "title": "Goals", "body": "Sell."}
    world.add(PlanSection(plan_id=draft, **goals))
    world.add(Plan(account_id=beta, edition=1, status=PlanStatus.APPROVED, **planned))
    world.add(Plan(account_id=beta, edition=2, status=PlanStatus.SUBMITTED, **planned))
    return world


def only(world: World, model: type[SQLModel], **where: Any) -> Any:
    with world.sessions() as session:
        return session.exec(select(model).filter_by(**where)).one()


def done(world: World, proposal: Proposal) -> None:
    assert confirm(world.deps(), proposal.change_id).outcome is Outcome.APPLIED


def test_every_tool_that_writes_is_asked_here() -> None:
    of_oneself = {"finish_lesson"}  # which the operator cannot ask for: test_learning_tools
    assert {tool.name for tool in WRITES} <= {*ASKED, *MORE} | of_oneself


@EACH
def test_proposing_writes_nothing_confirming_does_and_undoing_restores(
    company: World, tool: str
) -> None:
    before = everything(company.sessions)
    proposal = ASKED[tool](company.deps())
    assert everything(company.sessions) == before
    assert proposal.fields
    renders(proposal.card())
    done(company, proposal)
    after = everything(company.sessions, versions=False)
    if tool == "change_rule":
        assert undo(company.deps(), proposal.change_id).outcome is Outcome.UNDONE
        return
    assert undo(company.deps(), proposal.change_id).outcome is Outcome.UNDONE
    held = everything(company.sessions, versions=False)
    assert held != after
    for table in before.values():
        for row in table:
            row.pop("version", None)
    for table in held.values():
        for row in table:
            row.pop("version", None)
    assert held == before


@EACH
def test_a_stranger_to_the_account_proposes_nothing(company: World, tool: str) -> None:
    with company.sessions() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()
    with pytest.raises(NotAllowed):
        ASKED[tool](company.deps(company.asker(ben or 0)))


def test_facts_of_an_account(company: World) -> None:
    done(company, ASKED["update_account"](company.deps()))
    alpha, beta = only(company, Account, name="Alpha"), only(company, Account, name="Beta")
    assert (alpha.city, alpha.founded, alpha.parent_id) == ("Lyon", 1990, beta.id)
    with pytest.raises(BadInput):
        update_account(company.deps(), "Alpha", parent="Alpha")
    with pytest.raises(BadInput):
        update_account(company.deps(), "Alpha", founded=2031)


def test_an_alias_that_names_another(company: World) -> None:
    with pytest.raises(BadInput, match="name of Beta"):
        add_alias(company.deps(), "Alpha", "beta")
    done(company, add_alias(company.deps(), "Alpha", "A-1"))
    assert only(company, AccountAlias).name_key == "a1"
    with pytest.raises(BadInput, match="nothing to change"):
        add_alias(company.deps(), "Alpha", "a 1")


def test_a_visit_with_the_boss_is_executive(company: World) -> None:
    proposal = ASKED["log_interaction"](company.deps())
    assumed = {english(f.field) for f in proposal.fields if f.assumed}
    assert assumed == {"held on", "kind of contact", "executive contact", "information level"}
    done(company, proposal)
    note = only(company, Interaction)
    assert (note.summary, note.executive, note.held_on) == ("They want more", True, TODAY)
    assert only(company, InteractionContact).interaction_id == note.id
    with pytest.raises(BadInput, match="still to come"):
        log_interaction(company.deps(), "Alpha", "x", on=date(2019, 1, 1))
    with pytest.raises(BadInput):
        log_interaction(company.deps(), "Alpha", "  ")


def test_contacts(company: World) -> None:
    with pytest.raises(BadInput, match="already"):
        add_contact(company.deps(), "Alpha", "li na")
    done(company, ASKED["add_contact"](company.deps()))
    assert only(company, Contact, name="Wu").confirmed
    done(company, ASKED["update_contact"](company.deps()))
    assert only(company, Contact, name="Li Na").stance is Stance.CHAMPION
    with pytest.raises(NotFound):
        update_contact(company.deps(), "Alpha", "Zorro", title="x")
    with pytest.raises(Ambiguous):
        update_contact(company.deps(), "Alpha", "", title="x")


def test_needs(company: World) -> None:
    soon = add_need(company.deps(), "Alpha", "soon", expected_on=date(2018, 2, 1))
    done(company, soon)
    assert only(company, Need, description="soon").horizon is Horizon.SHORT
    done(company, update_need(company.deps(), "Alpha", need="pump", state="closed"))
    assert only(company, Need, description="a pump").state is RecordState.CLOSED
    with pytest.raises(BadInput, match="negative"):
        add_need(company.deps(), "Alpha", "x", amount=Decimal(-1))


def test_deals(company: World) -> None:
    proposal = ASKED["update_opportunity"](company.deps())
    assert {english(f.field) for f in proposal.fields if f.assumed} == {"closed on"}
    done(company, proposal)
    deal = only(company, Opportunity)
    assert (deal.stage, deal.closed_on) == (Stage.WON, TODAY)
    with pytest.raises(NotFound):
        update_opportunity(company.deps(), "Alpha", stage="lost")
    with pytest.raises(BadInput, match="one of"):
        add_opportunity(company.deps(), "Alpha", stage="asleep")
    with pytest.raises(BadInput, match="no currency"):
        add_opportunity(company.deps(), "Alpha", amount=Decimal(1), currency="shells")
    done(company, add_opportunity(company.deps(), "Alpha", amount=Decimal(1), currency="人民币"))
    assert only(company, Opportunity, stage=Stage.PROSPECTING).currency == "CNY"


def test_a_checklist_item_needs_evidence_and_keeps_one_row(company: World) -> None:
    with pytest.raises(BadInput, match="What shows"):
        set_checklist_item(company.deps(), "Alpha", "penetration plan", "incumbent")
    done(company, ASKED["set_checklist_item"](company.deps()))
    again = set_checklist_item(
        company.deps(), "Alpha", "penetration plan", "incumbent", state="not_applicable"
    )
    done(company, again)
    item = only(company, ChecklistItem)
    assert (item.item, item.state, item.evidence) == ("incumbent", ItemState.NOT_APPLICABLE, None)


def test_evaluations_and_risks_within_their_scale(company: World) -> None:
    done(company, ASKED["record_evaluation"](company.deps()))
    assert only(company, Evaluation).dimension is Dimension.RELATIONSHIP
    with pytest.raises(BadInput, match="0 to 100"):
        record_evaluation(company.deps(), "Alpha", "needs", Decimal(101))
    with pytest.raises(BadInput, match="1 to 5"):
        add_risk(company.deps(), "Alpha", "x", "delivery", likelihood=6)
    done(company, update_risk(company.deps(), "Alpha", state="closed"))
    assert only(company, Risk).state is RecordState.CLOSED


def test_a_new_owner_ends_the_one_before(company: World) -> None:
    done(company, assign_coverage(company.deps(), "Alpha", "Ben", on=date(2018, 2, 1)))
    with company.sessions() as session:
        rows = session.exec(select(Coverage).order_by(Coverage.id)).all()
        assert [(r.role, r.starts_on, r.ends_on) for r in rows] == [
            (CoverageRole.OWNER, None, date(2018, 1, 31)),
            (CoverageRole.OWNER, date(2018, 2, 1), None),
        ]
    with pytest.raises(BadInput, match="already"):
        assign_coverage(company.deps(), "Alpha", "Ben", on=date(2018, 3, 1))


def test_two_assignments_at_once_leave_one_owner(company: World) -> None:
    one = assign_coverage(company.deps(), "Beta", "Ben").change_id
    two = assign_coverage(company.deps(), "Beta", "Anna").change_id
    assert confirm(company.deps(), one).outcome is Outcome.APPLIED
    assert confirm(company.deps(), two).outcome is Outcome.STALE


def test_a_leaver_s_accounts_go_as_one(company: World) -> None:
    with company.sessions() as session:
        beta = session.exec(select(Account.id).where(Account.name == "Beta")).one()
        anna = session.exec(select(Coverage.person_id)).one()
    company.deal(beta or 0, anna, 10, closed=date(2017, 6, 1))
    proposal = hand_over(company.deps(), "Anna", "Ben")
    assert proposal.title == "Hand 2 accounts of Anna to Ben from 2018-01-01 on"
    done(company, proposal)
    with company.sessions() as session:
        now = session.exec(select(Coverage).where(Coverage.person_id != anna)).all()
        assert len(now) == 2
    with pytest.raises(BadInput, match="covers no account"):
        hand_over(company.deps(), "Anna", "Ben")


def test_only_managers_assign(company: World) -> None:
    with company.sessions() as session:
        anna = session.exec(select(Coverage.person_id)).one()
    with pytest.raises(NotAllowed):
        assign_coverage(company.deps(company.asker(anna)), "Alpha", "Ben")


def test_a_rule_becomes_a_new_version_and_so_does_its_undoing(company: World) -> None:
    proposal = ASKED["change_rule"](company.deps())
    done(company, proposal)
    with company.sessions() as session:
        assert current_rules(session).score.top_share == Decimal("0.15")
        assert current_rules(session).version == 1
    assert undo(company.deps(), proposal.change_id).outcome is Outcome.UNDONE
    with company.sessions() as session:
        assert current_rules(session).score.top_share == Decimal("0.20")
        assert len(session.exec(select(RuleSetRow)).all()) == 2
    weights = '{"revenue": 0.4, "potential": 0.2}'
    done(company, change_rule(company.deps(), "score.weights", weights))
    for path, value in (("score.luck", "1"), ("score.weights.revenue", "0.9")):
        with pytest.raises((NotFound, BadInput)):
            change_rule(company.deps(), path, value)
    with pytest.raises(BadInput):
        change_rule(company.deps(), "score.revenue_months", "twelve")
    for path, value, takes in (
        ("esp.stages", '["dance"]', "identify, understand"),
        ("esp.stages", "identify", "identify, understand"),
        ("credit.mode", "whatever", "counted_twice"),
        ("evaluation.cadences", '[{"dimension": "luck"}]', "due_days"),
    ):
        with pytest.raises(BadInput, match=takes):
            change_rule(company.deps(), path, value)
    with pytest.raises(NotFound) as unknown:
        change_rule(company.deps(), "score.top_shares", "0.1")
    assert unknown.value.choices[0] == "score.top_share"


def test_a_figure_recorded_again_is_changed(company: World) -> None:
    done(company, ASKED["set_factor_input"](company.deps()))
    again = set_factor_input(
        company.deps(), "Alpha", "potential", Decimal(950), currency="CNY", source="study"
    )
    assert ("value", Decimal(900), Decimal(950)) in [
        (english(f.field), f.before, f.after) for f in again.fields
    ]
    done(company, again)
    kept = only(company, FactorInput)
    assert (kept.value, kept.unit, kept.confirmed) == (Decimal(950), "CNY", True)
    with pytest.raises(BadInput, match="0 to 100"):
        set_factor_input(company.deps(), "Alpha", "ability", Decimal(120))
    with pytest.raises(BadInput, match="year"):
        set_financial(company.deps(), "Alpha", "rebates", 17, Decimal(1))


def test_a_plan_is_submitted_and_approved_by_a_manager(company: World) -> None:
    with company.sessions() as session:
        people = {p.name: p.id or 0 for p in session.exec(select(Person))}
    anna = company.deps(company.asker(people["Anna"]))
    chief = company.deps(company.asker(people["Chief"]))
    submitted = submit_plan(anna, "Alpha").change_id
    assert confirm(anna, submitted).outcome is Outcome.APPLIED
    with pytest.raises(BadInput, match="no draft"):
        edit_plan_section(anna, "Alpha", "Goals", "x")
    with pytest.raises(NotAllowed, match="own"):
        approve_plan(anna, "Alpha")
    approved = approve_plan(chief, "Alpha").change_id
    assert confirm(chief, approved).outcome is Outcome.APPLIED
    with company.sessions() as session:
        plan = session.exec(select(Plan).where(Plan.author_id == people["Anna"])).one()
        assert (plan.status, plan.approver_id) == (PlanStatus.APPROVED, people["Chief"])


def test_an_approved_plan_takes_the_place_of_the_one_before(company: World) -> None:
    done(company, ASKED["approve_plan"](company.deps()))
    with company.sessions() as session:
        plans = session.exec(select(Plan).where(Plan.approved_on == TODAY)).all()
        assert [plan.edition for plan in plans] == [2]
        assert session.exec(select(Plan).where(Plan.status == PlanStatus.SUPERSEDED)).one()
