"""What makes a module of this package a tool: one function of the module's name, and examples."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

from tools.cards import Card


class Result(Protocol):
    """A frozen dataclass that a tool returns and that can present itself."""

    def card(self) -> Card: ...


@dataclass(frozen=True)
class Examples:
    """How people ask for a tool. Slots in braces carry the parameters' names.

    Traditional Chinese follows from `zh`; `hant` holds wordings of its own.
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    hant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    """A tool of the catalog: `function(deps, …) -> Result`."""

    name: str
    function: Callable[..., Result]
    examples: Examples

    @classmethod
    def of(cls, module: ModuleType) -> "Tool":
        """The tool that a catalog module holds."""
        name = module.__name__.rpartition(".")[2]
        return cls(name, getattr(module, name), module.EXAMPLES)
