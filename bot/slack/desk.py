"""What every surface is given: settings, records, the assistant, and who is who."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.assistant import Assistant
from bot.settings import Settings
from bot.slack.answer import Answering
from bot.slack.inbox import Inbox
from bot.slack.people import People, Visitor
from bot.slack.tasks import Tasks
from bot.slack.workspaces import Workspaces
from bot.trail import TurnTrail
from bot.turn import ToolCall
from kam_knowledge.search import Library
from tools.catalog.spec import Result
from tools.data.database import SessionFactory
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.text import Language


@dataclass(frozen=True)
class Desk:
    """One per process. `clock` tells the time; `kept` holds what a click makes happen, by its
    action, where that must happen even if the process that heard it dies."""

    settings: Settings
    assistant: Assistant
    sessions: SessionFactory
    library: Library
    clock: Callable[[], datetime]
    people: People
    inbox: Inbox
    answering: Answering
    tasks: Tasks
    workspaces: Workspaces
    trail: TurnTrail
    kept: dict[str, Callable[["Desk", Any], Awaitable[None]]] = field(default_factory=dict)

    async def deps(
        self, visitor: Visitor, *, place: str, thread: str, language: Language | None = None
    ) -> Deps:
        """What a tool or a decision is given when this person acts there without a model.

        `place` and `thread` are those of `Where.place` and `Where.root`, so that a proposal made
        there is found there.
        """
        rules = await asyncio.to_thread(self._rules)
        return Deps(
            self.sessions,
            self.clock,
            rules,
            visitor.asker,
            language or visitor.language,
            self.library,
            surface=place,
            thread=thread,
        )

    async def run(self, tool_name: str, deps: Deps, /, **arguments: Any) -> Result:
        """What the catalog tool of that name returns, once it stands in the audit trail; raises
        what the tool raises."""

        def recorded() -> Result:
            result = _tool(tool_name)(deps, **arguments)
            calls = [ToolCall(tool_name, arguments, result)]
            self.trail.shown(deps, "command", calls, [result.card()])
            return result

        return await asyncio.to_thread(recorded)

    def _rules(self) -> Any:
        with self.sessions() as session:
            return current_rules(session)


def _tool(name: str) -> Callable[..., Result]:
    from tools.catalog import READS, WRITES

    return next(tool.function for tool in (*READS, *WRITES) if tool.name == name)
