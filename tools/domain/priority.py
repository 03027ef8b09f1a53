"""Priority list (K1): account value against relationship closeness; quadrants are house."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.domain.rules import PriorityRules


class Quadrant(StrEnum):
    """High or low value, close or distant: what to do, most urgent first."""

    DEFEND = "defend"
    WIN = "win"
    KEEP = "keep"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Placed:
    """An account with its value (base currency) and closeness (0 to 100)."""

    account_id: int
    name: str
    value: Decimal
    closeness: Decimal

    @property
    def gap(self) -> Decimal:
        """Closeness still to gain."""
        return 100 - self.closeness


def quadrant(
    value: Decimal, closeness: Decimal, value_limit: Decimal, rules: PriorityRules
) -> Quadrant:
    """Values and closeness on the limit count as high and close."""
    close = closeness >= rules.closeness_points
    if value >= value_limit:
        return Quadrant.DEFEND if close else Quadrant.WIN
    return Quadrant.KEEP if close else Quadrant.CHANNEL


def prioritise(
    placed: Iterable[Placed], value_limit: Decimal, rules: PriorityRules
) -> list[tuple[Quadrant, Placed]]:
    """By quadrant, then by value and closeness gap, largest first, then by name."""
    order = {name: position for position, name in enumerate(Quadrant)}
    entries = [(quadrant(item.value, item.closeness, value_limit, rules), item) for item in placed]
    return sorted(
        entries, key=lambda e: (order[e[0]], -e[1].value, -e[1].gap, e[1].name, e[1].account_id)
    )
