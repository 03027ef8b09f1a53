"""The fields of a form, as the parameters of the tool that it fills say them."""

import inspect
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.slack.labels import CHOICES, PARAMETERS
from tools.catalog.spec import Tool
from tools.domain.vocabulary import Stage
from tools.text import Text, text

Kind = Literal[
    "text", "long", "integer", "decimal", "date", "choice", "yes_no", "person", "record", "item"
]
_LONG = frozenset({"summary", "description", "note", "evidence", "answer"})
_PEOPLE = frozenset({"person", "owner"})
_RECORDS = frozenset({"contact", "need", "opportunity", "risk"})
_RANGES: Mapping[str, tuple[int, int | None]] = {
    "points": (0, 100),
    "likelihood": (1, 5),
    "impact": (1, 5),
    "amount": (0, None),
}


@dataclass(frozen=True)
class Field:
    """A parameter as a field: `choices` are a closed list with its words, `default` what is
    chosen to begin with, `low` and `high` the range of a figure."""

    name: str
    label: Text
    kind: Kind
    required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    default: str | None = None
    low: int | None = None
    high: int | None = None


def fields_of(tool: Tool) -> tuple[Field, ...]:
    """The fields of a tool that writes about one account, which is not among them.

    An item of a checklist stands for its checklist as well.
    """
    hints = get_type_hints(tool.function)
    _, *parameters = inspect.signature(tool.function).parameters.values()
    names = {parameter.name for parameter in parameters}
    left_out = {"account"} | ({"checklist"} if "item" in names else set())
    return tuple(
        _field(parameter, hints[parameter.name])
        for parameter in parameters
        if parameter.name not in left_out
    )


def _field(parameter: inspect.Parameter, hint: Any) -> Field:
    name = parameter.name
    required = parameter.default is parameter.empty
    plain = _without_none(hint)
    kind = _kind(name, plain)
    # Where there is only one record the tool finds it by itself; in a form it is seen.
    low, high = _RANGES.get(name, (None, None))
    return Field(
        name,
        PARAMETERS.get(name) or text("{name}", "{name}", name=name),
        kind,
        required,
        _choices(name, plain) if kind == "choice" else (),
        None if required or parameter.default in (None, "") else str(parameter.default),
        low,
        high,
    )


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _kind(name: str, hint: Any) -> Kind:
    if get_origin(hint) is Literal or name == "stage":
        return "choice"
    kinds: Mapping[Any, Kind] = {
        bool: "yes_no",
        date: "date",
        Decimal: "decimal",
        int: "integer",
    }
    if hint in kinds:
        return kinds[hint]
    if name in _PEOPLE:
        return "person"
    if name in _RECORDS:
        return "record"
    if name == "item":
        return "item"
    return "long" if name in _LONG else "text"


def _choices(name: str, hint: Any) -> tuple[tuple[str, Text], ...]:
    members = [stage.value for stage in Stage] if name == "stage" else get_args(hint)
    words = CHOICES.get(name, {})
    return tuple((m, words.get(m) or text("{name}", "{name}", name=m)) for m in members)
