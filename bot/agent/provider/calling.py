"""One call of a language model: within the turn's time and tokens, tried again where that helps."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import takewhile
from typing import Any
from uuid import uuid4

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import ToolCall

from bot.agent.context import TurnContext
from bot.agent.provider.breaker import Breaker
from bot.agent.provider.faults import (
    NoAnswer,
    Nonsense,
    speaks_against_provider,
    wait_before_retry,
    worth_another_try,
)
from bot.agent.provider.limits import Limits
from bot.agent.provider.schemas import SentTool
from bot.agent.provider.tokens import tokens_of_messages

_FRUITLESS = 3
_Request = ModelRequest[TurnContext]
_Handler = Callable[[_Request], Awaitable[ModelResponse[Any]]]


class Calling(AgentMiddleware[AgentState[Any], TurnContext]):
    """Innermost: what it lets through is sent as it is.

    Raises `NoAnswer`, or the provider's own error, where the turn has to go on without the
    language model.
    """

    def __init__(self, limits: Limits, breaker: Breaker) -> None:
        super().__init__()
        self._limits = limits
        self._breaker = breaker

    async def awrap_model_call(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        self._spend(request)
        if not self._breaker.allows():
            raise NoAnswer("the provider failed repeatedly and is left alone for a while")
        try:
            response = await self._tried(request, handler)
        except Exception as error:
            if speaks_against_provider(error):
                self._breaker.failed()
            raise
        self._breaker.succeeded()
        return response

    def _spend(self, request: _Request) -> None:
        """Counts the request against the turn before it is sent."""
        context = request.runtime.context
        if _fruitless(request.messages) >= _FRUITLESS:
            raise NoAnswer(f"{_FRUITLESS} steps in a row brought no result")
        asked = [request.system_message] if request.system_message else []
        context.tokens += tokens_of_messages([*asked, *request.messages])
        context.tokens += sum(tool.tokens for tool in request.tools if isinstance(tool, SentTool))
        if context.tokens > self._limits.turn_tokens:
            raise NoAnswer("the turn has used up its tokens")

    async def _tried(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        until = request.runtime.context.begun + self._limits.turn_seconds
        attempt = 0
        while True:
            try:
                async with asyncio.timeout(min(self._limits.call_seconds, _left(until))):
                    response = await handler(request)
                return tidied(response, request.messages, bool(request.runtime.context.runs))
            except Exception as error:
                wait = wait_before_retry(error, attempt)
                over = attempt >= self._limits.retries or wait >= until - time.monotonic()
                if over or not worth_another_try(error):
                    raise
                attempt += 1
                await asyncio.sleep(wait)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NoAnswer("the turn has used up its time")
    return left


def tidied(
    response: ModelResponse[Any], messages: Sequence[AnyMessage], has_results: bool
) -> ModelResponse[Any]:
    """The answer as the rest of the agent may take it; raises `Nonsense` for one of no use, such
    as silence before any result.

    Arguments left at null are left out, as strict schemas make a model spell out each; calls
    whose arguments are no JSON are left out where others remain; ids are unique in the thread.
    """
    return ModelResponse(
        [
            _tidy(message, messages, has_results) if isinstance(message, AIMessage) else message
            for message in response.result
        ]
    )


def _tidy(message: AIMessage, messages: Sequence[AnyMessage], has_results: bool) -> AIMessage:
    if message.invalid_tool_calls and not message.tool_calls:
        raise Nonsense("the arguments of its calls are no JSON")
    if not message.tool_calls and not message.text.strip() and not has_results:
        raise Nonsense("the answer is empty")
    taken = {call["id"] for m in messages if isinstance(m, AIMessage) for call in m.tool_calls}
    kwargs = {k: v for k, v in message.additional_kwargs.items() if k != "tool_calls"}
    return message.model_copy(
        update={
            "tool_calls": [*_unique(message.tool_calls, taken)],
            "invalid_tool_calls": [],
            "additional_kwargs": kwargs,
        }
    )


def _unique(calls: Iterable[ToolCall], taken: set[str | None]) -> Iterable[ToolCall]:
    for call in calls:
        known = call["id"] and call["id"] not in taken
        name = call["id"] if known else f"call_{uuid4().hex[:16]}"
        taken.add(name)
        stated = {key: value for key, value in call["args"].items() if value is not None}
        yield ToolCall(name=call["name"], args=stated, id=name, type="tool_call")


def _fruitless(messages: Sequence[AnyMessage]) -> int:
    """How many steps at the end of this turn brought nothing but errors."""
    turn = takewhile(lambda m: not isinstance(m, HumanMessage), reversed(messages))
    count, failed = 0, True
    for message in turn:
        if isinstance(message, ToolMessage):
            failed = failed and message.status == "error"
        elif isinstance(message, AIMessage) and message.tool_calls:
            if not failed:
                break
            count += 1
    return count
