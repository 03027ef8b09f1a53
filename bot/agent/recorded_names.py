"""The names that the records hold, read again when they may have changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from bot.agent.lexicon import Lexicon, Named, sound_of, spoken
from kam_knowledge.spoken import Kind, ways_to_say
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    AccountAlias,
    AuditEntry,
    Contact,
    Person,
    PersonAlias,
    Product,
    Unit,
    UnitAlias,
)
from tools.domain.vocabulary import UnitKind
from tools.once import once

# A regional unit goes by its region's names.
_REGIONAL = ("region", "unit")


def names_in(session: Session) -> list[Named]:
    """Every name that the records hold."""
    found = [
        *_names(session, "account", Account, AccountAlias, AccountAlias.account_id),
        *_names(session, "person", Person, PersonAlias, PersonAlias.person_id),
        *_names(session, "unit", Unit, UnitAlias, UnitAlias.unit_id),
    ]
    contacts = select(Contact.name, Contact.name_key).where(col(Contact.left_on).is_(None))
    found += [Named("contact", name, name, key) for name, key in session.exec(contacts)]
    products = select(Product.name, Product.name_key)
    found += [Named("product", name, name, key) for name, key in session.exec(products)]
    columns: tuple[tuple[Kind, Any], ...] = (
        ("segment", Account.segment),
        ("region", Account.region),
    )
    for kind, column in columns:
        for value in session.exec(select(column).distinct()):
            found += spoken(kind, value) if value else []
    found += _directions(
        [value for value in session.exec(select(Account.region).distinct()) if value]
    )
    for name in session.exec(select(Unit.name).where(Unit.kind == UnitKind.REGION)):
        found += [n._replace(kind=as_) for n in spoken("region", name) for as_ in _REGIONAL]
    return found


_OF_THE_COUNTRY = " china"


def _directions(regions: Sequence[str]) -> Iterable[Named]:
    """ "The north" for a region that is called North China, where none is called North."""
    called = {region: ways_to_say("region", region) for region in regions}
    taken = frozenset().union(*called.values())
    for region, words in called.items():
        plain = {w.removesuffix(_OF_THE_COUNTRY) for w in words if w.endswith(_OF_THE_COUNTRY)}
        for direction in plain - taken:
            yield from (Named("region", region, w) for w in ways_to_say("region", direction))


def _names(session: Session, kind: str, table: Any, alias: Any, owner: Any) -> list[Named]:
    own = session.exec(select(table.name, table.name_key))
    others = session.exec(select(table.name, alias.name, alias.name_key).where(owner == table.id))
    return [
        *(Named(kind, name, name, key) for name, key in own),
        *(Named(kind, name, other, key) for name, other, key in others),
    ]


_WATCHED: tuple[Any, ...] = (
    Account,
    AccountAlias,
    Person,
    PersonAlias,
    Unit,
    UnitAlias,
    Product,
    Contact,
)
# What people ask and what is only proposed changes no name.
_WITHOUT_NAMES = (
    *("asked", "shown", "audit searched"),
    *("change proposed", "change edited", "change line removed"),
    *("change cancelled", "change expired", "change refused as stale"),
    *("person linked", "person unlinked"),
)
_NAMED = frozenset(table.__tablename__ for table in _WATCHED)
_NEWEST = select(*(select(func.max(t.id)).scalar_subquery() for t in (*_WATCHED, AuditEntry)))
_SINCE = select(AuditEntry.detail).where(
    col(AuditEntry.id) > bindparam("read"), col(AuditEntry.action).not_in(_WITHOUT_NAMES)
)


class _Watch:
    """Tells whether names may have changed since it last looked.

    A name comes as a new row, or in a change that leaves an audit entry. Of that trail only what
    is new is read, since each turn adds to it too, and a change to tables that hold no name, like
    a logged call, is let pass: most changes are of that kind.
    """

    def __init__(self) -> None:
        self._rows: tuple[Any, ...] | None = None
        self._read = 0

    def moved(self, session: Session) -> bool:
        connection = session.connection()
        *rows, last = connection.execute(_NEWEST).one()
        moved = self._rows != tuple(rows)
        if not moved and (last or 0) > self._read:
            since = connection.execute(_SINCE, {"read": self._read}).scalars()
            moved = any(_may_rename(detail) for detail in since)
        self._rows, self._read = tuple(rows), last or 0
        return moved


def _may_rename(detail: dict[str, Any]) -> bool:
    """Whether what an audit entry tells of touches a table of names; it may where it does not
    say which rows it is about."""
    rows = detail.get("rows")
    return not rows or any(row["table"] in _NAMED for row in rows)


class LexiconProvider:
    """The lexicon of a database, built on first use and again after its names change, in
    whichever process. Turns that come meanwhile wait for the new one; a turn keeps the one that
    it began with."""

    def __init__(self, sessions: Sessions, more: Callable[[], Iterable[Named]] = tuple) -> None:
        """`more` gives the names from outside the records."""
        self._sessions = sessions
        self._more = more
        self._watch = _Watch()
        self._lock = Lock()
        self._lexicon: Lexicon | None = None

    def __call__(self) -> Lexicon:
        return once(self, self._newest)

    def _newest(self) -> Lexicon:
        with self._lock, self._sessions() as session:
            if self._watch.moved(session):
                self._lexicon = None
            if self._lexicon is None:
                self._lexicon = Lexicon([*names_in(session), *self._more()], self._about)
            return self._lexicon

    def _about(self, kind: str, names: Sequence[str]) -> Mapping[str, str]:
        """Where things of these names are and what they do, in the words that people say it in:
        an account's city, segment and region, a colleague's title and unit."""
        with self._sessions() as session:
            return {name: " ".join(words) for name, words in _words_about(session, kind, names)}


def _words_about(
    session: Session, kind: str, names: Sequence[str]
) -> Iterable[tuple[str, Iterable[str]]]:
    if kind == "account":
        accounts = select(Account).where(col(Account.name).in_(names))
        for one in session.exec(accounts):
            yield one.name, _places(one.city, one.segment, one.region)
    if kind == "person":
        people = select(Person, Unit).join(Unit, col(Unit.id) == Person.unit_id)
        for person, unit in session.exec(people.where(col(Person.name).in_(names))):
            yield person.name, (person.title or "", *_places(unit.name, None, None))


def _places(place: str | None, segment: str | None, region: str | None) -> Iterable[str]:
    if place:
        yield from (place, sound_of(place))
    if segment:
        yield from {segment, *ways_to_say("segment", segment)}
    if region:
        yield from {region, *ways_to_say("region", region)}
