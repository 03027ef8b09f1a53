"""What a conversation keeps: its last turns, and of earlier tool results the headline."""

import json
from typing import Annotated, Any, Required

from langchain.agents import AgentState
from langchain_core.messages import AnyMessage, HumanMessage, ToolMessage
from langgraph.graph.message import Messages, add_messages

TURNS_KEPT = 40
_LONG = 600


def kept(left: Messages, right: Messages) -> Messages:
    """Adds messages to a conversation. A new question ends the turn before it: from then on
    only the headlines of that turn's results are kept, and at most `TURNS_KEPT` turns, so that a
    turn costs the same however long the conversation is."""
    merged = add_messages(left, right)
    added = right if isinstance(right, list) else [right]
    if not isinstance(merged, list) or not any(isinstance(m, HumanMessage) for m in added):
        return merged
    asked = [place for place, message in enumerate(merged) if isinstance(message, HumanMessage)]
    start = asked[-TURNS_KEPT] if len(asked) > TURNS_KEPT else 0
    return [*map(_shortened, merged[start : asked[-1]]), *merged[asked[-1] :]]


def _shortened(message: Any) -> Any:
    if not isinstance(message, ToolMessage) or len(message.text) <= _LONG:
        return message
    try:
        content = json.loads(message.text)
    except ValueError:
        return message
    if not isinstance(content, dict):
        return message
    headline = {"headline": content["headline"]} if "headline" in content else {}
    return message.model_copy(update={"content": json.dumps(headline, ensure_ascii=False)})


class ConversationState(AgentState[Any]):
    """The agent's state with a conversation that does not grow without end."""

    messages: Required[Annotated[list[AnyMessage], kept]]
