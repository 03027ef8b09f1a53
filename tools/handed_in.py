"""Files that people handed in, as the audit trail has them: who, when, and what became of them."""

from datetime import datetime

from sqlmodel import Session, col, select

from tools import audit
from tools.access import Asker
from tools.data.models import AuditEntry, ChangeSet
from tools.domain.vocabulary import ChangeStatus
from tools.errors import BadInput
from tools.text import text

KEPT, PROPOSED = "document kept", "document proposed"
_STANDING = (ChangeStatus.PROPOSED, ChangeStatus.APPLIED)


def require_new(session: Session, digest: str, account_id: int, now: datetime) -> None:
    """Raises `BadInput` where a change made from this file waits for the account, or stands."""
    query = select(AuditEntry).where(
        col(AuditEntry.action) == PROPOSED,
        col(AuditEntry.subject) == _subject(digest),
        col(AuditEntry.accounts).contains(f"|{account_id}|"),
    )
    for entry in session.exec(query):
        change = session.get(ChangeSet, entry.detail.get("change", 0))
        if change is None or change.status not in _STANDING:
            continue
        if change.status is ChangeStatus.APPLIED or change.expires_at > now:
            raise BadInput(
                text(
                    "This file was proposed for the account on {day} already, as “{title}”.",
                    "该文件已于 {day} 提交给该客户：“{title}”。",
                    day=entry.at.date(),
                    title=change.title,
                )
            )


def note_kept(
    session: Session, digest: str, *, by: Asker, at: datetime, surface: str, level: int, unit: str
) -> None:
    """Says in the audit trail that the library has the file."""
    detail = {"level": level, "unit": unit}
    _append(session, KEPT, digest, by=by, at=at, surface=surface, detail=detail)


def note_proposed(
    session: Session,
    digest: str,
    *,
    by: Asker,
    at: datetime,
    surface: str,
    account_id: int,
    change_id: int,
) -> None:
    """Says in the audit trail that a change was made from the file."""
    _append(
        session,
        PROPOSED,
        digest,
        by=by,
        at=at,
        surface=surface,
        detail={"change": change_id},
        accounts=frozenset({account_id}),
    )


def _append(
    session: Session,
    action: str,
    digest: str,
    *,
    by: Asker,
    at: datetime,
    surface: str,
    detail: dict[str, object],
    accounts: frozenset[int] = frozenset(),
) -> None:
    audit.append(
        session,
        at=at,
        actor_id=by.person_id,
        actor=by.name,
        surface=surface,
        action=action,
        subject=_subject(digest),
        detail=detail,
        accounts=accounts,
    )
    session.commit()


def _subject(digest: str) -> str:
    return f"file:{digest}"
