"""Account values of a whole company at once, by column (K1; numbers house).

Accounts that buy alike have one factor, so that it is worked out once for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import mul
from typing import TYPE_CHECKING

from tools.domain.columns import SCALE
from tools.domain.rules import ValueRules

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers


@dataclass(frozen=True)
class ValueColumns:
    """What accounts spend and how they buy, one row per account, by ascending id.

    `spend` is in ten-thousandths of the base currency, and means nothing where `known` is
    false. `habits` has a column for each trait: the place of its multiplier among the rules',
    from 1, or 0 where none applies.
    """

    accounts: "Integers"
    spend: "Integers"
    known: "Flags"
    habits: Sequence["Integers"]

    def with_open_traits(self) -> set[int]:
        """The accounts with a value that some trait has no multiplier for."""
        import numpy as np

        lacking = np.any([habit == 0 for habit in self.habits], axis=0)
        return set(self.accounts[self.known & lacking].tolist())


def values(columns: ValueColumns, rules: ValueRules) -> dict[int, Decimal]:
    """The value, in the base currency, of every account whose spend is known, by id."""
    import numpy as np

    multipliers = [Decimal(1), *(multiplier.factor for multiplier in rules.multipliers)]
    factors = [rules.attainable_share / SCALE]
    kinds = np.zeros(np.count_nonzero(columns.known), np.int64)
    for habit in columns.habits:
        codes = kinds * len(multipliers) + habit[columns.known]
        found, kinds = np.unique(codes, return_inverse=True)
        pairs = (divmod(code, len(multipliers)) for code in found.tolist())
        factors = [factors[kind] * multipliers[place] for kind, place in pairs]
    accounts, spend = (column[columns.known] for column in (columns.accounts, columns.spend))
    worth = map(factors.__getitem__, kinds.tolist())
    return dict(zip(accounts.tolist(), map(mul, map(Decimal, spend.tolist()), worth), strict=True))
