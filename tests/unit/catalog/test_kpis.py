"""KPI targets and actuals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.kpis import kpis
from tools.data.models import KpiFigure
from tools.domain.vocabulary import Role
from tools.errors import NotAllowed

D = Decimal


def figure(world: World, kpi: str, amount: str, *, target: bool, **more: Any) -> None:
    given = {
        "unit": "USD",
        "period_start": date(2017, 1, 1),
        "period_end": date(2017, 6, 30),
        "source": "finance",
    } | more
    world.add(KpiFigure(kpi=kpi, amount=D(amount), target=target, **given))


@pytest.fixture
def east(world: World) -> int:
    """Revenue 3.6 of 4 million; retention 90 of 95 %; plans without actual; visits no target."""
    unit = world.unit("East")
    for kpi, target, actual, measure in (
        ("key_account_revenue", "4000000", "3600000", "USD"),
        ("retention", "95", "90", "%"),
        ("new_key_accounts", "2", "2", "count"),
    ):
        figure(world, kpi, target, target=True, unit_id=unit, unit=measure)
        figure(world, kpi, actual, target=False, unit_id=unit, unit=measure)
    figure(world, "plan_currency", "80", target=True, unit_id=unit, unit="%")
    figure(world, "executive_visits", "3", target=False, unit_id=unit, unit="count")
    return unit


def test_attainment_lowest_first(world: World, east: int) -> None:
    card = kpis(world.deps(), unit="East").card()
    assert english(card.headline) == (
        "1 of 3 KPIs with target and actual are reached on 2018-01-01; the lowest is key account "
        "revenue of East at 90%."
    )
    assert [[row[1], *row[4:7]] for row in table_rows(card)] == [
        ["key account revenue", "USD 4,000,000", "USD 3,600,000", "90%"],
        ["retention", "95%", "90%", "94.7%"],
        ["new key accounts", "2", "2", "100%"],
        ["executive visits", "–", "3", "–"],
        ["plan currency", "80%", "missing", "–"],
    ]
    assert [english(line) for line in card.missing] == [
        "KPIs without a target: 1; it is not taken as zero.",
        "KPIs without an actual: 1; it is not taken as zero.",
    ]
    assert facts(card)["At or above target"] == "1"
    renders(card)


def test_the_newest_period_of_each_length_counts(world: World) -> None:
    for starts, ends, amount in (
        (date(2017, 7, 1), date(2017, 9, 30), "1"),
        (date(2017, 10, 1), date(2017, 12, 31), "2"),
        (date(2018, 1, 2), date(2018, 3, 31), "3"),
        (date(2017, 1, 1), date(2017, 12, 31), "4"),
    ):
        figure(world, "profit", amount, target=False, period_start=starts, period_end=ends)
    result = kpis(world.deps())
    assert sorted(k.actual.value for k in result.kpis if k.actual) == [2, 4]
    assert "None of the 2 KPIs" in english(result.card().headline)
    renders(result.card())


def test_different_units_and_a_target_of_nothing_have_no_attainment(world: World) -> None:
    figure(world, "profit", "5", target=True)
    figure(world, "profit", "5", target=False, unit="EUR")
    figure(world, "growth", "0", target=True, unit="%")
    figure(world, "growth", "5", target=False, unit="%")
    assert [k.attainment for k in kpis(world.deps()).kpis] == [None, None]


def test_each_reads_what_is_theirs(world: World, east: int) -> None:
    account = world.account("Acme")
    rep = world.person("Anna", unit=east)
    boss = world.person("Boss", Role.MANAGER, east)
    other = world.person("Other", Role.MANAGER, world.unit("West"))
    world.covers(rep, account)
    figure(world, "growth", "5", target=True, account_id=account, unit="%")
    figure(world, "growth", "6", target=True, person_id=rep, unit="%")
    figure(world, "growth", "7", target=True, unit="%")

    def count(asker: int, **named: str) -> int:
        return len(kpis(world.deps(world.asker(asker)), **named).kpis)

    assert count(rep) == 2
    assert count(rep, person="me") == 1
    assert count(boss) == 7
    assert count(boss, account="Acme") == 1
    assert count(other, unit="East") == 0
    assert len(kpis(world.deps()).kpis) == 8
    with pytest.raises(NotAllowed):
        count(other, person="Anna")
    with pytest.raises(NotAllowed):
        count(other, account="Acme")
    renders(kpis(world.deps(world.asker(other))).card())
