"""Closeness, the health check and the risk register."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.closeness import closeness
from tools.catalog.health import health
from tools.catalog.risks import risks
from tools.data.models import Risk
from tools.domain.vocabulary import Dimension, Layer, RecordState, RiskKind
from tools.errors import NotAllowed

D = Decimal


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def risk(world: World, account: int, likelihood: int, impact: int, **more: Any) -> None:
    given = {
        "kind": RiskKind.DELIVERY,
        "description": f"{likelihood} by {impact}",
        "as_of": TODAY,
        "source": "team",
    } | more
    world.add(Risk(account_id=account, likelihood=likelihood, impact=impact, **given))


def test_both_parts_of_the_closeness(world: World) -> None:
    """The library's example: 16 + 10 + 13.33 + 10 computed, 21 judged."""
    account = world.account("Acme")
    clerk = world.contact(account, "Clerk", layer=Layer.EXECUTION)
    head = world.contact(account, "Head", layer=Layer.MANAGEMENT)
    world.met(account, days_ago(60), clerk)
    world.met(account, days_ago(100), head)
    world.met(account, days_ago(140), executive=True)
    world.judged(account, 70, days_ago(18))
    card = closeness(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme has a closeness of 70.33 of 100 on 2018-01-01: 49.33 computed and 21 judged; close "
        "(from 50)."
    )
    assert [row[2:] for row in table_rows(card)] == [
        ["80", "20%", "16"],
        ["50", "20%", "10"],
        ["66.67", "20%", "13.33"],
        ["100", "10%", "10"],
        ["70", "30%", "21"],
    ]
    assert table_rows(card)[1][1] == "3 contacts in 180 days, target 6"
    assert [english(line) for line in card.next] == [
        "Meet the layers not met within 180 days: decision."
    ]
    renders(card)


def test_a_closeness_that_is_not_known_is_a_range(world: World) -> None:
    account = world.account("Acme")
    nothing = closeness(world.deps(), "Acme").card()
    assert "between 0 and 100; missing: logged contacts, judged part" in english(nothing.headline)
    assert len(nothing.missing) == 2
    renders(nothing)
    world.met(account, days_ago(1))
    partly = closeness(world.deps(), "Acme").card()
    assert english(partly.missing[0]).startswith("Layers: no participant")
    renders(partly)


def test_weak_points_and_warnings(world: World) -> None:
    account = world.account("Acme")
    for dimension, before, now in (
        (Dimension.SATISFACTION, 86, 75),
        (Dimension.FULFILMENT, 92, 94),
        (Dimension.TECHNICAL_FIT, 58, 55),
    ):
        world.evaluated(account, dimension, 1, days_ago(400))
        world.evaluated(account, dimension, before, days_ago(180))
        world.evaluated(account, dimension, now, days_ago(2), note="survey")
    card = health(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme on 2018-01-01: satisfaction 75, fulfilment 94, technical fit 55; weak: technical "
        "fit, warning: satisfaction, not measured: none."
    )
    assert [row[1:5] for row in table_rows(card)] == [
        ["86", "75", "-11", "warning"],
        ["92", "94", "2", "sound"],
        ["58", "55", "-3", "weak"],
    ]
    assert [english(line) for line in card.next] == [
        "Improvement plan for technical fit.",
        "Find out why satisfaction fell.",
    ]
    renders(card)


def test_a_health_that_was_never_measured(world: World) -> None:
    account = world.account("Acme")
    world.evaluated(account, Dimension.SATISFACTION, 90, days_ago(-1))
    card = health(world.deps(), "Acme").card()
    assert english(card.headline) == "The health of Acme was not measured by 2018-01-01."
    assert len(card.missing) == 3
    renders(card)


def test_the_register_by_likelihood_and_impact(world: World) -> None:
    acme, bolt = world.account("Acme"), world.account("Bolt")
    ben = world.person("Ben")
    risk(world, acme, 5, 2)
    risk(world, bolt, 4, 4, answer="second supporter", owner_id=ben, kind=RiskKind.RELATIONSHIP)
    risk(world, acme, 2, 5, confirmed=True)
    risk(world, acme, 5, 5, state=RecordState.CLOSED)
    card = risks(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read: open risks 3, grave 1; the gravest is relationship at Bolt: "
        "4 by 4 (16)."
    )
    assert [[row[0], row[5], row[6], row[10]] for row in table_rows(card)] == [
        ["Bolt", "16", "Ben", "assumed"],
        ["Acme", "10", "–", "confirmed"],
        ["Acme", "10", "–", "assumed"],
    ]
    assert [english(line) for line in card.missing] == [
        "Risks without an answer: 2, the gravest at Acme.",
        "Risks without an owner: 2, the gravest at Acme.",
    ]
    assert facts(card)["Grave"] == "1"
    renders(card)
    assert [e.account for e in risks(world.deps(), "Bolt").entries] == ["Bolt"]


def test_no_risk_is_said_with_care(world: World) -> None:
    world.account("Acme")
    card = risks(world.deps(), "Acme").card()
    assert "does not mean that there is none" in english(card.headline)
    renders(card)


def test_only_the_team_reads_them(world: World) -> None:
    risk(world, world.account("Acme"), 5, 5)
    stranger = world.deps(world.asker(world.person("Dora")))
    for tool in (closeness, health, risks):
        with pytest.raises(NotAllowed):
            tool(stranger, "Acme")
    assert risks(stranger).entries == ()
