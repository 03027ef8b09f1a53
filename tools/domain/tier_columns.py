"""Tiers of many accounts at once, by column (K4; cut-offs house)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, overload

from tools.domain.columns import amount, reached
from tools.domain.rules import TierRules
from tools.domain.score_columns import FactorColumns
from tools.domain.tiers import Classified, Cuts, classify, cuts
from tools.domain.vocabulary import Factor

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers


class Rising(Sequence[Decimal]):
    """A column's decimals, the smallest first, made only where one is looked at."""

    def __init__(self, column: "Integers") -> None:
        import numpy as np

        self._sorted = np.sort(column)

    def __len__(self) -> int:
        return len(self._sorted)

    @overload
    def __getitem__(self, at: int) -> Decimal: ...
    @overload
    def __getitem__(self, at: slice) -> list[Decimal]: ...
    def __getitem__(self, at: int | slice) -> Decimal | list[Decimal]:
        if isinstance(at, slice):
            return [amount(value) for value in self._sorted[at].tolist()]
        return amount(self._sorted[at])


def limits_of(columns: FactorColumns, rules: TierRules) -> dict[str | None, Cuts | None]:
    """The limits of every segment with a figure; None where one kind of figure is missing."""
    found = {}
    for segment, members in _members(columns):
        values, potentials = (
            Rising(columns.values[factor][members & columns.known[factor]])
            for factor in (Factor.REVENUE, Factor.POTENTIAL)
        )
        if values or potentials:
            found[segment] = cuts(values, potentials, rules)
    return found


def classified(
    columns: FactorColumns, limits: Mapping[str | None, Cuts | None]
) -> dict[int, Classified]:
    """The tier of every account with revenue and potential, by id."""
    found: dict[int, Classified] = {}
    both = columns.known[Factor.REVENUE] & columns.known[Factor.POTENTIAL]
    for segment, members in _members(columns):
        cut = limits.get(segment)
        if cut is not None:
            found |= _classified(columns, members & both, cut)
    return found


def _classified(columns: FactorColumns, rows: "Flags", cut: Cuts) -> dict[int, Classified]:
    """Accounts between the same limits have the same tier, so that each is made once."""
    import numpy as np

    worth = columns.values[Factor.REVENUE][rows]
    outlook = columns.values[Factor.POTENTIAL][rows]
    middle, high = (worth >= reached(limit) for limit in (cut.value_middle, cut.value_high))
    standing = np.where(high, 2, middle * 1) + 3 * (outlook >= reached(cut.potential_high))
    lowest = Decimal("-Infinity")
    values = (lowest, cut.value_middle, cut.value_high)
    kinds = [
        classify(value, potential, cut)
        for potential in (lowest, cut.potential_high)
        for value in values
    ]
    accounts = columns.accounts[rows].tolist()
    return dict(zip(accounts, map(kinds.__getitem__, standing.tolist()), strict=True))


def _members(columns: FactorColumns) -> Iterator[tuple[str | None, "Flags"]]:
    for position, segment in enumerate(columns.segments):
        yield segment, columns.segment == position
