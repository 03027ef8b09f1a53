"""Percentiles of a scope."""

from collections.abc import Collection, Sequence
from decimal import Decimal


def percentile(values: Collection[Decimal], share: Decimal) -> Decimal | None:
    """The value below which that share (0 to 1) of the values lies; None of no values.

    Between two values it is interpolated, so the half of 1, 2, 3, 4 is 2.5.
    """
    return percentile_of(sorted(values), share)


def percentile_of(ordered: Sequence[Decimal], share: Decimal) -> Decimal | None:
    """The same of values that rise already."""
    if not ordered:
        return None
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
