"""Entries and how each is sealed to the one before."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from tools.data.models import AuditEntry, AuditHead
from tools.errors import KamError
from tools.text import text

FIRST = "0" * 64
_HEAD = 1


@dataclass(frozen=True)
class Event:
    """Something that happened. `accounts` are those it is about; `actor` and `detail` may hold
    personal data, nothing else does."""

    at: datetime
    actor_id: int | None
    actor: str
    surface: str
    action: str
    thread: str = ""
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    accounts: frozenset[int] = frozenset()
    rules_version: int = 0


@dataclass(frozen=True)
class Head:
    """How many entries the trail has, and the hash of the newest."""

    count: int
    hash: str


def append(session: Session, **said: Any) -> Head:
    """Adds one entry, given as the fields of an `Event`; see `append_all`."""
    return append_all(session, [Event(**said)])


def append_all(session: Session, events: Sequence[Event]) -> Head:
    """Adds entries within the caller's transaction, which is the only one to do so until it
    ends; returns the head they make. Raises `KamError` where the head is gone."""
    head = _take_turn(session, len(events))
    previous = head.hash
    entries = []
    for event in events:
        entry = _entry(event, previous)
        previous = entry.hash
        entries.append(entry.model_dump(exclude={"id"}))
    session.connection().execute(insert(AuditEntry), entries)
    moved = update(AuditHead).where(col(AuditHead.id) == _HEAD).values(last_hash=previous)
    session.connection().execute(moved)
    return Head(head.count, previous)


def head_of(session: Session) -> Head | None:
    """The head that the database keeps; None where it is gone."""
    row = session.connection().execute(select(col(AuditHead.count), col(AuditHead.last_hash)))
    found = row.first()
    return None if found is None else Head(found[0], found[1])


def digest(entry: AuditEntry) -> str:
    """The SHA-256 of an entry in canonical JSON: the previous hash, and the words as their
    salted hash."""
    return _sha256(
        {
            "at": entry.at.isoformat(),
            "actor_id": entry.actor_id,
            "surface": entry.surface,
            "thread": entry.thread,
            "action": entry.action,
            "subject": entry.subject,
            "accounts": entry.accounts,
            "rules_version": entry.rules_version,
            "content_hash": entry.content_hash,
            "previous_hash": entry.previous_hash,
        }
    )


def content_digest(entry: AuditEntry) -> str:
    """The salted SHA-256 of what may be personal."""
    return _sha256({"salt": entry.salt, "actor": entry.actor, "detail": entry.detail})


def new_salt() -> str:
    return secrets.token_hex(16)


def accounts_text(accounts: Iterable[int]) -> str:
    """Account ids as the column keeps them: "|3|12|", so that one is found by "|12|"."""
    listed = "|".join(str(account) for account in sorted(accounts))
    return f"|{listed}|" if listed else ""


def _entry(event: Event, previous: str) -> AuditEntry:
    entry = AuditEntry(
        at=event.at.astimezone(UTC),
        actor_id=event.actor_id,
        actor=event.actor,
        surface=event.surface,
        thread=event.thread,
        action=event.action,
        subject=event.subject,
        accounts=accounts_text(event.accounts),
        detail=dict(event.detail),
        rules_version=event.rules_version,
        salt=new_salt(),
        content_hash="",
        previous_hash=previous,
        hash="",
    )
    entry.content_hash = content_digest(entry)
    entry.hash = digest(entry)
    return entry


def _take_turn(session: Session, more: int) -> Head:
    """Counts the entries to come and waits thereby until no other transaction appends: the
    head is one row, which one transaction changes at a time on every database."""
    counted = (
        update(AuditHead)
        .where(col(AuditHead.id) == _HEAD)
        .values(count=col(AuditHead.count) + more)
        .returning(col(AuditHead.count), col(AuditHead.last_hash))
    )
    row = session.connection().execute(counted).first()
    if row is None:
        raise KamError(
            text(
                "The audit trail has lost its head, so nothing more can be recorded; "
                "`kam audit verify` says more.",
                "审计记录的头部已丢失，无法继续记录；请运行 `kam audit verify` 查看详情。",
            )
        )
    return Head(row[0], row[1])


def _sha256(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
