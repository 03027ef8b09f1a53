"""What one turn knows beside its messages: who asks, and what the tools have returned."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.agent.default_scope import DefaultScope
from tools.catalog.spec import Result
from tools.deps import Deps

if TYPE_CHECKING:
    from bot.agent.grounding.answers import Answer


@dataclass(frozen=True)
class ToolRun:
    """A finished call: its id in the conversation, and what came of it."""

    call_id: str
    name: str
    arguments: dict[str, Any]
    result: Result


@dataclass
class TurnContext:
    """Handed to the tools by the agent; the model sees none of it.

    Tools of one step run side by side and append to `runs`, so its order means nothing.
    `answer` is what a language model may say; `corrected` is true once it was asked again.
    `begun` is when the turn began, on the monotonic clock, `tokens` what it sent so far, `shown`
    the tools chosen for it; `stepped_in` is true once the built-in model answers in its place.
    `scope` is where the person looks by default; `narrowed` is true once it was applied.
    """

    deps: Deps
    runs: list[ToolRun] = field(default_factory=list)
    answer: "Answer | None" = None
    corrected: bool = False
    scope: DefaultScope | None = None
    narrowed: bool = False
    begun: float = field(default_factory=time.monotonic)
    tokens: int = 0
    shown: tuple[str, ...] = ()
    stepped_in: bool = False
