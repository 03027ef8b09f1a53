"""Who covers an account, assigned."""

from datetime import date, timedelta
from typing import Literal

from sqlmodel import col, or_, select

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data.models import Account, Coverage, Person
from tools.deps import Deps
from tools.domain.vocabulary import CoverageRole
from tools.errors import BadInput
from tools.labels import COVERAGE_ROLES
from tools.text import text


def assign_coverage(
    deps: Deps,
    account: str,
    person: str,
    role: Literal["owner", "stand_in", "sponsor", "director", "specialist"] = "owner",
    on: date | None = None,
) -> Proposal:
    """Propose who is responsible for an account from a day on; ends what was there before.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        person: The colleague, e.g. "Grace Tan" or "me".
        role: owner, stand_in, sponsor, director or specialist.
        on: The first day; today where none is said.

    Source: K3.
    """
    given = CoverageRole(role)
    start = on or deps.today
    with drafting(deps) as draft:
        found = draft.account(account)
        colleague = resolve.person(draft.session, person, deps.asker)
        if not colleague.active:
            raise BadInput(text("{person} has left.", "{person}已离职。", person=colleague.name))
        draft.guard(found)
        _assign(draft, found, colleague, given, start, assumed=on is None)
        return draft.propose(
            text(
                "{person} becomes {role} of {account} from {day} on",
                "{person}自 {day} 起担任{account}的{role}",
                person=colleague.name,
                role=COVERAGE_ROLES[given],
                account=found.name,
                day=start,
            )
        )


def _assign(
    draft: Draft,
    account: Account,
    colleague: Person,
    role: CoverageRole,
    start: date,
    *,
    assumed: bool,
) -> None:
    """A role that only one person has ends for whoever has it."""
    ends = col(Coverage.ends_on)
    query = select(Coverage).where(
        Coverage.account_id == account.id,
        Coverage.role == role,
        or_(ends.is_(None), ends >= start),
    )
    held = list(draft.session.exec(query.order_by(col(Coverage.id))))
    if any(row.person_id == colleague.id for row in held):
        raise BadInput(
            text(
                "{person} has this role for {account} already.",
                "{person}已担任{account}的该角色。",
                person=colleague.name,
                account=account.name,
            )
        )
    for row in held if role in draft.deps.rules.coverage.single_roles else ():
        if row.starts_on is not None and row.starts_on >= start:
            raise BadInput(
                text(
                    "Somebody else starts in this role on {day}; choose a later day.",
                    "已有人自 {day} 起担任该角色，请选择更晚的日期。",
                    day=row.starts_on,
                )
            )
        draft.change(row, assumed=("ends_on",), ends_on=start - timedelta(days=1))
    draft.add(
        Coverage(
            account_id=account.id or 0, person_id=colleague.id or 0, role=role, starts_on=start
        ),
        assumed=("starts_on",) if assumed else (),
    )


EXAMPLES = Examples(
    en=(
        "assign {account} to {person}",
        "make {person} responsible for {account}",
        "assign {person} as stand-in for {account}",
        "reassign the account {account}",
        "reassign {account} to {person}",
        "appoint {person} as sponsor of {account}",
        "put {person} on {account} as owner from {on}",
        "{person} takes over {account}",
        "{person} is the new owner of {account}",
        "{account} goes to {person} from {on}",
        "make {person} stand-in for {account}",
        "make {person} the executive sponsor of {account}",
        "reassign {account} to {person} as of {on}",
    ),
    zh=(
        "把{account}分配给{person}",
        "指定{person}为{account}的负责人",
        "让{person}担任{account}的代管人",
        "将{account}交给{person}负责",
        "安排{person}从现在起负责{account}",
        "指派{person}做{account}的高层赞助人",
        "{account}让{person}接",
        "{account}以后由{person}负责",
        "{account}的负责人换成{person}",
        "{account}换负责人，改由{person}跟进",
        "{account}的负责人改成{person}",
        "{account}没人管了，让{person}接手",
        "从{on}起{account}归{person}",
        "让{person}做{account}的赞助人",
        "把{account}转给{person}跟",
        "{account}改由{person}负责，{on}起",
        "把{account}给{person}",
    ),
)
