"""The rule set: defaults, a company's values, and where each comes from."""

from decimal import Decimal

import pytest

from tools.domain.overrides import values, with_overrides
from tools.domain.rules import Band, RuleSet


def test_the_default_weights_sum_to_one() -> None:
    weights = RuleSet().score.weights
    total = weights.revenue + weights.potential + weights.demonstration + weights.ability
    assert total == Decimal(1)


def test_a_company_value_replaces_the_default_and_is_named_so() -> None:
    overrides = {"score.weights.revenue": 0.4, "company.base_currency": "CNY"}
    rules = with_overrides(3, overrides)
    assert rules.version == 3
    assert rules.score.weights.revenue == Decimal("0.4")
    assert rules.score.weights.potential == Decimal("0.30")
    origins = {value.path: value.origin for value in values(rules, overrides)}
    assert origins["score.weights.revenue"] == "company"
    assert origins["score.weights.potential"] == "house"
    assert origins["evaluation.cadences"] == "K3"


def test_rows_of_a_table_are_typed() -> None:
    rules = with_overrides(
        1,
        {"score.bands.potential": [{"at_least": 0, "points": 10}, {"at_least": 5.5, "points": 90}]},
    )
    assert rules.score.bands.potential == (
        Band(Decimal(0), Decimal(10)),
        Band(Decimal("5.5"), Decimal(90)),
    )


def test_a_value_that_is_not_set_by_default_becomes_a_number() -> None:
    assert RuleSet().serving.contribution_margin is None
    rules = with_overrides(2, {"serving.contribution_margin": 0.3})
    assert rules.serving.contribution_margin == Decimal("0.3")
    assert rules.serving.costs.dedicated_team is None


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("score.weights.luck", 1, KeyError),
        ("score.weights", 1, KeyError),
        ("version", 9, KeyError),
        ("company.base_currency.x", "EUR", KeyError),
        ("score.revenue_months", "twelve", TypeError),
    ],
)
def test_a_path_that_is_no_rule_is_refused(
    path: str, value: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        with_overrides(1, {path: value})
