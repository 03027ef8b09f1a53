"""Tokens counted without a provider's tokenizer, which would have to be downloaded.

A token is taken for four characters of ASCII, and for one of any other script: close for English
and JSON, on the safe side for Chinese.
"""

import json
from collections.abc import Iterable

from langchain_core.messages import AIMessage, BaseMessage

_ASCII_PER_TOKEN = 4
_PER_MESSAGE = 4


def tokens_of(text: str) -> int:
    """The estimate for a text."""
    ascii_only = len(text.encode("ascii", "ignore"))
    return -(-ascii_only // _ASCII_PER_TOKEN) + len(text) - ascii_only


def tokens_of_messages(messages: Iterable[BaseMessage]) -> int:
    """The estimate for messages, with their tool calls."""
    return sum(_PER_MESSAGE + tokens_of(message.text + _calls(message)) for message in messages)


def _calls(message: BaseMessage) -> str:
    if not isinstance(message, AIMessage) or not message.tool_calls:
        return ""
    return json.dumps([[c["name"], c["args"]] for c in message.tool_calls], default=str)
