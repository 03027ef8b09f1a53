"""Which fields of a proposed row a person may edit, of what kind each is, and what it allows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Boolean, Date, Enum, Integer

from tools.changes.labels import FIELDS, member
from tools.changes.rows import Plain, encoded, table_of
from tools.data.types import FixedDecimal
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import ItemState, Stage
from tools.errors import BadInput
from tools.forms import amount_of, currency_of, needed, past, within
from tools.sizes import require_size
from tools.text import Text, text

Kind = Literal["text", "long", "integer", "decimal", "date", "choice", "yes_no"]

# References and the keys of a record are missing here: those make another proposal.
EDITABLE: Mapping[str, tuple[str, ...]] = {
    "account": ("city", "country", "status", "customer_since", "founded", "employees", "website"),
    "account_alias": ("name",),
    "answer": ("answer",),
    "checklist_item": ("state", "evidence"),
    "contact": (
        *("name", "title", "department", "layer", "stance", "decides", "holds_budget"),
        *("email", "phone", "interests", "left_on", "level"),
    ),
    "evaluation": ("points", "held_on", "note"),
    "factor_input": ("value",),
    "financial": ("amount", "currency"),
    "interaction": ("held_on", "channel", "summary", "executive", "level"),
    "kpi_figure": ("amount",),
    "need": (
        *("description", "horizon", "kind", "amount", "currency", "expected_on"),
        *("capability_gap", "resource_gap", "state", "level"),
    ),
    "opportunity": ("name", "stage", "value", "currency", "expected_on", "closed_on"),
    "plan_section": ("title", "body"),
    "risk": ("description", "kind", "likelihood", "impact", "answer", "state", "level"),
    "strategy_item": ("description", "due_on", "done_on", "level"),
    "wallet_share": ("amount", "currency"),
}
_LONG = frozenset({"summary", "description", "body", "note", "evidence", "answer"})
_RANGES: Mapping[str, tuple[int, int]] = {
    "points": (0, 100),
    "likelihood": (1, 5),
    "impact": (1, 5),
    "level": (1, 4),
}
_PAST = frozenset({"held_on", "closed_on", "done_on", "left_on", "customer_since"})
_AMOUNTS = frozenset({"amount", "value", "employees"})


@dataclass(frozen=True)
class Shape:
    """How a field is written: `choices` are the values of a closed list with their words,
    `low` and `high` the range of a figure."""

    label: Text
    kind: Kind
    required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    low: int | None = None
    high: int | None = None


def shape_of(table: str, field: str) -> Shape:
    """The shape of a column."""
    column = table_of(table).c[field]
    low, high = _RANGES.get(field, (0 if field in _AMOUNTS else None, None))
    return Shape(
        FIELDS.get(field) or text("{name}", "{name}", name=field.replace("_", " ")),
        _kind(column.type, field),
        not column.nullable,
        _choices(column.type),
        low,
        high,
    )


def _kind(type_: Any, field: str) -> Kind:
    # FixedDecimal and Enum come first: their column types derive from others.
    kinds: tuple[tuple[type, Kind], ...] = (
        (FixedDecimal, "decimal"),
        (Enum, "choice"),
        (Boolean, "yes_no"),
        (Integer, "integer"),
        (Date, "date"),
    )
    found = next((kind for known, kind in kinds if isinstance(type_, known)), None)
    return found or ("long" if field in _LONG else "text")


def _choices(type_: Any) -> tuple[tuple[str, Text], ...]:
    if not isinstance(type_, Enum) or type_.enum_class is None:
        return ()
    members = [one for one in type_.enum_class if isinstance(one, StrEnum)]
    return tuple((one.value, member(one) or text("{n}", "{n}", n=one.value)) for one in members)


def parsed(deps: Deps, table: str, field: str, said: str | None) -> Any:
    """What was typed or chosen, as a change set keeps it; raises `BadInput` for a misfit."""
    shape = shape_of(table, field)
    if said is None or not said.strip():
        if shape.required:
            raise BadInput(text("Please say the {what}.", "请说明{what}。", what=shape.label))
        return None
    value = _READ[shape.kind](said.strip(), shape)
    _check(deps, field, value, shape)
    return currency_of(deps, value)[0] if field == "currency" else encoded(value)


def _check(deps: Deps, field: str, value: Any, shape: Shape) -> None:
    if shape.low is not None and shape.high is not None:
        within(value, shape.low, shape.high, shape.label)
    elif field in _AMOUNTS:
        amount_of(Decimal(value))
    elif field in _PAST:
        past(deps, value)


def _whole(said: str, shape: Shape) -> int:
    figure = _figure(said, shape)
    if figure != figure.to_integral_value():
        raise _misfit(said, shape)
    return int(figure)


def _figure(said: str, shape: Shape) -> Decimal:
    try:
        figure = Decimal(said.replace(",", ""))
    except InvalidOperation as error:
        raise _misfit(said, shape) from error
    if not figure.is_finite():
        raise _misfit(said, shape)
    require_size(figure)
    return figure


def _day(said: str, shape: Shape) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise _misfit(said, shape) from error


def _choice(said: str, shape: Shape) -> str:
    if said not in dict(shape.choices):
        raise _misfit(said, shape)
    return said


def _yes_no(said: str, shape: Shape) -> bool:
    if said not in ("true", "false"):
        raise _misfit(said, shape)
    return said == "true"


def _misfit(said: str, shape: Shape) -> BadInput:
    return BadInput(
        text(
            "“{said}” does not fit the field “{field}”.",
            "“{said}”不适合字段“{field}”。",
            said=said,
            field=shape.label,
        )
    )


_READ: Mapping[Kind, Callable[[str, Shape], Any]] = {
    "text": lambda said, shape: needed(said, shape.label),
    "long": lambda said, shape: needed(said, shape.label),
    "integer": _whole,
    "decimal": _figure,
    "date": _day,
    "choice": _choice,
    "yes_no": _yes_no,
}


def settled(deps: Deps, table: str, row: Plain, changed: Plain) -> Plain:
    """What else of a row follows from the fields that changed; `row` is the row with them.

    A name brings its key, a stage the closing day. Raises `BadInput` where the fields do not
    go together.
    """
    more: Plain = {}
    if "name" in changed and "name_key" in table_of(table).c:
        more["name_key"] = name_key(str(changed["name"]))
    if table == "opportunity" and "stage" in changed:
        closed = changed["stage"] in {Stage.WON, Stage.LOST}
        more["closed_on"] = (row.get("closed_on") or encoded(deps.today)) if closed else None
    done = row.get("state") == ItemState.DONE
    if table == "checklist_item" and done and not row.get("evidence"):
        raise BadInput(text("What shows that it is done?", "请说明完成的依据。"), "evidence")
    if row.get("currency") is None and row.get("amount", row.get("value")) is not None:
        more |= _currency(deps, table)
    return more


def _currency(deps: Deps, table: str) -> Plain:
    if "currency" not in table_of(table).c:
        return {}
    return {"currency": deps.rules.company.base_currency}
