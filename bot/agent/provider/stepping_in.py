"""The built-in model answers the rest of a turn that the language model cannot."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.exceptions import ModelError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langgraph.errors import GraphBubbleUp

from bot.agent.context import TurnContext
from bot.agent.provider.faults import NoAnswer

log = logging.getLogger(__name__)

_Request = ModelRequest[TurnContext]
_Handler = Callable[[_Request], Awaitable[ModelResponse[Any]]]


class SteppingIn(AgentMiddleware[AgentState[Any], TurnContext]):
    """Outside all that is meant for the language model alone, which `fallback` needs none of.

    Where no tool has answered yet, it reads the question anew; else it goes on from the results.
    Once it has stepped in, the language model is not asked again in this turn.
    """

    def __init__(self, fallback: BaseChatModel) -> None:
        super().__init__()
        self._fallback = fallback

    async def awrap_model_call(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        context = request.runtime.context
        if context.stepped_in:
            return await self._answered(request.messages)
        try:
            return await handler(request)
        except GraphBubbleUp:
            raise
        except (NoAnswer, ModelError, TimeoutError) as error:
            # The provider's own words are left out: they may repeat what the person wrote.
            log.warning("the language model gave no answer: %s", _reason(error))
        except Exception:
            log.exception("the language model gave no answer")
        context.stepped_in = True
        return await self._answered(request.messages if context.runs else _asked(request.messages))

    async def _answered(self, messages: Sequence[AnyMessage]) -> ModelResponse[Any]:
        return ModelResponse([await self._fallback.ainvoke(readable(messages))])


def _reason(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    told = error if isinstance(error, NoAnswer) else status or ""
    return f"{type(error).__name__} {told}".strip()


def _last_question(messages: Sequence[AnyMessage]) -> int:
    return max(place for place, m in enumerate(messages) if isinstance(m, HumanMessage))


def _asked(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    return list(messages[: _last_question(messages) + 1])


def readable(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The thread without the calls of earlier turns that failed: a language model's wrong
    arguments are nothing to follow on."""
    last = _last_question(messages)
    failed = {
        m.tool_call_id
        for m in messages[:last]
        if isinstance(m, ToolMessage) and m.status == "error"
    }
    return [*(_without(m, failed) for m in messages[:last]), *messages[last:]]


def _without(message: AnyMessage, failed: set[str]) -> AnyMessage:
    if not isinstance(message, AIMessage) or not message.tool_calls:
        return message
    kept = [call for call in message.tool_calls if call["id"] not in failed]
    return message.model_copy(update={"tool_calls": kept})
