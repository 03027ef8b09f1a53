"""The rules by which a chat completion API takes or refuses a request, as far as they can be known
from the request: roles, contents, the order of calls and results, and the schemas of tools."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_MOST_TOOLS = 128
_Message = Mapping[str, Any]


def faults_of(request: Mapping[str, Any]) -> list[str]:
    """What such an API would refuse the request for; nothing if it would take it."""
    messages = request.get("messages") or []
    found = ["there are no messages"] if not messages else []
    for place, message in enumerate(messages):
        found += [f"message {place}: {fault}" for fault in _of_message(message)]
    found += _of_order(messages)
    return [*found, *_of_tools(request.get("tools", []))]


def _of_message(message: _Message) -> Iterator[str]:
    role, content = message.get("role"), message.get("content")
    if role not in ("system", "developer", "user", "assistant", "tool"):
        yield f"no such role: {role!r}"
    if content is None and not (role == "assistant" and message.get("tool_calls")):
        yield "no content"
    if content is not None and not isinstance(content, str):
        yield from _of_parts(content)
    if role != "assistant" and "tool_calls" in message:
        yield f"calls of a {role} message"
    if role == "assistant" and "tool_calls" in message:
        yield from _of_calls(message["tool_calls"])


def _of_parts(content: Any) -> Iterator[str]:
    if not isinstance(content, list) or not content:
        yield f"content is {type(content).__name__}"
        return
    if not all(isinstance(part, dict) and isinstance(part.get("type"), str) for part in content):
        yield "a part of the content has no type"


def _of_calls(calls: Any) -> Iterator[str]:
    if not isinstance(calls, list) or not calls:
        yield "tool_calls is no list with calls"
        return
    names = [call.get("id") for call in calls]
    if not all(isinstance(name, str) and name for name in names) or len({*names}) < len(names):
        yield f"calls need ids of their own: {names}"
    for call in calls:
        function = call.get("function", {})
        if call.get("type") != "function" or not _NAME.fullmatch(str(function.get("name"))):
            yield f"no call of a function: {call}"
        if not isinstance(function.get("arguments"), str):
            yield "the arguments of a call are no string"


def _of_order(messages: Sequence[_Message]) -> Iterator[str]:
    """Each call has one result, all of a message before anything else follows."""
    waiting: list[str] = []
    for place, message in enumerate(messages):
        if message.get("role") == "tool":
            name = message.get("tool_call_id")
            if name not in waiting:
                yield f"message {place}: a result of no call: {name!r}"
            else:
                waiting.remove(name)
            continue
        if waiting:
            yield f"message {place}: calls without results before it: {waiting}"
        waiting = [str(call.get("id")) for call in message.get("tool_calls") or ()]
    if waiting:
        yield f"at the end: calls without results: {waiting}"


def _of_tools(tools: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    functions = [tool.get("function", {}) for tool in tools]
    names = [str(function.get("name")) for function in functions]
    if len(tools) > _MOST_TOOLS:
        yield f"{len(tools)} tools"
    if len({*names}) < len(names):
        yield f"tools of one name: {sorted(names)}"
    for name, function in zip(names, functions, strict=True):
        if not _NAME.fullmatch(name):
            yield f"a tool called {name!r}"
        if function.get("strict"):
            yield from (f"{name}: {fault}" for fault in _of_strict(function["parameters"]))


def _of_strict(schema: Mapping[str, Any], at: str = "the arguments") -> Iterator[str]:
    """A strict schema closes every object, requires all of it, and knows few keywords."""
    if unknown := schema.keys() & {
        "default",
        "title",
        "oneOf",
        "allOf",
        "not",
        "patternProperties",
    }:
        yield f"{at} {sorted(unknown)}"
    if not schema.keys() & {"type", "anyOf", "$ref", "enum"}:
        yield f"{at} of no type"
    types = schema.get("type", [])
    if "object" in ([types] if isinstance(types, str) else types):
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            yield f"{at} open to other keys"
        if sorted(schema.get("required", ())) != sorted(properties):
            yield f"{at} not all required"
        for name, one in properties.items():
            yield from _of_strict(one, name)
    for one in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])):
        yield from _of_strict(one, f"{at} inside")


def size_of(request: Mapping[str, Any]) -> int:
    """The characters of a request as it is sent."""
    return len(json.dumps(request, ensure_ascii=False))
