"""Tools as they are sent: their JSON schemas, short, and strict where the schema allows it.

A strict schema, as OpenAI defines it, closes each object and requires each of its properties; what
may be left out may be null instead. A provider then never makes up an argument or a type. An
object whose keys are free cannot be closed: its tool is sent as it is.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from bot.agent.provider.tokens import tokens_of

_Schema = dict[str, Any]
_NUMBER = ({"type": "number"}, {"type": "string"})


class SentTool(dict[str, Any]):
    """A tool as JSON, to be sent unchanged as often as it is shown."""

    @cached_property
    def tokens(self) -> int:
        """The estimate of what it takes."""
        return tokens_of(json.dumps(self, ensure_ascii=False))


def sent(tool: BaseTool, *, strict: bool) -> SentTool:
    """The tool in the form that every provider's client understands."""
    function = convert_to_openai_tool(tool)["function"]
    plain = {key: value for key, value in function.items() if key != "parameters"}
    parameters = _closed(function["parameters"]) if strict else None
    if parameters is None:
        parameters = _short(function["parameters"])
    else:
        plain["strict"] = True
    return SentTool(type="function", function={**plain, "parameters": parameters})


def _short(schema: Mapping[str, Any]) -> _Schema:
    """The schema without what tells a model nothing."""
    short = {k: v for k, v in schema.items() if k != "title" and not (k == "default" and not v)}
    if "properties" in short:
        short["properties"] = {n: _short(one) for n, one in short["properties"].items()}
    if "items" in short:
        short["items"] = _short(short["items"])
    return _merged(short)


def _closed(schema: Mapping[str, Any]) -> _Schema | None:
    """The object closed, or None where its keys are free."""
    properties = schema.get("properties", {})
    closed = {name: _value(one) for name, one in properties.items()}
    if schema.get("additionalProperties") or None in closed.values():
        return None
    required = schema.get("required", ())
    return {
        "type": "object",
        "properties": {
            name: one if name in required else _nullable(one, properties[name].get("default"))
            for name, one in closed.items()
            if one is not None
        },
        "required": list(closed),
        "additionalProperties": False,
    }


def _value(schema: Mapping[str, Any]) -> _Schema | None:
    value = _merged({k: v for k, v in schema.items() if k not in ("title", "default")})
    if "items" in value:
        items = _value(value["items"])
        return None if items is None else value | {"items": items}
    if "object" in _types(value):
        closed = _closed(value)
        return None if closed is None else _described(closed, value)
    return value


def _merged(schema: _Schema) -> _Schema:
    """One type in place of several wordings of it: a decimal is a number, and what may be null
    says so beside its type."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    if not options:
        return schema
    plain = {k: v for k, v in schema.items() if k != "anyOf"}
    one = _NUMBER[0] if all(option in _NUMBER for option in options) else options[0]
    if len(options) > 1 and one is not _NUMBER[0]:
        return schema
    merged = {k: v for k, v in one.items() if k != "title"} | plain
    return merged if len(options) == len(schema["anyOf"]) else _nullable(merged, None)


def _nullable(schema: _Schema, default: object) -> _Schema:
    types = _types(schema)
    nullable = schema if "null" in types else schema | {"type": [*types, "null"]}
    if "enum" in schema and None not in schema["enum"]:
        nullable = nullable | {"enum": [*schema["enum"], None]}
    if default and str(default) not in str(schema.get("description")):
        said = f"{schema.get('description', '')} Null stands for {default}.".strip()
        nullable = nullable | {"description": said}
    return nullable


def _types(schema: Mapping[str, Any]) -> list[str]:
    types = schema.get("type", [])
    return [types] if isinstance(types, str) else list(types)


def _described(closed: _Schema, schema: Mapping[str, Any]) -> _Schema:
    """The closed object with the words and the null of the one it stands for."""
    described = closed | {k: schema[k] for k in ("description",) if k in schema}
    return _nullable(described, None) if "null" in _types(schema) else described
