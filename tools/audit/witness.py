"""The newest head of a trail, kept in a file outside its database.

Whoever changes the database alone cannot cut off or rewrite what the file has seen. Each
machine keeps one of its own for each database.
"""

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident

from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from tools.audit.chain import Head
from tools.data.models import AuditEntry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """The file of one database."""

    path: Path

    @classmethod
    def of(cls, home: Path, database: str) -> "Witness":
        """The witness under `home` of the database at that address, whatever its password."""
        shown = make_url(database).render_as_string(hide_password=True)
        return cls(home / f"audit-{hashlib.sha256(shown.encode()).hexdigest()[:12]}.head")

    def head(self) -> Head | None:
        """What was seen last; None before the first time."""
        try:
            kept = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        return Head(int(kept["count"]), str(kept["hash"]))

    def note(self, session: Session, head: Head) -> None:
        """Moves on to a newer head, if the trail still holds what was seen last."""
        before = self.head()
        if before is not None and not _holds(session, before):
            log.warning("the audit trail does not hold entry %s any more", before.count)
        elif before is None or before.count < head.count:
            self.set(head)

    def set(self, head: Head) -> None:
        """Takes a head as it is: the database was just made, restored or moved."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(f".{os.getpid()}-{get_ident()}.new")
        fresh.write_text(json.dumps({"count": head.count, "hash": head.hash}), "utf-8")
        fresh.replace(self.path)


def _holds(session: Session, head: Head) -> bool:
    if head.count == 0:
        return True
    found = select(AuditEntry.id).where(col(AuditEntry.hash) == head.hash)
    return session.exec(found).first() is not None
