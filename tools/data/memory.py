"""What is kept of a speaker between conversations: read, set and forgotten.

A speaker is a person by id, or None for the local operator. Nothing here is a record of an
account, so it is set without a proposal; every function works in the caller's transaction.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from tools.data.models import Preference, Remembered, Unit


@dataclass(frozen=True)
class Memory:
    """Language as a BCP 47 tag, the default scope by name (a unit or a region), and the account
    last spoken of with its conversation."""

    language: str | None = None
    unit: str | None = None
    region: str | None = None
    account: str | None = None
    thread: str | None = None


def memory_of(session: Session, person_id: int | None) -> Memory:
    """All that is kept of the speaker."""
    last = session.get(Remembered, _key(person_id))
    account, thread = (last.account, last.thread) if last else (None, None)
    language: str | None = last.language if last else None
    held: Preference | Remembered | None = last
    if person_id is not None:
        held = session.get(Preference, person_id)
    unit = session.get(Unit, held.default_unit_id) if held and held.default_unit_id else None
    region = held.default_region if held else None
    return Memory(language, unit.name if unit else None, region, account, thread)


def set_language(session: Session, person_id: int | None, language: str | None) -> None:
    """The language to be answered in, whatever the message's; None: that of each message. It is
    none of a person's record, whose language is for what is sent unasked."""
    _put(session, Remembered, {"speaker": _key(person_id)}, {"language": language})


def set_scope(
    session: Session, person_id: int | None, unit_id: int | None, region: str | None
) -> None:
    """Where to look when a question names no place; both None: everywhere."""
    values = {"default_unit_id": unit_id, "default_region": region}
    if person_id is None:
        _put(session, Remembered, {"speaker": _key(person_id)}, values)
    else:
        _put(session, Preference, {"person_id": person_id}, values)


def set_account(
    session: Session, person_id: int | None, account: str | None, thread: str | None
) -> None:
    """The account last spoken of, and in which conversation."""
    values = {"account": account, "thread": thread}
    _put(session, Remembered, {"speaker": _key(person_id)}, values)


def _key(person_id: int | None) -> str:
    return "operator" if person_id is None else f"person {person_id}"


def _put(
    session: Session, table: type[SQLModel], key: dict[str, Any], values: dict[str, Any]
) -> None:
    """Sets values of the row with that key, which another process may be making just now."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = table(**key, **values).model_dump()
    insert = dialect.insert(table).values(row)
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=list(key), set_=values)
    )
