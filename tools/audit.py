"""The audit trail: what happened, chained so that a later alteration shows.

Each entry's hash covers its content and the hash before it. Entries are appended one at a
time, in whichever process, and never changed.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import Session, col, select

from tools.data.models import AuditEntry

_FIRST = "0" * 64
_POSTGRES_LOCK = 7_221_903_115


def append(
    session: Session,
    *,
    at: datetime,
    actor_id: int | None,
    actor: str,
    surface: str,
    thread: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    rules_version: int,
) -> None:
    """Adds an entry within the caller's transaction, which is the only one to do so until it
    ends."""
    _take_turn(session)
    entry = AuditEntry(
        at=at.astimezone(UTC),
        actor_id=actor_id,
        actor=actor,
        surface=surface,
        thread=thread,
        action=action,
        subject=subject,
        detail=dict(detail),
        rules_version=rules_version,
        previous_hash=_last_hash(session),
        hash="",
    )
    entry.hash = digest(entry)
    session.add(entry)
    session.flush()


def verify(session: Session) -> list[int]:
    """The entries that do not fit the chain, by id; empty where nothing was altered."""
    broken, previous = [], _FIRST
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            broken.append(entry.id or 0)
        previous = entry.hash
    return broken


def digest(entry: AuditEntry) -> str:
    """The SHA-256 of an entry's content in canonical JSON, the previous hash included."""
    content = entry.model_dump(exclude={"id", "hash", "at"}) | {"at": entry.at.isoformat()}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _last_hash(session: Session) -> str:
    newest = select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1)
    return session.exec(newest).first() or _FIRST


def _take_turn(session: Session) -> None:
    """Waits until no other transaction appends. An update of no row makes SQLite's only
    writer; PostgreSQL has a lock for it."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(
            sql("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK}
        )
    else:
        session.connection().execute(sql("UPDATE audit_entry SET hash = hash WHERE 0"))
