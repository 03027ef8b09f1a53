"""The conversation as it is sent: always in the API's order, and within a budget of tokens.

The records of the thread stay whole; only what leaves is mended and shortened. What a turn left is
sent the same way for many turns after, so that a provider's cache finds the beginning again.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

import prompts
from bot.agent.context import TurnContext
from bot.agent.provider.tokens import tokens_of, tokens_of_messages
from bot.agent.provider.turns import turns_of

_BLOCK = 8
_LINE = 200
_CUT = json.dumps({"error": "Cut", "message": "This call was cut off before it had a result."})
_Request = ModelRequest[TurnContext]
_Handler = Callable[[_Request], Awaitable[ModelResponse[Any]]]


class History(AgentMiddleware[AgentState[Any], TurnContext]):
    """Sends a conversation that any provider accepts, in about `budget` tokens beside the
    present turn."""

    def __init__(self, budget: int) -> None:
        super().__init__()
        self._budget = budget

    async def awrap_model_call(self, request: _Request, handler: _Handler) -> ModelResponse[Any]:
        messages = within(sound(request.messages), self._budget)
        return await handler(request.override(messages=messages))


def sound(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The messages with every call followed at once by its one result, whatever was cut off,
    lost or doubled; without results of no call, and without an assistant's silence."""
    found: list[AnyMessage] = []
    for place, message in enumerate(messages):
        if isinstance(message, AIMessage):
            found += _answered(message, messages[place + 1 :])
        elif not isinstance(message, ToolMessage):
            found.append(message)
    return found


def _answered(message: AIMessage, after: Sequence[AnyMessage]) -> Iterator[AnyMessage]:
    """A model's message and the results of its calls, in the order of the calls."""
    if not message.tool_calls:
        if message.text.strip():
            yield AIMessage(message.text)
        return
    behind = list(takewhile(lambda m: isinstance(m, ToolMessage), after))
    results = {m.tool_call_id: m for m in reversed(behind) if isinstance(m, ToolMessage)}
    yield AIMessage(message.text, tool_calls=message.tool_calls)
    for call in message.tool_calls:
        name = call["id"] or ""
        yield results.get(name) or ToolMessage(
            _CUT, name=call["name"], tool_call_id=name, status="error"
        )


def within(messages: Sequence[AnyMessage], budget: int) -> list[AnyMessage]:
    """The present turn whole; of those before it the results cut to their headlines, and where
    they still exceed the budget the oldest told in a summary.

    The summary takes in eight turns more at a time, so that it seldom changes.
    """
    *earlier, present = turns_of(messages)
    plain = [[_headline(message) for message in turn] for turn in earlier]
    for told in range(0, len(plain) + _BLOCK, _BLOCK):
        kept = [message for turn in plain[told:] for message in turn]
        left = budget - tokens_of_messages(kept)
        if left >= (budget // 3 if told else 0):
            break
    return [*_summary(plain[:told], budget // 3), *kept, *present]


def _headline(message: AnyMessage) -> AnyMessage:
    """A result of an earlier turn as far as a conversation needs it: its figures have to come
    from a call of the present turn anyway."""
    if not isinstance(message, ToolMessage):
        return message
    said = _said(message)
    content = json.dumps({"earlier_result": said[:_LINE]}, ensure_ascii=False)
    return message.model_copy(update={"content": content})


def _said(message: ToolMessage) -> str:
    try:
        content = json.loads(message.text)
    except ValueError:
        return message.text
    if not isinstance(content, dict):
        return message.text
    return str(content.get("headline") or content.get("message") or message.text)


def _summary(turns: Sequence[Sequence[AnyMessage]], budget: int) -> list[AnyMessage]:
    """These turns in a few lines each, the latest that fit."""
    lines: list[str] = []
    spent = 0
    for turn in reversed(turns):
        told = "\n".join(_told(turn))
        spent += tokens_of(told)
        if spent > budget:
            break
        lines.insert(0, told)
    if not turns:
        return []
    return [HumanMessage(prompts.load("summary", turns="\n".join(lines)))]


def _told(turn: Sequence[AnyMessage]) -> Iterator[str]:
    for message in turn:
        if isinstance(message, HumanMessage):
            yield f"user: {_short(message.text)}"
        elif isinstance(message, AIMessage):
            for call in message.tool_calls:
                given = ", ".join(f"{name}={value}" for name, value in call["args"].items())
                yield _short(f"called: {call['name']}({given})")
            if message.text.strip():
                yield f"assistant: {_short(message.text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LINE else f"{line[:_LINE]}…"
