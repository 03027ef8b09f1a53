"""Coverage and score on the CRM export, checked against figures added up from its files."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.catalog.world import World
from tools.catalog.composite_score import composite_score
from tools.catalog.coverage_gaps import coverage_gaps
from tools.catalog.coverage_owner import coverage_owner
from tools.domain.vocabulary import Factor

pytestmark = pytest.mark.crm


@pytest.fixture
def records_url(crm_url: str) -> str:
    return crm_url


def rows(crm: Path, name: str) -> list[dict[str, str]]:
    with (crm / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_owner_manager_and_sellers_of_an_account(world: World, crm: Path) -> None:
    deals = [row for row in rows(crm, "sales_pipeline.csv") if row["account"] == "Cancity"]
    value: dict[str, Decimal] = defaultdict(Decimal)
    for deal in deals:
        if deal["deal_stage"] == "Won":
            value[deal["sales_agent"]] += Decimal(deal["close_value"])
    best = max(value, key=lambda agent: value[agent])
    teams = {row["sales_agent"]: row for row in rows(crm, "sales_teams.csv")}

    result = coverage_owner(world.deps(), "Cancity")

    assert [owner.name for owner in result.coverage.owners] == [best]
    assert result.coverage.is_derived
    assert result.lines[0].solid == (teams[best]["manager"],)
    assert result.lines[0].region == teams[best]["regional_office"]
    assert {who.name for who in result.involved} == {deal["sales_agent"] for deal in deals}
    assert len(result.involved) == 15


def test_every_account_of_the_export_has_a_derived_owner(world: World) -> None:
    result = coverage_gaps(world.deps())
    assert (result.accounts, result.derived, result.found) == (85, 85, ())


def test_revenue_is_computed_and_the_other_factors_are_missing(world: World, crm: Path) -> None:
    won = sum(
        Decimal(row["close_value"])
        for row in rows(crm, "sales_pipeline.csv")
        if row["account"] == "Cancity" and row["deal_stage"] == "Won"
    )
    score = composite_score(world.deps(), "Cancity", on=date(2017, 12, 31)).score
    revenue = next(part for part in score.parts if part.factor is Factor.REVENUE)
    assert revenue.raw is not None
    assert revenue.raw.value == won
    assert len(score.missing) == 3
