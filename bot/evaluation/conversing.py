"""One conversation from its first message to the state that it leaves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from langchain_core.callbacks import get_usage_metadata_callback
from sqlmodel import Session

from bot.evaluation.cases import Case, Said
from bot.evaluation.grading import Heard, faults_of_case, faults_of_turn
from bot.evaluation.stage import Stage
from bot.turn import Reply, Turn


class Answerer(Protocol):
    """Whoever answers: the assistant, or something to compare it with."""

    async def answer(self, turn: Turn) -> Reply: ...


@dataclass(frozen=True)
class Cost:
    """What a reply took: seconds, and the tokens that the model reports."""

    seconds: float
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Trial:
    """A case played once: what was wrong, by message, and what each reply took."""

    case: Case
    faults: tuple[str, ...]
    costs: tuple[Cost, ...] = field(default=())

    @property
    def passed(self) -> bool:
        return not self.faults


async def converse(stage: Stage, case: Case, answerer: Answerer | None = None) -> Trial:
    """Plays a case on a fresh copy of the company, with the assistant unless another answers;
    of another's faults one is enough."""
    stage.clock.reset()
    assistant = answerer or await stage.assistant_for(case)
    heard: list[Heard] = []
    costs: list[Cost] = []
    for said in case.turns:
        stage.clock.wait(said.wait)
        asker = stage.asker(said.person or case.person)
        reply, cost = await _answered(assistant, Turn(case.id + said.thread, asker, said.say))
        heard.append(Heard(said, asker, reply, stage.clock().date(), case.language))
        costs.append(cost)
    with stage.session() as session:
        enough = None if answerer is None else 1
        faults = tuple(islice(_faults(stage, case, heard, session), enough))
    return Trial(case, faults, tuple(costs))


async def _answered(answerer: Answerer, turn: Turn) -> tuple[Reply, Cost]:
    begun = time.perf_counter()
    with get_usage_metadata_callback() as used:
        reply = await answerer.answer(turn)
    spent = time.perf_counter() - begun
    usage = used.usage_metadata.values()
    tokens = [sum(one[side] for one in usage) for side in ("input_tokens", "output_tokens")]
    return reply, Cost(spent, *tokens)


def _faults(stage: Stage, case: Case, heard: list[Heard], session: Session) -> Iterator[str]:
    for number, one in enumerate(heard, 1):
        for fault in faults_of_turn(one, session):
            yield f"{number}. {_short(one.said)}: {fault}"
    yield from faults_of_case(case, *stage.changes(), session)


def _short(said: Said) -> str:
    return said.say if len(said.say) <= 40 else f"{said.say[:39]}…"
