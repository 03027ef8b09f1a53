"""Many accounts scored and ranked at once, by column (K3; numbers house).

Accounts of one segment whose factors fall into the same bands score alike. So each such group
is scored once, exactly as a single account is, however many accounts are in it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tools.domain.columns import SCALE, amount, reached
from tools.domain.ranking import Standing, places
from tools.domain.score import Scorer
from tools.domain.vocabulary import Factor

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers


@dataclass(frozen=True)
class FactorColumns:
    """The factors of accounts, one row per account, by ascending id.

    `segment` counts into `segments`; `values` are ten-thousandths, and mean nothing where
    `known` is false.
    """

    accounts: "Integers"
    segments: Sequence[str | None]
    segment: "Integers"
    values: Mapping[Factor, "Integers"]
    known: Mapping[Factor, "Flags"]

    def row(self, account: int) -> int:
        """The account's row; raises `KeyError` where there is none."""
        found = int(self.accounts.searchsorted(account))
        if found == len(self.accounts) or self.accounts[found] != account:
            raise KeyError(account)
        return found

    def value(self, account: int, factor: Factor) -> Decimal | None:
        """The account's raw value of the factor."""
        row = self.row(account)
        return amount(self.values[factor][row]) if self.known[factor][row] else None

    def supposing(self, account: int, raws: Mapping[Factor, Decimal]) -> "FactorColumns":
        """The same columns with other values for one account."""
        row = self.row(account)
        values, known = dict(self.values), dict(self.known)
        for factor, raw in raws.items():
            values[factor], known[factor] = values[factor].copy(), known[factor].copy()
            values[factor][row], known[factor][row] = int(raw * SCALE), True
        return replace(self, values=values, known=known)


class Place(NamedTuple):
    """What the accounts of one group have in common.

    `total` and `overall` are None while a factor is missing, `within` also without a segment;
    `highest` bounds the score that is still possible.
    """

    missing: tuple[Factor, ...]
    highest: Decimal
    total: Decimal | None = None
    overall: Standing | None = None
    within: Standing | None = None


class _Group(NamedTuple):
    """A segment and the position of each factor among its bands, None while missing."""

    segment: str | None
    bands: tuple[int | None, ...]
    members: int


def ranked(columns: FactorColumns, scorer: Scorer, share: Decimal) -> dict[int, Place]:
    """The place of every account, by id; the top share (0 to 1) is taken overall and within
    each segment."""
    import numpy as np

    keys = np.zeros(len(columns.accounts), np.int64)
    sizes = [_size(columns, scorer, factor) for factor in Factor]
    for factor, size in zip(Factor, sizes, strict=True):
        keys = keys * size + _bands(columns, scorer, factor)
    keys = keys * len(columns.segments) + columns.segment
    codes, members, counts = np.unique(keys, return_inverse=True, return_counts=True)
    groups = [
        _group(code, sizes, columns.segments, count)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True)
    ]
    found = _places(groups, scorer, share)
    return dict(
        zip(columns.accounts.tolist(), map(found.__getitem__, members.tolist()), strict=True)
    )


def _size(columns: FactorColumns, scorer: Scorer, factor: Factor) -> int:
    """How many codes the factor's bands take: missing, below the lowest, and each band."""
    return max((len(scorer.limits(factor, s)) for s in columns.segments), default=0) + 2


def _bands(columns: FactorColumns, scorer: Scorer, factor: Factor) -> "Integers":
    """The code of each account's band of the factor; 0 while missing."""
    import numpy as np

    alike: dict[tuple[Decimal, ...], list[int]] = defaultdict(list)
    for position, segment in enumerate(columns.segments):
        alike[tuple(scorer.limits(factor, segment))].append(position)
    found = np.zeros(len(columns.accounts), np.int64)
    for limits, segments in alike.items():
        theirs = columns.known[factor] & np.isin(columns.segment, segments)
        bounds = np.array([reached(limit) for limit in limits], np.int64)
        found[theirs] = 1 + bounds.searchsorted(columns.values[factor][theirs], side="right")
    return found


def _group(code: int, sizes: list[int], segments: Sequence[str | None], count: int) -> _Group:
    code, segment = divmod(code, len(segments))
    bands: list[int | None] = []
    for size in reversed(sizes):
        code, band = divmod(code, size)
        bands.append(band - 1 if band else None)
    return _Group(segments[segment], tuple(reversed(bands)), count)


def _places(groups: list[_Group], scorer: Scorer, share: Decimal) -> list[Place]:
    totals = [scorer.total_of(group.segment, group.bands) for group in groups]
    overall: Counter[Decimal] = Counter()
    within: dict[str | None, Counter[Decimal]] = defaultdict(Counter)
    for group, total in zip(groups, totals, strict=True):
        if total is not None:
            overall[total] += group.members
            within[group.segment][total] += group.members
    company = places(overall, share)
    segments = {name: places(counts, share) for name, counts in within.items()}
    return [
        Place(
            tuple(f for f, band in zip(Factor, group.bands, strict=True) if band is None),
            scorer.highest_of(group.segment, group.bands),
            total,
            None if total is None else company[total],
            None if total is None or group.segment is None else segments[group.segment][total],
        )
        for group, total in zip(groups, totals, strict=True)
    ]
