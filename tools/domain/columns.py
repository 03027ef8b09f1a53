"""Figures of many accounts by column: the numbers of a company, one row per account."""

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

    Integers = NDArray[int64]
    Flags = NDArray[bool_]

SCALE = 10_000
"""Figures have four decimals: a column holds them as whole ten-thousandths."""


def reached(limit: Decimal) -> int:
    """The least whole ten-thousandths that are not below the limit."""
    return int((limit * SCALE).to_integral_value(ROUND_CEILING))


def amount(ten_thousandths: "int | int64") -> Decimal:
    """The decimal that a column keeps as ten-thousandths."""
    return Decimal(int(ten_thousandths)) / SCALE
