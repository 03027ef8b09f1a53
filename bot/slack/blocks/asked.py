"""What a button carries so that the same question can be worked out again for who presses it."""

import json
from typing import Any

from pydantic_core import to_jsonable_python

from bot.slack.mrkdwn import length
from bot.turn import ToolCall

_LONGEST = 2_000


def value_of(call: ToolCall) -> str | None:
    """The tool and its arguments as JSON; None where that is longer than a button takes."""
    asked = {"tool": call.name, "arguments": to_jsonable_python(dict(call.arguments))}
    value = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    return value if length(value) <= _LONGEST else None


def call_of(value: str) -> tuple[str, dict[str, Any]]:
    """The tool and its arguments, as JSON has them, of a button's value."""
    asked = json.loads(value)
    return asked["tool"], asked["arguments"]
