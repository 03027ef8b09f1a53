"""What becomes of a tool call that fails: a message that a model can act on and a person read."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from langchain.agents.middleware import AgentMiddleware, AgentState
from langchain.tools.tool_node import ToolCallRequest
from langchain_core.messages import ToolMessage
from langgraph.types import Command

from bot.agent.context import TurnContext
from bot.references import new_reference
from tools.errors import Ambiguous, KamError, NotFound
from tools.text import Language, text

log = logging.getLogger(__name__)


class ToolFailures(AgentMiddleware[AgentState, TurnContext]):
    """Turns errors into tool messages, so that one failed call does not end the turn.

    A `KamError` is told as it is; any other exception is a bug: the log has it with a
    reference, the person gets the reference only.
    """

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        context = cast("TurnContext", request.runtime.context)
        language = context.deps.language
        try:
            return await handler(request)
        except KamError as error:
            return _message(request, describe(error, language))
        except Exception:
            reference = new_reference()
            log.exception("tool %s failed, reference %s", request.tool_call["name"], reference)
            return _message(
                request, {"error": "Failure", "message": failure_text(reference, language)}
            )


def describe(error: KamError, language: Language) -> dict[str, object]:
    """An error as data: kind, message, and what to choose from."""
    described: dict[str, object] = {
        "error": type(error).__name__,
        "message": error.message.render(language),
    }
    if isinstance(error, NotFound | Ambiguous):
        described["choices"] = list(error.choices)
        described["parameter"] = error.parameter
    return described


def failure_text(reference: str, language: Language) -> str:
    """What a person is told when something failed inside."""
    return text(
        "Something went wrong on our side. Please quote {reference} when you report it.",
        "系统内部出现问题，反馈时请提供编号 {reference}。",
        reference=reference,
    ).render(language)


def _message(request: ToolCallRequest, content: dict[str, object]) -> ToolMessage:
    return ToolMessage(
        json.dumps(content, ensure_ascii=False),
        name=request.tool_call["name"],
        tool_call_id=request.tool_call["id"],
        status="error",
    )
