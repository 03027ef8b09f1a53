"""An assistant that answers as a test says, as slowly as it says."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from bot.assistant import Assistant
from bot.turn import Reply, Turn
from tools.text import Language

Answer = Callable[[Turn, Any, Any], Awaitable[Reply]]


@dataclass
class Asked:
    """The turns that came, and how many were cancelled."""

    turns: list[Turn] = field(default_factory=list)
    cancelled: int = 0


def plain_reply(text: str, **more: Any) -> Reply:
    """A reply of words alone."""
    given = {"cards": (), "tool_calls": (), "citations": (), "model": "test"}
    return Reply(text=text, language=Language.ENGLISH, **{**given, **more})


@contextmanager
def answering(answer: Answer) -> Iterator[Asked]:
    """Within the context every assistant answers by this function."""
    asked = Asked()

    async def answered(
        _self: Assistant, turn: Turn, on_step: Any = None, on_text: Any = None
    ) -> Reply:
        asked.turns.append(turn)
        try:
            return await answer(turn, on_step, on_text)
        except asyncio.CancelledError:
            asked.cancelled += 1
            raise

    with patch.object(Assistant, "answer", answered):
        yield asked
