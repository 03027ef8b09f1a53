"""Numbers by what they are for."""

from decimal import Decimal

import pytest

from bot.agent.builtin.folding import fold
from bot.agent.builtin.quantities import numbers_of, quantities

FACTORS = ("revenue", "potential", "demonstration", "ability")
NAMES = (*FACTORS, *(f"{name}_weight" for name in FACTORS), "likelihood", "impact")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what if its potential were 80", {"potential": 80}),
        ("an ability to win of 92.5 points", {"ability": "92.5"}),
        ("85 points for demonstration", {"demonstration": 85}),
        ("demonstration 75 and ability 60", {"demonstration": 75, "ability": 60}),
        ("潜力是４００万，示范作用90分", {"potential": 4000000, "demonstration": 90}),
        ("能贏能做改為92分", {"ability": 92}),
        ("with sales of $2.5 million", {"revenue": 2500000}),
        ("if revenue counted 40 percent", {"revenue_weight": "0.4"}),
        ("潜力权重改成30%", {"potential_weight": "0.3"}),
        ("a weight of 0.25 for ability", {"ability_weight": "0.25"}),
        ("change the likelihood to 4", {"likelihood": 4}),
        ("影响为2", {"impact": 2}),
        ("set it to 4", {}),
        ("its potential in general", {}),
    ],
)
def test_a_number_goes_to_what_is_named_beside_it(text: str, found: dict[str, int | str]) -> None:
    assert quantities(fold(text).text, NAMES, ()) == found


def test_numbers_within_names_and_days_are_none() -> None:
    text = "GTK 500 for 1,200 in 2017"
    assert [n.value for n in numbers_of(text, [(0, 7), (18, 25)])] == [Decimal(1200)]


@pytest.mark.parametrize("text", ["2017-03-01", "B2B", "v1.2.3"])
def test_what_is_no_number(text: str) -> None:
    assert numbers_of(fold(text).text) == []
