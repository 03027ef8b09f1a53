"""Priority list (K1): account value against relationship closeness; quadrants are house."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tools.domain.rules import PriorityRules


class Quadrant(StrEnum):
    """High or low value, close or distant: what to do, most urgent first."""

    DEFEND = "defend"
    WIN = "win"
    KEEP = "keep"
    CHANNEL = "channel"


class Placed(NamedTuple):
    """An account with its value (base currency) and closeness (0 to 100)."""

    account_id: int
    name: str
    value: Decimal
    closeness: Decimal


def quadrant(
    value: Decimal, closeness: Decimal, value_limit: Decimal, rules: PriorityRules
) -> Quadrant:
    """Values and closeness on the limit count as high and close."""
    close = closeness >= rules.closeness_points
    if value >= value_limit:
        return Quadrant.DEFEND if close else Quadrant.WIN
    return Quadrant.KEEP if close else Quadrant.CHANNEL


def by_quadrant(
    placed: Iterable[Placed], value_limit: Decimal, rules: PriorityRules
) -> dict[Quadrant, list[Placed]]:
    """The accounts of every quadrant, in no order."""
    found: dict[Quadrant, list[Placed]] = {place: [] for place in Quadrant}
    for item in placed:
        found[quadrant(item.value, item.closeness, value_limit, rules)].append(item)
    return found


def prioritised(
    quadrants: Mapping[Quadrant, Iterable[Placed]],
) -> Iterator[tuple[Quadrant, Placed]]:
    """By quadrant, then by value and closeness gap, largest first, then by name.

    A quadrant is sorted only where it is reached.
    """
    for place in Quadrant:
        yield from ((place, item) for item in sorted(quadrants[place], key=_urgency))


def _urgency(item: Placed) -> tuple[Decimal, Decimal, str, int]:
    return -item.value, item.closeness, item.name, item.account_id
