"""Other words in an entry: its own hash stays, and an entry of the erasure vouches for them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from tools.audit.chain import content_digest, new_salt
from tools.data.models import AuditEntry


def redacted(session: Session, entry: AuditEntry, actor: str, detail: Mapping[str, Any]) -> str:
    """Replaces an entry's words and the salt of the old ones, so that their hash tells nothing
    any more; returns the hash of the new ones, for the entry of the erasure."""
    said = AuditEntry(
        **entry.model_dump(exclude={"salt", "actor", "detail"}),
        salt=new_salt(),
        actor=actor,
        detail=dict(detail),
    )
    values = {"salt": said.salt, "actor": said.actor, "detail": said.detail}
    session.connection().execute(
        update(AuditEntry).where(col(AuditEntry.id) == entry.id).values(values)
    )
    return content_digest(said)
