"""The composite score of one account: figures, sources, ranks, gaps, access."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.composite_score import composite_score
from tools.data.models import ExchangeRate, Transaction
from tools.domain.overrides import with_overrides
from tools.domain.rules import RuleSet
from tools.domain.score import Raw
from tools.domain.vocabulary import Factor, Measure, Role
from tools.errors import BadInput, NotAllowed, NotFound

D = Decimal


@pytest.fixture
def acme(world: World) -> int:
    """Revenue 600,000 (60 points), potential 80, demonstration 100, ability 60."""
    account = world.account("Acme", "medical")
    world.deal(account, value=500_000, closed=date(2017, 3, 1), currency="USD")
    world.add(
        Transaction(
            external_id="1",
            account_id=account,
            booked_on=date(2017, 4, 1),
            amount=D(100_000),
            currency="USD",
            source="erp",
        )
    )
    world.scored(account, 9_000_000, 85, 50)
    return account


def raw(world: World, account: str, factor: Factor, **more: object) -> Raw:
    parts = composite_score(world.deps(), account, **more).score.parts
    found = next(part.raw for part in parts if part.factor is factor)
    assert found is not None
    return found


def test_all_figures_of_a_full_score(world: World, acme: int) -> None:
    card = composite_score(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme scores 74 of 100 on 2018-01-01: rank 1 of 1, a key account (top 20%)."
    )
    assert card.table is not None
    assert [[english(cell) for cell in row] for row in card.table.rows] == [
        [
            "revenue", "USD 600,000", "2018-01-01",
            "won deals and transactions 2017-01-02 to 2018-01-01", "computed",
            "500,000 to under 2,000,000", "60", "30%", "18",
        ],
        [
            "potential", "USD 9,000,000", "2018-01-01", "survey", "confirmed",
            "8,000,000 to under 30,000,000", "80", "30%", "24",
        ],
        [
            "demonstration effect", "85 points", "2018-01-01", "survey", "confirmed",
            "from 80", "100", "20%", "20",
        ],
        [
            "ability to win", "50 points", "2018-01-01", "survey", "confirmed",
            "40 to under 60", "60", "20%", "12",
        ],
    ]  # fmt: skip
    assert [english(line) for line in card.basis] == [
        "Method: composite score (K3).",
        "Weights: house rule.",
        "Bands from raw value to points: house rule.",
        "Top share 20%: house rule.",
        "Revenue over 12 months: house rule.",
        "Rules version 0.",
    ]
    renders(card)


def test_a_missing_factor_gives_a_range_and_what_to_collect(world: World) -> None:
    account = world.account("Acme")
    world.deal(account, value=600_000, closed=date(2017, 3, 1), currency="USD")
    world.factor(account, Factor.DEMONSTRATION, 85)
    result = composite_score(world.deps(), "Acme")
    assert (result.overall, result.within) == (None, None)
    assert english(result.card().headline) == (
        "Acme has no full score on 2018-01-01: potential, ability to win missing. The known "
        "factors give 38 points; the score can still be 48 to 88."
    )
    missing = [english(line).split(":")[0] for line in result.card().missing]
    assert missing == ["Potential", "Ability to win"]
    renders(result.card())


def test_no_record_of_sales_is_missing_but_an_open_deal_is_a_revenue_of_zero(world: World) -> None:
    account = world.account("Acme")
    missing = composite_score(world.deps(), "Acme").score.missing
    assert Factor.REVENUE in [part.factor for part in missing]
    world.deal(account, value=50, engaged_on=date(2017, 12, 31))
    assert raw(world, "Acme", Factor.REVENUE).value == 0


def test_a_deal_begun_later_does_not_count_yet(world: World) -> None:
    world.deal(world.account("Acme"), value=50, engaged_on=date(2017, 12, 31))
    score = composite_score(world.deps(), "Acme", on=date(2017, 12, 30)).score
    assert Factor.REVENUE in [part.factor for part in score.missing]


@pytest.mark.parametrize(
    ("closed", "expected"),
    [("2017-01-01", 0), ("2017-01-02", 70), ("2018-01-01", 70), ("2018-01-02", 0)],
)
def test_revenue_covers_the_twelve_months_that_end_on_the_day(
    world: World, closed: str, expected: int
) -> None:
    account = world.account("Acme")
    world.deal(account, value=1, engaged_on=date(2016, 1, 1))
    world.deal(account, value=70, closed=date.fromisoformat(closed), currency="USD")
    assert raw(world, "Acme", Factor.REVENUE).value == expected


def test_recorded_yearly_revenue_stands_in_where_no_sales_are_recorded(world: World) -> None:
    account = world.account("Acme")
    world.figure(account, Measure.OUR_REVENUE, 300, year=2016)
    world.figure(account, Measure.OUR_REVENUE, 400, year=2017)
    world.figure(account, Measure.OUR_REVENUE, 999, year=2018, forecast=True)
    found = raw(world, "Acme", Factor.REVENUE)
    assert (found.value, found.source, found.computed) == (400, "report", False)
    world.deal(account, value=50, closed=date(2017, 6, 1), currency="USD")
    assert raw(world, "Acme", Factor.REVENUE).value == 50


def test_the_newest_input_known_by_the_day_counts(world: World, acme: int) -> None:
    world.factor(acme, Factor.ABILITY, 10, on=date(2017, 6, 1))
    world.factor(acme, Factor.ABILITY, 99, on=date(2018, 6, 1))
    assert raw(world, "Acme", Factor.ABILITY).value == 50
    assert raw(world, "Acme", Factor.ABILITY, on=date(2017, 12, 31)).value == 10
    assert raw(world, "Acme", Factor.ABILITY, on=date(2018, 6, 1)).value == 99


def test_a_foreign_potential_is_converted_or_missing_with_the_reason(world: World) -> None:
    account = world.account("Acme")
    world.factor(account, Factor.POTENTIAL, 1_000_000, unit="EUR")
    part = composite_score(world.deps(), "Acme").score.parts[1]
    assert part.points is None
    line = next(m for m in composite_score(world.deps(), "Acme").card().missing)
    assert english(line).startswith("Revenue")
    reason = english(composite_score(world.deps(), "Acme").card().missing[1])
    assert "EUR 1,000,000 cannot be converted" in reason
    world.add(ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 1, 1), rate=D("1.2")))
    assert raw(world, "Acme", Factor.POTENTIAL).value == 1_200_000


def test_an_unnamed_currency_is_assumed_and_said(world: World) -> None:
    account = world.account("Acme")
    world.deal(account, value=50, closed=date(2017, 6, 1))
    world.scored(account, 1, 1, 1)
    missing = composite_score(world.deps(), "Acme").card().missing
    assert [english(line) for line in missing] == ["The records name no currency; USD is assumed."]


def test_ranks_in_the_company_and_in_the_segment(world: World, acme: int) -> None:
    for name, segment, ability in (("B", "medical", 90), ("C", "retail", 70), ("D", None, 50)):
        other = world.account(name, segment)
        world.deal(other, value=600_000, closed=date(2017, 3, 1), currency="USD")
        world.scored(other, 9_000_000, 85, ability)
    result = composite_score(world.deps(), "Acme")
    assert result.overall is not None
    assert result.within is not None
    assert (result.overall.rank, result.overall.of, result.overall.in_top) == (3, 4, False)
    assert (result.within.rank, result.within.of, result.within.in_top) == (2, 2, False)
    assert "not a key account" in english(result.card().headline)
    alone = composite_score(world.deps(), "D")
    assert alone.overall is not None
    assert (alone.overall.rank, alone.within) == (3, None)


def test_weights_that_do_not_sum_to_one_are_refused(world: World, acme: int) -> None:
    rules = with_overrides(3, {"score.weights.revenue": "0.4"})
    with pytest.raises(BadInput, match=r"they sum to 1\.10"):
        composite_score(world.deps(rules=rules), "Acme")


def test_company_rules_are_named_as_such(world: World, acme: int) -> None:
    rules = replace(with_overrides(7, {"score.revenue_months": 1}), version=7)
    card = composite_score(world.deps(rules=rules), "Acme").card()
    shown = [english(line) for line in card.basis]
    assert "Revenue over 1 month: set by the company." in shown
    assert "Rules version 7." in shown
    assert isinstance(rules, RuleSet)


def test_a_rep_reads_the_scores_of_own_accounts_only(world: World, acme: int) -> None:
    anna = world.person("Anna")
    deps = world.deps(world.asker(anna))
    with pytest.raises(NotAllowed, match="Details of Acme"):
        composite_score(deps, "Acme")
    world.covers(anna, acme)
    assert composite_score(deps, "Acme").score.total == 74


def test_a_newcomer_knows_the_practice_account_only(world: World, acme: int) -> None:
    practice = world.account("Practice", sandbox=True)
    world.scored(practice, 1, 1, 1)
    world.deal(practice, value=5, closed=date(2017, 6, 1), currency="USD")
    new = world.deps(world.asker(world.person("New", Role.NEWCOMER)))
    found = composite_score(new, "Practice")
    assert found.overall is not None
    assert (found.overall.rank, found.overall.of) == (1, 1)
    assert found.score.parts[0].raw is not None
    assert found.score.parts[0].raw.value == 5
    with pytest.raises(NotFound):
        composite_score(new, "Acme")
    assert composite_score(world.deps(), "Acme").overall.of == 1  # type: ignore[union-attr]
