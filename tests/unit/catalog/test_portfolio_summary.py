"""What stands out over many accounts."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.records import planned, risk, supplied
from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.portfolio_summary import portfolio_summary
from tools.data.models import ReviewEntry, ReviewPeriod
from tools.domain.portfolio import Issue
from tools.domain.vocabulary import Dimension, RiskKind, Role
from tools.errors import BadInput
from tools.portfolio_issues import count

EVALUATED = (Dimension.IMPORTANCE, Dimension.NEEDS, Dimension.RELATIONSHIP)


@pytest.fixture
def kept(world: World) -> dict[str, int]:
    """Alpha, the key account, in good order; Beta and Gamma each with its faults."""
    found = {name: world.account(name) for name in ("Alpha", "Beta", "Gamma")}
    for name, won, potential in (("Alpha", 20_000_000, 40_000_000), ("Beta", 1_000, 10_000)):
        world.deal(found[name], value=won, closed=date(2017, 6, 1), currency="USD")
        world.scored(found[name], potential, 50, 50)
    for dimension in EVALUATED:
        world.evaluated(found["Alpha"], dimension, 70, date(2017, 12, 20))
        world.evaluated(found["Beta"], dimension, 70, date(2017, 6, 1))
    anna = world.person("Anna")
    world.covers(anna, found["Alpha"])
    world.covers(anna, found["Beta"])
    planned(world, found["Alpha"])
    planned(world, found["Beta"], until=date(2017, 12, 1))
    for name in ("Kim", "Lee"):
        world.contact(found["Alpha"], name)
    world.contact(found["Beta"], "Max")
    world.contact(found["Beta"], "Gone", left_on=date(2017, 5, 1))
    supplied(world, found["Alpha"], "We", 900, ours=True)
    supplied(world, found["Alpha"], "Rival", 400)
    supplied(world, found["Beta"], "We", 100, ours=True)
    supplied(world, found["Beta"], "Rival", 400)
    risk(world, found["Gamma"], RiskKind.DELIVERY, "late parts", 3, 5)
    risk(world, found["Gamma"], RiskKind.CONTRACT, "cap", 2, 5)
    risk(world, found["Alpha"], RiskKind.CONTRACT, "cap", 3, 4)
    review = world.add(
        ReviewPeriod(
            scope="company",
            period_start=date(2017, 1, 1),
            period_end=date(2017, 6, 30),
            closed_on=date(2017, 7, 5),
            rules_version=0,
        )
    )
    for name, tier in (("Alpha", "vip"), ("Beta", "stable")):
        world.add(
            ReviewEntry(review_id=review, account_id=found[name], tier=tier, score=Decimal(1))
        )
    return found


def test_each_point_once_per_account(world: World, kept: dict[str, int]) -> None:
    card = portfolio_summary(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read on 2018-01-01: 3 accounts, 1 key; grave risks at 1, late "
        "evaluations at 1, stale plans at 1, single contact at 1, tier drift at 1, wallet gap at 1."
    )
    assert table_rows(card) == [
        ["grave risk", "Gamma", "delivery: late parts (likelihood × impact 15)", "–"],
        [
            "evaluation overdue",
            "Beta",
            "importance, needs and capability, relationship closeness; overdue for 183 days",
            "Anna",
        ],
        ["stale plan", "Beta", "plan ran until 2017-12-01", "Anna"],
        ["single contact", "Beta", "one contact recorded", "Anna"],
        ["tier drift", "Beta", "stable became basic", "Anna"],
        ["wallet gap", "Beta", "Rival is USD 300 ahead of us in 2017", "Anna"],
    ]
    assert [english(line) for line in card.missing] == [
        "Accounts without any contact recorded: 1.",
        "Accounts without suppliers recorded: 1.",
        "Accounts without a full score: 1.",
    ]
    assert english(card.next[0]).startswith("Look at Beta: evaluation overdue, stale plan")
    renders(card)


def test_a_key_account_must_have_a_plan_and_all_evaluations(world: World) -> None:
    account = world.account("Solo")
    world.deal(account, value=20_000_000, closed=date(2017, 6, 1), currency="USD")
    world.scored(account, 40_000_000, 50, 50)
    world.evaluated(account, Dimension.IMPORTANCE, 70, TODAY)
    rows = table_rows(portfolio_summary(world.deps()).card())
    assert rows[0][:3] == [
        "evaluation overdue",
        "Solo",
        "needs and capability, relationship closeness (never held)",
    ]
    assert rows[1][2] == "key account without a plan"


def test_a_foreign_amount_without_a_rate_is_said_and_not_compared(
    world: World, kept: dict[str, int]
) -> None:
    supplied(world, kept["Beta"], "Other", 5, currency="EUR")
    card = portfolio_summary(world.deps()).card()
    assert facts(card)["wallet gap"] == "0"
    assert "Accounts with amounts that no rate converts: 1." in [english(m) for m in card.missing]


def test_the_list_is_cut_per_point(world: World, kept: dict[str, int]) -> None:
    world.contact(kept["Gamma"], "One")
    card = portfolio_summary(world.deps(), top=1).card()
    assert facts(card)["single contact"] == "2"
    assert sum(row[0] == "single contact" for row in table_rows(card)) == 1
    with pytest.raises(BadInput):
        portfolio_summary(world.deps(), top=0)


def test_an_empty_company(world: World) -> None:
    card = portfolio_summary(world.deps()).card()
    assert english(card.headline) == "All accounts you can read: no account that you can read."
    renders(card)


def test_nobody_sees_more_than_own_accounts(world: World, kept: dict[str, int]) -> None:
    bob = world.person("Bob")
    world.covers(bob, kept["Gamma"])
    result = portfolio_summary(world.deps(world.asker(bob)))
    assert {finding.customer.name for finding in result.found} == {"Gamma"}
    assert count(result.found, Issue.RISK) == 1
    newcomer = world.asker(world.person("New", Role.NEWCOMER))
    assert portfolio_summary(world.deps(newcomer)).found == ()
    head = world.person("Head", Role.MANAGER)
    world.reports(bob, head)
    assert {f.customer.name for f in portfolio_summary(world.deps(world.asker(head))).found} == {
        "Gamma"
    }
