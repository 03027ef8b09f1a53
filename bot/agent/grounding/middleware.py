"""Grounding in the agent: a final answer of a language model is checked before it is kept."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

import prompts
from bot.agent.binding import content_for_model
from bot.agent.context import ToolRun, TurnContext
from bot.agent.grounding.answers import Answer, answer_of, correction
from bot.agent.grounding.citations import with_numbers
from bot.agent.grounding.evidence import Evidence
from bot.agent.grounding.gathering import evidence_of, quotes_of
from bot.agent.grounding.sentences import sentences_of
from bot.agent.grounding.verdicts import Verdict, judged, reasons
from bot.agent.lexicon import Lexicon
from bot.agent.models import BUILT_IN
from bot.agent.provider.turns import MENDS
from kam_knowledge.lexicon import Lexicon as Words
from tools.text import Language, text

log = logging.getLogger(__name__)

NOTHING_STANDS = text(
    "I cannot back an answer to this with the records or the methodology.",
    "系统记录和方法论都不足以支持对此作出回答。",
)

_Request = ModelRequest[TurnContext]
_Handler = Callable[[_Request], Awaitable[ModelResponse[Any]]]


class Grounding(AgentMiddleware[AgentState[Any], TurnContext]):
    """Lets a language model's answer go only as far as this turn's results bear it out.

    A draft with faults is asked for once more; neither it nor the request is kept. What does
    not stand then is dropped. The built-in model writes nothing of its own and is passed by.
    """

    def __init__(self, names: Callable[[], Lexicon], words: Callable[[], Words]) -> None:
        super().__init__()
        self._names = names
        self._words = words

    async def awrap_model_call(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        context = request.runtime.context
        runs = in_order(request.messages, context.runs)
        marked = _marked(request.messages, runs, context.deps.language)
        response = await handler(request.override(messages=marked))
        draft = _final(response)
        if draft is None:
            return response
        evidence, reply, verdicts = await asyncio.to_thread(self._judged, draft, request, runs)
        if not all(verdict.passes for verdict in verdicts) and not context.corrected:
            context.corrected = True
            asked = prompts.load("correction", faults=correction(verdicts))
            mend = HumanMessage(asked, additional_kwargs={MENDS: True})
            again = [*marked, AIMessage(draft.text), mend]
            response = await handler(request.override(messages=again))
            draft = _final(response)
            if draft is None:
                return response
            evidence, reply, verdicts = await asyncio.to_thread(self._judged, draft, request, runs)
        context.answer = answer_of(reply, verdicts, evidence.quotes)
        _tell(context.answer, verdicts)
        return ModelResponse([_kept(draft, context.answer, runs, context.deps.language)])

    def _judged(
        self, draft: AIMessage, request: _Request, runs: Sequence[ToolRun]
    ) -> tuple[Evidence, str, list[Verdict]]:
        today = request.runtime.context.deps.today
        evidence = evidence_of(runs, request.messages, self._names(), today)
        reply = with_numbers(draft.text.strip(), [quote.passage for quote in evidence.quotes])
        return evidence, reply, judged(sentences_of(reply), evidence, self._words())


def in_order(messages: Sequence[AnyMessage], runs: Sequence[ToolRun]) -> list[ToolRun]:
    """The runs in the order in which the model asked for them."""
    asked = [call["id"] for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]
    return sorted(runs, key=lambda run: asked.index(run.call_id))


def _marked(
    messages: Sequence[AnyMessage], runs: Sequence[ToolRun], language: Language
) -> list[AnyMessage]:
    """The messages with the marks by which this turn's passages are cited."""
    marks = {quote: number for number, quote in enumerate(quotes_of(runs), 1)}
    cards = {run.call_id: run.result.card() for run in runs}
    quoting = {call: card for call, card in cards.items() if card.quotes}
    return [
        message.model_copy(
            update={"content": content_for_model(quoting[message.tool_call_id], language, marks)}
        )
        if isinstance(message, ToolMessage) and message.tool_call_id in quoting
        else message
        for message in messages
    ]


def _final(response: ModelResponse[Any]) -> AIMessage | None:
    """The message with which a language model ends the turn."""
    last = response.result[-1]
    if not isinstance(last, AIMessage) or last.tool_calls:
        return None
    return None if last.response_metadata.get("model_name") == BUILT_IN else last


def _kept(
    draft: AIMessage, answer: Answer, runs: Sequence[ToolRun], language: Language
) -> AIMessage:
    """The message that the history keeps: what the user reads, and nothing else."""
    headlines = "\n".join(run.result.card().headline.render(language) for run in runs)
    content = answer.text or headlines or NOTHING_STANDS.render(language)
    return draft.model_copy(update={"content": content, "additional_kwargs": {}})


def _tell(answer: Answer, verdicts: Sequence[Verdict]) -> None:
    """Counts only: the sentences may hold what not every reader of the log may read."""
    if answer.dropped:
        counted = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons(verdicts).items()))
        log.warning("dropped %d sentences of an answer: %s", answer.dropped, counted)
