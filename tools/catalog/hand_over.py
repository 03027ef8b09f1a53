"""All accounts of one colleague, handed to another."""

from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data import coverage
from tools.data.models import Account, Coverage, Person
from tools.deps import Deps
from tools.domain.vocabulary import CoverageRole
from tools.errors import BadInput
from tools.text import text


def hand_over(deps: Deps, person: str, successor: str, on: date | None = None) -> Proposal:
    """Propose to hand all accounts of a colleague to another, as one change.

    Args:
        person: Who hands over, e.g. "Moses Frase".
        successor: Who takes over, e.g. "Grace Tan".
        on: The first day of the successor; today where none is said.

    Source: K3, house.
    """
    start = on or deps.today
    with drafting(deps) as draft:
        leaver = resolve.person(draft.session, person, deps.asker)
        heir = resolve.person(draft.session, successor, deps.asker)
        if leaver.id == heir.id or not heir.active:
            raise BadInput(
                text("Name an active successor.", "请指定一位在职的接手人。"),
            )
        count = _hand_over(draft, leaver, heir, start, assumed=on is None)
        if not count:
            raise BadInput(
                text("{person} covers no account.", "{person}没有负责的客户。", person=leaver.name)
            )
        return draft.propose(
            text(
                "Hand {count} accounts of {leaver} to {heir} from {day} on",
                "自 {day} 起将{leaver}的 {count} 家客户移交给{heir}",
                count=count,
                leaver=leaver.name,
                heir=heir.name,
                day=start,
            )
        )


def _hand_over(draft: Draft, leaver: Person, heir: Person, start: date, *, assumed: bool) -> int:
    """Ends each recorded role and gives it to the heir; a derived owner becomes a recorded one.
    Returns how many accounts change hands."""
    session = draft.session
    held = _held(session, leaver, start)
    taken = {(row.account_id, row.role) for row in _held(session, heir, start)}
    roles = [(row.account_id, row.role) for row in held]
    derived = coverage.derivations(session, draft.deps.today, draft.deps.rules)
    own = sorted(account for account, found in derived.items() if found.owner_id == leaver.id)
    roles += [(account_id, CoverageRole.OWNER) for account_id in own]
    for account_id in sorted({account for account, _ in roles}):
        draft.guard(session.get_one(Account, account_id))
    for row in held:
        draft.change(row, assumed=("ends_on",), ends_on=start - timedelta(days=1))
    for account_id, role in roles:
        if (account_id, role) not in taken:
            draft.add(
                Coverage(account_id=account_id, person_id=heir.id or 0, role=role, starts_on=start),
                assumed=("starts_on",) if assumed else (),
            )
    return len({account for account, _ in roles})


def _held(session: Session, person: Person, start: date) -> list[Coverage]:
    ends, begins = col(Coverage.ends_on), col(Coverage.starts_on)
    query = select(Coverage).where(
        Coverage.person_id == person.id,
        or_(ends.is_(None), ends >= start),
        or_(begins.is_(None), begins < start),
    )
    return list(session.exec(query.order_by(col(Coverage.account_id), col(Coverage.id))))


EXAMPLES = Examples(
    en=(
        "hand over all accounts of {person}",
        "hand all accounts of {person} to a successor",
        "transfer the accounts of {person} to somebody else",
        "{person} is leaving, hand over the accounts",
        "move all of {person}'s accounts to a colleague",
        "reassign every account of {person}",
        "hand {person}'s accounts over to {successor}",
        "{successor} takes over everything from {person}",
        "give all of {person}'s customers to {successor} from {on}",
        "{person} has left, {successor} takes the accounts",
    ),
    zh=(
        "移交{person}的全部客户",
        "把{person}的所有客户转给其他同事",
        "{person}要离职，移交其客户",
        "将{person}名下的客户全部转移",
        "把{person}的客户一并交接给同事",
        "转移{person}负责的全部客户",
        "{person}的客户全部转给{successor}",
        "{person}的客户都交给{successor}",
        "{person}离职了，客户都由{successor}接手",
        "从{on}起{person}的客户由{successor}接管",
        "{person}走了，他的客户给{successor}",
    ),
)
