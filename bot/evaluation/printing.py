"""A report as lines for a terminal, and as one JSON object."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bot.evaluation.scores import Report, Score


def lines_of(report: Report) -> Iterator[str]:
    """The report for a reader."""
    yield f"{'':<20}{'cases':>6}{'pass^1':>8}{'pass^4':>8}"
    yield from map(_line, (report.overall, *report.capabilities, *report.languages))
    yield from _baselines(report.baselines)
    costs = report.costs
    yield (
        f"\na reply takes {costs.median:.2f} s, 95 % within {costs.p95:.2f} s "
        f"({costs.replies} replies); {_tokens(costs.tokens_in, costs.tokens_out)}"
    )
    for failure in report.failures:
        yield f"\n{failure.case} failed {failure.failed} of {failure.runs}"
        yield from (f"  {reason}" for reason in failure.reasons)


def plain_report(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return asdict(report)


def _baselines(scores: Sequence[Score]) -> Iterator[str]:
    yield "\nbaselines, graded by the same code:"
    yield from map(_line, scores)


def _line(score: Score) -> str:
    four = "–" if score.four is None else f"{score.four:.1f}"
    return f"{score.group:<20}{score.cases:>6}{score.once:>8.1f}{four:>8}"


def _tokens(tokens_in: int, tokens_out: int) -> str:
    if not tokens_in + tokens_out:
        return "the model reports no tokens"
    return f"{tokens_in:,} tokens in, {tokens_out:,} out"
