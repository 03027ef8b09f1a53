"""Amounts in cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.data.importing.amounts import Amount, Unreadable, parse

DOLLARS = ("USD", "HKD", "TWD", "SGD", "AUD", "CAD")


@pytest.mark.parametrize(
    ("value", "number", "currencies"),
    [
        ("1054", "1054", ()),
        ("1,234,567.89", "1234567.89", ()),
        ("1'234.5", "1234.5", ()),
        ("1 234,50", None, ()),
        ("1.234.567", "1234567", ()),
        ("1.234,50", "1234.50", ()),
        ("12,5", "12.5", ()),
        ("1,234", "1234", ()),
        ("1,23,456", None, ()),
        ("１，２３４", "1234", ()),
        ("-42", "-42", ()),
        ("−42", "-42", ()),
        ("(1,200.50)", "-1200.50", ()),
        ("($300)", "-300", DOLLARS),
        ("-$300", "-300", DOLLARS),
        ("US$ 5", "5", ("USD",)),
        ("5 USD", "5", ("USD",)),
        ("NT$1,000", "1000", ("TWD",)),
        ("€ 12", "12", ("EUR",)),
        ("¥100", "100", ("CNY", "JPY")),
        ("￥100", "100", ("CNY", "JPY")),
        ("100元", "100", ()),
        ("人民币100元", "100", ("CNY",)),
        ("1.25万", "12500", ()),
        ("3亿元", "300000000", ()),
        ("300万美元", "3000000", ("USD",)),
        ("1.5m", "1500000", ()),
        ("2k EUR", "2000", ("EUR",)),
        ("1.23456", "1.2346", ()),
        (12.5, "12.5", ()),
        (7, "7", ()),
        (True, None, ()),
        ("", None, ()),
        ("twelve", None, ()),
        ("12 apples", None, ()),
        ("1.2.3", None, ()),
        ("99999999999999999999", None, ()),
    ],
)
def test_amounts(value: object, number: str | None, currencies: tuple[str, ...]) -> None:
    if number is None:
        with pytest.raises(Unreadable):
            parse(value)
    else:
        assert parse(value) == Amount(Decimal(number).quantize(Decimal("0.0001")), currencies)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_grouped_amounts_read_back(number: Decimal) -> None:
    assert parse(f"{number:,}").number == number
    assert parse(str(number)).number == number
