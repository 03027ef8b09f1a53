"""Catalog tools as the agent calls them: the schema is the signature and the docstring.

Dependencies are bound from the turn's context, so a model neither sees nor chooses who asks.
"""

import json
from functools import lru_cache
from typing import Annotated, Any, cast

from langchain.tools import ToolRuntime
from langchain_core.tools import InjectedToolArg, StructuredTool
from langchain_core.tools.base import create_schema_from_function
from pydantic import BaseModel, create_model

from bot.agent.context import ToolRun, TurnContext
from bot.present import plain_card
from tools.catalog.spec import Tool
from tools.text import Language

_ROWS_FOR_MODEL = 25


@lru_cache
def arguments_of(tool: Tool) -> type[BaseModel]:
    """The tool's parameters as a model; raises `ValidationError` for arguments that misfit."""
    schema = create_schema_from_function(
        tool.name, tool.function, filter_args=["deps"], parse_docstring=True
    )
    return cast("type[BaseModel]", schema)


def bind(tool: Tool) -> StructuredTool:
    """The tool for the agent."""

    def run(runtime: ToolRuntime[TurnContext], **arguments: Any) -> str:
        context = runtime.context
        result = tool.function(context.deps, **arguments)
        context.runs.append(ToolRun(runtime.tool_call_id or "", tool.name, arguments, result))
        return content_for_model(result.card(), context.deps.language)

    visible = arguments_of(tool)
    schema = create_model(
        tool.name, __base__=visible, runtime=(Annotated[Any, InjectedToolArg()], ...)
    )
    return StructuredTool(
        name=tool.name, description=visible.__doc__ or tool.name, args_schema=schema, func=run
    )


def content_for_model(card: Any, language: Language) -> str:
    """What a model reads of a result: the card as JSON, long tables cut and counted."""
    plain = plain_card(card, language)
    table = plain["table"]
    if table and len(table["rows"]) > _ROWS_FOR_MODEL:
        table["rows"] = table["rows"][:_ROWS_FOR_MODEL]
    return json.dumps({k: v for k, v in plain.items() if v}, ensure_ascii=False)
