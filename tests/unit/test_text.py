"""How values and sentences are shown in the three languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tools.text import Language, Money, Percent, Value, show, text

EN, HANS, HANT = Language.ENGLISH, Language.SIMPLIFIED, Language.TRADITIONAL


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (1_234_567, "1,234,567"),
        (Decimal("0.005"), "0"),
        (Decimal("0.015"), "0.02"),
        (Decimal("-1234.50"), "-1,234.5"),
        (Decimal("100"), "100"),
        (Money(Decimal("341455"), "USD"), "USD 341,455"),
        (Money(Decimal("-0.5"), "CNY"), "CNY -0.5"),
        (Percent(Decimal("0.2534")), "25.3%"),
        (Percent(Decimal(1)), "100%"),
        (date(2017, 3, 4), "2017-03-04"),
        (datetime(2017, 3, 4, 5, 6, 7, tzinfo=UTC), "2017-03-04 05:06 UTC"),
        ("{not a slot}", "{not a slot}"),
    ],
)
def test_values_are_shown_alike_in_every_language(value: Value, shown: str) -> None:
    assert [show(value, language) for language in Language] == [shown] * 3


def test_truth_is_a_word() -> None:
    assert [show(True, language) for language in (EN, HANS, HANT)] == ["yes", "是", "是"]


def test_the_template_is_converted_and_the_name_is_not() -> None:
    sentence = text("{name} is a customer.", "{name}是大客户，负责软件。", name="软件园")
    assert sentence.render(EN) == "软件园 is a customer."
    assert sentence.render(HANS) == "软件园是大客户，负责软件。"
    assert sentence.render(HANT) == "软件园是大客戶，負責軟體。"


def test_a_name_that_ends_with_a_stop_ends_the_sentence() -> None:
    sentence = text("It is {name}.", "是{name}。", name="Konex Pte. Ltd.")
    assert sentence.render(EN) == "It is Konex Pte. Ltd."
    assert sentence.render(HANS) == "是Konex Pte. Ltd.。"
    assert text("See {path} … or wait...", "", path="../a..b").render(EN) == (
        "See ../a..b … or wait..."
    )


def test_a_text_inside_a_text_follows_the_language() -> None:
    kind = text("account", "客户")
    assert text("No {kind}", "没有{kind}", kind=kind).render(HANT) == "沒有客戶"


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="USD and CNY need a rate"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "CNY")
