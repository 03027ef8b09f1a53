"""What tools that write have in common: the record meant, the fields stated, sound values."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

from tools.data.importing.words import choice, currencies
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import Ambiguous, BadInput, NotFound
from tools.named import match
from tools.text import Text, text

T = TypeVar("T")
M = TypeVar("M", bound=StrEnum)


def pick(rows: Sequence[T], said: str, name: Callable[[T], str], parameter: str) -> T:
    """The one of these records that the words mean; the only one where nothing is said.

    Raises `NotFound` or `Ambiguous` with the names to choose from.
    """
    names = tuple(name(row) for row in rows)
    found = meant_by(names, said)
    if len(found) == 1:
        return rows[found[0]]
    choices = tuple(names[i] for i in found) or names[:8]
    if not choices:
        raise NotFound(text("There is none recorded yet.", "还没有相关记录。"))
    if found or not said:
        raise Ambiguous(text("Which one do you mean?", "您指的是哪一个？"), parameter, choices)
    raise NotFound(text("There is none called “{said}”.", "没有“{said}”。", said=said), choices)


def meant_by(names: Sequence[str], said: str) -> list[int]:
    """The places of the names that the words mean: exactly, in part, or nearly; all for none."""
    key = name_key(said)
    if not key:
        return list(range(len(names)))
    exact = [i for i, name in enumerate(names) if name_key(name) == key]
    within = [i for i, name in enumerate(names) if key in name_key(name)]
    if exact or within:
        return exact or within
    known = {name_key(name): str(i) for i, name in enumerate(names)}
    return [int(i) for i in match(said, known).likely]


def stated(**fields: Any) -> dict[str, Any]:
    """The fields that the asker gave: neither None nor an empty text."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def needed(value: str, what: Text) -> str:
    """The text without blanks around it; raises `BadInput` for an empty one."""
    if not value.strip():
        raise BadInput(text("Please say the {what}.", "请说明{what}。", what=what))
    return value.strip()


def one_of(kind: type[M], word: str) -> M:
    """The member of a closed list that a word in either language stands for."""
    found = choice(kind, word)
    if found is None:
        raise BadInput(
            text(
                "“{word}” is not known here; it is one of: {known}.",
                "无法识别“{word}”，可选：{known}。",
                word=word,
                known=", ".join(kind),
            )
        )
    return cast("M", found)


def within(value: Decimal | int, low: int, high: int, what: Text) -> None:
    """Raises `BadInput` for a figure outside its range."""
    if not low <= value <= high:
        raise BadInput(
            text(
                "The {what} goes from {low} to {high}; {value} does not fit.",
                "{what}的范围是 {low} 至 {high}，{value} 不在其中。",
                what=what,
                low=low,
                high=high,
                value=value,
            )
        )


def amount_of(value: Decimal) -> Decimal:
    """An amount as it is kept, with four places; raises `BadInput` for a negative one."""
    if value < 0:
        raise BadInput(text("An amount cannot be negative.", "金额不能为负。"), "amount")
    return round(value, 4)


def currency_of(deps: Deps, said: str) -> tuple[str, bool]:
    """The ISO code of a currency, and whether it is assumed: the base one where none is said."""
    if not said:
        return deps.rules.company.base_currency, True
    code = currencies().get(said.strip().casefold())
    if code is None and not (len(said) == 3 and said.isascii() and said.isalpha()):
        raise BadInput(
            text(
                "“{said}” is no currency; write its code, e.g. CNY.",
                "无法识别币种“{said}”，请写代码，例如 CNY。",
                said=said,
            )
        )
    return code or said.upper(), False


def past(deps: Deps, on: date | None) -> date:
    """The day meant, today where none is said; raises `BadInput` for a day to come."""
    day = on or deps.today
    if day > deps.today:
        raise BadInput(
            text("{day} is still to come.", "{day} 还没有到。", day=day),
        )
    return day


def provenance(deps: Deps, source: str = "") -> dict[str, Any]:
    """As of when and from where a fact is known; without a source it is the asker's word."""
    said = source.strip()
    return {"as_of": deps.today, "source": said or deps.asker.name, "confirmed": bool(said)}
