"""Closeness of many accounts at once, by column (formula house; K3 names the two parts)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.domain.closeness import (
    Aspect,
    added,
    aspect_weights,
    breadth,
    executive,
    frequency,
    recency,
)
from tools.domain.columns import amount
from tools.domain.rules import ClosenessRules

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers


@dataclass(frozen=True)
class ContactColumns:
    """What is logged of accounts until a day, one row per account, by ascending id.

    `met` tells where any interaction is logged: the latest was so many `days` ago. `count` and
    `layers` are how many interactions and layers the window has, `executive` whether an
    executive contact is recent. `judged` tells where a judgement counts: its `points`, in
    ten-thousandths.
    """

    accounts: "Integers"
    met: "Flags"
    days: "Integers"
    count: "Integers"
    layers: "Integers"
    executive: "Flags"
    judged: "Flags"
    points: "Integers"

    @property
    def complete(self) -> "Flags":
        """Where every aspect is known; interactions without one known layer leave breadth open."""
        breadth_known: Flags = (self.layers > 0) | (self.count == 0)
        return self.met & self.judged & breadth_known


def totals(columns: ContactColumns, rules: ClosenessRules) -> dict[int, Decimal]:
    """The closeness of every account with all aspects known, by id."""
    weights, rows = aspect_weights(rules), columns.complete
    aspects: dict[Aspect, tuple[Integers | Flags, Callable[[int], Decimal]]] = {
        Aspect.RECENCY: (columns.days, lambda days: recency(days, rules)),
        Aspect.FREQUENCY: (columns.count, lambda count: frequency(count, rules)),
        Aspect.BREADTH: (columns.layers, breadth),
        Aspect.EXECUTIVE: (columns.executive, lambda recent: executive(bool(recent))),
        Aspect.JUDGED: (columns.points, amount),
    }
    contributions = [
        _contributions(column[rows], points, weights[aspect])
        for aspect, (column, points) in aspects.items()
    ]
    accounts = columns.accounts[rows].tolist()
    return dict(zip(accounts, map(added, zip(*contributions, strict=True)), strict=True))


def _contributions(
    column: "Integers | Flags", points: Callable[[int], Decimal], weight: Decimal
) -> Iterator[Decimal]:
    """What each row adds; rows with the same figure have the same points."""
    import numpy as np

    figures, rows = np.unique(column, return_inverse=True)
    known = [points(figure) * weight for figure in figures.tolist()]
    return map(known.__getitem__, rows.tolist())
