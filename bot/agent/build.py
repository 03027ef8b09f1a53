"""The agent: one LangGraph graph, whichever model chooses the tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    ModelCallLimitMiddleware,
    ModelRequest,
    dynamic_prompt,
)
from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

import prompts
from bot.agent.binding import bind
from bot.agent.builtin.model import BuiltInModel
from bot.agent.context import TurnContext
from bot.agent.failures import ToolFailures
from bot.agent.grounding.middleware import Grounding
from bot.agent.provider.breaker import Breaker
from bot.agent.provider.calling import Calling
from bot.agent.provider.history import History
from bot.agent.provider.limits import Limits
from bot.agent.provider.preselection import Preselection
from bot.agent.provider.stepping_in import SteppingIn
from bot.agent.state import ConversationState
from tools.catalog.spec import Tool
from tools.text import Language

Agent = CompiledStateGraph[Any, TurnContext, Any, Any]
_Middleware = AgentMiddleware[Any, TurnContext, Any]


@dataclass(frozen=True)
class LanguageModel:
    """A language model, what checks its words, and what a turn may cost on it; `strict` where
    its provider takes strict schemas."""

    model: BaseChatModel
    grounding: Grounding
    limits: Limits
    strict: bool = False


_NAMES = {
    Language.ENGLISH: "English",
    Language.SIMPLIFIED: "简体中文 (Simplified Chinese)",
    Language.TRADITIONAL: "繁體中文 (Traditional Chinese)",
}


@dynamic_prompt
def _instructions(request: ModelRequest[TurnContext]) -> str:
    deps = request.runtime.context.deps
    return prompts.load("system", today=deps.today.isoformat(), language=_NAMES[deps.language])


def build_agent(
    built_in: BuiltInModel,
    tools: Sequence[Tool],
    checkpointer: BaseCheckpointSaver[Any],
    *,
    language_model: LanguageModel | None = None,
) -> Agent:
    """The agent over these tools; without a language model the built-in one answers, and with
    one it chooses what that is shown and steps in for it."""
    limits = language_model.limits if language_model else Limits()
    middleware: list[_Middleware] = [
        _instructions,
        ModelCallLimitMiddleware[Any, TurnContext](run_limit=limits.calls, exit_behavior="end"),
        ToolFailures(),
    ]
    if language_model is not None:
        middleware += _around(language_model, built_in)
    return create_agent(
        language_model.model if language_model else built_in,
        [bind(tool) for tool in tools],
        middleware=middleware,
        context_schema=TurnContext,
        checkpointer=checkpointer,
        state_schema=ConversationState,
    )


def _around(language_model: LanguageModel, built_in: BuiltInModel) -> list[_Middleware]:
    """From the outside in. An answer is checked before it counts as one, so that a model that
    fails while it mends its answer is replaced for the whole answer; what is sent is shortened
    after the marks of citations are in it, and tried again without being put together anew."""
    limits = language_model.limits
    return [
        SteppingIn(built_in),
        language_model.grounding,
        History(limits.history_tokens),
        Preselection(built_in, limits.tools, strict=language_model.strict),
        Calling(limits, Breaker(limits.rest_seconds)),
    ]
