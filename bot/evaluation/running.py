"""Plays all cases, as often as asked, and the baselines beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.baselines import baselines
from bot.evaluation.cases import Case
from bot.evaluation.company import Company
from bot.evaluation.conversing import Trial, converse
from bot.evaluation.stage import Stage


@dataclass(frozen=True)
class Outcome:
    """All trials of each case in order, and by name the trials of each baseline."""

    trials: Sequence[Sequence[Trial]]
    baselines: Mapping[str, Sequence[Sequence[Trial]]]


async def play(
    company: Company,
    cases: Sequence[Case],
    folder: Path,
    *,
    runs: int = 1,
    told: Callable[[Trial], None] = lambda _: None,
) -> Outcome:
    """Each case `runs` times in a row; `told` hears of each trial. `folder` holds the copies."""
    async with Stage(company, folder) as stage:
        trials = []
        for case in cases:
            played = [await converse(stage, case) for _ in range(runs)]
            trials.append(played)
            for trial in played:
                told(trial)
        await stage.open()
        compared = {
            name: [[await converse(stage, case, answerer)] for case in cases]
            for name, answerer in baselines(stage).items()
        }
    return Outcome(trials, compared)
