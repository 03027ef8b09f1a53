"""Where a person looks unless a question says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tools.catalog import READS
from tools.catalog.spec import Tool
from tools.text import Text, text

# What says where to look: with one of these given, no default applies.
_PLACES = ("account", "accounts", "person", "unit", "region")
_READS = frozenset(tool.name for tool in READS)


@dataclass(frozen=True)
class DefaultScope:
    """A unit or a region by name."""

    parameter: Literal["unit", "region"]
    name: str

    def narrowed(
        self, tool: Tool, parameters: Mapping[str, Any], arguments: dict[str, Any]
    ) -> dict[str, Any]:
        """The arguments, within this scope where the tool reads, can be narrowed to it and was
        told no place; a comparison of such scopes keeps them all."""
        if tool.name not in _READS or self.parameter not in parameters:
            return arguments
        placed = any(arguments.get(place) for place in _PLACES)
        if placed or arguments.get("by") == self.parameter:
            return arguments
        return {**arguments, self.parameter: self.name}

    def note(self) -> Text:
        """What a reply says of it."""
        return text(
            "(Only {name}, your default; say “all regions” in a question to see everything.)",
            "（仅限您默认的范围“{name}”；如要查看全部，请在问题中说“所有区域”。）",
            name=self.name,
        )
