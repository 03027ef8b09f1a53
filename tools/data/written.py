"""What people wrote about accounts, as documents for the search: plans, notes of meetings."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from kam_knowledge.documents import Document, Passage, Section, language_of, passages_of
from tools.data.models import Account, Interaction, Plan, PlanSection
from tools.domain.vocabulary import PlanStatus

PLAN, NOTES = "plan", "notes"


@dataclass(frozen=True)
class Written:
    """A document of the records under its key ("plan:7", "notes:12"); one without passages
    is gone. `digest` changes with any of its words."""

    key: str
    digest: str
    passages: tuple[Passage, ...]


def keys_of(session: Session) -> list[str]:
    """The keys of all documents that the records hold."""
    plans = select(Plan.id).where(Plan.status != PlanStatus.SUPERSEDED)
    noted = select(Interaction.account_id).distinct()
    return [
        *(f"{PLAN}:{plan}" for plan in session.exec(plans)),
        *(f"{NOTES}:{account}" for account in session.exec(noted)),
    ]


def written(session: Session, key: str) -> Written:
    """The document of that key as the records hold it now."""
    kind, _, number = key.partition(":")
    read = {PLAN: _plan, NOTES: _notes}[kind]
    passages = tuple(read(session, int(number)))
    return Written(key, _digest(passages), passages)


def _plan(session: Session, plan_id: int) -> Iterator[Passage]:
    plan = session.get(Plan, plan_id)
    if plan is None or plan.status is PlanStatus.SUPERSEDED:
        return
    query = select(PlanSection).where(PlanSection.plan_id == plan_id)
    for section in session.exec(query.order_by(col(PlanSection.position))):
        yield from _passages(
            f"{PLAN}-{plan_id}-{section.key}",
            plan.title,
            (section.title, section.body),
            f"{plan.edition}.{section.version}",
            account=plan.account_id,
            level=section.level,
        )


def _notes(session: Session, account_id: int) -> Iterator[Passage]:
    account = session.get(Account, account_id)
    if account is None:
        return
    query = select(Interaction).where(Interaction.account_id == account_id)
    for note in session.exec(query.order_by(col(Interaction.held_on), col(Interaction.id))):
        yield from _passages(
            f"{NOTES}-{note.id}",
            account.name,
            (note.held_on.isoformat(), note.summary),
            str(note.version),
            account=account_id,
            level=note.level,
        )


def _passages(
    document: str, title: str, section: tuple[str, str], version: str, *, account: int, level: int
) -> Sequence[Passage]:
    heading, body = section
    whole = Document(
        id=document,
        title=title,
        language=language_of(body),
        version=version,
        sources=(),
        sections=(Section((heading,), body),),
    )
    return [_of_account(passage, account, level) for passage in passages_of(whole)]


def _of_account(passage: Passage, account: int, level: int) -> Passage:
    return replace(passage, account=account, level=level)


def _digest(passages: Sequence[Passage]) -> str:
    return hashlib.sha256(repr(passages).encode()).hexdigest()[:20]
