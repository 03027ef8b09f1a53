"""Which tools a language model is shown: a fixed core, what the thread used, what is asked for.

The built-in model chooses. The core comes first and in one order, so that a provider's cache finds
the same beginning in every request; what varies comes behind it. Nothing is out of reach: with
`find_tools` the model names what it lacks, and the tools for it are shown from its next call on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import zip_longest
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage
from langchain_core.tools import BaseTool, StructuredTool

from bot.agent.binding import summary_of
from bot.agent.builtin.folding import fold
from bot.agent.builtin.model import BuiltInModel
from bot.agent.context import TurnContext
from bot.agent.grounding.dates import blanked
from bot.agent.grounding.names import names_in
from bot.agent.provider.schemas import SentTool, sent
from bot.agent.provider.turns import is_asked, turns_of
from bot.agent.provider.wording import Wording

FIND_TOOLS = "find_tools"
CORE = ("method_search", "explain_term", "account_search", "account_summary", "capabilities")
_FOUND = 8
_BEFORE = 6
_TURNS_BACK = 3
_Request = ModelRequest[TurnContext]
_Handler = Callable[[_Request], Awaitable[ModelResponse[Any]]]


class Preselection(AgentMiddleware[AgentState[Any], TurnContext]):
    """Shows `limit` tools beside the core; strict schemas where the provider knows them."""

    def __init__(self, chooser: BuiltInModel, limit: int, *, strict: bool = False) -> None:
        super().__init__()
        self._chooser = chooser
        self._limit = limit
        self._strict = strict
        self._wording = Wording((*chooser.tools, *chooser.writes))
        self._schemas: dict[str, SentTool] = {}
        self.tools = [self._finder()]

    async def awrap_model_call(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        context = request.runtime.context
        if not context.shown:
            context.shown = tuple(await asyncio.to_thread(self.names, request.messages))
        needs = _needs(request.messages)
        found = await asyncio.to_thread(self._found, needs) if needs else ()
        tools = {tool.name: tool for tool in request.tools if isinstance(tool, BaseTool)}
        names = dict.fromkeys((*context.shown, *found))
        return await handler(
            request.override(tools=[self._schema(tools[name]) for name in names if name in tools])
        )

    def _schema(self, tool: BaseTool) -> SentTool:
        if tool.name not in self._schemas:
            self._schemas[tool.name] = sent(tool, strict=self._strict)
        return self._schemas[tool.name]

    def names(self, messages: Sequence[AnyMessage]) -> list[str]:
        """What to show for the last thing that the person said, in the order in which to."""
        asked = max(place for place, message in enumerate(messages) if is_asked(message))
        thread = list(messages[: asked + 1])
        *earlier, _ = turns_of(thread)
        used = [name for turn in earlier[-_TURNS_BACK:] for name in _called(turn)]
        own = _called([self._chooser.invoke(thread, {"callbacks": []})])
        before = self._near(earlier[-1][0].text, _BEFORE) if earlier else []
        chosen = dict.fromkeys((*own, *used, *before, *self._near(thread[-1].text, self._limit)))
        varying = [name for name in chosen if name not in (*CORE, FIND_TOOLS)][: self._limit]
        return [*CORE, FIND_TOOLS, *varying]

    def _found(self, needs: Sequence[str]) -> list[str]:
        return [name for need in needs for name in self._near(need, _FOUND)]

    def _near(self, text: str, limit: int) -> list[str]:
        """The tools that a text is about: the built-in model's opinion and that of their own
        words in turn."""
        opinions = (
            self._chooser.preselect(text, limit + len(CORE)),
            self._wording.nearest(self._nameless(text), limit + len(CORE)),
        )
        both = (name for pair in zip_longest(*opinions) for name in pair if name)
        return [name for name in dict.fromkeys(both) if name not in CORE][:limit]

    def _nameless(self, text: str) -> str:
        """The text without names of customers and colleagues, whose words tell of no tool."""
        places = [(name.start, name.end) for name in names_in(text, self._chooser.lexicon())]
        return blanked(fold(text).text, places)

    def _finder(self) -> StructuredTool:
        summaries = {
            tool.name: summary_of(tool) for tool in (*self._chooser.tools, *self._chooser.writes)
        }

        def find_tools(need: str) -> str:
            """Finds further tools, which can be called from the next step on.

            Args:
                need: What the tool has to answer or change, in a few words.
            """
            return "\n".join(f"{name}: {summaries[name]}" for name in self._near(need, _FOUND))

        return StructuredTool.from_function(find_tools, parse_docstring=True)


def _needs(messages: Sequence[AnyMessage]) -> list[str]:
    """What the model asked tools for in this turn, in the order in which it did."""
    calls = (c for m in turns_of(messages)[-1] if isinstance(m, AIMessage) for c in m.tool_calls)
    return [str(call["args"].get("need", "")) for call in calls if call["name"] == FIND_TOOLS]


def _called(messages: Sequence[AnyMessage]) -> list[str]:
    return [call["name"] for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]
