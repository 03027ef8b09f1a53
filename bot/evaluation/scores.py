"""Figures of the trials: how many cases pass, once and every time, and what replies take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from bot.evaluation.conversing import Trial
from bot.evaluation.running import Outcome
from kam_knowledge.retrieval import percentile

Trials = Sequence[Sequence[Trial]]
STRICT = 4


@dataclass(frozen=True)
class Score:
    """Of a group of cases the part, in percent, that passes in one run, and in each of four;
    None where fewer runs were made."""

    group: str
    cases: int
    once: float
    four: float | None


@dataclass(frozen=True)
class Costs:
    """Seconds of a reply in the middle and at the 95th percentile, and tokens of all."""

    replies: int
    median: float
    p95: float
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class Failure:
    """A case that did not pass each time, and why not the first time that it failed."""

    case: str
    failed: int
    runs: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What an evaluation found. Baselines are graded by the same code on the same cases."""

    overall: Score
    capabilities: tuple[Score, ...]
    languages: tuple[Score, ...]
    baselines: tuple[Score, ...]
    costs: Costs
    failures: tuple[Failure, ...]

    def failing(self) -> str:
        """The failing cases as lines, for a reader of a log."""
        return "\n".join(f"{f.case}: {'; '.join(f.reasons)}" for f in self.failures)


def report_of(outcome: Outcome) -> Report:
    """All figures of an outcome."""
    trials = outcome.trials
    return Report(
        overall=score("all", trials),
        capabilities=_by(trials, "capability"),
        languages=_by(trials, "language"),
        baselines=tuple(score(name, played) for name, played in outcome.baselines.items()),
        costs=_costs(trials),
        failures=tuple(_failures(trials)),
    )


def score(group: str, trials: Trials) -> Score:
    """The figures of one group of cases."""
    runs = min((len(played) for played in trials), default=0)
    return Score(
        group,
        len(trials),
        _passing(trials, 1),
        _passing(trials, STRICT) if runs >= STRICT else None,
    )


def _passing(trials: Trials, times: int) -> float:
    """pass^k: the chance that `times` runs drawn from those made all pass, on average."""
    if not trials:
        return 0.0
    chances = [
        comb(sum(trial.passed for trial in played), times) / comb(len(played), times)
        for played in trials
    ]
    return 100 * sum(chances) / len(chances)


def _by(trials: Trials, field: str) -> tuple[Score, ...]:
    def group_of(played: Sequence[Trial]) -> Any:
        return getattr(played[0].case, field)

    groups = dict.fromkeys(map(group_of, trials))
    return tuple(score(group, [p for p in trials if group_of(p) == group]) for group in groups)


def _costs(trials: Trials) -> Costs:
    costs = [cost for played in trials for trial in played for cost in trial.costs]
    seconds = [cost.seconds for cost in costs]
    return Costs(
        len(costs),
        percentile(seconds, 0.5),
        percentile(seconds, 0.95),
        sum(cost.tokens_in for cost in costs),
        sum(cost.tokens_out for cost in costs),
    )


def _failures(trials: Trials) -> Iterable[Failure]:
    for played in trials:
        failed = [trial for trial in played if not trial.passed]
        if failed:
            yield Failure(failed[0].case.id, len(failed), len(played), failed[0].faults)
