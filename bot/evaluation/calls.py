"""Tool calls in one form, so that an alias, "me" or a default makes no difference."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
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
_SEARCHES = frozenset({"method_search", "account_search"})
_FUNCTIONS = {tool.name: tool.function for tool in (*READS, *WRITES)}


class CallReader:
    """Brings calls to one form by the names that the records hold."""

    def __init__(self, session: Session, asker: Asker) -> None:
        self._session = session
        self._asker = asker

    def same(self, made: Iterable[tuple[str, Mapping[str, Any]]], wanted: Iterable[Call]) -> bool:
        """Whether these calls were made and no other, in whatever order."""
        left = [(name, self._plain(name, arguments)) for name, arguments in made]
        for name, arguments in (pair for call in wanted for pair in call.items()):
            found = next((one for one in left if self._meets(one, name, arguments)), None)
            if found is None:
                return False
            left.remove(found)
        return not left

    def _meets(self, made: tuple[str, dict[str, str]], name: str, arguments: Any) -> bool:
        said, wanted = made[1], arguments or {}
        if made[0] != name:
            return False
        free = {"question"} - wanted.keys() if name in _SEARCHES else set()
        if said.keys() - free != wanted.keys():
            return False
        return all(self._agrees(key, said[key], value) for key, value in wanted.items())

    def _agrees(self, key: str, said: str, wanted: Any) -> bool:
        if wanted == ANY:
            return True
        if isinstance(wanted, dict):
            return any(self._agrees(key, said, one) for one in wanted["any"])
        return said == self._form(key, wanted)

    def _plain(self, name: str, arguments: Mapping[str, Any]) -> dict[str, str]:
        """The arguments that are not left at their default."""
        usual = _defaults(name)
        return {
            key: self._form(key, value)
            for key, value in arguments.items()
            if value is not None and (key not in usual or encoded(value) != encoded(usual[key]))
        }

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


def shown(calls: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """The calls as a person reads them, without what is left at its default."""
    told = [
        _written(name, {k: encoded(v) for k, v in arguments.items() if _told(name, k, v)})
        for name, arguments in calls
    ]
    return ", ".join(told) or "no tool"


def wanted_calls(calls: Iterable[Call]) -> str:
    """Expected calls as a person reads them."""
    pairs = (pair for call in calls for pair in call.items())
    return ", ".join(_written(name, arguments or {}) for name, arguments in pairs) or "no tool"


def _written(name: str, arguments: Mapping[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={value}' for key, value in arguments.items())})"


def _told(name: str, key: str, value: Any) -> bool:
    usual = _defaults(name)
    return value is not None and (key not in usual or value != usual[key])


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
