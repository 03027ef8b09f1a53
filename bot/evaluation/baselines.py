"""Three answerers that understand nothing, to show what the grading is worth."""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from bot.agent.builtin.language import language_of_thread
from bot.evaluation.conversing import Answerer
from bot.evaluation.stage import Stage
from bot.late import Closable, LateLibrary
from bot.turn import Reply, ToolCall, Turn
from tools.access import Asker
from tools.cards import Card
from tools.catalog import READS
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.errors import KamError
from tools.text import Language, text

_REFUSAL = text(
    "I cannot help with that: it is not in the records, or not for you to see.",
    "很抱歉，我无法回答：记录中没有这项内容，或者您无权查看。",
)


class DoesNothing:
    """An empty reply to everything."""

    async def answer(self, turn: Turn) -> Reply:
        return _reply(turn, "")


class AlwaysRefuses:
    """The same polite refusal to everything."""

    async def answer(self, turn: Turn) -> Reply:
        said = _REFUSAL.render(_language(turn))
        return _reply(turn, said, abstained=True)


class DumpsEverything:
    """Runs every read tool that needs no argument and shows all its cards."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._results: dict[Asker, list[ToolCall]] = {}
        self._kept: dict[tuple[Asker, Language], Reply] = {}

    async def answer(self, turn: Turn) -> Reply:
        language = _language(turn)
        key = (turn.asker, language)
        if key not in self._kept:
            if turn.asker not in self._results:
                self._results[turn.asker] = await asyncio.to_thread(self._all, turn.asker)
            calls = self._results[turn.asker]
            cards = tuple(call.result.card() for call in calls)
            said = "\n".join(card.headline.render(language) for card in cards)
            self._kept[key] = _reply(turn, said, cards=cards, calls=tuple(calls))
        return self._kept[key]

    def _all(self, asker: Asker) -> list[ToolCall]:
        with self._stage.session() as session:
            rules = current_rules(session)
        sessions, clock = self._stage.session, self._stage.clock
        deps = Deps(sessions, clock, rules, asker, Language.ENGLISH, LateLibrary(_no_library))
        calls = []
        for tool in READS:
            usual = _defaults(tool.function)
            if usual is None:
                continue
            try:
                calls.append(ToolCall(tool.name, usual, tool.function(deps)))
            except KamError:
                continue
        return calls


def _no_library() -> Closable:
    raise LookupError("no tool that needs no argument searches")


def baselines(stage: Stage) -> Mapping[str, Answerer]:
    """The three by name."""
    return {
        "does nothing": DoesNothing(),
        "always refuses": AlwaysRefuses(),
        "dumps everything": DumpsEverything(stage),
    }


def _defaults(function: Callable[..., Any]) -> dict[str, Any] | None:
    """The arguments of a call without any; None where one is needed."""
    _, *parameters = inspect.signature(function).parameters.values()
    if any(parameter.default is parameter.empty for parameter in parameters):
        return None
    return {parameter.name: parameter.default for parameter in parameters}


def _language(turn: Turn) -> Language:
    return language_of_thread([turn.text], Language.ENGLISH)


def _reply(
    turn: Turn,
    said: str,
    *,
    cards: tuple[Card, ...] = (),
    calls: tuple[ToolCall, ...] = (),
    abstained: bool = False,
) -> Reply:
    return Reply(said, cards, calls, (), _language(turn), "baseline", abstained=abstained)
