"""A yearly money figure with its origin."""

from datetime import date
from typing import NamedTuple

from tools.text import Money, Value


class Figure(NamedTuple):
    """An amount of a year with its origin; `computed` from our own sales records."""

    amount: Money
    as_of: date
    source: Value
    confirmed: bool
    computed: bool = False
