"""Exchange rates by day."""

from datetime import date
from decimal import Decimal

import pytest

from tools.domain.rates import Rate, Rates
from tools.text import Money

RATES = Rates(
    [
        Rate("EUR", "USD", date(2017, 7, 1), Decimal("1.20")),
        Rate("EUR", "USD", date(2017, 1, 1), Decimal("1.10")),
        Rate("USD", "CNY", date(2017, 1, 1), Decimal("8")),
    ]
)


@pytest.mark.parametrize(
    ("amount", "day", "expected"),
    [
        (Money(Decimal(100), "USD"), date(1990, 1, 1), "100"),
        (Money(Decimal(100), "EUR"), date(2017, 6, 30), "110"),
        (Money(Decimal(100), "EUR"), date(2017, 7, 1), "120"),
        (Money(Decimal(100), "EUR"), date(2016, 12, 31), None),
        (Money(Decimal(100), "CNY"), date(2017, 1, 1), "12.5"),
        (Money(Decimal(100), "JPY"), date(2017, 1, 1), None),
    ],
)
def test_the_rate_of_the_day_counts_either_way_round(
    amount: Money, day: date, expected: str | None
) -> None:
    converted = RATES.convert(amount, "USD", day)
    assert converted == (None if expected is None else Money(Decimal(expected), "USD"))
