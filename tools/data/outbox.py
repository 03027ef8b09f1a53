"""Word left for the index that a document of the records has changed."""

from collections.abc import Iterable

from sqlmodel import Session

from tools.data.models import OutboxEntry


def leave_word(session: Session, kind: str, record_ids: Iterable[int]) -> None:
    """Says, within the caller's transaction, that these plans or notes have changed."""
    session.add_all(OutboxEntry(kind=kind, key=str(number)) for number in sorted(set(record_ids)))
