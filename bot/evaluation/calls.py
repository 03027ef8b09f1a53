"""Tool calls in one form, so that an alias, "me" or a default makes no difference."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any

from sqlmodel import Session

from bot.evaluation.cases import Call
from kam_knowledge.scripts import normalise
from tools import resolve
from tools.access import Asker, Scope
from tools.catalog import READS, WRITES
from tools.changes.rows import encoded
from tools.domain.names import name_key
from tools.domain.vocabulary import Level
from tools.errors import KamError

ANY = "*"
_EVERYTHING = Scope(None, Level.PRIVATE_TOP)
_Named = Callable[[Session, str, Asker], str]
_RESOLVED: Mapping[str, _Named] = {
    "account": lambda session, name, _: resolve.account(session, name, _EVERYTHING).name,
    "parent": lambda session, name, _: resolve.account(session, name, _EVERYTHING).name,
    "person": lambda session, name, asker: resolve.person(session, name, asker).name,
    "owner": lambda session, name, asker: resolve.person(session, name, asker).name,
    "unit": lambda session, name, asker: resolve.unit(session, name, asker).name,
    "product": lambda session, name, _: resolve.product(session, name).name,
    "segment": lambda session, name, _: resolve.segment(session, name),
    "region": lambda session, name, _: resolve.region(session, name),
}
_FREE = frozenset({"question"})
_FUNCTIONS = {tool.name: tool.function for tool in (*READS, *WRITES)}


class CallReader:
    """Brings calls to one form by the names that the records hold."""

    def __init__(self, session: Session, asker: Asker, today: date) -> None:
        self._session = session
        self._asker = asker
        self._today = today

    def same(self, made: Iterable[tuple[str, Mapping[str, Any]]], wanted: Iterable[Call]) -> bool:
        """Whether these calls were made and no other, in whatever order."""
        left = [(name, self._stated(name, arguments)) for name, arguments in made]
        for name, arguments in (pair for call in wanted for pair in call.items()):
            found = next((one for one in left if self._meets(one, name, arguments)), None)
            if found is None:
                return False
            left.remove(found)
        return not left

    def _meets(self, made: tuple[str, dict[str, Any]], name: str, arguments: Any) -> bool:
        said, wanted = made[1], arguments or {}
        if made[0] != name:
            return False
        if said.keys() - (_FREE - wanted.keys()) != wanted.keys():
            return False
        return all(
            agrees(said[key], value, partial(self._form, key)) for key, value in wanted.items()
        )

    def _stated(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments that say something; as of today is what a tool answers by itself."""
        stated = _stated(name, arguments)
        return {k: v for k, v in stated.items() if not (k == "on" and v == self._today)}

    def _form(self, key: str, value: Any) -> str:
        if isinstance(value, list | tuple):
            return "|".join(sorted(self._form(key.removesuffix("s"), one) for one in value))
        if isinstance(value, str) and key in _RESOLVED:
            return self._named(key, value)
        return plain_value(value)

    def _named(self, kind: str, name: str) -> str:
        try:
            return _RESOLVED[kind](self._session, name, self._asker)
        except KamError:
            return name_key(name)


def agrees(found: Any, wanted: Any, form: Callable[[Any], str]) -> bool:
    """Whether a value is the one wanted: any (`*`), one of several (`any`), one that holds some
    words (`has`), else the same in that form."""
    if wanted == ANY:
        return True
    if isinstance(wanted, dict) and "any" in wanted:
        return any(agrees(found, one, form) for one in wanted["any"])
    if isinstance(wanted, dict) and "has" in wanted:
        return all(normalise(str(part)) in normalise(str(found)) for part in wanted["has"])
    return form(found) == form(wanted)


def shown(calls: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """The calls as a person reads them, without what is left at its default."""
    return ", ".join(_written(n, _stated(n, arguments)) for n, arguments in calls) or "no tool"


def wanted_calls(calls: Iterable[Call]) -> str:
    """Expected calls as a person reads them."""
    pairs = (pair for call in calls for pair in call.items())
    return ", ".join(_written(name, arguments or {}) for name, arguments in pairs) or "no tool"


def _written(name: str, arguments: Mapping[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={encoded(value)}' for key, value in arguments.items())})"


def _stated(name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are not left at their default."""
    usual = _defaults(name)
    return {
        key: value
        for key, value in arguments.items()
        if value is not None and (key not in usual or encoded(value) != encoded(usual[key]))
    }


@cache
def _defaults(name: str) -> dict[str, Any]:
    parameters = inspect.signature(_FUNCTIONS[name]).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}


def plain_value(value: Any) -> str:
    """A value in the form in which values are compared: 1.50 is 1.5, 數據 is 数据."""
    if not isinstance(value, bool | date):
        try:
            return f"{Decimal(str(value)).normalize():f}"
        except InvalidOperation:
            pass
    return normalise(str(encoded(value)))
