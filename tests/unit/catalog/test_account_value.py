"""The value estimate of one account."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.account_value import account_value
from tools.data.models import ExchangeRate, PurchasingBehaviour
from tools.domain.rules import RuleSet, ValueRules
from tools.domain.vocabulary import Measure
from tools.errors import NotAllowed
from tools.text import Money

D = Decimal


def buys(world: World, account: int, confirmed: bool = True, **traits: str) -> None:
    for trait, value in traits.items():
        world.add(
            PurchasingBehaviour(
                account_id=account,
                trait=trait,
                value=value,
                as_of=TODAY,
                source="visit",
                confirmed=confirmed,
            )
        )


@pytest.fixture
def acme(world: World) -> int:
    account = world.account("Acme")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 5_000_000, confirmed=True)
    return account


@pytest.mark.parametrize(
    ("traits", "value"),
    [
        ({"buying": "central", "price_sensitivity": "high", "payment": "prompt"}, 1_320_000),
        ({"buying": "local", "price_sensitivity": "low", "payment": "slow"}, 1_336_500),
        ({}, 1_500_000),
    ],
)
def test_spend_times_share_times_behaviour(
    world: World, acme: int, traits: dict[str, str], value: int
) -> None:
    buys(world, acme, **traits)
    result = account_value(world.deps(), "Acme")
    assert result.estimate is not None
    assert result.estimate.value == Money(D(value), "USD")
    renders(result.card())


def test_each_input_is_shown_with_its_origin(world: World, acme: int) -> None:
    buys(world, acme, buying="central", price_sensitivity="high")
    buys(world, acme, confirmed=False, payment="prompt")
    card = account_value(world.deps(), "Acme").card()
    assert english(card.headline) == (
        "Acme is worth an estimated USD 1,320,000 a year on 2018-01-01: USD 5,000,000 "
        "addressable spend × 30% attainable share × 0.88 behaviour factor."
    )
    assert table_rows(card) == [
        ["addressable spend 2017", "USD 5,000,000", "–", "2018-01-01", "report", "confirmed"],
        ["attainable share", "30%", "0.3", "–", "rules", "–"],
        ["buying", "central", "1.1", "2018-01-01", "visit", "confirmed"],
        ["payment", "prompt", "1", "2018-01-01", "visit", "assumed"],
        ["price sensitivity", "high", "0.8", "2018-01-01", "visit", "confirmed"],
    ]
    assert facts(card)["Assumed or confirmed"] == "assumed"


def test_an_unknown_trait_changes_nothing_and_is_named(world: World, acme: int) -> None:
    buys(world, acme, buying="by committee", payment="prompt")
    result = account_value(world.deps(), "Acme")
    assert [english(line).partition(":")[0] for line in result.card().missing] == [
        "buying",
        "price sensitivity",
    ]
    assert result.estimate is not None
    assert result.estimate.behaviour == 1


def test_without_a_spend_there_is_no_value(world: World) -> None:
    account = world.account("Bolt")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 9, currency="EUR")
    card = account_value(world.deps(), "Bolt").card()
    assert "cannot be estimated" in english(card.headline)
    assert len(card.missing) == 1
    assert card.table is None
    renders(card)
    world.add(ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 1, 1), rate=D("1.5")))
    assert account_value(world.deps(), "Bolt").estimate is not None


def test_the_company_s_share_is_named_so(world: World, acme: int) -> None:
    rules = replace(RuleSet(version=2), value=ValueRules(attainable_share=D("0.1")))
    card = account_value(world.deps(rules=rules), "Acme").card()
    assert "USD 500,000 a year" in english(card.headline)
    assert "Attainable share: set by the company." in [english(line) for line in card.basis]


def test_what_is_recorded_later_does_not_count(world: World, acme: int) -> None:
    assert account_value(world.deps(), "Acme", on=date(2017, 12, 31)).estimate is None


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    with pytest.raises(NotAllowed):
        account_value(world.deps(world.asker(world.person("Bob"))), "Acme")
