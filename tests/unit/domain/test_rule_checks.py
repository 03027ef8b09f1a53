"""What each rule may be set to."""

from typing import Any

import pytest

from tools.domain.overrides import near_rules, values, with_overrides
from tools.domain.rule_checks import check_rules, misfit
from tools.domain.rules import RuleSet
from tools.errors import BadInput
from tools.text import Language, show

PATHS = [rule.path for rule in values(RuleSet(), {})]
BAND = {"at_least": 0, "points": 20}

NONSENSE = [
    ("score.weights.revenue", "1.5", "fraction"),
    ("score.weights.revenue", "NaN", "fraction"),
    ("score.weights.revenue", "0.4", "sum to 1"),
    ("score.top_share", "2", "fraction"),
    ("score.revenue_months", 0, "whole number"),
    ("score.bands.ability", [], "must rise"),
    ("score.bands.ability", [BAND, BAND], "must rise"),
    ("score.bands.ability", [{"at_least": 0, "points": 101}], "0 to 100"),
    ("score.bands.ability", [{"at_least": "NaN", "points": 1}], "rising bands"),
    ("score.segment_bands", [{"segment": "x", "factor": "luck", "bands": [BAND]}], "ability"),
    ("score.segment_bands", [{"segment": " ", "factor": "ability", "bands": [BAND]}], "segment"),
    ("closeness.judged_weight", "0.9", "sum to 1"),
    ("closeness.window_days", -1, "whole number"),
    ("closeness.target_days", 180, "below closeness.window_days"),
    ("value.attainable_share", "-0.1", "fraction"),
    ("value.multipliers", [{"trait": "buying", "value": "central", "factor": 0}], "above 0"),
    ("priority.closeness_points", "101", "points"),
    ("priority.value_percentile", "50", "fraction"),
    ("tiers.value_high", "0.3", "value_middle"),
    (
        "evaluation.cadences",
        [{"dimension": "needs", "due_days": 90, "overdue_days": 30}],
        "due_days",
    ),
    ("coverage.derive_months", 0, "whole number"),
    ("coverage.single_roles", ["owner", "owner"], "once"),
    ("criteria.risk", "0.5", "sum to 1"),
    ("serving.costs.remote", "-5", "0 or more"),
    ("serving.contribution_margin", "0", "above 0"),
    ("health.weak_below", "200", "points"),
    ("esp.stages", [], "identify"),
    ("esp.stages", ["dance"], "identify"),
    ("esp.stages", ["identify", "identify"], "at most once"),
    ("esp.large_deals", [{"segment": "", "amount": -1}], "above 0"),
    ("credit.mode", "whatever", "counted_twice"),
    ("changes.expiry_hours", 0, "whole number"),
    ("company.base_currency", "dollars", "currency code"),
]


@pytest.mark.parametrize(("path", "value", "says"), NONSENSE)
def test_nonsense_is_refused_with_what_the_rule_takes(path: str, value: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        check_rules(with_overrides(1, {path: value}))
    chinese = show(refused.value.message, Language.SIMPLIFIED)
    assert any("一" <= letter <= "鿿" for letter in chinese)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("esp.stages", ["identify", "convert"]),
        ("credit.mode", "shared"),
        ("serving.costs.dedicated_team", "400000"),
        ("serving.contribution_margin", "0.35"),
        ("evaluation.cadences", [{"dimension": "needs", "due_days": 30, "overdue_days": 30}]),
        ("coverage.single_roles", ["owner"]),
        ("score.segment_bands", [{"segment": "x", "factor": "ability", "bands": [BAND]}]),
        ("company.base_currency", "CNY"),
    ],
)
def test_what_fits_passes(path: str, value: Any) -> None:
    check_rules(with_overrides(1, {path: value}))


def test_the_defaults_pass_and_every_rule_says_what_it_takes() -> None:
    check_rules(RuleSet())
    for path in PATHS:
        assert path in str(misfit(path))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("evaluation.cadences", [{"dimension": "luck", "due_days": 1, "overdue_days": 2}]),
        ("coverage.single_roles", ["chief"]),
        ("score.revenue_months", True),
        ("evaluation.vip_short_end", 1),
    ],
)
def test_what_is_not_even_of_its_kind_makes_no_rules(path: str, value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        with_overrides(1, {path: value})


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("score.top_shares", "score.top_share"),
        ("top share", "score.top_share"),
        ("credit.mod", "credit.mode"),
        ("base curency", "company.base_currency"),
    ],
)
def test_the_nearest_rules_come_first(words: str, nearest: str) -> None:
    assert near_rules(words, PATHS)[0] == nearest
