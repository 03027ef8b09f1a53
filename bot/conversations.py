"""Conversations: kept by place, thread and person, one turn at a time in each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from langchain_core.messages import AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from bot.agent.build import Agent
from bot.agent.builtin.language import is_bare_name, language_of
from bot.agent.builtin.thread import language_of_turn
from bot.turn import Turn
from tools.text import Language


def key_of(turn: Turn) -> str:
    """Under what a conversation is kept: apart by person, so that nobody in a thread reads or
    continues what another asked."""
    person = turn.asker.person_id if turn.asker.person_id is not None else "operator"
    return f"{turn.place}:{turn.thread}:{person}"


def config_of(turn: Turn) -> RunnableConfig:
    """How the agent finds the conversation."""
    return {"configurable": {"thread_id": key_of(turn)}}


class Conversations:
    """What was said, as the agent's checkpointer keeps it."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(self, turn: Turn) -> AsyncIterator[None]:
        """Waits until earlier messages of this person in this thread are answered."""
        key = key_of(turn)
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield

    async def messages(self, turn: Turn) -> list[AnyMessage]:
        """What was said so far, the oldest first."""
        state = await self._agent.aget_state(config_of(turn))
        return list(state.values.get("messages", ()))

    async def language(self, turn: Turn) -> Language:
        """The language of the message; where it shows none ("2", a name), that of the thread so
        far, which is read only then."""
        bare = is_bare_name(turn.text)
        shown = {language_of(turn.text, default) for default in Language}
        if len(shown) == 1 and not bare:
            return shown.pop()
        said = await self.messages(turn)
        earlier = language_of_turn(said, Language.ENGLISH)
        return earlier if bare and said else language_of(turn.text, earlier)

    async def said(self, turn: Turn) -> list[str]:
        """What the person said so far, the oldest first."""
        return [m.text for m in await self.messages(turn) if isinstance(m, HumanMessage)]

    async def forget(self, turn: Turn) -> int:
        """Deletes the conversation; returns how many messages of the person it held."""
        said = len(await self.said(turn))
        checkpointer = self._agent.checkpointer
        if said and checkpointer is not None and not isinstance(checkpointer, bool):
            await checkpointer.adelete_thread(key_of(turn))
        return said
