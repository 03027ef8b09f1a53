"""What one turn knows beside its messages: who asks, and what the tools have returned."""

from dataclasses import dataclass, field
from typing import Any

from tools.catalog.spec import Result
from tools.deps import Deps


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
    """

    deps: Deps
    runs: list[ToolRun] = field(default_factory=list)
