"""The serving mode of one account."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.serving_mode import serving_mode
from tools.domain.overrides import with_overrides
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Measure
from tools.errors import NotAllowed

D = Decimal


@pytest.fixture
def rules() -> RuleSet:
    costs = {
        "dedicated_team": 600_000,
        "shared_manager": 150_000,
        "field_sales": 60_000,
        "channel_partner": 15_000,
        "remote": 3_000,
    }
    set_by_path = {f"serving.costs.{mode}": cost for mode, cost in costs.items()}
    return with_overrides(4, {**set_by_path, "serving.contribution_margin": 0.3})


def test_the_forecast_decides(world: World, rules: RuleSet) -> None:
    account = world.account("Acme")
    world.deal(account, value=5_000_000, closed=date(2017, 5, 5), currency="USD")
    world.figure(account, Measure.OUR_REVENUE, 1_320_000, year=2018, forecast=True)
    world.figure(account, Measure.OUR_REVENUE, 9, year=2019, forecast=True)
    card = serving_mode(world.deps(rules=rules), "Acme").card()
    assert english(card.headline) == (
        "Acme carries a shared key account manager: USD 1,320,000 a year are USD 820,000 above "
        "its break-even of USD 500,000; a dedicated team is USD 680,000 out of reach."
    )
    assert [row[4] for row in table_rows(card)] == [
        "out of reach", "recommended", "covered", "covered", "covered",
    ]  # fmt: skip
    assert table_rows(card)[0][1:4] == ["USD 600,000", "USD 2,000,000", "USD -680,000"]
    assert "Formula and contribution margin: set by the company." in map(english, card.basis)
    renders(card)


def test_without_a_forecast_the_last_12_months_count(world: World, rules: RuleSet) -> None:
    account = world.account("Acme")
    world.deal(account, value=7, closed=date(2017, 1, 1), currency="USD")
    world.deal(account, value=9_993, closed=date(2018, 1, 1), currency="USD")
    card = serving_mode(world.deps(rules=rules), "Acme").card()
    assert english(card.headline) == (
        "No known serving mode pays for Acme: expected are USD 9,993 a year; a remote or "
        "self-service is USD 7 out of reach."
    )
    renders(card)


def test_what_is_not_set_is_said(world: World) -> None:
    account = world.account("Acme")
    world.deal(account, value=7, closed=date(2017, 6, 1), currency="USD")
    card = serving_mode(world.deps(), "Acme").card()
    assert "the costs of the modes or the contribution margin are not set" in english(card.headline)
    assert english(card.missing[0]) == (
        "serving.contribution_margin is not set; sales operations can set it in the rules."
    )
    assert len(card.missing) == 6
    assert facts(card)["Contribution margin"] == "not set"
    renders(card)


def test_an_unknown_revenue_is_not_zero(world: World, rules: RuleSet) -> None:
    account = world.account("Acme")
    result = serving_mode(world.deps(rules=rules), "Acme")
    assert result.expected is None
    assert "its expected revenue is not known" in english(result.card().headline)
    world.deal(account, value=None, closed=date(2017, 6, 1))
    assert serving_mode(world.deps(rules=rules), "Acme").expected is None
    renders(result.card())


def test_only_the_team_reads_it(world: World) -> None:
    world.account("Acme")
    with pytest.raises(NotAllowed):
        serving_mode(world.deps(world.asker(world.person("Bob"))), "Acme")
