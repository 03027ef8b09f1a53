"""Whom a request is about, and how that person is named in texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from kam_knowledge.scripts import has_chinese, to_simplified, to_traditional
from tools.data.models import Account, ChangeLine, Contact, Person, PersonAlias
from tools.domain.names import name_key
from tools.errors import Ambiguous, NotFound
from tools.text import text


def pseudonym_of(table: str, record_id: int) -> str:
    """The name that a contact or colleague has after being erased."""
    return f"Erased {table} {record_id}"


@dataclass(frozen=True)
class Subject:
    """A person: `table` is "contact" or "person". `names` are all words that mean this person,
    the longest first; `unique` tells whether nobody else is called so."""

    table: str
    id: int
    name: str
    account_id: int | None
    names: tuple[str, ...]
    unique: bool

    @property
    def key(self) -> str:
        return f"{self.table}:{self.id}"

    @property
    def pseudonym(self) -> str:
        """What stands for the name once it is erased."""
        return pseudonym_of(self.table, self.id)

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the names in a text: words of letters whole, Chinese ones anywhere."""
        return re.compile("|".join(map(_whole, self.names)), re.IGNORECASE)


def subject_named(session: Session, name: str, account: Account | None = None) -> Subject:
    """The contact or colleague of that name, e-mail address or key ("contact:12").

    Raises `NotFound`, and `Ambiguous` with the keys to choose from.
    """
    contacts = _contacts(session, name, account)
    people = [] if account else _people(session, name)
    found: list[Contact | Person] = [*contacts, *people]
    if len(found) == 1:
        return _subject(session, found[0])
    if not found:
        raise NotFound(
            text(
                "Nobody is called {name}, neither a contact nor a colleague.",
                "没有叫“{name}”的联系人或同事。",
                name=name,
            )
        )
    choices = tuple(_choice(session, row) for row in found)
    raise Ambiguous(
        text(
            "Several are called {name}; say which: {choices}.",
            "有多人叫“{name}”，请指明：{choices}。",
            name=name,
            choices="; ".join(choices),
        ),
        "person",
        choices,
    )


def _contacts(session: Session, name: str, account: Account | None) -> Sequence[Contact]:
    query = select(Contact).where(_called(Contact, name)).order_by(col(Contact.id))
    if account is not None:
        query = query.where(Contact.account_id == account.id)
    return session.exec(query).all()


def _people(session: Session, name: str) -> Sequence[Person]:
    by_alias = select(PersonAlias.person_id).where(PersonAlias.name_key == name_key(name))
    called = _called(Person, name) | col(Person.id).in_(by_alias)
    return session.exec(select(Person).where(called).order_by(col(Person.id))).all()


def _called(kind: type[Contact] | type[Person], name: str) -> ColumnElement[bool]:
    table, _, number = name.partition(":")
    if table == kind.__tablename__ and number.isdigit():
        return col(kind.id) == int(number)
    return (col(kind.name_key) == name_key(name)) | (col(kind.email) == name)


def _subject(session: Session, row: Contact | Person) -> Subject:
    aliases: list[str] = []
    if isinstance(row, Person):
        query = select(PersonAlias.name).where(PersonAlias.person_id == row.id)
        aliases = list(session.exec(query))
    given = [row.name, *aliases, row.email, getattr(row, "phone", None)]
    given += _former(session, str(row.__tablename__), row.id)
    said = {form for name in given if name for form in _forms(name)}
    return Subject(
        str(row.__tablename__),
        row.id or 0,
        row.name,
        row.account_id if isinstance(row, Contact) else None,
        tuple(sorted(said, key=lambda name: (-len(name), name))),
        _bearers(session, row.name_key) == 1 and _telling(row.name),
    )


def _former(session: Session, table: str, record_id: int | None) -> list[str]:
    """Names, addresses and numbers that changes of the row replaced or proposed."""
    query = select(ChangeLine).where(
        ChangeLine.table_name == table, ChangeLine.record_id == record_id
    )
    sides = [side for line in session.exec(query) for side in (line.before, line.after)]
    return [str(side[f]) for side in sides for f in ("name", "email", "phone") if side.get(f)]


def _forms(name: str) -> set[str]:
    return {name, to_simplified(name), to_traditional(name)} if has_chinese(name) else {name}


def _telling(name: str) -> bool:
    """Whether a name can hardly mean anything else: two words, or two Chinese characters."""
    return len(name.split()) > 1 or (has_chinese(name) and len(name) > 1)


def _bearers(session: Session, key: str) -> int:
    kinds = (Contact, Person)
    counts = (select(func.count()).where(col(kind.name_key) == key) for kind in kinds)
    return sum(session.exec(count).one() for count in counts)


def _choice(session: Session, row: Contact | Person) -> str:
    if isinstance(row, Person):
        return f"person:{row.id} {row.name}"
    account = session.get_one(Account, row.account_id)
    return f"contact:{row.id} {row.name} ({account.name})"


def _whole(name: str) -> str:
    if has_chinese(name):
        return re.escape(name)
    return rf"(?<!\w){re.escape(name)}(?!\w)"
