"""Scores, ranks and tiers by column are those of accounts one by one, whatever the company."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.columns import SCALE
from tools.domain.rules import Band, ScoreRules, SegmentBands, TierRules
from tools.domain.score import Raw, Score, Scorer
from tools.domain.score_columns import FactorColumns, Place, ranked
from tools.domain.tier_columns import classified, limits_of
from tools.domain.tiers import classify, cuts
from tools.domain.vocabulary import Factor

D = Decimal
Row = tuple[str | None, tuple[Decimal | None, ...]]

RULES = replace(
    ScoreRules(),
    segment_bands=(
        SegmentBands("medical", "revenue", (Band(D("-5"), D(7)), Band(D("99.99995"), D("33.3")))),
    ),
)
limits = [D(0), D("99.9999"), D(100), D("100000"), D("99999.9999"), D(500_000), D(50), D("49.9")]
raws = st.one_of(
    st.none(), st.sampled_from(limits), st.decimals(-10, 20_000_000, places=4), st.just(D(85))
)
companies = st.lists(
    st.tuples(st.sampled_from(["medical", "retail", "", None]), st.tuples(*[raws] * len(Factor))),
    max_size=30,
)
shares = st.decimals(0, 1, places=2)


def columns(company: Sequence[Row]) -> FactorColumns:
    segments = list(dict.fromkeys(segment for segment, _ in company))
    by_factor = dict(zip(Factor, zip(*(raws for _, raws in company), strict=True), strict=False))
    return FactorColumns(
        np.arange(len(company)) * 3 + 1,
        segments,
        np.array([segments.index(segment) for segment, _ in company], np.int64),
        {
            factor: np.array([int((raw or 0) * SCALE) for raw in by_factor.get(factor, ())], int)
            for factor in Factor
        },
        {
            factor: np.array([raw is not None for raw in by_factor.get(factor, ())], bool)
            for factor in Factor
        },
    )


def one_by_one(company: Sequence[Row]) -> list[Score]:
    day = date(2018, 1, 1)
    scorer = Scorer(RULES)
    return [
        scorer.score(
            segment,
            {
                factor: Raw(raw, "USD", day, "survey", confirmed=True)
                for factor, raw in zip(Factor, known, strict=True)
                if raw is not None
            },
        )
        for segment, known in company
    ]


def place(total: Decimal, among: list[Decimal], share: Decimal) -> tuple[int, int, bool]:
    """Rank, how many, and whether in the top share: counted, not looked up."""
    above = sum(other > total for other in among)
    return above + 1, len(among), above < ceil(len(among) * share)


@given(companies, shares)
def test_every_place_is_that_of_the_account_alone(company: list[Row], share: Decimal) -> None:
    found = list(ranked(columns(company), Scorer(RULES), share).values())
    scores = one_by_one(company)
    totals = [score.total for score in scores if score.total is not None]
    assert len(found) == len(company)
    for (segment, _), score, known in zip(company, scores, found, strict=True):
        assert known.missing == tuple(part.factor for part in score.missing)
        assert (known.total, known.highest) == (score.total, score.highest)
        if score.total is None:
            assert (known.overall, known.within) == (None, None)
            continue
        assert known.overall == place(score.total, totals, share)
        peers = [
            other.total
            for (theirs, _), other in zip(company, scores, strict=True)
            if theirs == segment and other.total is not None
        ]
        expected = None if segment is None else place(score.total, peers, share)
        assert known.within == expected


@given(companies, shares, shares, shares)
def test_every_tier_is_that_of_the_account_alone(
    company: list[Row], high: Decimal, middle: Decimal, potential: Decimal
) -> None:
    table, rules = columns(company), TierRules(high, middle, potential)
    bounds = limits_of(table, rules)
    found = classified(table, bounds)
    for account, (segment, known) in zip(table.accounts.tolist(), company, strict=True):
        peers = [raws for theirs, raws in company if theirs == segment]
        expected = cuts(
            sorted(raws[0] for raws in peers if raws[0] is not None),
            sorted(raws[1] for raws in peers if raws[1] is not None),
            rules,
        )
        assert bounds.get(segment) == expected
        if expected is None or known[0] is None or known[1] is None:
            assert account not in found
        else:
            assert found[account] == classify(known[0], known[1], expected)


def test_a_supposed_value_moves_one_account_and_leaves_the_rest() -> None:
    full = (D(1), D(2), D(3), D("4.5"))
    before = columns([("retail", full), ("retail", (None, *full[1:]))])
    after = before.supposing(4, {Factor.REVENUE: D("0.25")})
    assert [before.value(4, Factor.REVENUE), after.value(4, Factor.REVENUE)] == [None, D("0.25")]
    assert after.value(1, Factor.ABILITY) == D("4.5")
    assert ranked(before, Scorer(RULES), D(1))[4].missing == (Factor.REVENUE,)
    assert isinstance(ranked(after, Scorer(RULES), D(1))[4], Place)


@pytest.mark.parametrize("account", [0, 2, 99])
def test_an_account_that_is_not_in_the_columns(account: int) -> None:
    with pytest.raises(KeyError):
        columns([("retail", (D(1),) * 4)]).row(account)
