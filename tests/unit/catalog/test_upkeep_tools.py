"""Evaluations due, and the three checks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.evaluations_due import evaluations_due
from tools.catalog.three_checks import three_checks
from tools.data.models import Plan, ReviewEntry, ReviewPeriod
from tools.domain.rules import EvaluationRules, RuleSet
from tools.domain.upkeep import Check, Fault
from tools.domain.vocabulary import Dimension, Factor, Line, PlanStatus
from tools.errors import BadInput, NotAllowed


def held(world: World, account: int, importance: int, needs: int, relationship: int) -> None:
    for dimension, days in (
        (Dimension.IMPORTANCE, importance),
        (Dimension.NEEDS, needs),
        (Dimension.RELATIONSHIP, relationship),
    ):
        world.evaluated(account, dimension, 70, TODAY - timedelta(days=days))


def scored(world: World, account: int, won: int, potential: int = 1_000_000) -> None:
    world.deal(account, value=won, closed=date(2017, 6, 1), currency="USD")
    world.scored(account, potential, 50, 50)


@pytest.fixture
def kept(world: World) -> dict[str, int]:
    """Alpha, the VIP, in good order; Beta with its owner Ben in bad order."""
    found = {name: world.account(name) for name in ("Alpha", "Beta")}
    scored(world, found["Alpha"], 20_000_000, 40_000_000)
    scored(world, found["Beta"], 1_000)
    anna, ben, head = (world.person(name) for name in ("Anna", "Ben", "Head"))
    world.reports(anna, head)
    world.reports(anna, head, Line.DOTTED)
    world.covers(anna, found["Alpha"])
    world.covers(ben, found["Beta"])
    world.met(found["Alpha"], TODAY - timedelta(days=180))
    world.met(found["Beta"], TODAY - timedelta(days=181))
    world.add(
        Plan(
            account_id=found["Alpha"],
            title="Plan",
            status=PlanStatus.APPROVED,
            period_start=date(2017, 1, 1),
            period_end=TODAY,
            updated_on=date(2017, 1, 1),
        )
    )
    held(world, found["Alpha"], 90, 30, 30)
    held(world, found["Beta"], 180, 91, 31)
    return found


def test_due_from_the_short_end_and_overdue_past_the_long_end(
    world: World, kept: dict[str, int]
) -> None:
    card = evaluations_due(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read: evaluations overdue 1, never held 0, due 5 on 2018-01-01; "
        "83.3% of 6 are in order."
    )
    assert table_rows(card)[0] == [
        "Beta", "Ben", "needs and capability", "overdue", "2017-10-02", "2017-12-31", "1", "no",
    ]  # fmt: skip
    assert facts(card)["Most overdue or never held"] == "Ben"
    renders(card)


def test_a_vip_is_held_to_the_short_end(world: World, kept: dict[str, int]) -> None:
    tomorrow = TODAY + timedelta(days=1)
    strict = evaluations_due(world.deps(), "Alpha", on=tomorrow)
    assert {e.evaluated.timeliness.value for e in strict.entries} == {"overdue"}
    assert [row[6:] for row in table_rows(strict.card())] == [["1", "yes"]] * 3
    rules = replace(RuleSet(), evaluation=EvaluationRules(vip_short_end=False))
    loose = evaluations_due(world.deps(rules=rules), "Alpha", on=tomorrow)
    assert {e.evaluated.timeliness.value for e in loose.entries} == {"due"}
    renders(loose.card())


def test_never_held_is_neither_due_nor_overdue(world: World) -> None:
    world.account("New")
    card = evaluations_due(world.deps()).card()
    assert "evaluations overdue 0, never held 3" in english(card.headline)
    assert facts(card)["never held"] == "3"
    renders(card)


def test_no_account_and_no_rows(world: World) -> None:
    card = evaluations_due(world.deps()).card()
    assert "there is no account to evaluate" in english(card.headline)
    renders(card)
    with pytest.raises(BadInput):
        evaluations_due(world.deps(), top=0)


def test_an_account_that_passes_and_one_that_fails(world: World, kept: dict[str, int]) -> None:
    good = three_checks(world.deps(), "Alpha").card()
    assert english(good.headline) == "Alpha passes all three checks on 2018-01-01."
    assert [row[1] for row in table_rows(good)] == ["passed"] * 3
    bad = three_checks(world.deps(), "Beta")
    assert bad.checked[0].faults == {
        Check.ACCOUNT: (Fault.OUTSIDE_TOP,),
        Check.SALESPERSON: (Fault.EVALUATION_LATE, Fault.NO_CONTACT, Fault.NO_CURRENT_PLAN),
        Check.MECHANISM: (Fault.NO_SOLID_LINE, Fault.NO_DOTTED_LINE, Fault.PLAN_NOT_APPROVED),
    }
    assert english(bad.card().headline).startswith("Beta passes 0 of 3 checks")
    renders(good)
    renders(bad.card())


def test_a_scope_checks_its_key_accounts_and_those_that_fell_out(
    world: World, kept: dict[str, int]
) -> None:
    assert [c.customer.name for c in three_checks(world.deps()).checked] == ["Alpha"]
    review = world.add(
        ReviewPeriod(
            scope="company",
            period_start=date(2017, 1, 1),
            period_end=date(2017, 6, 30),
            closed_on=date(2017, 7, 5),
            rules_version=0,
        )
    )
    world.add(ReviewEntry(review_id=review, account_id=kept["Beta"], key_account=True))
    card = three_checks(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read: of 2 accounts on 2018-01-01, 1 still qualify, at 1 the "
        "salesperson and at 1 the mechanism qualifies."
    )
    assert [row[0] for row in table_rows(card)] == ["Beta", "Alpha"]
    assert facts(card) == {
        "With an owner": "2 of 2 (100%)",
        "With a current plan": "1 of 2 (50%)",
        "Evaluations overdue": "1 of 6 (16.7%)",
        "Evaluations never held": "0 of 6 (0%)",
    }
    renders(card)


def test_an_unscored_account_with_a_derived_owner(world: World) -> None:
    account = world.account("Gamma")
    world.deal(account, world.person("Carl"), 10, date(2017, 6, 1), currency="USD")
    world.factor(account, Factor.POTENTIAL, 5, unit="USD")
    result = three_checks(world.deps(), "Gamma")
    assert result.checked[0].faults[Check.ACCOUNT] == (Fault.NOT_SCORED,)
    assert Fault.OWNER_NOT_RECORDED in result.checked[0].faults[Check.MECHANISM]
    renders(result.card())
    renders(three_checks(world.deps()).card())


def test_only_the_team_reads_them(world: World, kept: dict[str, int]) -> None:
    stranger = world.deps(world.asker(world.person("Dora")))
    for tool in (evaluations_due, three_checks):
        with pytest.raises(NotAllowed):
            tool(stranger, "Alpha")
    assert evaluations_due(stranger).entries == ()
