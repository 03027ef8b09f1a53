"""The agent: one LangGraph graph, whichever model chooses the tools."""

from collections.abc import Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    ModelCallLimitMiddleware,
    ModelFallbackMiddleware,
    ModelRequest,
    dynamic_prompt,
)
from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

import prompts
from bot.agent.binding import bind
from bot.agent.context import TurnContext
from bot.agent.failures import ToolFailures
from bot.agent.grounding.middleware import Grounding
from tools.catalog.spec import Tool

_STEPS = 8

Agent = CompiledStateGraph[Any, TurnContext, Any, Any]


@dynamic_prompt
def _instructions(request: ModelRequest[TurnContext]) -> str:
    return prompts.load("system", today=request.runtime.context.deps.today.isoformat())


def build_agent(
    model: BaseChatModel,
    tools: Sequence[Tool],
    checkpointer: BaseCheckpointSaver[Any],
    *,
    fallback: BaseChatModel | None = None,
    grounding: Grounding | None = None,
) -> Agent:
    """The agent over these tools.

    `fallback` answers when `model` fails; a turn takes at most eight model calls, and one more
    where `grounding` has an answer mended.
    """
    middleware: list[AgentMiddleware[Any, TurnContext, Any]] = [
        _instructions,
        ModelCallLimitMiddleware[Any, TurnContext](run_limit=_STEPS, exit_behavior="end"),
        ToolFailures(),
    ]
    if fallback is not None:
        middleware.append(ModelFallbackMiddleware(fallback))
    if grounding is not None:
        # Innermost, so that an answer is checked whichever model gave it, and a model that fails
        # while it mends its answer is replaced for the whole answer.
        middleware.append(grounding)
    return create_agent(
        model,
        [bind(tool) for tool in tools],
        middleware=middleware,
        context_schema=TurnContext,
        checkpointer=checkpointer,
    )
