"""From a form that was filled in to the arguments of its tool, and from errors to its fields."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlmodel import Session

from bot.slack import pick
from bot.slack.fields import Field
from bot.slack.records import item_words, records
from tools.errors import BadInput, KamError, NotFound
from tools.sizes import require_size
from tools.text import Text, text

_NO_NUMBER = text("“{said}” is no number.", "“{said}”不是数字。")
_NO_WHOLE = text("“{said}” is no whole number.", "“{said}”不是整数。")
_NO_DAY = text("“{said}” is no date.", "“{said}”不是日期。")
_GONE = text("This record is not there any more.", "该记录已不存在。")

Values = Mapping[str, str | None]


def arguments(
    session: Session, account_id: int, fields: Sequence[Field], values: Values
) -> dict[str, Any]:
    """The arguments that were filled in; those left empty are left out.

    Raises `BadInput` or `NotFound` with the field as its parameter.
    """
    found: dict[str, Any] = {}
    for field in fields:
        said = values.get(field.name)
        if said is None:
            continue
        if field.kind == "item":
            found |= item_words(said)
        elif field.kind == "person":
            found[field.name] = _person(session, field, said)
        elif field.kind == "record":
            found[field.name] = _record(session, account_id, field, said)
        else:
            found[field.name] = _READ.get(field.kind, _text)(said, field.name)
    return found


def place_of(error: KamError, fields: Sequence[Field], values: Values) -> str | None:
    """The field that an error is about: the one it names, else the one whose value it repeats."""
    names = [field.name for field in fields]
    named = getattr(error, "parameter", None)
    if named in names:
        return str(named)
    repeated = {str(value) for value in error.message.values.values()}
    return next((name for name in names if (values.get(name) or "").strip() in repeated), None)


def reason_of(error: KamError) -> Text:
    """The error with the names to choose from, if it has any."""
    choices: Sequence[str] = getattr(error, "choices", ())
    if not choices:
        return error.message
    return text(
        "{said} ({names})", "{said}（{names}）", said=error.message, names=", ".join(choices)
    )


def _person(session: Session, field: Field, picked: str) -> str:
    try:
        return pick.person_of(session, picked).name
    except BadInput as error:
        raise BadInput(error.message, field.name) from error


def _record(session: Session, account_id: int, field: Field, picked: str) -> str:
    """The words by which the tool finds the record."""
    there = dict(records(session, field.name, account_id))
    if picked not in there:
        raise NotFound(_GONE, parameter=field.name)
    return there[picked]


def _text(said: str, _name: str) -> str:
    return said


def _yes_no(said: str, _name: str) -> bool:
    return said == "true"


def _day(said: str, name: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise _misfit(_NO_DAY, said, name) from error


def _figure(said: str, name: str) -> Decimal:
    try:
        figure = Decimal(said.replace(",", ""))
    except InvalidOperation as error:
        raise _misfit(_NO_NUMBER, said, name) from error
    if not figure.is_finite():
        raise _misfit(_NO_NUMBER, said, name)
    require_size(figure, name)
    return figure


def _whole(said: str, name: str) -> int:
    figure = _figure(said, name)
    if figure != figure.to_integral_value():
        raise _misfit(_NO_WHOLE, said, name)
    return int(figure)


def _misfit(message: Text, said: str, name: str) -> BadInput:
    return BadInput(text(message.en, message.zh, said=said), name)


_READ: Mapping[str, Callable[[str, str], Any]] = {
    "yes_no": _yes_no,
    "date": _day,
    "decimal": _figure,
    "integer": _whole,
}
