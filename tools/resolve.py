"""Names to records: by any alias, script or small typo; two candidates are a question.

Every function raises `NotFound` with the nearest names or `Ambiguous` with the candidates.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, select

from kam_knowledge.scripts import has_chinese
from kam_knowledge.spoken import Kind, ways_to_say
from tools.access import Asker, Scope
from tools.data import accounts, organisation
from tools.data.models import Account, Person, Product, Unit
from tools.domain.names import NearName, name_key, nearest, short_key
from tools.errors import Ambiguous, BadInput, NotFound
from tools.text import Text, text

T = TypeVar("T")

_LIKELY, _CLEAR_LEAD, _OFFERED = 84.0, 8.0, 60.0
_MY_TEAM = {"myteam", "ourteam", "us", "我的团队", "我们团队", "我的部门", "我们部门", "我们"}
_ME = {"me", "my", "myself", "i", "我", "我的", "本人"}


def account(session: Session, name: str, scope: Scope) -> Account:
    """The account of that name, among those the asker may know of."""

    def known(found: Sequence[Account]) -> list[Account]:
        return [a for a in found if scope.elsewhere >= 1 or scope.reads_fully(a.id or 0)]

    key = name_key(name)
    _require(key, "account")
    exact = known(accounts.named(session, key))
    found = exact or _closest_form(known(accounts.containing(session, short_key(name))), name)
    if found:
        return _single(found, name, "account", lambda a: a.name)
    everybody = accounts.names(session)
    if scope.elsewhere < 1:
        everybody = {n: a for n, a in everybody.items() if scope.reads_fully(a)}
    wanted = _by_likeness(name, everybody, "account", lambda i: _name(session, Account, i))
    return session.get_one(Account, wanted)


def person(session: Session, name: str, asker: Asker) -> Person:
    """The person of that name on our side; "me" is the asker."""
    if name_key(name) in _ME:
        if asker.person_id is None:
            raise BadInput(
                text(
                    "You are the local operator; name the person you mean.",
                    "您现在是本机操作员，请说明是哪一位同事。",
                )
            )
        return session.get_one(Person, asker.person_id)
    _require(name_key(name), "person")
    found = organisation.people_named(session, name_key(name))
    if found:
        return _single(found, name, "person", lambda p: p.name)
    names = organisation.person_names(session)
    parts = {p for n, p in names.items() if name_key(name) in {name_key(w) for w in n.split()}}
    if parts:
        people = [session.get_one(Person, p) for p in sorted(parts)]
        return _single(people, name, "person", lambda p: p.name)
    wanted = _by_likeness(name, names, "person", lambda i: _name(session, Person, i))
    return session.get_one(Person, wanted)


def unit(session: Session, name: str, asker: Asker) -> Unit:
    """The unit of that name; "my team" is the asker's."""
    key = name_key(name)
    if key in _MY_TEAM:
        if asker.unit_id is None:
            raise BadInput(text("You belong to no unit here.", "您在系统中还没有所属部门。"))
        return session.get_one(Unit, asker.unit_id)
    _require(key, "unit")
    found = organisation.units_named(session, key)
    if found:
        return _single(found, name, "unit", lambda u: u.name)
    names = organisation.unit_names(session)
    within = {u for n, u in names.items() if key in name_key(n)}
    if within:
        units = [session.get_one(Unit, u) for u in sorted(within)]
        return _single(units, name, "unit", lambda u: u.name)
    wanted = _by_likeness(name, names, "unit", lambda i: _name(session, Unit, i))
    return session.get_one(Unit, wanted)


def product(session: Session, name: str) -> Product:
    """The product of that name."""
    key = name_key(name)
    _require(key, "product")
    found = list(session.exec(select(Product).where(Product.name_key == key)))
    if found:
        return found[0]
    names = {n: p or 0 for n, p in session.exec(select(Product.name, Product.id))}
    return session.get_one(
        Product, _by_likeness(name, names, "product", lambda i: _name(session, Product, i))
    )


def segment(session: Session, name: str) -> str:
    """The segment as it is written in the records."""
    return _value(name, accounts.distinct(session, "segment"), "segment")


def region(session: Session, name: str) -> str:
    """The region as it is written in the records: of accounts, or of regional units."""
    regions = {*accounts.distinct(session, "region"), *organisation.region_names(session)}
    return _value(name, sorted(regions), "region")


def _value(name: str, known: Sequence[str], parameter: Kind) -> str:
    key = name_key(name)
    _require(key, parameter)
    exact = [value for value in known if name_key(value) == key]
    said = [v for v in known if key in {name_key(word) for word in ways_to_say(parameter, v)}]
    found = exact or said or [v for v in known if key in name_key(v) or name_key(v) in key]
    if found:
        return _single(found, name, parameter, str)
    return known[
        _by_likeness(name, {v: i for i, v in enumerate(known)}, parameter, lambda i: known[i])
    ]


def _closest_form(found: list[Account], name: str) -> list[Account]:
    """Among names that contain the words asked for, those that differ by legal form only."""
    same = [a for a in found if short_key(a.name) == short_key(name)]
    return same or found


def _single(found: Sequence[T], name: str, parameter: str, title: Callable[[T], str]) -> T:
    if len(found) == 1:
        return found[0]
    raise _question(name, parameter, [title(item) for item in found])


def _by_likeness(
    name: str, names: Mapping[str, int], parameter: str, title: Callable[[int], str]
) -> int:
    """The id whose name is clearly the nearest; otherwise the question or the refusal."""
    near = nearest(name, list(names), at_least=_OFFERED, limit=12)
    best: dict[int, NearName] = {}
    for item in near:
        best.setdefault(names[item.name], item)
    ranked = list(best.items())
    likely = _LIKELY if not has_chinese(name) else 74.0
    leaders = [
        i for i, n in ranked if n.likeness >= max(likely, ranked[0][1].likeness - _CLEAR_LEAD)
    ]
    if len(leaders) == 1:
        return leaders[0]
    if leaders:
        raise _question(name, parameter, [title(i) for i in leaders])
    raise NotFound(
        text(
            "There is no {kind} called {name}.",
            "没有找到名为“{name}”的{kind}。",
            kind=_KINDS[parameter],
            name=name,
        ),
        tuple(title(i) for i, _ in ranked[:5]),
        parameter,
    )


def _question(name: str, parameter: str, choices: list[str]) -> Ambiguous:
    return Ambiguous(
        text(
            "Several go by “{name}”. Which {kind} do you mean?",
            "“{name}”对应多个{kind}，您指的是哪一个？",
            kind=_KINDS[parameter],
            name=name,
        ),
        parameter,
        tuple(choices),
    )


def _require(key: str, parameter: str) -> None:
    if not key:
        raise BadInput(
            text("Which {kind} do you mean?", "请说明是哪个{kind}。", kind=_KINDS[parameter])
        )


def _name(session: Session, table: Any, row_id: int) -> str:
    found: str = session.get_one(table, row_id).name
    return found


_KINDS: dict[str, Text] = {
    "account": text("account", "客户"),
    "person": text("person", "同事"),
    "unit": text("unit", "部门"),
    "product": text("product", "产品"),
    "segment": text("segment", "行业"),
    "region": text("region", "区域"),
}
