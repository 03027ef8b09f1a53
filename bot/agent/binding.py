"""Catalog tools as the agent calls them: the schema is the signature and the docstring.

Dependencies are bound from the turn's context, so a model neither sees nor chooses who asks.
"""

import inspect
import json
import re
from functools import lru_cache
from typing import Annotated, Any, get_type_hints

from langchain.tools import ToolRuntime
from langchain_core.tools import InjectedToolArg, StructuredTool
from pydantic import BaseModel, ConfigDict, Field, create_model

from bot.agent.context import ToolRun, TurnContext
from bot.present import plain_card
from tools.catalog.spec import Tool
from tools.text import Language

_ROWS_FOR_MODEL = 25


@lru_cache
def arguments_of(tool: Tool) -> type[BaseModel]:
    """The tool's parameters as a model, each described as in the docstring; raises
    `ValidationError` for arguments that misfit."""
    hints = get_type_hints(tool.function)
    _, *parameters = inspect.signature(tool.function).parameters.values()
    described = _described(inspect.getdoc(tool.function) or "")
    fields: dict[str, Any] = {
        parameter.name: (
            hints[parameter.name],
            Field(
                ... if parameter.default is parameter.empty else parameter.default,
                description=described.get(parameter.name),
            ),
        )
        for parameter in parameters
    }
    return create_model(tool.name, __config__=ConfigDict(defer_build=True), **fields)


def summary_of(tool: Tool) -> str:
    """The first paragraph of the docstring: what the tool answers or proposes."""
    documented = inspect.getdoc(tool.function) or tool.name
    return " ".join(documented.partition("\n\n")[0].split())


def _described(documented: str) -> dict[str, str]:
    """What the section "Args" of a Google style docstring says of each parameter."""
    _, _, section = documented.partition("\nArgs:\n")
    section = section.partition("\n\n")[0]
    entries = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in entries}


def bind(tool: Tool) -> StructuredTool:
    """The tool for the agent."""

    def run(runtime: ToolRuntime[TurnContext], **arguments: Any) -> str:
        context = runtime.context
        result = tool.function(context.deps, **arguments)
        context.runs.append(ToolRun(runtime.tool_call_id or "", tool.name, arguments, result))
        return content_for_model(result.card(), context.deps.language)

    schema = create_model(
        tool.name, __base__=arguments_of(tool), runtime=(Annotated[Any, InjectedToolArg()], ...)
    )
    return StructuredTool(
        name=tool.name, description=summary_of(tool), args_schema=schema, func=run
    )


def content_for_model(card: Any, language: Language) -> str:
    """What a model reads of a result: the card as JSON, long tables cut and counted."""
    plain = plain_card(card, language)
    table = plain["table"]
    if table and len(table["rows"]) > _ROWS_FOR_MODEL:
        table["rows"] = table["rows"][:_ROWS_FOR_MODEL]
    return json.dumps({k: v for k, v in plain.items() if v}, ensure_ascii=False)
