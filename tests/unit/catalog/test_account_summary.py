"""One page on an account."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.account_summary import AccountSummary, account_summary
from tools.data.models import (
    ChecklistItem,
    ChecklistRun,
    Evaluation,
    Need,
    Plan,
    Risk,
    StrategyItem,
)
from tools.domain.review import Concern
from tools.domain.vocabulary import (
    Dimension,
    Factor,
    Horizon,
    ItemState,
    Layer,
    PlanStatus,
    RiskKind,
)
from tools.errors import NotAllowed

TODAY = date(2017, 12, 31)


def facts(result: AccountSummary) -> dict[str, str]:
    return {english(fact.label): english(fact.value) for fact in result.card().facts}


@pytest.fixture
def healthy(world: World) -> int:
    """Owned, growing by half, met this month, planned, evaluated, a mild risk, a need in reach."""
    account = world.account("Alpha")
    anna = world.person("Anna")
    world.covers(anna, account)
    world.deal(account, anna, 300, date(2017, 1, 1))
    world.deal(account, anna, 200, date(2016, 12, 31))
    world.deal(account, anna, 70, engaged_on=date(2017, 6, 1))
    early = date(2017, 6, 1)
    world.factor(account, Factor.POTENTIAL, 600_000, early, "USD")
    world.factor(account, Factor.DEMONSTRATION, 50, early)
    world.factor(account, Factor.ABILITY, 50, early)
    world.met(account, date(2017, 12, 20), world.contact(account, "Mia", layer=Layer.DECISION))
    sourced = {"as_of": TODAY, "source": "visit"}
    world.add(
        Need(account_id=account, horizon=Horizon.SHORT, description="spare parts", **sourced),
        Risk(
            account_id=account,
            kind=RiskKind.CONTRACT,
            description="frame contract ends",
            likelihood=3,
            impact=4,
            **sourced,
        ),
        Plan(
            account_id=account,
            title="Plan",
            edition=2,
            status=PlanStatus.APPROVED,
            period_start=date(2017, 7, 1),
            period_end=TODAY,
            updated_on=date(2017, 12, 1),
        ),
        StrategyItem(
            account_id=account,
            kind="release",
            stage="prototype",
            description="test the prototype",
            due_on=date(2018, 2, 1),
        ),
    )
    run = world.add(
        ChecklistRun(account_id=account, checklist="penetration_plan", started_on=TODAY)
    )
    world.add(ChecklistItem(run_id=run, item="solution", state=ItemState.DONE))
    for dimension in (Dimension.IMPORTANCE, Dimension.NEEDS, Dimension.RELATIONSHIP):
        world.add(
            Evaluation(
                account_id=account,
                dimension=dimension,
                held_on=date(2017, 12, 20),
                points=Decimal(80),
            )
        )
    return account


def test_a_healthy_account_needs_nothing(world: World, healthy: int) -> None:
    result = account_summary(world.deps(today=TODAY), "alpha")
    assert result.summary.concerns == ()
    shown = facts(result)
    assert shown["Won in 12 months"] == "USD 300"
    assert shown["12 months before"] == "USD 200"
    assert shown["Open deals"] == "1"
    assert shown["Owner"] == "Anna"
    assert shown["Tier"] == "VIP"
    assert shown["Needs, up to 3 months"] == "1"
    assert shown["Needs, 1 to 3 years"] == "0"
    assert shown["Contacts by layer"] == "execution 0, management 0, decision 1"
    assert shown["Gravest risk: contract"] == "frame contract ends"
    assert shown["Plan"] == "edition 2, approved"
    assert shown["Checklist: Penetration plan"] == "16.7%"
    assert shown["Evaluation: importance"] == "on time"
    card = result.card()
    assert english(card.headline) == (
        "Alpha: score 42, rank 1 of 1; USD 300 won in 2017 (+50% on the 12 months before); "
        "nothing needs attention."
    )
    plan = next(f for f in card.facts if english(f.label) == "Plan")
    assert english(plan.note) == "2017-07-01 to 2017-12-31, updated 30 days ago"
    assert [english(line) for line in card.next] == ["test the prototype by 2018-02-01"]
    renders(card)


def test_the_day_after_the_plan_has_expired(world: World, healthy: int) -> None:
    later = account_summary(world.deps(today=date(2018, 1, 1)), "Alpha")
    assert later.summary.concerns[0] is Concern.PLAN_EXPIRED
    assert "first: the account plan has expired" in english(later.card().headline)


def test_a_bare_account_names_every_gap_the_urgent_first(world: World) -> None:
    world.account("Beta")
    result = account_summary(world.deps(today=TODAY), "Beta")
    assert result.summary.concerns == (
        Concern.NO_OWNER,
        Concern.NO_CONTACT,
        Concern.EVALUATION_OVERDUE,
        Concern.NO_PLAN,
        Concern.NO_DECISION_CONTACT,
        Concern.SCORE_INCOMPLETE,
    )
    card = result.card()
    missing = [english(line) for line in card.missing]
    assert "No needs are recorded." in missing
    assert "No risks are recorded." in missing
    assert "Tier: revenue or potential is not known." in missing
    assert english(card.next[0]) == "name an owner"
    assert facts(result)["Owner"] == "–"
    renders(card)


def test_a_grave_risk_a_gap_and_a_late_step_are_pointed_out(world: World, healthy: int) -> None:
    sourced = {"as_of": TODAY, "source": "visit"}
    world.add(
        Risk(
            account_id=healthy,
            kind=RiskKind.DELIVERY,
            description="plant stands still",
            likelihood=3,
            impact=5,
            **sourced,
        ),
        Need(
            account_id=healthy,
            horizon=Horizon.LONG,
            description="platform",
            capability_gap="no product",
            **sourced,
        ),
        StrategyItem(
            account_id=healthy,
            kind="release",
            stage="x",
            description="late",
            due_on=date(2017, 12, 30),
        ),
    )
    result = account_summary(world.deps(today=TODAY), "Alpha")
    assert result.summary.concerns == (
        Concern.GRAVE_RISK,
        Concern.NEED_GAP,
        Concern.STEP_LATE,
    )
    assert facts(result)["Gravest risk: delivery"] == "plant stands still"
    renders(result.card())


def test_it_is_for_the_account_s_team(world: World, healthy: int) -> None:
    with pytest.raises(NotAllowed):
        account_summary(world.deps(world.asker(world.person("Ben")), today=TODAY), "Alpha")
